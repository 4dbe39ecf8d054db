// SPDX-License-Identifier: Apache-2.0

#include "counter.h"

// Of the second of two readings: the reading itself.
#define READING 1

uint32_t counter_instructions(uint32_t ticks_before, uint32_t ticks_after) {
  const uint64_t ticks = ticks_after - ticks_before;
  return (uint32_t)((ticks * 100 + 128) / 256) - READING;
}

// Runs 1 + 2 * turns instructions.
static uint32_t count_short_loop(uint32_t turns) {
  uint32_t before, after;
  __asm__ volatile(
      "   rsr  %[before], ccount     \n"
      "   nop                        \n"
      "1: addi %[turns], %[turns], -1 \n"
      "   bnez %[turns], 1b          \n"
      "   rsr  %[after], ccount      \n"
      : [before] "=&r"(before), [after] "=&r"(after), [turns] "+r"(turns)
      :
      : "memory");
  return counter_instructions(before, after);
}

// Runs 5 * turns instructions, some of them loads and multiplications.
static uint32_t count_long_loop(uint32_t turns) {
  uint32_t before, after, loaded, word = turns;
  __asm__ volatile(
      "   rsr  %[before], ccount            \n"
      "1: l32i %[loaded], %[word], 0        \n"
      "   mull %[loaded], %[loaded], %[loaded] \n"
      "   s32i %[loaded], %[word], 0        \n"
      "   addi %[turns], %[turns], -1       \n"
      "   bnez %[turns], 1b                 \n"
      "   rsr  %[after], ccount             \n"
      : [before] "=&r"(before), [after] "=&r"(after), [turns] "+r"(turns), [loaded] "=&r"(loaded)
      : [word] "r"(&word)
      : "memory");
  return counter_instructions(before, after);
}

bool counter_start(void) {
  return count_short_loop(1000) == 2001 && count_long_loop(12345) == 61725;
}
