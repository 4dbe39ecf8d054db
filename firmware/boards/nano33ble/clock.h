// SPDX-License-Identifier: Apache-2.0
//
// The crystal and the microsecond clock.

#ifndef TINYWRIGHT_NANO33BLE_CLOCK_H
#define TINYWRIGHT_NANO33BLE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

#define CLOCK_HZ 64000000u

// Starts the microsecond clock, then the 32 MHz crystal; waits for that 100 ms at most. Without it
// the chip runs on its own oscillator, and USB stays off.
void clock_start(void);
bool clock_is_crystal(void);

// Without the crystal the clock goes on, off by some hundredths.
void clock_stop_crystal(void);
void clock_start_crystal(void);

void clock_wait_us(uint32_t us);

#endif
