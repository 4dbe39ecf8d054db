// SPDX-License-Identifier: Apache-2.0
//
// What is soldered to the board in either revision, and what may be wired to its pins instead.

#include "../../sensors/parts.h"

const tw_sensor *const tw_sensor_table[] = {
    &tw_lsm9ds1, &tw_lsm9ds1_magnetometer,
    &tw_bmi270,  &tw_bmm150,
    &tw_hts221,  &tw_hs3003,
    &tw_lps22hb, &tw_apds9960,
    &tw_mpu6050, &tw_mpu6500,
    &tw_mpu9250, &tw_ak8963,
    &tw_lsm6ds3, &tw_lsm6dsl,
    &tw_lsm6dso, &tw_bmi160,
    &tw_adxl345,
};
const uint8_t tw_sensor_table_length = sizeof tw_sensor_table / sizeof tw_sensor_table[0];
