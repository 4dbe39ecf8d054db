// SPDX-License-Identifier: Apache-2.0
//
// What an ESP32 measures: volts from what its fuses say, against the vendor's formulas in whole
// numbers (ESP-IDF, component esp_adc_cal; the fields of the fuses: ESP32 Technical Reference
// Manual, "eFuse Controller"), and touch pins.

#include <math.h>

#include "../application/board.h"
#include "../boards/esp32/adc.h"
#include "esp32_chip.h"

#define ATTENUATION (SENS + 0x34)
#define START1 (SENS + 0x54)
#define EFUSE_FLAGS (EFUSE + 0x0c)
#define EFUSE_VREF (EFUSE + 0x10)
#define EFUSE_TWO_POINTS (EFUSE + 0x84)
#define HALF_A_MILLIVOLT 0.0006f

#define TOUCH_OUT (SENS + 0x70)
#define TOUCH_ENABLE (SENS + 0x8c)
#define TOUCH_CFG (RTC_IO + 0x90)
#define STATE0 (RTC_CNTL + 0x18)
#define TIMER_ON BIT(23)

static uint32_t raw;  // of every conversion
static bool adc_dead;
static uint32_t converted;           // the channels' bits
static bool changed_while_measured;  // the set of touch pins

static uint32_t on_read(uint32_t address, uint32_t value) {
  if (address == START1 && (value & BIT(17)) != 0 && !adc_dead) {
    converted = value >> 19 & 0xfff;
    return value | BIT(16) | raw;
  }
  return value;
}

static void on_write(uint32_t address, uint32_t value) {
  (void)value;
  if (address == TOUCH_ENABLE && (*chip_at(STATE0) & TIMER_ON) != 0) changed_while_measured = true;
}

static float volts_at(uint8_t pin, uint32_t reading) {
  float volts = -1.0f;
  raw = reading;
  EXPECT(tw_board_analogue(pin, &volts));
  return volts;
}

// --- the vendor's formulas -----------------------------------------------------------------------

typedef struct {
  int32_t slope, offset;  // 65536ths of a millivolt, millivolts
  int32_t reference;      // millivolts
} calibration;

static const int32_t curves[2][20] = {
    {2240, 2297, 2352, 2405, 2457, 2512, 2564, 2616, 2664, 2709,
     2754, 2795, 2832, 2868, 2903, 2937, 2969, 3000, 3030, 3060},
    {2667, 2706, 2745, 2780, 2813, 2844, 2873, 2901, 2928, 2956,
     2982, 3006, 3032, 3059, 3084, 3110, 3135, 3160, 3184, 3209},
};

static calibration by_reference(int32_t reference) {
  return (calibration){reference * 196602 / 4096, 142, reference};
}

static calibration by_two_points(int32_t low, int32_t high, int32_t reference) {
  const int32_t span = high - low;
  return (calibration){(700 * 224310 + span / 2) / span, 850 - (700 * high + span / 2) / span + 54,
                       reference};
}

static int32_t millivolts(calibration by, int32_t reading) {
  const int32_t straight = (int32_t)(((int64_t)by.slope * reading + 32768) / 65536) + by.offset;
  if (reading < 2880) return straight;
  const int32_t step = (reading - 2880) / 64, past = (reading - 2880) % 64;
  const int32_t above = 1200 - by.reference, below = by.reference - 1000;
  const int32_t bent =
      ((curves[0][step] * above + curves[1][step] * below) * (64 - past) +
       (curves[0][step + 1] * above + curves[1][step + 1] * below) * past + 200 * 64 / 2) /
      (200 * 64);
  if (reading > 2880 + 64) return bent;
  const int32_t part = reading - 2880;
  return (straight * (64 - part) + bent * part + 32) / 64;
}

// --- volts ---------------------------------------------------------------------------------------

// Every reading comes to the vendor's volts: each of its results is rounded, `roundings` are added.
static void is_as(calibration by, const char *source, float roundings) {
  adc_calibrate();
  EXPECT(strcmp(adc_calibration(), source) == 0);
  for (uint32_t reading = 0; reading < 4096; reading++) {
    const float now = volts_at(32, reading);
    EXPECT(fabsf(now - (float)millivolts(by, (int32_t)reading) / 1000) <
           roundings * HALF_A_MILLIVOLT);
  }
}

static void fuses(uint32_t reference, bool two_points, uint32_t low, uint32_t high) {
  *chip_at(EFUSE_VREF) = reference << 8;
  *chip_at(EFUSE_FLAGS) = two_points ? BIT(14) : 0;
  *chip_at(EFUSE_TWO_POINTS) = low | high << 7;
}

static void volts_by_the_reference(void) {
  fuses(0, false, 0, 0);
  is_as(by_reference(1100), "a nominal reference", 3);
  fuses(5, false, 0, 0);
  is_as(by_reference(1100 + 5 * 7), "the chip's reference", 3);
  fuses(16 | 3, false, 0, 0);  // the upper bit is the sign
  is_as(by_reference(1100 - 3 * 7), "the chip's reference", 3);
  fuses(15, false, 0, 0);
  is_as(by_reference(1100 + 15 * 7), "the chip's reference", 3);
  fuses(31, false, 0, 0);
  is_as(by_reference(1100 - 15 * 7), "the chip's reference", 3);
}

