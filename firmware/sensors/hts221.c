// SPDX-License-Identifier: Apache-2.0
//
// ST's HTS221, humidity and temperature. Registers and the straight lines through two calibrated
// points after its data sheet (DocID026333) and technical note TN1218.

#include "parts.h"

enum { WHO_AM_I = 0x0f, CTRL_REG1 = 0x20, HUMIDITY_OUT_L = 0x28, CALIBRATION = 0x30 };

enum {
  ON = 1 << 7,
  WHOLE_SAMPLES = 1 << 2,
  RATE_12_5_HZ = 3,
  MANY_BYTES = 1 << 7,  // of a register's number: the next one follows
};

#define FIRST_SAMPLE_US 80000

static const tw_sensor_channel channels[] = {{"humidity", "%"}, {"temperature", "C"}};

static bool is_hts221(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0xbc);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)rate_mhz;  // always the fastest
  static const tw_register_write writes[] = {
      {CTRL_REG1, ON | WHOLE_SAMPLES | RATE_12_5_HZ, FIRST_SAMPLE_US}};
  return tw_i2c_set_up(bus, address, writes, 1);
}

static float word_at(const uint8_t *bytes) {
  return (float)(int16_t)(uint16_t)(bytes[0] | bytes[1] << 8);
}

// The line through (x0, y0) and (x1, y1), at x.
static float on_line(float x, float x0, float y0, float x1, float y1) {
  return x1 == x0 ? y0 : y0 + (x - x0) * (y1 - y0) / (x1 - x0);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t points[16], out[4];
  if (!tw_i2c_read(bus, address, CALIBRATION | MANY_BYTES, points, sizeof points) ||
      !tw_i2c_read(bus, address, HUMIDITY_OUT_L | MANY_BYTES, out, sizeof out)) {
    return false;
  }
  const float t0 = (float)(points[2] | (points[5] & 0x03) << 8) / 8.0f;
  const float t1 = (float)(points[3] | (points[5] & 0x0c) << 6) / 8.0f;
  values[0] = on_line(word_at(out), word_at(points + 6), (float)points[0] / 2.0f,
                      word_at(points + 10), (float)points[1] / 2.0f);
  values[1] = on_line(word_at(out + 2), word_at(points + 12), t0, word_at(points + 14), t1);
  return true;
}

const tw_sensor tw_hts221 = {
    .part = "HTS221",
    .addresses = {0x5f},
    .channels = 2,
    .channel = channels,
    .min_rate_mhz = TW_CLIMATE_MIN_RATE_MHZ,
    .max_rate_mhz = TW_CLIMATE_MAX_RATE_MHZ,
    .probe = is_hts221,
    .start = start,
    .read = read,
};
