// SPDX-License-Identifier: Apache-2.0
//
// nRF52840 Product Specification, "CLOCK" and "TIMER".

#include "clock.h"

#include "../../application/board.h"
#include "registers.h"

#define TASKS_HFCLKSTART (CLOCK + 0x000)
#define TASKS_HFCLKSTOP (CLOCK + 0x004)
#define EVENTS_HFCLKSTARTED (CLOCK + 0x100)
#define HFCLKSTAT (CLOCK + 0x40c)
#define HFCLK_OF_CRYSTAL BIT(0)
#define HFCLK_RUNS BIT(16)
#define CRYSTAL_LIMIT_US 100000u  // it takes 0.4 ms

#define TIMER_TASKS_START (TIMER0 + 0x000)
#define TIMER_TASKS_STOP (TIMER0 + 0x004)
#define TIMER_TASKS_CLEAR (TIMER0 + 0x00c)
#define TIMER_TASKS_CAPTURE0 (TIMER0 + 0x040)
#define TIMER_SHORTS (TIMER0 + 0x200)
#define TIMER_INTENCLR (TIMER0 + 0x308)
#define TIMER_MODE (TIMER0 + 0x504)
#define TIMER_BITMODE (TIMER0 + 0x508)
#define BITS_32 3u
#define TIMER_PRESCALER (TIMER0 + 0x510)
#define FROM_16_MHZ_TO_1 4u
#define TIMER_CC0 (TIMER0 + 0x540)

bool clock_is_crystal(void) {
  const uint32_t wanted = HFCLK_OF_CRYSTAL | HFCLK_RUNS;
  return (REG(HFCLKSTAT) & wanted) == wanted;
}

void clock_start(void) {
  REG(TIMER_TASKS_STOP) = 1;
  REG(TIMER_SHORTS) = 0;
  REG(TIMER_INTENCLR) = ~0u;
  REG(TIMER_MODE) = 0;
  REG(TIMER_BITMODE) = BITS_32;
  REG(TIMER_PRESCALER) = FROM_16_MHZ_TO_1;
  REG(TIMER_TASKS_CLEAR) = 1;
  REG(TIMER_TASKS_START) = 1;
  clock_start_crystal();
}

void clock_start_crystal(void) {
  REG(EVENTS_HFCLKSTARTED) = 0;
  REG(TASKS_HFCLKSTART) = 1;
  const uint64_t limit_us = tw_board_micros() + CRYSTAL_LIMIT_US;
  while (!clock_is_crystal() && tw_board_micros() < limit_us) continue;
}

void clock_stop_crystal(void) {
  REG(TASKS_HFCLKSTOP) = 1;
}

// The timer's 32 bits wrap after 71 minutes; every turn of the loop asks.
uint64_t tw_board_micros(void) {
  static uint32_t last, wraps;
  REG(TIMER_TASKS_CAPTURE0) = 1;
  const uint32_t now = REG(TIMER_CC0);
  if (now < last) wraps++;
  last = now;
  return (uint64_t)wraps << 32 | now;
}

void clock_wait_us(uint32_t us) {
  const uint64_t until_us = tw_board_micros() + us;
  while (tw_board_micros() < until_us) continue;
}
