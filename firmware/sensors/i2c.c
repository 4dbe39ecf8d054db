// SPDX-License-Identifier: Apache-2.0

#include "i2c.h"

bool tw_i2c_read(tw_i2c *bus, uint8_t address, uint8_t reg, uint8_t *to, size_t count) {
  return bus->transfer(bus, address, &reg, 1, to, count);
}

bool tw_i2c_write(tw_i2c *bus, uint8_t address, uint8_t reg, uint8_t value) {
  const uint8_t out[2] = {reg, value};
  return bus->transfer(bus, address, out, sizeof out, 0, 0);
}
