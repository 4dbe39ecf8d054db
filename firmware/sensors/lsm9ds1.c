// SPDX-License-Identifier: Apache-2.0
//
// ST's LSM9DS1, two parts in one: acceleration and rotation, and a magnetometer. Registers after
// its data sheet (DocID025715, revision 3).

#include "parts.h"

enum { WHO_AM_I = 0x0f };

// --- acceleration and rotation -------------------------------------------------------------------

enum {
  CTRL_REG1_G = 0x10,
  OUT_X_L_G = 0x18,
  CTRL_REG6_XL = 0x20,
  CTRL_REG8 = 0x22,
  OUT_X_L_XL = 0x28,
};

enum {
  RANGE_2000_DEG_S = 3 << 3,
  RANGE_4_G = 2 << 3,
  WHOLE_SAMPLES = 1 << 6,  // high and low byte of one time
  NEXT_REGISTER = 1 << 2,
};

#define G_PER_LSB 0.000122f
#define DEG_S_PER_LSB 0.070f
#define START_US 80000  // until both have settled

static const tw_rate_code rates[] = {{14900, 1 << 5},  {59500, 2 << 5},  {119000, 3 << 5},
                                     {238000, 4 << 5}, {476000, 5 << 5}, {952000, 6 << 5}};

static bool is_motion(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0x68);
}

static bool start_motion(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  const uint8_t rate = tw_rate_code_for(rates, sizeof rates / sizeof rates[0], rate_mhz);
  const tw_register_write writes[] = {
      {CTRL_REG8, WHOLE_SAMPLES | NEXT_REGISTER, 0},
      {CTRL_REG6_XL, rate | RANGE_4_G, 0},
      {CTRL_REG1_G, rate | RANGE_2000_DEG_S, START_US},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static bool read_motion(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t acceleration[6], rotation[6];
  if (!tw_i2c_read(bus, address, OUT_X_L_XL, acceleration, sizeof acceleration) ||
      !tw_i2c_read(bus, address, OUT_X_L_G, rotation, sizeof rotation)) {
    return false;
  }
  tw_scale_three(acceleration, G_PER_LSB, values);
  tw_scale_three(rotation, DEG_S_PER_LSB, values + 3);
  return true;
}

const tw_sensor tw_lsm9ds1 = {
    .part = "LSM9DS1",
    .addresses = {0x6b, 0x6a},
    .channels = 6,
    .channel = tw_motion_channels,
    .min_rate_mhz = TW_MOTION_MIN_RATE_MHZ,
    .max_rate_mhz = TW_MOTION_MAX_RATE_MHZ,
    .probe = is_motion,
    .start = start_motion,
    .read = read_motion,
};

// --- magnetometer --------------------------------------------------------------------------------

enum { CTRL_REG1_M = 0x20, CTRL_REG2_M, CTRL_REG3_M, CTRL_REG4_M, CTRL_REG5_M, OUT_X_L_M = 0x28 };

enum {
  TEMPERATURE_COMPENSATED = 1 << 7,
  BEST_XY = 3 << 5,
  BEST_Z = 3 << 2,
  RATE_80_HZ = 7 << 2,
  RANGE_4_GAUSS = 0,
  CONTINUOUS = 0,
  MANY_BYTES = 1 << 7,  // of a register's number: the next one follows
};

#define MICROTESLA_PER_LSB 0.014f
#define FIRST_SAMPLE_US 13000

static bool is_magnetometer(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0x3d);
}

static bool start_magnetometer(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)rate_mhz;  // always the fastest
  static const tw_register_write writes[] = {
      {CTRL_REG1_M, TEMPERATURE_COMPENSATED | BEST_XY | RATE_80_HZ, 0},
      {CTRL_REG2_M, RANGE_4_GAUSS, 0},
      {CTRL_REG4_M, BEST_Z, 0},
      {CTRL_REG5_M, WHOLE_SAMPLES, 0},
      {CTRL_REG3_M, CONTINUOUS, FIRST_SAMPLE_US},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static bool read_magnetometer(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[6];
  if (!tw_i2c_read(bus, address, OUT_X_L_M | MANY_BYTES, bytes, sizeof bytes)) return false;
  tw_scale_three(bytes, MICROTESLA_PER_LSB, values);
  return true;
}

const tw_sensor tw_lsm9ds1_magnetometer = {
    .part = "LSM9DS1 magnetometer",
    .addresses = {0x1e, 0x1c},
    .channels = 3,
    .channel = tw_field_channels,
    .min_rate_mhz = 1000,
    .max_rate_mhz = 80000,
    .probe = is_magnetometer,
    .start = start_magnetometer,
    .read = read_magnetometer,
};
