// SPDX-License-Identifier: Apache-2.0
//
// Analogue pins A0 to A7 by the SAADC (nRF52840 Product Specification), 12 bits of 3.6 V: the
// internal reference of 0.6 V and a gain of a sixth.

#include "../../application/board.h"
#include "pads.h"
#include "registers.h"

#define TASKS_START (SAADC + 0x000)
#define TASKS_SAMPLE (SAADC + 0x004)
#define TASKS_STOP (SAADC + 0x008)
#define TASKS_CALIBRATEOFFSET (SAADC + 0x00c)
#define EVENTS_STARTED (SAADC + 0x100)
#define EVENTS_END (SAADC + 0x104)
#define EVENTS_CALIBRATEDONE (SAADC + 0x110)
#define EVENTS_STOPPED (SAADC + 0x114)
#define ENABLE (SAADC + 0x500)
#define CH0_PSELP (SAADC + 0x510)
#define CH0_PSELN (SAADC + 0x514)
#define CH0_CONFIG (SAADC + 0x518)
#define TACQ_10_US (2u << 16)
#define RESOLUTION (SAADC + 0x5f0)
#define BITS_12 2u
#define OVERSAMPLE (SAADC + 0x5f4)
#define SAMPLERATE (SAADC + 0x5f8)
#define RESULT_PTR (SAADC + 0x62c)
#define RESULT_MAXCNT (SAADC + 0x630)

#define FULL_SCALE_V 3.6f
#define STEPS 4096.0f
#define LIMIT_US 1000u  // a conversion takes 12, the calibration some 200

// The converter's input of A0 to A7, counted from 0.
static const uint8_t inputs[] = {2, 3, 6, 5, 7, 0, 4, 1};
_Static_assert(sizeof inputs == PIN_A7 - PIN_A0 + 1, "an input for each analogue pin");

static volatile int16_t result;  // written by DMA

static bool wait_for(uint32_t event) {
  const uint64_t limit_us = tw_board_micros() + LIMIT_US;
  while (REG(event) == 0) {
    if (tw_board_micros() > limit_us) return false;
  }
  REG(event) = 0;
  return true;
}

static bool run(uint32_t task, uint32_t event) {
  REG(event) = 0;
  REG(task) = 1;
  return wait_for(event);
}

static bool start(void) {
  REG(ENABLE) = 1;
  REG(RESOLUTION) = BITS_12;
  REG(OVERSAMPLE) = 0;
  REG(SAMPLERATE) = 0;  // by task
  REG(CH0_PSELN) = 0;
  REG(CH0_CONFIG) = TACQ_10_US;
  // Calibrating leaves the converter to be stopped before it is started.
  return run(TASKS_CALIBRATEOFFSET, EVENTS_CALIBRATEDONE) && run(TASKS_STOP, EVENTS_STOPPED);
}

bool tw_board_has_analogue(uint8_t pin) {
  return pin >= PIN_A0 && pin <= PIN_A7;
}

bool tw_board_analogue(uint8_t pin, float *volts) {
  static bool started;
  if (!tw_board_has_analogue(pin)) return false;
  if (!started) started = start();
  if (!started) return false;
  pad_release(pad_of(pin));
  REG(CH0_PSELP) = inputs[pin - PIN_A0] + 1u;
  REG(RESULT_PTR) = (uint32_t)(uintptr_t)&result;
  REG(RESULT_MAXCNT) = 1;
  const bool converted = run(TASKS_START, EVENTS_STARTED) && run(TASKS_SAMPLE, EVENTS_END);
  if (!run(TASKS_STOP, EVENTS_STOPPED) || !converted) return false;
  barrier();
  *volts = (float)result * (FULL_SCALE_V / STEPS);
  return true;
}

// The chip measures no touch.
bool tw_board_has_touch(uint8_t pin) {
  (void)pin;
  return false;
}

bool tw_board_touch(uint8_t pin, float *reading) {
  (void)pin;
  (void)reading;
  return false;
}
