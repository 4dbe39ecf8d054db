// SPDX-License-Identifier: Apache-2.0
//
// ST's LPS22HB, air pressure and temperature. Registers after its data sheet (DocID027083).

#include "parts.h"

enum { WHO_AM_I = 0x0f, CTRL_REG1 = 0x10, PRESS_OUT_XL = 0x28 };

enum { RATE_75_HZ = 5 << 4, WHOLE_SAMPLES = 1 << 1 };

#define LSB_PER_HPA 4096.0f
#define LSB_PER_C 100.0f
#define FIRST_SAMPLE_US 14000

static const tw_sensor_channel channels[] = {{"pressure", "hPa"}, {"temperature", "C"}};

static bool is_lps22hb(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0xb1);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)rate_mhz;  // always the fastest
  static const tw_register_write writes[] = {
      {CTRL_REG1, RATE_75_HZ | WHOLE_SAMPLES, FIRST_SAMPLE_US}};
  return tw_i2c_set_up(bus, address, writes, 1);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[5];
  if (!tw_i2c_read(bus, address, PRESS_OUT_XL, bytes, sizeof bytes)) return false;
  const uint32_t pressure = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16;
  values[0] = (float)pressure / LSB_PER_HPA;
  values[1] = (float)(int16_t)(uint16_t)(bytes[3] | bytes[4] << 8) / LSB_PER_C;
  return true;
}

const tw_sensor tw_lps22hb = {
    .part = "LPS22HB",
    .addresses = {0x5c, 0x5d},
    .channels = 2,
    .channel = channels,
    .min_rate_mhz = TW_CLIMATE_MIN_RATE_MHZ,
    .max_rate_mhz = TW_CLIMATE_MAX_RATE_MHZ,
    .probe = is_lps22hb,
    .start = start,
    .read = read,
};
