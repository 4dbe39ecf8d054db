// SPDX-License-Identifier: Apache-2.0
//
// ESP32 Technical Reference Manual, "IO_MUX and GPIO Matrix", with its tables of pins.

#include "pads.h"

#include "../../application/board.h"
#include "clock.h"
#include "registers.h"

#define PINS 40

#define OUT(pin) (GPIO + ((pin) < 32 ? 0x04u : 0x10u))
#define OUT_SET(pin) (GPIO + ((pin) < 32 ? 0x08u : 0x14u))
#define OUT_CLEAR(pin) (GPIO + ((pin) < 32 ? 0x0cu : 0x18u))
#define ENABLE(pin) (GPIO + ((pin) < 32 ? 0x20u : 0x2cu))
#define ENABLE_SET(pin) (GPIO + ((pin) < 32 ? 0x24u : 0x30u))
#define ENABLE_CLEAR(pin) (GPIO + ((pin) < 32 ? 0x28u : 0x34u))
#define IN(pin) (GPIO + ((pin) < 32 ? 0x3cu : 0x40u))
#define PIN_CONFIG(pin) (GPIO + 0x88u + 4u * (pin))
#define OPEN_DRAIN BIT(2)
#define OUT_SELECT(pin) (GPIO + 0x530u + 4u * (pin))

#define MUX_GPIO (2u << 12)
#define MUX_STRENGTH (2u << 10)
#define MUX_INPUT BIT(9)
#define MUX_PULL_UP BIT(8)
#define MUX_PULL_DOWN BIT(7)

#define TRIAL_US 100u  // a weak pull of 45 kOhm moves 2 nF

// Where a pin's IO_MUX register is; 0: there is no such pin.
static const uint8_t mux[PINS] = {
    0x44, 0x88, 0x40, 0x84, 0x48, 0x6c, 0x60, 0x64, 0x68, 0x54, 0x58, 0x5c, 0x34, 0x38,
    0x30, 0x3c, 0x4c, 0x50, 0x70, 0x74, 0,    0x7c, 0x80, 0x8c, 0,    0x24, 0x28, 0x2c,
    0,    0,    0,    0,    0x1c, 0x20, 0x14, 0x18, 0x04, 0x08, 0x0c, 0x10,
};

// The pins with an analogue side: their register in RTC_IO, and its bits.
typedef struct {
  uint8_t pin, place;
  uint8_t analogue;  // 1: RTC_IO has the pin
  uint8_t function;  // the lower of two bits
  uint8_t input;
  uint8_t pulls;  // the lower of up and down; 0: it has none
} rtc_pad;

static const rtc_pad rtc_pads[] = {
    {4, 0x94, 19, 17, 13, 27},  {0, 0x98, 19, 17, 13, 27},  {2, 0x9c, 19, 17, 13, 27},
    {15, 0xa0, 19, 17, 13, 27}, {13, 0xa4, 19, 17, 13, 27}, {12, 0xa8, 19, 17, 13, 27},
    {14, 0xac, 19, 17, 13, 27}, {27, 0xb0, 19, 17, 13, 27}, {32, 0x8c, 17, 9, 5, 22},
    {33, 0x8c, 18, 15, 11, 27}, {34, 0x80, 29, 26, 23, 0},  {35, 0x80, 28, 21, 18, 0},
    {36, 0x7c, 27, 22, 19, 0},  {37, 0x7c, 26, 17, 14, 0},  {38, 0x7c, 25, 12, 9, 0},
    {39, 0x7c, 24, 7, 4, 0},    {25, 0x84, 17, 15, 11, 27}, {26, 0x88, 17, 15, 11, 27},
};

static const rtc_pad *find_rtc_pad(uint8_t pin) {
  for (uint32_t i = 0; i < sizeof rtc_pads / sizeof rtc_pads[0]; i++) {
    if (rtc_pads[i].pin == pin) return &rtc_pads[i];
  }
  return 0;
}

// Chips with flash inside have it on 16 and 17 as well: chapter "eFuse Controller", the package.
static bool has_flash_inside(void) {
  return (reg_read(EFUSE + 0x0c) >> 9 & 7) >= 2;
}

