// SPDX-License-Identifier: Apache-2.0
//
// The board's pins by Arduino's numbers (variant ARDUINO_NANO33BLE of Arduino's core): 0 to 13 are
// D0 to D13, 14 to 21 A0 to A7, 22 to 24 the red, green and blue LED, 30 and 31 the bus of the
// board's own sensors.

#ifndef TINYWRIGHT_NANO33BLE_PADS_H
#define TINYWRIGHT_NANO33BLE_PADS_H

#include <stdbool.h>
#include <stdint.h>

#define PAD_NONE 0xff
#define PAD_OF(port, pin) ((port)*32 + (pin))  // as PSEL registers number them

#define PIN_A0 14
#define PIN_A7 21
#define PIN_LED_RED 22
#define PIN_LED_BLUE 24
#define PIN_SDA1 30
#define PIN_SCL1 31

#define PAD_POWER_LED PAD_OF(1, 9)
#define PAD_SENSOR_POWER PAD_OF(0, 22)
#define PAD_I2C_PULL_UPS PAD_OF(1, 0)

// The pad of one of Arduino's pins; PAD_NONE for a number that is none.
uint8_t pad_of(uint8_t pin);

void pad_write(uint8_t pad, bool high);
void pad_to_output(uint8_t pad);         // to the level written
void pad_to_strong_output(uint8_t pad);  // with twice the current and more
void pad_to_open_drain(uint8_t pad);     // with the weak pull-up on
void pad_release(uint8_t pad);           // nothing drives it, nothing pulls: as after a reset

#endif
