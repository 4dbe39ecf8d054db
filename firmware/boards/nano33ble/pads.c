// SPDX-License-Identifier: Apache-2.0
//
// nRF52840 Product Specification, "GPIO".

#include "pads.h"

#include "../../application/board.h"
#include "clock.h"
#include "registers.h"

#define PORT(pad) (P0 + PORT_BYTES * ((pad) / 32u))
#define OUT(pad) (PORT(pad) + 0x504)
#define OUTSET(pad) (PORT(pad) + 0x508)
#define OUTCLR(pad) (PORT(pad) + 0x50c)
#define IN(pad) (PORT(pad) + 0x510)
#define PIN_CNF(pad) (PORT(pad) + 0x700 + 4 * ((pad) % 32u))
#define OUTPUT BIT(0)
#define INPUT_OFF BIT(1)
#define PULL_DOWN (1u << 2)
#define PULL_UP (3u << 2)
#define DRIVE_STRONG (3u << 8)
#define DRIVE_0_ONLY (6u << 8)

#define TRIAL_US 100u  // a weak pull of 13 kOhm moves 7 nF

static const uint8_t pads[] = {
    PAD_OF(1, 3),  PAD_OF(1, 10), PAD_OF(1, 11), PAD_OF(1, 12),  // D0 to D3
    PAD_OF(1, 15), PAD_OF(1, 13), PAD_OF(1, 14), PAD_OF(0, 23),  // D4 to D7
    PAD_OF(0, 21), PAD_OF(0, 27), PAD_OF(1, 2),  PAD_OF(1, 1),   // D8 to D11
    PAD_OF(1, 8),  PAD_OF(0, 13),                                // D12, D13
    PAD_OF(0, 4),  PAD_OF(0, 5),  PAD_OF(0, 30), PAD_OF(0, 29),  // A0 to A3
    PAD_OF(0, 31), PAD_OF(0, 2),  PAD_OF(0, 28), PAD_OF(0, 3),   // A4 to A7
    PAD_OF(0, 24), PAD_OF(0, 16), PAD_OF(0, 6),                  // red, green, blue
};

uint8_t pad_of(uint8_t pin) {
  if (pin < sizeof pads) return pads[pin];
  if (pin == PIN_SDA1) return PAD_OF(0, 14);
  if (pin == PIN_SCL1) return PAD_OF(0, 15);
  return PAD_NONE;
}

void pad_write(uint8_t pad, bool high) {
  REG(high ? OUTSET(pad) : OUTCLR(pad)) = BIT(pad % 32u);
}

void pad_to_output(uint8_t pad) {
  REG(PIN_CNF(pad)) = OUTPUT | INPUT_OFF;
}

void pad_to_strong_output(uint8_t pad) {
  REG(PIN_CNF(pad)) = OUTPUT | INPUT_OFF | DRIVE_STRONG;
}

void pad_to_open_drain(uint8_t pad) {
  REG(PIN_CNF(pad)) = PULL_UP | DRIVE_0_ONLY;
}

void pad_release(uint8_t pad) {
  REG(PIN_CNF(pad)) = INPUT_OFF;
}

// Without D13, which has a LED, and A4 and A5, which have pull-ups.
const uint8_t tw_board_free_pins[] = {0,  1,  2,  3,  4,  5,  6,  7,  8, 9,
                                      10, 11, 12, 14, 15, 16, 17, 20, 21};
const uint8_t tw_board_free_pins_length = sizeof tw_board_free_pins;

bool tw_board_try_pin(uint8_t pin, tw_pin_trial trial) {
  static const uint32_t circuits[] = {[TW_PULLED_LOW] = PULL_DOWN,
                                      [TW_PULLED_HIGH] = PULL_UP,
                                      [TW_DRIVEN_LOW] = OUTPUT,
                                      [TW_DRIVEN_HIGH] = OUTPUT};
  const uint8_t pad = pad_of(pin);
  const uint32_t circuit = REG(PIN_CNF(pad));
  const bool was_high = (REG(OUT(pad)) >> pad % 32u & 1) != 0;
  pad_write(pad, trial == TW_DRIVEN_HIGH);
  REG(PIN_CNF(pad)) = circuits[trial];
  clock_wait_us(TRIAL_US);
  const bool high = (REG(IN(pad)) >> pad % 32u & 1) != 0;
  pad_write(pad, was_high);
  REG(PIN_CNF(pad)) = circuit;
  return high;
}
