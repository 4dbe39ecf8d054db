// SPDX-License-Identifier: Apache-2.0
//
// ADC1 on pins 32 to 39, one conversion at a time by the RTC controller (ESP32 Technical Reference
// Manual, "On-Chip Sensors and Analog Signal Processing"), 12 bits, attenuation for 0.1 to 3.1 V.

#include "adc.h"

#include "../../application/board.h"
#include "clock.h"
#include "pads.h"
#include "registers.h"

#define READ_CTRL (SENS + 0x00)
#define READ_INVERTED BIT(28)
#define READ_BY_DIGITAL BIT(27)
#define MEAS_WAIT1 (SENS + 0x08)
#define MEAS_WAIT2 (SENS + 0x0c)
#define MEAS_CTRL (SENS + 0x10)
#define START_FORCE (SENS + 0x2c)
#define ATTENUATION (SENS + 0x34)
#define SLAVE_ADDR1 (SENS + 0x3c)
#define AT_WORK (0xffu << 22)
#define MEAS_START1 (SENS + 0x54)
#define PAD_FORCED BIT(31)
#define PAD_SHIFT 19
#define START_FORCED BIT(18)
#define START BIT(17)
#define DONE BIT(16)
#define TOUCH_CTRL1 (SENS + 0x58)
#define HALL_BY_SOFTWARE (3u << 26)
#define LIMIT_US 100u  // of a conversion, which takes some 10

// Chapter "eFuse Controller".
#define EFUSE_FLAGS (EFUSE + 0x0c)
#define TWO_POINTS_THERE BIT(14)
#define EFUSE_VREF (EFUSE + 0x10)
#define EFUSE_TWO_POINTS (EFUSE + 0x84)

// The vendor's characterisation of this attenuation of ADC1 (ESP-IDF, component esp_adc_cal), in
// millivolts:
//   from the reference  raw * reference * 196602 / 4096 / 65536 + 142
//   from two points     the line through them, unattenuated: its slope * 224310 / 65536, its start
//   + 54
// and above 2880, where the converter bends, between a curve for a reference of 1000 and one for
// 1200 mV.
#define NOMINAL_REFERENCE 1100
#define REFERENCE_STEP 7
#define LOW_POINT 278
#define LOW_POINT_MV 150
#define HIGH_POINT 3265
#define HIGH_POINT_MV 850
#define POINT_STEP 4
#define BEND 2880u
#define BEND_STEP 64u
#define BEND_POINTS 20u
static const uint16_t bend_at_1000[BEND_POINTS] = {
    2240, 2297, 2352, 2405, 2457, 2512, 2564, 2616, 2664, 2709,
    2754, 2795, 2832, 2868, 2903, 2937, 2969, 3000, 3030, 3060,
};
static const uint16_t bend_at_1200[BEND_POINTS] = {
    2667, 2706, 2745, 2780, 2813, 2844, 2873, 2901, 2928, 2956,
    2982, 3006, 3032, 3059, 3084, 3110, 3135, 3160, 3184, 3209,
};

static struct {
  bool started;
  const char *source;
  float slope, offset;  // millivolts
  int reference;        // millivolts
} adc;

// --- calibration ---------------------------------------------------------------------------------

// A number of `bits` bits in two's complement.
static int signed_number(uint32_t value, int bits) {
  const int number = (int)(value & (BIT(bits) - 1));
  return number >> (bits - 1) != 0 ? number - (1 << bits) : number;
}

// A number of `bits` bits, its uppermost the sign.
static int sign_and_size(uint32_t value, int bits) {
  const int size = (int)(value & (BIT(bits - 1) - 1));
  return (value >> (bits - 1) & 1) != 0 ? -size : size;
}

void adc_calibrate(void) {
  const uint32_t reference = reg_read(EFUSE_VREF) >> 8 & 0x1f;
  const uint32_t points = reg_read(EFUSE_TWO_POINTS);
  const uint32_t low = points & 0x7f;
  const uint32_t high = points >> 7 & 0x1ff;
  adc.reference = NOMINAL_REFERENCE + sign_and_size(reference, 5) * REFERENCE_STEP;
  if ((reg_read(EFUSE_FLAGS) & TWO_POINTS_THERE) != 0 && low != 0 && high != 0) {
    const int low_raw = LOW_POINT + signed_number(low, 7) * POINT_STEP;
    const int high_raw = HIGH_POINT + signed_number(high, 9) * POINT_STEP;
    const float per_raw = (float)(HIGH_POINT_MV - LOW_POINT_MV) / (float)(high_raw - low_raw);
    adc.slope = per_raw * (224310.0f / 65536.0f);
    adc.offset = (float)HIGH_POINT_MV - per_raw * (float)high_raw + 54.0f;
    adc.source = "two points";
    return;
  }
  adc.slope = (float)adc.reference * (196602.0f / 4096.0f / 65536.0f);
  adc.offset = 142.0f;
  adc.source = reference != 0 ? "the chip's reference" : "a nominal reference";
}

