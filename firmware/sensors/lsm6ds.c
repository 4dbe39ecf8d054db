// SPDX-License-Identifier: Apache-2.0
//
// ST's LSM6DS3, LSM6DSL (and LSM6DS3TR-C) and LSM6DSO (and LSM6DSOX). Registers after the data
// sheets of LSM6DS3 (DocID026899) and LSM6DSO (DS12140), which agree in all that is used here.

#include "parts.h"

enum { WHO_AM_I = 0x0f, CTRL1_XL = 0x10, CTRL2_G = 0x11, CTRL3_C = 0x12, OUTX_L_G = 0x22 };

enum {
  RANGE_4_G = 2 << 2,
  RANGE_2000_DEG_S = 3 << 2,
  WHOLE_SAMPLES = 1 << 6,  // high and low byte of one time
  NEXT_REGISTER = 1 << 2,
};

#define G_PER_LSB 0.000122f
#define DEG_S_PER_LSB 0.070f
#define START_US 80000  // until both have settled

static const tw_rate_code rates[] = {{12500, 1 << 4},  {26000, 2 << 4},  {52000, 3 << 4},
                                     {104000, 4 << 4}, {208000, 5 << 4}, {416000, 6 << 4},
                                     {833000, 7 << 4}};

static bool is_lsm6ds3(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0x69);
}

static bool is_lsm6dsl(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0x6a);
}

static bool is_lsm6dso(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0x6c);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  const uint8_t rate = tw_rate_code_for(rates, sizeof rates / sizeof rates[0], rate_mhz);
  const tw_register_write writes[] = {
      {CTRL3_C, WHOLE_SAMPLES | NEXT_REGISTER, 0},
      {CTRL1_XL, rate | RANGE_4_G, 0},
      {CTRL2_G, rate | RANGE_2000_DEG_S, START_US},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[12];
  if (!tw_i2c_read(bus, address, OUTX_L_G, bytes, sizeof bytes)) return false;
  tw_scale_three(bytes + 6, G_PER_LSB, values);
  tw_scale_three(bytes, DEG_S_PER_LSB, values + 3);
  return true;
}

#define FAMILY(name, is)                                                                         \
  {                                                                                              \
    .part = name, .addresses = {0x6a, 0x6b}, .channels = 6, .channel = tw_motion_channels,       \
    .min_rate_mhz = TW_MOTION_MIN_RATE_MHZ, .max_rate_mhz = TW_MOTION_MAX_RATE_MHZ, .probe = is, \
    .start = start, .read = read                                                                 \
  }

const tw_sensor tw_lsm6ds3 = FAMILY("LSM6DS3", is_lsm6ds3);
const tw_sensor tw_lsm6dsl = FAMILY("LSM6DSL", is_lsm6dsl);
const tw_sensor tw_lsm6dso = FAMILY("LSM6DSO", is_lsm6dso);