bool pad_can_drive(uint8_t pin) {
  const bool flash = (pin >= 6 && pin <= 11) || ((pin == 16 || pin == 17) && has_flash_inside());
  const bool link = pin == 1 || pin == 3;
  const bool input_only = pin >= 34;
  return pin < PINS && mux[pin] != 0 && !flash && !link && !input_only;
}

bool pad_to_analogue(uint8_t pin) {
  const rtc_pad *pad = find_rtc_pad(pin);
  if (pad == 0) return false;
  uint32_t value = reg_read(RTC_IO + pad->place);
  value &= ~(3u << pad->function | BIT(pad->input));
  if (pad->pulls != 0) value &= ~(3u << pad->pulls);
  reg_write(RTC_IO + pad->place, value | BIT(pad->analogue));
  return true;
}

void pad_to_digital(uint8_t pin, uint32_t signal, bool open_drain) {
  const rtc_pad *pad = find_rtc_pad(pin);
  if (pad != 0) reg_clear(RTC_IO + pad->place, BIT(pad->analogue));
  reg_write(PIN_CONFIG(pin), open_drain ? OPEN_DRAIN : 0);
  reg_write(OUT_SELECT(pin), signal);
  reg_write(ENABLE_SET(pin), BIT(pin % 32));
  reg_write(IO_MUX + mux[pin],
            MUX_GPIO | MUX_STRENGTH | MUX_INPUT | (open_drain ? MUX_PULL_UP : 0));
}

void pad_write(uint8_t pin, bool high) {
  reg_write(high ? OUT_SET(pin) : OUT_CLEAR(pin), BIT(pin % 32));
}

bool pad_read(uint8_t pin) {
  return (reg_read(IN(pin)) >> pin % 32 & 1) != 0;
}

// Without those that decide how the chip starts (0, 2, 5, 12, 15; 2 has a LED on many boards), the
// link's, and those that go to flash, or in some modules to more RAM (16, 17).
const uint8_t tw_board_free_pins[] = {4, 13, 14, 18, 19, 21, 22, 23, 25, 26, 27, 32, 33};
const uint8_t tw_board_free_pins_length = sizeof tw_board_free_pins;

static void set_level(uint8_t pin, bool high, bool driven) {
  pad_write(pin, high);
  reg_write(driven ? ENABLE_SET(pin) : ENABLE_CLEAR(pin), BIT(pin % 32));
}

// A pin with an analogue side is pulled there alone.
static void set_pulls(uint8_t pin, const rtc_pad *pad, bool up, bool down) {
  reg_write(IO_MUX + mux[pin], MUX_GPIO | MUX_STRENGTH | MUX_INPUT | (up ? MUX_PULL_UP : 0) |
                                   (down ? MUX_PULL_DOWN : 0));
  if (pad == 0) return;
  reg_clear(RTC_IO + pad->place, BIT(pad->analogue));
  reg_field(RTC_IO + pad->place, 3, pad->pulls, (up ? 1u : 0) | (down ? 2u : 0));
}

bool tw_board_try_pin(uint8_t pin, tw_pin_trial trial) {
  const rtc_pad *pad = find_rtc_pad(pin);
  const uint32_t bit = BIT(pin % 32);
  const uint32_t signal = reg_read(OUT_SELECT(pin)), config = reg_read(PIN_CONFIG(pin));
  const uint32_t circuit = reg_read(IO_MUX + mux[pin]);
  const uint32_t analogue = pad != 0 ? reg_read(RTC_IO + pad->place) : 0;
  const bool was_high = (reg_read(OUT(pin)) & bit) != 0;
  const bool was_driven = (reg_read(ENABLE(pin)) & bit) != 0;
  reg_write(PIN_CONFIG(pin), 0);
  reg_write(OUT_SELECT(pin), PAD_LEVEL);
  set_level(pin, trial == TW_DRIVEN_HIGH, trial == TW_DRIVEN_HIGH || trial == TW_DRIVEN_LOW);
  set_pulls(pin, pad, trial == TW_PULLED_HIGH, trial == TW_PULLED_LOW);
  clock_wait_us(TRIAL_US);
  const bool high = pad_read(pin);
  set_level(pin, was_high, was_driven);
  reg_write(OUT_SELECT(pin), signal);
  reg_write(PIN_CONFIG(pin), config);
  reg_write(IO_MUX + mux[pin], circuit);
  if (pad != 0) reg_write(RTC_IO + pad->place, analogue);
  return high;
}
