// SPDX-License-Identifier: Apache-2.0
//
// InvenSense MPU-6050, MPU-6500, MPU-9250 and what calls itself so. Registers after InvenSense's
// "MPU-6000 and MPU-6050 Register Map and Descriptions", revision 4.2, and "MPU-9250 Register Map",
// revision 1.6; identities also of the parts that Linux's driver knows. The magnetometer in an
// MPU-9250 is a part of its own, ak8963.c.

#include "parts.h"

enum {
  SMPLRT_DIV = 0x19,
  CONFIG = 0x1a,
  GYRO_CONFIG = 0x1b,
  ACCEL_CONFIG = 0x1c,
  ACCEL_CONFIG_2 = 0x1d,  // MPU-6500 and later; of the MPU-6050 the threshold of a free fall
  ACCEL_XOUT_H = 0x3b,
  PWR_MGMT_1 = 0x6b,
  WHO_AM_I = 0x75,
};

enum { CLOCK_OF_GYRO = 1, RANGE_4_G = 1 << 3, RANGE_2000_DEG_S = 3 << 3 };

#define INTERNAL_RATE_MHZ 1000000u  // with the low-pass filter on
#define SLOWEST_DIVIDER 255u
#define START_US 50000  // the gyroscope's oscillator
#define LSB_PER_G 8192.0f
#define LSB_PER_DEG_S 16.4f
#define SAMPLE_BYTES 14  // acceleration, temperature, rotation, high bytes first

// The low-pass filter whose bandwidth is just below half the rate.
static const tw_rate_code filters[] = {{20000, 6},  {42000, 5},  {88000, 4},
                                       {188000, 3}, {368000, 2}, {1000000, 1}};

static uint8_t filter_for(uint32_t rate_mhz) {
  return tw_rate_code_for(filters, sizeof filters / sizeof filters[0], rate_mhz);
}

static bool is_mpu6050(tw_i2c *bus, uint8_t address) {
  return tw_identified(bus, address, WHO_AM_I, 0x68);
}

static bool is_mpu6500(tw_i2c *bus, uint8_t address) {
  uint8_t found;
  if (!tw_i2c_read(bus, address, WHO_AM_I, &found, 1)) return false;
  return found == 0x70 || found == 0x74 || found == 0x98;  // 6500, 6515, 20689
}

static bool is_mpu9250(tw_i2c *bus, uint8_t address) {
  uint8_t found;
  if (!tw_i2c_read(bus, address, WHO_AM_I, &found, 1)) return false;
  return found == 0x71 || found == 0x73;  // 9250, 9255
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  uint32_t divider = INTERNAL_RATE_MHZ / rate_mhz - 1;
  if (divider > SLOWEST_DIVIDER) divider = SLOWEST_DIVIDER;
  const uint8_t filter = filter_for(rate_mhz);
  const tw_register_write writes[] = {
      {PWR_MGMT_1, CLOCK_OF_GYRO, START_US},
      {SMPLRT_DIV, (uint8_t)divider, 0},
      {CONFIG, filter, 0},
      {GYRO_CONFIG, RANGE_2000_DEG_S, 0},
      {ACCEL_CONFIG, RANGE_4_G, 0},
      {ACCEL_CONFIG_2, filter, 0},
  };
  return tw_i2c_set_up(bus, address, writes, sizeof writes / sizeof writes[0]);
}

static float value_at(const uint8_t *bytes) {
  return (float)(int16_t)(uint16_t)(bytes[0] << 8 | bytes[1]);
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  uint8_t bytes[SAMPLE_BYTES];
  if (!tw_i2c_read(bus, address, ACCEL_XOUT_H, bytes, sizeof bytes)) return false;
  for (uint8_t i = 0; i < 3; i++) {
    values[i] = value_at(bytes + 2 * i) / LSB_PER_G;
    values[3 + i] = value_at(bytes + 8 + 2 * i) / LSB_PER_DEG_S;
  }
  return true;
}

#define FAMILY(name, is)                                                                         \
  {                                                                                              \
    .part = name, .addresses = {0x68, 0x69}, .channels = 6, .channel = tw_motion_channels,       \
    .min_rate_mhz = TW_MOTION_MIN_RATE_MHZ, .max_rate_mhz = TW_MOTION_MAX_RATE_MHZ, .probe = is, \
    .start = start, .read = read                                                                 \
  }

const tw_sensor tw_mpu6050 = FAMILY("MPU6050", is_mpu6050);
const tw_sensor tw_mpu6500 = FAMILY("MPU6500", is_mpu6500);
const tw_sensor tw_mpu9250 = FAMILY("MPU9250", is_mpu9250);
