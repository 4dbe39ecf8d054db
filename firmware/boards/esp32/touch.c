// SPDX-License-Identifier: Apache-2.0
//
// Capacitive touch pins (ESP32 Technical Reference Manual, "On-Chip Sensors and Analog Signal
// Processing"): the chip measures all pins in use again and again by itself; a reading counts how
// often a pin was charged in 1 ms, and falls when it is touched.

#include "../../application/board.h"
#include "pads.h"
#include "registers.h"

#define TOUCH_PINS 10

#define CTRL1 (SENS + 0x58)
#define CTRL2 (SENS + 0x84)
#define TIMER_STARTS BIT(11)
#define SOFTWARE_STARTS (BIT(12) | BIT(13))
#define ENABLE (SENS + 0x8c)
#define OUT(pair) (SENS + 0x70u + 4u * (pair))
#define STATE0 (RTC_CNTL + 0x18)
#define TIMER_ON BIT(23)
#define TOUCH_CFG (RTC_IO + 0x90)
#define BIAS_ON BIT(31)
#define LIMITS (3u << 29 | 0u << 27 | 1u << 25)  // between 0.5 and 2.7 - 1.0 V
#define PAD(n) (RTC_IO + 0x94u + 4u * (n))
#define PAD_SLOPE_SHIFT 23
#define PAD_POWER BIT(20)
#define PAD_TIED_HIGH BIT(21)

#define MEASURE_CYCLES 8000u  // of the 8 MHz clock
#define SLEEP_CYCLES 32u      // of the slow clock, 0.2 ms

// By touch number.
static const uint8_t pins[TOUCH_PINS] = {4, 0, 2, 15, 13, 12, 14, 27, 33, 32};

static uint32_t number_of(uint8_t pin) {
  uint32_t number = 0;
  while (number < TOUCH_PINS && pins[number] != pin) number++;
  return number;
}

// The chip has 8 and 9 in each other's place but for the slope.
static uint32_t place_of(uint32_t number) {
  return number < 8 ? number : 17 - number;
}

static void start(void) {
  reg_field(CTRL1, 0xffffff, 0, 0xffu << 16 | MEASURE_CYCLES);
  reg_field(CTRL2, 0xffff, 14, SLEEP_CYCLES);
  reg_write(CTRL2, (reg_read(CTRL2) | TIMER_STARTS) & ~SOFTWARE_STARTS);
  reg_write(TOUCH_CFG, BIAS_ON | LIMITS);
}

static void add(uint32_t number) {
  const uint32_t place = place_of(number);
  (void)pad_to_analogue(pins[number]);
  reg_field(PAD(number), 7, PAD_SLOPE_SHIFT, 7);
  reg_write(PAD(place), (reg_read(PAD(place)) | PAD_POWER) & ~PAD_TIED_HIGH);
  reg_clear(STATE0, TIMER_ON);  // the set of pins is not to change while they are measured
  reg_set(ENABLE, BIT(place));
  reg_set(STATE0, TIMER_ON);
}

bool tw_board_has_touch(uint8_t pin) {
  return number_of(pin) < TOUCH_PINS;
}

bool tw_board_touch(uint8_t pin, float *reading) {
  static uint16_t added;  // a bit a pin
  const uint32_t number = number_of(pin);
  if (number == TOUCH_PINS) return false;
  if (added == 0) start();
  if ((added >> number & 1) == 0) {
    add(number);
    added |= (uint16_t)BIT(number);
  }
  const uint32_t place = place_of(number);
  const uint32_t pair = reg_read(OUT(place / 2));
  *reading = (float)(place % 2 != 0 ? pair & 0xffff : pair >> 16);
  return true;
}
