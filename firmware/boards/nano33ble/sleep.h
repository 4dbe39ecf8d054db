// SPDX-License-Identifier: Apache-2.0
//
// What is switched off while the board sleeps, and then on as it was.

#ifndef TINYWRIGHT_NANO33BLE_SLEEP_H
#define TINYWRIGHT_NANO33BLE_SLEEP_H

#include <stdbool.h>

void i2c_switch(bool on);   // the sensors' bus: off, its lines feed nobody
void pins_switch(bool on);  // the coloured lights and what is pulsed; other outputs stay

#endif
