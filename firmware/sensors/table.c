// SPDX-License-Identifier: Apache-2.0
//
// What a user may wire to a board. A board with parts soldered to it brings a table of its own.

#include "parts.h"

const tw_sensor *const tw_sensor_table[] = {
    &tw_mpu6050, &tw_mpu6500, &tw_mpu9250, &tw_ak8963,  &tw_lsm6ds3,
    &tw_lsm6dsl, &tw_lsm6dso, &tw_bmi160,  &tw_adxl345,
};
const uint8_t tw_sensor_table_length = sizeof tw_sensor_table / sizeof tw_sensor_table[0];
