// SPDX-License-Identifier: Apache-2.0
//
// Bosch's BMM150, a magnetometer. Registers after its data sheet (BST-BMM150-DS001); the formulas
// that correct its values by what was trimmed at the factory are those of Bosch's own driver.

#include "parts.h"

enum {
  CHIP_ID = 0x40,
  DATA_X_LSB = 0x42,
  POWER_CONTROL = 0x4b,
  OP_MODE = 0x4c,
  REP_XY = 0x51,
  REP_Z = 0x52,
  DIG_X1 = 0x5d,
  DIG_Z4_LSB = 0x62,
  DIG_Z2_LSB = 0x68,
};

enum { ON = 1, RATE_30_HZ = 7 << 3, NINE_REPETITIONS = 4, FIFTEEN_REPETITIONS = 14 };

#define START_UP_US 3000
#define FIRST_SAMPLE_US 34000
#define OVERFLOW_XY (-4096)
#define OVERFLOW_Z (-16384)

typedef struct {
  float x1, y1, x2, y2, xy1, xy2, z1, z2, z3, z4, xyz1;
} trimming;

static int16_t word_at(const uint8_t *bytes) {
  return (int16_t)(uint16_t)(bytes[0] | bytes[1] << 8);
}

static bool read_trimming(tw_i2c *bus, uint8_t address, trimming *trim) {
  uint8_t first[2], second[4], third[10];
  if (!tw_i2c_read(bus, address, DIG_X1, first, sizeof first) ||
      !tw_i2c_read(bus, address, DIG_Z4_LSB, second, sizeof second) ||
      !tw_i2c_read(bus, address, DIG_Z2_LSB, third, sizeof third)) {
    return false;
  }
  *trim = (trimming){
      .x1 = (int8_t)first[0],
      .y1 = (int8_t)first[1],
      .z4 = word_at(second),
      .x2 = (int8_t)second[2],
      .y2 = (int8_t)second[3],
      .z2 = word_at(third),
      .z1 = (uint16_t)word_at(third + 2),
      .xyz1 = (float)(word_at(third + 4) & 0x7fff),
      .z3 = word_at(third + 6),
      .xy2 = (int8_t)third[8],
      .xy1 = third[9],
  };
  return true;
}

// In microtesla; `hall` is the resistance of the plate, `near` and `far` the axis's own trimming.
static float across(int16_t raw, float hall, const trimming *trim, float near, float far) {
  if (raw == OVERFLOW_XY || hall == 0.0f || trim->xyz1 == 0.0f) return 0.0f;
  const float off = trim->xyz1 * 16384.0f / hall - 16384.0f;
  const float gain = trim->xy2 * (off * off / 268435456.0f) + off * trim->xy1 / 16384.0f;
  return ((float)raw * ((gain + 256.0f) * (far + 160.0f)) / 8192.0f + near * 8.0f) / 16.0f;
}

static float along(int16_t raw, float hall, const trimming *trim) {
  const float divisor = (trim->z2 + trim->z1 * hall / 32768.0f) * 4.0f;
  if (raw == OVERFLOW_Z || hall == 0.0f || divisor == 0.0f) return 0.0f;
  const float off = trim->z3 * (hall - trim->xyz1);
  return (((float)raw - trim->z4) * 131072.0f - off) / divisor / 16.0f;
}

// Before its power is on it does not even tell who it is; so this probe writes, the only one.
static bool is_bmm150(tw_i2c *bus, uint8_t address) {
  static const tw_register_write writes[] = {{POWER_CONTROL, ON, START_UP_US}};
  return tw_i2c_set_up(bus, address, writes, 1) && tw_identified(bus, address, CHIP_ID, 0x32);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)rate_mhz;  // always the fastest
  static const tw_register_write writes[] = {
      {POWER_CONTROL, ON, START_UP_US},
      {REP_XY, NINE_REPETITIONS, 0},
      {REP_Z, FIFTEEN_REPETITIONS, 0},
      {OP_MODE, RATE_30_HZ, FIRST_SAMPLE_US},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  trimming trim;
  uint8_t bytes[8];
  if (!read_trimming(bus, address, &trim) ||
      !tw_i2c_read(bus, address, DATA_X_LSB, bytes, sizeof bytes)) {
    return false;
  }
  // Left-aligned: 13 bits of x and y, 15 of z, 14 without a sign of the plate.
  const float hall = (float)((uint16_t)word_at(bytes + 6) >> 2);
  values[0] = across((int16_t)((word_at(bytes) & ~7) / 8), hall, &trim, trim.x1, trim.x2);
  values[1] = across((int16_t)((word_at(bytes + 2) & ~7) / 8), hall, &trim, trim.y1, trim.y2);
  values[2] = along((int16_t)((word_at(bytes + 4) & ~1) / 2), hall, &trim);
  return true;
}

const tw_sensor tw_bmm150 = {
    .part = "BMM150",
    .addresses = {0x10},
    .channels = 3,
    .channel = tw_field_channels,
    .min_rate_mhz = TW_CLIMATE_MIN_RATE_MHZ,
    .max_rate_mhz = TW_CLIMATE_MAX_RATE_MHZ,
    .probe = is_bmm150,
    .start = start,
    .read = read,
};
