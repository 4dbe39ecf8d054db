// SPDX-License-Identifier: Apache-2.0
//
// Outputs: levels, and PWM of 1 kHz on four pins at a time (nRF52840 Product Specification, "PWM").
// The LEDs hang between the supply and their pins: here high is lit.

#include "../../application/board.h"
#include "pads.h"
#include "registers.h"
#include "sleep.h"

#define NO_PIN 0xff

#define PWM_TASKS_STOP (PWM0 + 0x004)
#define PWM_TASKS_SEQSTART0 (PWM0 + 0x008)
#define PWM_EVENTS_STOPPED (PWM0 + 0x104)
#define PWM_SHORTS (PWM0 + 0x200)
#define PWM_MODE (PWM0 + 0x504)
#define PWM_COUNTERTOP (PWM0 + 0x508)
#define PWM_PRESCALER (PWM0 + 0x50c)
#define FROM_16_MHZ_TO_1 4u
#define PWM_DECODER (PWM0 + 0x510)
#define A_VALUE_EACH 2u
#define PWM_LOOP (PWM0 + 0x514)
#define PWM_SEQ0_PTR (PWM0 + 0x520)
#define PWM_SEQ0_CNT (PWM0 + 0x524)
#define PWM_SEQ0_REFRESH (PWM0 + 0x528)
#define PWM_SEQ0_ENDDELAY (PWM0 + 0x52c)
#define TOP 1000u
#define HIGH_FIRST 0x8000u

static uint8_t pin_of[PWM_CHANNELS] = {NO_PIN, NO_PIN, NO_PIN, NO_PIN};
static uint16_t duty[PWM_CHANNELS];  // read by the peripheral

static bool is_led(uint8_t pin) {
  return pin >= PIN_LED_RED && pin <= PIN_LED_BLUE;
}

// The channel of `pin`, or a free one for it; PWM_CHANNELS when there is none.
static uint8_t channel_for(uint8_t pin) {
  uint8_t free = PWM_CHANNELS;
  for (uint8_t i = 0; i < PWM_CHANNELS; i++) {
    if (pin_of[i] == pin) return i;
    if (pin_of[i] == NO_PIN) free = i;
  }
  return free;
}

static void stop(void) {
  REG(PWM_EVENTS_STOPPED) = 0;
  if ((REG(PWM_ENABLE(PWM0)) & 1) != 0) {
    REG(PWM_TASKS_STOP) = 1;
    const uint64_t limit_us = tw_board_micros() + 2 * TOP;
    while (REG(PWM_EVENTS_STOPPED) == 0 && tw_board_micros() < limit_us) continue;
  }
  REG(PWM_ENABLE(PWM0)) = 0;
}

// A connection may only be changed while the peripheral is off.
static void connect(uint8_t channel, uint8_t pin) {
  stop();
  pin_of[channel] = pin;
  for (uint8_t i = 0; i < PWM_CHANNELS; i++) {
    REG(PWM_PSEL(PWM0, i)) = pin_of[i] == NO_PIN ? PWM_NO_PIN : pad_of(pin_of[i]);
  }
}

static void play(void) {
  REG(PWM_ENABLE(PWM0)) = 1;
  REG(PWM_SHORTS) = 0;
  REG(PWM_MODE) = 0;
  REG(PWM_COUNTERTOP) = TOP;
  REG(PWM_PRESCALER) = FROM_16_MHZ_TO_1;
  REG(PWM_DECODER) = A_VALUE_EACH;
  REG(PWM_LOOP) = 0;
  REG(PWM_SEQ0_PTR) = (uint32_t)(uintptr_t)duty;
  REG(PWM_SEQ0_CNT) = PWM_CHANNELS;
  REG(PWM_SEQ0_REFRESH) = 0;
  REG(PWM_SEQ0_ENDDELAY) = 0;
  barrier();
  REG(PWM_TASKS_SEQSTART0) = 1;
}

static bool any_pulsed(void) {
  for (uint8_t i = 0; i < PWM_CHANNELS; i++) {
    if (pin_of[i] != NO_PIN) return true;
  }
  return false;
}

static void release(uint8_t pin) {
  for (uint8_t i = 0; i < PWM_CHANNELS; i++) {
    if (pin_of[i] != pin) continue;
    connect(i, NO_PIN);
    if (any_pulsed()) play();
  }
}

void pins_switch(bool on) {
  for (uint8_t pin = PIN_LED_RED; pin <= PIN_LED_BLUE; pin++) {
    (on ? pad_to_output : pad_release)(pad_of(pin));
  }
  if (!any_pulsed()) return;
  if (on) {
    play();
  } else {
    stop();
  }
}

bool tw_board_has_output(uint8_t pin) {
  return pad_of(pin) != PAD_NONE && pin <= PIN_LED_BLUE;
}

bool tw_board_pin_write(uint8_t pin, bool high) {
  if (!tw_board_has_output(pin)) return false;
  pad_write(pad_of(pin), high != is_led(pin));
  pad_to_output(pad_of(pin));
  release(pin);
  return true;
}

bool tw_board_pin_pwm(uint8_t pin, uint16_t permille) {
  if (permille == 0 || permille >= TOP) return tw_board_pin_write(pin, permille != 0);
  if (!tw_board_has_output(pin)) return false;
  const uint8_t channel = channel_for(pin);
  if (channel == PWM_CHANNELS) return false;
  if (pin_of[channel] != pin) {
    pad_write(pad_of(pin), is_led(pin));  // off, until the peripheral drives it
    pad_to_output(pad_of(pin));
    connect(channel, pin);
  }
  const uint32_t high_us = is_led(pin) ? TOP - permille : permille;
  duty[channel] = (uint16_t)(HIGH_FIRST | high_us);
  play();
  return true;
}
