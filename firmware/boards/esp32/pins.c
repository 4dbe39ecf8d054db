// SPDX-License-Identifier: Apache-2.0
//
// Outputs: levels, and PWM of 1 kHz (ESP32 Technical Reference Manual, "LED PWM Controller": its
// high-speed channels, all on timer 0).

#include "../../application/board.h"
#include "clock.h"
#include "pads.h"
#include "registers.h"

#define CHANNELS 8
#define NO_PIN 0xff
#define FIRST_SIGNAL 71u

#define PERIPHERAL_CLOCKS (DPORT + 0xc0)
#define PERIPHERAL_RESETS (DPORT + 0xc4)
#define LEDC_BIT BIT(11)

#define CHANNEL(n) (LEDC + 0x14u * (n))
#define CONF0 0x00
#define OUTPUT_ON BIT(2)
#define HPOINT 0x04
#define DUTY 0x08
#define CONF1 0x0c
#define DUTY_START BIT(31)
#define DUTY_STEADY (BIT(30) | BIT(20) | BIT(10))  // a ramp of one step of nothing
#define TIMER0_CONF (LEDC + 0x140)
#define TIMER_OF_APB BIT(25)
#define TIMER_RESET BIT(24)

#define PWM_HZ 1000u
#define STEP_BITS 10u
#define UPDATE_LIMIT_US 2000u  // two periods

static uint8_t pin_of[CHANNELS];
static bool started;

static void start(void) {
  reg_set(PERIPHERAL_CLOCKS, LEDC_BIT);
  reg_clear(PERIPHERAL_RESETS, LEDC_BIT);
  const uint32_t divisor_256 = clock_apb_hz() / PWM_HZ * 256u >> STEP_BITS;
  reg_write(TIMER0_CONF, TIMER_OF_APB | TIMER_RESET | divisor_256 << 5 | STEP_BITS);
  reg_clear(TIMER0_CONF, TIMER_RESET);
  for (uint8_t i = 0; i < CHANNELS; i++) pin_of[i] = NO_PIN;
  started = true;
}

// The channel that drives `pin`, or a free one; CHANNELS when there is none.
static uint8_t channel_for(uint8_t pin) {
  uint8_t free = CHANNELS;
  for (uint8_t i = 0; i < CHANNELS; i++) {
    if (pin_of[i] == pin) return i;
    if (pin_of[i] == NO_PIN) free = i;
  }
  return free;
}

static void set_duty(uint8_t channel, uint32_t steps) {
  const uint32_t at = CHANNEL(channel);
  const uint32_t began = clock_cycles();
  // The one before has to have taken effect.
  while ((reg_read(at + CONF1) & DUTY_START) != 0 &&
         clock_cycles() - began < UPDATE_LIMIT_US * (clock_hz() / 1000000u)) {
    continue;
  }
  reg_write(at + HPOINT, 0);
  reg_write(at + DUTY, steps << 4);
  reg_write(at + CONF0, OUTPUT_ON);
  reg_write(at + CONF1, DUTY_START | DUTY_STEADY);
}

bool tw_board_has_output(uint8_t pin) {
  return pad_can_drive(pin);
}

bool tw_board_pin_write(uint8_t pin, bool high) {
  if (!pad_can_drive(pin)) return false;
  if (started) {
    const uint8_t channel = channel_for(pin);
    if (channel < CHANNELS && pin_of[channel] == pin) pin_of[channel] = NO_PIN;
  }
  pad_write(pin, high);
  pad_to_digital(pin, PAD_LEVEL, false);
  return true;
}

bool tw_board_pin_pwm(uint8_t pin, uint16_t permille) {
  if (permille == 0 || permille >= 1000) return tw_board_pin_write(pin, permille != 0);
  if (!pad_can_drive(pin)) return false;
  if (!started) start();
  const uint8_t channel = channel_for(pin);
  if (channel == CHANNELS) return false;
  pin_of[channel] = pin;
  set_duty(channel, ((uint32_t)permille << STEP_BITS) / 1000u);
  pad_to_digital(pin, FIRST_SIGNAL + channel, false);
  return true;
}
