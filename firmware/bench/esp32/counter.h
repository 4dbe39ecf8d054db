// SPDX-License-Identifier: Apache-2.0
//
// Counts executed instructions: the emulator, started with -icount shift=8, lets 256 ns pass for
// each, and the core counts its cycles at 10 MHz: 2.56 ticks an instruction.

#ifndef TINYWRIGHT_BENCH_COUNTER_H
#define TINYWRIGHT_BENCH_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

// False where two loops of known length are not counted exactly.
bool counter_start(void);

static inline uint32_t counter_ticks(void) {
  uint32_t ticks;
  __asm__ volatile("rsr %0, ccount" : "=r"(ticks)::"memory");
  return ticks;
}

// How many instructions ran between two calls of counter_ticks() right before and after them.
uint32_t counter_instructions(uint32_t ticks_before, uint32_t ticks_after);

#endif
