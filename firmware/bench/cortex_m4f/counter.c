// SPDX-License-Identifier: Apache-2.0

#include "counter.h"

enum { ENABLE = 1 };

// Of the second of two readings: the load itself.
#define READING 1

uint32_t counter_instructions(uint32_t ticks_before, uint32_t ticks_after) {
  const uint64_t ticks = ticks_before - ticks_after;
  return (uint32_t)((ticks * 10 + 32) / 64) - READING;
}

// Runs 1 + 2 * turns instructions.
static uint32_t count_short_loop(uint32_t turns) {
  uint32_t before, after;
  __asm__ volatile(
      "   ldr  %[before], [%[timer], #4] \n"
      "   nop                            \n"
      "1: subs %[turns], #1              \n"
      "   bne  1b                        \n"
      "   ldr  %[after], [%[timer], #4]  \n"
      : [before] "=&r"(before), [after] "=&r"(after), [turns] "+r"(turns)
      : [timer] "r"(BENCH_TIMER)
      : "cc", "memory");
  return counter_instructions(before, after);
}

// Runs 5 * turns instructions, some of them loads and multiplications.
static uint32_t count_long_loop(uint32_t turns) {
  uint32_t before, after, word = turns;
  __asm__ volatile(
      "   ldr   %[before], [%[timer], #4] \n"
      "1: ldr   r3, [%[word]]             \n"
      "   smlad r3, r3, r3, r3            \n"
      "   str   r3, [%[word]]             \n"
      "   subs  %[turns], #1              \n"
      "   bne   1b                        \n"
      "   ldr   %[after], [%[timer], #4]  \n"
      : [before] "=&r"(before), [after] "=&r"(after), [turns] "+r"(turns)
      : [timer] "r"(BENCH_TIMER), [word] "r"(&word)
      : "r3", "cc", "memory");
  return counter_instructions(before, after);
}

bool counter_start(void) {
  BENCH_TIMER->reload = UINT32_MAX;
  BENCH_TIMER->value = UINT32_MAX;
  BENCH_TIMER->control = ENABLE;
  return count_short_loop(1000) == 2001 && count_long_loop(12345) == 61725;
}
