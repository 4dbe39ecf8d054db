// SPDX-License-Identifier: Apache-2.0
//
// Which circuit a pin of the chip belongs to.

#ifndef TINYWRIGHT_ESP32_PADS_H
#define TINYWRIGHT_ESP32_PADS_H

#include <stdbool.h>
#include <stdint.h>

// Whether a program may drive this pin: flash, the link and what can only be read are left out.
bool pad_can_drive(uint8_t pin);

// Gives the pin to the digital side, driven by signal `signal` of the GPIO matrix; PAD_LEVEL is
// what pad_write() sets. An open drain pulls low or lets go, with the weak pull-up on.
#define PAD_LEVEL 256u
void pad_to_digital(uint8_t pin, uint32_t signal, bool open_drain);

// Gives it to the analogue side, with nothing pulling. False for a pin that has none.
bool pad_to_analogue(uint8_t pin);

void pad_write(uint8_t pin, bool high);
bool pad_read(uint8_t pin);

#endif