static float on_curve(const uint16_t *curve, uint32_t raw) {
  const uint32_t step = (raw - BEND) / BEND_STEP;
  if (step + 1 >= BEND_POINTS) return (float)curve[BEND_POINTS - 1];
  const float part = (float)((raw - BEND) % BEND_STEP) / (float)BEND_STEP;
  return (float)curve[step] + part * (float)(curve[step + 1] - curve[step]);
}

static float millivolts(uint32_t raw) {
  const float straight = adc.slope * (float)raw + adc.offset;
  if (raw < BEND) return straight;
  const float low = on_curve(bend_at_1000, raw);
  const float bent =
      low + (on_curve(bend_at_1200, raw) - low) * (float)(adc.reference - 1000) / 200.0f;
  if (raw >= BEND + BEND_STEP) return bent;
  const float part = (float)(raw - BEND) / (float)BEND_STEP;
  return straight + part * (bent - straight);
}

// --- conversions ---------------------------------------------------------------------------------

static void start(void) {
  reg_field(READ_CTRL, 0xff, 0, 2);  // clock
  reg_field(READ_CTRL, 3, 16, 3);    // 12 bits
  reg_write(READ_CTRL, (reg_read(READ_CTRL) | READ_INVERTED) & ~READ_BY_DIGITAL);
  reg_field(START_FORCE, 3, 0, 3);  // 12 bits
  reg_set(TOUCH_CTRL1, HALL_BY_SOFTWARE);
  reg_write(MEAS_WAIT1, 1u << 16 | 1u);
  reg_write(MEAS_WAIT2, (reg_read(MEAS_WAIT2) & ~0xfffffu) | 3u << 18 | 2u << 16 |
                            1u);  // ADC on, amplifier off
  reg_clear(MEAS_CTRL, 0xfff0u);
  adc_calibrate();
  adc.started = true;
}

const char *adc_calibration(void) {
  if (!adc.started) start();
  return adc.source;
}

static bool channel_of(uint8_t pin, uint32_t *channel) {
  static const uint8_t pins[8] = {36, 37, 38, 39, 32, 33, 34, 35};
  for (*channel = 0; *channel < 8; ++*channel) {
    if (pins[*channel] == pin) return true;
  }
  return false;
}

// Waits until the bits of `mask` are as in `wanted`.
static bool wait_for(uint32_t address, uint32_t mask, uint32_t wanted) {
  const uint32_t began = clock_cycles();
  while ((reg_read(address) & mask) != wanted) {
    if (clock_cycles() - began > clock_hz() / 1000000u * LIMIT_US) return false;
  }
  return true;
}

static bool convert(uint32_t channel, uint32_t *raw) {
  const uint32_t setting = PAD_FORCED | START_FORCED | BIT(channel) << PAD_SHIFT;
  if (!wait_for(SLAVE_ADDR1, AT_WORK, 0)) return false;
  reg_write(MEAS_START1, setting);
  reg_write(MEAS_START1, setting | START);
  if (!wait_for(MEAS_START1, DONE, DONE)) return false;
  *raw = reg_read(MEAS_START1) & 0xfff;
  return true;
}

bool tw_board_has_analogue(uint8_t pin) {
  uint32_t channel;
  return channel_of(pin, &channel);
}

bool tw_board_analogue(uint8_t pin, float *volts) {
  static uint8_t given;  // a bit a channel: the pin is with the analogue side
  uint32_t channel, raw;
  if (!channel_of(pin, &channel)) return false;
  if (!adc.started) start();
  if ((given >> channel & 1) == 0) {
    (void)pad_to_analogue(pin);
    reg_field(ATTENUATION, 3, 2 * channel, 3);
    given |= (uint8_t)BIT(channel);
  }
  if (!convert(channel, &raw)) return false;
  *volts = millivolts(raw) / 1000.0f;
  return true;
}
