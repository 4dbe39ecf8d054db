// SPDX-License-Identifier: Apache-2.0
//
// The sensors' bus.

#ifndef TINYWRIGHT_ESP32_I2C_H
#define TINYWRIGHT_ESP32_I2C_H

#include <stdbool.h>

// Whether both lines are high, as they are while nobody speaks.
bool i2c_is_idle(void);

#endif
