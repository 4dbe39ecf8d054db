// SPDX-License-Identifier: Apache-2.0
//
// One interface for everything that measures. A driver is one constant tw_sensor in one file and
// one row in table.c; it keeps no state but what start() has read of a part.

#ifndef TINYWRIGHT_SENSOR_H
#define TINYWRIGHT_SENSOR_H

#include <stdbool.h>
#include <stdint.h>

#include "i2c.h"

#define TW_SENSOR_CHANNELS 12  // at most, of one sensor

typedef struct {
  const char *name;  // "accX"
  const char *unit;  // "g"
} tw_sensor_channel;

typedef struct {
  const char *part;      // "MPU6050"
  uint8_t addresses[2];  // 7-bit, where it may answer; 0 for none
  uint8_t channels;
  const tw_sensor_channel *channel;
  uint32_t min_rate_mhz, max_rate_mhz;  // thousandths of a hertz

  // Whether this part answers at `address`: by its identity register, and without a write that
  // could harm another part.
  bool (*probe)(tw_i2c *bus, uint8_t address);
  // Sets it up for samples at `rate_mhz` or a little faster than that.
  bool (*start)(tw_i2c *bus, uint8_t address, uint32_t rate_mhz);
  // The newest sample in the channels' units. False when it does not answer.
  bool (*read)(tw_i2c *bus, uint8_t address, float *values);
} tw_sensor;

// Every I2C part that the firmware knows; parts of one family that answer alike are told apart by
// probe().
extern const tw_sensor *const tw_sensor_table[];
extern const uint8_t tw_sensor_table_length;

#endif
