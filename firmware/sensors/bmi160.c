// SPDX-License-Identifier: Apache-2.0
//
// Bosch's BMI160. Registers after its data sheet (BST-BMI160-DS000); the waits after commands and
// after writes while it sleeps as in Linux's driver.

#include "parts.h"

enum {
  CHIP_ID = 0x00,
  GYR_X_L = 0x0c,  // rotation, then acceleration
  ACC_CONF = 0x40,
  ACC_RANGE = 0x41,
  GYR_CONF = 0x42,
  GYR_RANGE = 0x43,
  CMD = 0x7e,
};

enum {
  ACCELEROMETER_ON = 0x11,
  GYROSCOPE_ON = 0x15,
  NORMAL_BANDWIDTH = 2 << 4,
  RANGE_4_G = 5,
  RANGE_2000_DEG_S = 0,
};

#define ACCELEROMETER_START_US 5000
#define GYROSCOPE_START_US 81000
#define LSB_PER_G 8192.0f
#define LSB_PER_DEG_S 16.4f

static const tw_rate_code rates[] = {{25000, 6},  {50000, 7},   {100000, 8},
                                     {200000, 9}, {400000, 10}, {800000, 11}};

static bool is_bmi160(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, CHIP_ID, 0xd1);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  const uint8_t rate = tw_rate_code_for(rates, sizeof rates / sizeof rates[0], rate_mhz);
  const tw_register_write writes[] = {
      {CMD, ACCELEROMETER_ON, ACCELEROMETER_START_US}, {CMD, GYROSCOPE_ON, GYROSCOPE_START_US},
      {ACC_CONF, NORMAL_BANDWIDTH | rate, 0},          {ACC_RANGE, RANGE_4_G, 0},
      {GYR_CONF, NORMAL_BANDWIDTH | rate, 0},          {GYR_RANGE, RANGE_2000_DEG_S, 0},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[12];
  if (!tw_i2c_read(bus, address, GYR_X_L, bytes, sizeof bytes)) return false;
  tw_scale_three(bytes + 6, 1.0f / LSB_PER_G, values);
  tw_scale_three(bytes, 1.0f / LSB_PER_DEG_S, values + 3);
  return true;
}

const tw_sensor tw_bmi160 = {
    .part = "BMI160",
    .addresses = {0x68, 0x69},
    .channels = 6,
    .channel = tw_motion_channels,
    .min_rate_mhz = TW_MOTION_MIN_RATE_MHZ,
    .max_rate_mhz = TW_MOTION_MAX_RATE_MHZ,
    .probe = is_bmi160,
    .start = start,
    .read = read,
};