static void volts_by_two_points(void) {
  fuses(5, true, 9, 21);
  is_as(by_two_points(278 + 9 * 4, 3265 + 21 * 4, 1135), "two points", 4);
  fuses(0, true, 128 - 12, 512 - 30);  // two's complement, 7 and 9 bits
  is_as(by_two_points(278 - 12 * 4, 3265 - 30 * 4, 1100), "two points", 4);
  fuses(16 | 8, true, 63, 512 - 100);
  is_as(by_two_points(278 + 63 * 4, 3265 - 100 * 4, 1100 - 56), "two points", 4);
}

// Points that nobody has burnt, or of which nothing says that they are points.
static void points_that_are_none(void) {
  fuses(5, false, 9, 21);
  is_as(by_reference(1135), "the chip's reference", 3);
  fuses(5, true, 0, 21);
  is_as(by_reference(1135), "the chip's reference", 3);
  fuses(0, true, 9, 0);
  is_as(by_reference(1100), "a nominal reference", 3);
}

static void more_reads_as_more(void) {
  fuses(0, false, 0, 0);
  adc_calibrate();
  float before = volts_at(32, 0);
  for (uint32_t reading = 1; reading < 4096; reading++) {
    const float now = volts_at(32, reading);
    EXPECT(now >= before && now - before < 0.01f);
    before = now;
  }
  EXPECT(before > 3.0f && before < 3.2f);
}

static void every_pin_has_its_channel(void) {
  static const uint8_t pins[8] = {36, 37, 38, 39, 32, 33, 34, 35};
  for (uint32_t channel = 0; channel < 8; channel++) {
    EXPECT(tw_board_has_analogue(pins[channel]));
    (void)volts_at(pins[channel], 100);
    EXPECT(converted == BIT(channel));
  }
  EXPECT(*chip_at(ATTENUATION) == 0xffff);
}

static void a_converter_that_hangs(void) {
  adc_dead = true;
  const uint64_t began_ns = chip_ns;
  float unchanged = 7.0f;
  EXPECT(!tw_board_analogue(32, &unchanged) && unchanged == 7.0f);
  EXPECT(chip_ns - began_ns < 300000);
  EXPECT(!tw_board_analogue(25, &unchanged) && !tw_board_has_analogue(25));
}

// --- touch ---------------------------------------------------------------------------------------

// The chip has touch 8 and 9 (pins 33 and 32) in each other's place but for the slope.
static void touch_pins(void) {
  static const uint8_t pins[10] = {4, 0, 2, 15, 13, 12, 14, 27, 33, 32};
  static const uint8_t places[10] = {0, 1, 2, 3, 4, 5, 6, 7, 9, 8};
  for (uint32_t i = 0; i < 5; i++)
    *chip_at(TOUCH_OUT + 4 * i) = (100 + 2 * i) << 16 | (101 + 2 * i);
  uint32_t enabled = 0;
  for (uint32_t number = 0; number < 10; number++) {
    const uint32_t pad = RTC_IO + 0x94 + 4 * number, place = places[number];
    float reading = -1.0f;
    *chip_at(RTC_IO + 0x94 + 4 * place) |= BIT(21);  // tied high, as it is not to begin
    EXPECT(tw_board_has_touch(pins[number]));
    EXPECT(tw_board_touch(pins[number], &reading));
    EXPECT(reading == (float)(100 + place));
    enabled |= BIT(place);
    EXPECT(*chip_at(TOUCH_ENABLE) == enabled);
    EXPECT((*chip_at(pad) >> 23 & 7) == 7);  // the fastest slope
    EXPECT((*chip_at(RTC_IO + 0x94 + 4 * place) & (BIT(20) | BIT(21))) == BIT(20));
    EXPECT((*chip_at(STATE0) & TIMER_ON) != 0);
  }
  EXPECT(!changed_while_measured);
  EXPECT((*chip_at(SENS + 0x58) & 0xffffff) == (0xffu << 16 | 8000));  // 1 ms of 8 MHz
  EXPECT((*chip_at(SENS + 0x84) >> 11 & 7) == 1);                      // the timer starts it
  EXPECT(*chip_at(TOUCH_CFG) == (BIT(31) | 3u << 29 | 1u << 25));
  for (uint32_t pin = 0; pin < 256; pin++) {
    EXPECT(tw_board_has_touch((uint8_t)pin) == (memchr(pins, (int)pin, sizeof pins) != 0));
  }
  float unchanged = 7.0f;
  EXPECT(!tw_board_touch(5, &unchanged) && unchanged == 7.0f);
}

static void a_touched_pin_reads_less_at_once(void) {
  float reading;
  *chip_at(TOUCH_OUT + 8) = 400u << 16 | 77;
  EXPECT(tw_board_touch(13, &reading) && reading == 400.0f);
  *chip_at(TOUCH_OUT + 8) = 120u << 16 | 77;
  EXPECT(tw_board_touch(13, &reading) && reading == 120.0f);
  EXPECT(tw_board_touch(12, &reading) && reading == 77.0f);
}

int main(void) {
  volts_by_the_reference();
  volts_by_two_points();
  points_that_are_none();
  more_reads_as_more();
  every_pin_has_its_channel();
  a_converter_that_hangs();
  touch_pins();
  a_touched_pin_reads_less_at_once();
  return 0;
}
