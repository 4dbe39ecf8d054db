// SPDX-License-Identifier: Apache-2.0
//
// What a driver needs of a two-wire bus. A board implements it; tests state the conversation.

#ifndef TINYWRIGHT_I2C_H
#define TINYWRIGHT_I2C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct tw_i2c tw_i2c;
struct tw_i2c {
  // One transfer to the 7-bit `address`: `sent` bytes out, then, after a repeated start, `received`
  // bytes in; either may be 0. False when nobody acknowledges or a line stays low; never longer
  // than 20 ms.
  bool (*transfer)(tw_i2c *bus, uint8_t address, const uint8_t *out, size_t sent, uint8_t *in,
                   size_t received);
  // Lets time pass; what sensors need after a reset.
  void (*wait_us)(tw_i2c *bus, uint32_t us);
};

bool tw_i2c_read(tw_i2c *bus, uint8_t address, uint8_t reg, uint8_t *to, size_t count);
bool tw_i2c_write(tw_i2c *bus, uint8_t address, uint8_t reg, uint8_t value);

#endif
