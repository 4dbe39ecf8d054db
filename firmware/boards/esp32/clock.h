// SPDX-License-Identifier: Apache-2.0
//
// Clocks and watchdogs.

#ifndef TINYWRIGHT_ESP32_CLOCK_H
#define TINYWRIGHT_ESP32_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

// What was found and measured before the fast clock was kept or given up.
typedef struct {
  uint32_t crystal_hz;      // 40 or 26 million
  uint32_t estimated_hz;    // the crystal by an oscillator that may be 5 % off, 0: not found
  uint32_t crystal_cycles;  // of the processor in one interval of the slow clock, 0: not measured
  uint32_t fast_cycles;     // in one as long, after the switch
  bool fast;                // the PLL is kept
} clock_proof;

// Switches the watchdogs off that the ROM has set, and the second core, finds out which crystal
// there is, and goes to 240 MHz if that proves itself; otherwise the processor stays with the
// crystal. Takes about 50 ms. `rom_hz` is what the ROM has taken the crystal for, as far as that
// shows.
void clock_start(uint32_t rom_hz);
const clock_proof *clock_proven(void);

uint32_t clock_hz(void);      // of the processor
uint32_t clock_apb_hz(void);  // of the peripherals

// Leaves the PLL, as a restart needs it.
void clock_use_crystal(void);

void clock_wait_us(uint32_t us);

// Cycles of the processor; wraps.
#ifdef TW_FAKE_REGISTERS
uint32_t clock_cycles(void);
#else
static inline uint32_t clock_cycles(void) {
  uint32_t cycles;
  __asm__ volatile("rsr %0, ccount" : "=a"(cycles));
  return cycles;
}
#endif

#endif
