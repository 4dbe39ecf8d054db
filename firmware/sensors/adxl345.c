// SPDX-License-Identifier: Apache-2.0
//
// Analog Devices' ADXL345, an accelerometer. Registers after its data sheet, revision E.

#include "parts.h"

enum { DEVID = 0x00, BW_RATE = 0x2c, POWER_CTL = 0x2d, DATA_FORMAT = 0x31, DATAX0 = 0x32 };

enum { FULL_RESOLUTION = 1 << 3, RANGE_4_G = 1, MEASURE = 1 << 3 };

#define LSB_PER_G 256.0f  // at full resolution, in every range
#define START_US 11100    // 1.1 ms and a sample at 100 Hz

static const tw_rate_code rates[] = {{6250, 6},    {12500, 7},   {25000, 8},   {50000, 9},
                                     {100000, 10}, {200000, 11}, {400000, 12}, {800000, 13}};

static bool is_adxl345(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, DEVID, 0xe5);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  const tw_register_write writes[] = {
      {BW_RATE, tw_rate_code_for(rates, sizeof rates / sizeof rates[0], rate_mhz), 0},
      {DATA_FORMAT, FULL_RESOLUTION | RANGE_4_G, 0},
      {POWER_CTL, MEASURE, START_US},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[6];
  if (!tw_i2c_read(bus, address, DATAX0, bytes, sizeof bytes)) return false;
  tw_scale_three(bytes, 1.0f / LSB_PER_G, values);
  return true;
}

const tw_sensor tw_adxl345 = {
    .part = "ADXL345",
    .addresses = {0x53, 0x1d},
    .channels = 3,
    .channel = tw_motion_channels,
    .min_rate_mhz = TW_MOTION_MIN_RATE_MHZ,
    .max_rate_mhz = TW_MOTION_MAX_RATE_MHZ,
    .probe = is_adxl345,
    .start = start,
    .read = read,
};
