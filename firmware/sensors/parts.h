// SPDX-License-Identifier: Apache-2.0
//
// Every driver, and what several of them do alike. table.c and a board's own table choose among
// these.

#ifndef TINYWRIGHT_PARTS_H
#define TINYWRIGHT_PARTS_H

#include "sensor.h"

extern const tw_sensor tw_mpu6050, tw_mpu6500, tw_mpu9250;
extern const tw_sensor tw_lsm6ds3, tw_lsm6dsl, tw_lsm6dso;
extern const tw_sensor tw_ak8963;  // in an MPU-9250
extern const tw_sensor tw_adxl345;
extern const tw_sensor tw_bmi160;
extern const tw_sensor tw_lsm9ds1, tw_lsm9ds1_magnetometer;

extern const tw_sensor tw_bmi270;  // its build supplies bmi270.h
extern const tw_sensor tw_bmm150;
extern const tw_sensor tw_hts221, tw_hs3003, tw_lps22hb;
extern const tw_sensor tw_apds9960;

// ax, ay, az in g and gx, gy, gz in deg/s, as the simulated board names them: a model trained there
// runs on any of these parts. Parts that only accelerate use the first three.
extern const tw_sensor_channel tw_motion_channels[6];

// What all motion sensors are set to: the ranges of the simulated board, and of Arduino's library
// for the Nano 33 BLE Sense.
#define TW_ACCELERATION_RANGE_G 4
#define TW_ROTATION_RANGE_DEG_S 2000

// A 6-axis sample takes 0.4 ms of the bus at 400 kHz; the rest is left to link and network.
#define TW_MOTION_MIN_RATE_MHZ 1000
#define TW_MOTION_MAX_RATE_MHZ 500000

// Of a magnetometer.
extern const tw_sensor_channel tw_field_channels[3];

// What changes slowly is measured more seldom than that by its part and repeated in between, so
// that it can stand beside motion in one window.
#define TW_CLIMATE_MIN_RATE_MHZ 100
#define TW_CLIMATE_MAX_RATE_MHZ 100000

// One choice of a part's output rate.
typedef struct {
  uint32_t rate_mhz;
  uint8_t code;
} tw_rate_code;

// The code of the slowest rate that is `rate_mhz` or faster; of the last where none is. `rates`
// rise.
uint8_t tw_rate_code_for(const tw_rate_code *rates, uint8_t count, uint32_t rate_mhz);

// Whether `address` answers with `value` in its identity register.
bool tw_identified(tw_i2c *bus, uint8_t address, uint8_t reg, uint8_t value);

// One write of a set-up; `wait_us` passes after it.
typedef struct {
  uint8_t reg, value;
  uint32_t wait_us;
} tw_register_write;

// False as soon as one is not acknowledged.
bool tw_i2c_set_up(tw_i2c *bus, uint8_t address, const tw_register_write *writes, uint8_t count);

// Three 16-bit values, low byte first, each times `scale`.
void tw_scale_three(const uint8_t *bytes, float scale, float *values);

#endif
