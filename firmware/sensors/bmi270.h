// SPDX-License-Identifier: Apache-2.0
//
// What a build that has the BMI270 in its table supplies: Bosch's configuration bytes for that
// part. bmi270_configuration.py writes them as C from a package that carries them.

#ifndef TINYWRIGHT_BMI270_H
#define TINYWRIGHT_BMI270_H

#include <stdint.h>

extern const uint8_t tw_bmi270_configuration[];
extern const uint32_t tw_bmi270_configuration_bytes;  // even

#endif
