// SPDX-License-Identifier: Apache-2.0
//
// Counts executed instructions: the emulator, started with -icount shift=8, lets 256 ns pass for
// each, and the board's timer counts down at 25 MHz: 6.4 ticks an instruction.

#ifndef TINYWRIGHT_BENCH_COUNTER_H
#define TINYWRIGHT_BENCH_COUNTER_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
  volatile uint32_t control, value, reload;
} bench_timer;

#define BENCH_TIMER ((bench_timer *)0x40000000u)

// Starts the timer; false where it does not count two loops of known length exactly.
bool counter_start(void);

static inline uint32_t counter_ticks(void) {
  return BENCH_TIMER->value;
}

// How many instructions ran between two calls of counter_ticks() right before and after them.
uint32_t counter_instructions(uint32_t ticks_before, uint32_t ticks_after);

#endif
