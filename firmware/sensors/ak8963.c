// SPDX-License-Identifier: Apache-2.0
//
// Asahi Kasei AK8963, the magnetometer inside an MPU-9250, on a bus of its own that the MPU-9250
// connects to ours. Registers after "MPU-9250 Register Map", revision 1.6. Its axes are its own: x
// and y are the others' y and x, z is turned round.

#include "parts.h"

enum { USER_CTRL = 0x6a, INT_PIN_CFG = 0x37, BYPASS = 1 << 1 };  // of the MPU-9250

enum { WIA = 0x00, HXL = 0x03, CNTL1 = 0x0a, ASAX = 0x10 };
enum { POWER_DOWN = 0x00, FUSES = 0x0f, RATE_100_HZ_16_BITS = 0x16 };

#define MODE_US 100  // between two modes
#define FIRST_SAMPLE_US 10000
#define MICROTESLA_PER_LSB 0.15f
#define SAMPLE_BYTES 7  // x, y, z, and the status whose reading lets the next sample come

static float scale[3];  // by fuses that cannot be read while it measures

static bool open_bypass(tw_i2c *bus) {
  for (uint8_t i = 0; i < sizeof tw_mpu9250.addresses; i++) {
    const uint8_t address = tw_mpu9250.addresses[i];
    if (!tw_mpu9250.probe(bus, address)) continue;
    return tw_i2c_write(bus, address, USER_CTRL, 0) &&
           tw_i2c_write(bus, address, INT_PIN_CFG, BYPASS);
  }
  return false;
}

static bool is_ak8963(tw_i2c *bus, uint8_t address) {
  return open_bypass(bus) && tw_identified(bus, address, WIA, 0x48);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)rate_mhz;  // always the fastest
  static const tw_register_write to_fuses[] = {{CNTL1, POWER_DOWN, MODE_US},
                                               {CNTL1, FUSES, MODE_US}};
  static const tw_register_write to_samples[] = {{CNTL1, POWER_DOWN, MODE_US},
                                                 {CNTL1, RATE_100_HZ_16_BITS, FIRST_SAMPLE_US}};
  uint8_t fuses[3];
  if (!open_bypass(bus) || !tw_i2c_set_up(bus, address, to_fuses, 2) ||
      !tw_i2c_read(bus, address, ASAX, fuses, sizeof fuses)) {
    return false;
  }
  for (uint8_t i = 0; i < 3; i++) {
    scale[i] = MICROTESLA_PER_LSB * (float)(fuses[i] + 128) / 256.0f;
  }
  return tw_i2c_set_up(bus, address, to_samples, 2);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[SAMPLE_BYTES];
  if (!tw_i2c_read(bus, address, HXL, bytes, sizeof bytes)) return false;
  tw_scale_three(bytes, 1.0f, values);
  for (uint8_t i = 0; i < 3; i++) values[i] *= scale[i];
  return true;
}

const tw_sensor tw_ak8963 = {
    .part = "AK8963",
    .addresses = {0x0c},
    .channels = 3,
    .channel = tw_field_channels,
    .min_rate_mhz = TW_CLIMATE_MIN_RATE_MHZ,
    .max_rate_mhz = TW_CLIMATE_MAX_RATE_MHZ,
    .probe = is_ak8963,
    .start = start,
    .read = read,
};
