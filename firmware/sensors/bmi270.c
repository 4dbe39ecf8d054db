// SPDX-License-Identifier: Apache-2.0
//
// Bosch's BMI270, after its data sheet (BST-BMI270-DS000). Each time its supply comes it wants
// configuration bytes of Bosch's, which the build supplies (bmi270_configuration.py).
//
// Axes are turned as Arduino's library turns them on the Nano 33 BLE Sense Rev2, where this part
// stands in for an LSM9DS1: what was recorded on either board means the same on the other.

#include "bmi270.h"

#include "parts.h"

enum {
  CHIP_ID = 0x00,
  ACC_X_LSB = 0x0c,  // acceleration, then rotation
  INTERNAL_STATUS = 0x21,
  ACC_CONF = 0x40,
  ACC_RANGE = 0x41,
  GYR_CONF = 0x42,
  GYR_RANGE = 0x43,
  INIT_CTRL = 0x59,
  INIT_ADDR_0 = 0x5b,
  INIT_DATA = 0x5e,
  PWR_CONF = 0x7c,
  PWR_CTRL = 0x7d,
};

enum {
  STATUS_MASK = 0x0f,
  CONFIGURED = 1,
  ALWAYS_AWAKE = 0,
  ROTATION_AND_ACCELERATION_ON = 1 << 1 | 1 << 2,
  FULL_PERFORMANCE = 1 << 7,
  LOW_NOISE = 1 << 6,  // of the gyroscope
  NORMAL_BANDWIDTH = 2 << 4,
  RANGE_4_G = 1,
  RANGE_2000_DEG_S = 0,
};

#define PIECE_BYTES 32u
#define WAKE_US 450
#define CONFIGURE_US 20000
#define START_US 50000
#define LSB_PER_G 8192.0f
#define DEG_S_PER_LSB (2000.0f / 32768.0f)

static const tw_rate_code rates[] = {{25000, 6},  {50000, 7},   {100000, 8},
                                     {200000, 9}, {400000, 10}, {800000, 11}};

static bool is_bmi270(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, CHIP_ID, 0x24);
}

static bool is_configured(tw_i2c *bus, uint8_t address) {
  uint8_t status;
  return tw_i2c_read(bus, address, INTERNAL_STATUS, &status, 1) &&
         (status & STATUS_MASK) == CONFIGURED;
}

// One piece of the configuration, at its place in words.
static bool send_piece(tw_i2c *bus, uint8_t address, uint32_t offset, uint32_t bytes) {
  const uint32_t word = offset / 2;
  const uint8_t place[3] = {INIT_ADDR_0, word & 0x0f, (uint8_t)(word >> 4)};
  uint8_t piece[1 + PIECE_BYTES] = {INIT_DATA};
  for (uint32_t i = 0; i < bytes; i++) piece[1 + i] = tw_bmi270_configuration[offset + i];
  return bus->transfer(bus, address, place, sizeof place, 0, 0) &&
         bus->transfer(bus, address, piece, 1 + bytes, 0, 0);
}

static bool configure(tw_i2c *bus, uint8_t address) {
  static const tw_register_write before[] = {{PWR_CONF, ALWAYS_AWAKE, WAKE_US}, {INIT_CTRL, 0, 0}};
  static const tw_register_write after[] = {{INIT_CTRL, 1, CONFIGURE_US}};
  if (!tw_i2c_set_up(bus, address, before, 2)) return false;
  for (uint32_t at = 0; at < tw_bmi270_configuration_bytes; at += PIECE_BYTES) {
    const uint32_t left = tw_bmi270_configuration_bytes - at;
    if (!send_piece(bus, address, at, left < PIECE_BYTES ? left : PIECE_BYTES)) return false;
  }
  return tw_i2c_set_up(bus, address, after, 1) && is_configured(bus, address);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  const uint8_t rate = tw_rate_code_for(rates, sizeof rates / sizeof rates[0], rate_mhz);
  const tw_register_write writes[] = {
      {PWR_CTRL, ROTATION_AND_ACCELERATION_ON, 0},
      {ACC_CONF, FULL_PERFORMANCE | NORMAL_BANDWIDTH | rate, 0},
      {ACC_RANGE, RANGE_4_G, 0},
      {GYR_CONF, FULL_PERFORMANCE | LOW_NOISE | NORMAL_BANDWIDTH | rate, 0},
      {GYR_RANGE, RANGE_2000_DEG_S, START_US},
  };
  return (is_configured(bus, address) || configure(bus, address)) &&
         tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static void turn(float *values) {
  const float x = values[0];
  values[0] = -values[1];
  values[1] = -x;
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[12];
  if (!tw_i2c_read(bus, address, ACC_X_LSB, bytes, sizeof bytes)) return false;
  tw_scale_three(bytes, 1.0f / LSB_PER_G, values);
  tw_scale_three(bytes + 6, DEG_S_PER_LSB, values + 3);
  turn(values);
  turn(values + 3);
  return true;
}

const tw_sensor tw_bmi270 = {
    .part = "BMI270",
    .addresses = {0x68, 0x69},
    .channels = 6,
    .channel = tw_motion_channels,
    .min_rate_mhz = TW_MOTION_MIN_RATE_MHZ,
    .max_rate_mhz = TW_MOTION_MAX_RATE_MHZ,
    .probe = is_bmi270,
    .start = start,
    .read = read,
};
