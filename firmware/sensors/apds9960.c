// SPDX-License-Identifier: Apache-2.0
//
// Broadcom's APDS-9960: light, its colours, and how near something is. Registers after its data
// sheet (AV02-4191EN). Numbers have no unit: counts of its converters, more being brighter or
// nearer. Its gestures are not used.

#include "parts.h"

enum {
  ENABLE = 0x80,
  ATIME = 0x81,
  PPULSE = 0x8e,
  CONTROL = 0x8f,
  ID = 0x92,
  CDATAL = 0x94,  // clear, red, green, blue as words, proximity as a byte
};

enum {
  OFF = 0,
  POWER_LIGHT_PROXIMITY = 7,
  FOUR_CYCLES = 256 - 4,  // of 2.78 ms
  PULSES_16_OF_16_US = 2 << 6 | 15,
  LIGHT_16_TIMES = 2,
};

#define FIRST_SAMPLE_US 25000

static const tw_sensor_channel channels[] = {
    {"light", ""}, {"red", ""}, {"green", ""}, {"blue", ""}, {"proximity", ""}};

static bool is_apds9960(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, ID, 0xab);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)rate_mhz;
  static const tw_register_write writes[] = {
      {ENABLE, OFF, 0},
      {ATIME, FOUR_CYCLES, 0},
      {PPULSE, PULSES_16_OF_16_US, 0},
      {CONTROL, LIGHT_16_TIMES, 0},
      {ENABLE, POWER_LIGHT_PROXIMITY, FIRST_SAMPLE_US},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[9];
  if (!tw_i2c_read(bus, address, CDATAL, bytes, sizeof bytes)) return false;
  for (uint8_t i = 0; i < 4; i++) values[i] = (float)(bytes[2 * i] | bytes[2 * i + 1] << 8);
  values[4] = bytes[8];
  return true;
}

const tw_sensor tw_apds9960 = {
    .part = "APDS9960",
    .addresses = {0x39},
    .channels = 5,
    .channel = channels,
    .min_rate_mhz = TW_CLIMATE_MIN_RATE_MHZ,
    .max_rate_mhz = TW_CLIMATE_MAX_RATE_MHZ,
    .probe = is_apds9960,
    .start = start,
    .read = read,
};
