// SPDX-License-Identifier: Apache-2.0
//
// The fast clock is kept only where it is six times the crystal's, whatever the chip does.

#include "../application/board.h"
#include "esp32_chip.h"

#define TIME_UPDATE (RTC_CNTL + 0x0c)
#define TIME0 (RTC_CNTL + 0x10)
#define CLK_CONF (RTC_CNTL + 0x70)
#define VOLTAGE (RTC_CNTL + 0x7c)
#define RTC_WDT (RTC_CNTL + 0x8c)
#define RTC_WDT_PROTECT (RTC_CNTL + 0xa4)
#define TIMG_WDT (TIMG0 + 0x48)
#define TIMG_WDT_PROTECT (TIMG0 + 0x64)
#define BBPLL_BUS 0x6000e010u

// The chip under trial.
static uint32_t pll_mhz;
static uint32_t slow_khz;
static bool time_never_valid, bus_stuck;
static uint8_t pll[16];
static uint32_t pll_writes;
static uint32_t volts_at_switch;
static bool locked_wdt_written;

static uint32_t on_read(uint32_t address, uint32_t value) {
  if (address == TIME_UPDATE) return time_never_valid ? 0 : BIT(30);
  if (address == TIME0) return (uint32_t)(chip_ns * slow_khz / 1000000);
  if (address == BBPLL_BUS) return bus_stuck ? BIT(25) : 0;
  return value;
}

static void on_write(uint32_t address, uint32_t value) {
  const uint32_t key = 0x50d83aa1;
  if (address == RTC_WDT) locked_wdt_written |= *chip_at(RTC_WDT_PROTECT) != key;
  if (address == TIMG_WDT) locked_wdt_written |= *chip_at(TIMG_WDT_PROTECT) != key;
  if (address == BBPLL_BUS) {
    EXPECT((value & 0xff) == 0x66 && (value & BIT(24)) != 0);
    pll[value >> 8 & 15] = (uint8_t)(value >> 16);
    pll_writes++;
  }
  if (address == CLK_CONF) {
    const bool fast = (value >> 27 & 3) == 1;
    if (fast) volts_at_switch = *chip_at(VOLTAGE) >> 11 & 7;
    chip_mhz = fast ? pll_mhz : 40;
  }
}

static void start(uint32_t mhz, uint32_t khz) {
  chip_clear();
  *chip_at(RTC_WDT) = ~0u;
  *chip_at(TIMG_WDT) = ~0u;
  pll_mhz = mhz;
  slow_khz = khz;
  pll_writes = 0;
  clock_start();
  EXPECT(*chip_at(RTC_WDT) == 0 && *chip_at(TIMG_WDT) == 0 && !locked_wdt_written);
  EXPECT(*chip_at(RTC_WDT_PROTECT) == 0 && *chip_at(TIMG_WDT_PROTECT) == 0);
}

static void expect_fast(void) {
  EXPECT(clock_proven()->fast && clock_hz() == 240000000 && clock_apb_hz() == 80000000);
  EXPECT((*chip_at(CLK_CONF) >> 27 & 3) == 1 && volts_at_switch == 7);
}

static void expect_crystal(void) {
  EXPECT(!clock_proven()->fast && clock_hz() == 40000000 && clock_apb_hz() == 40000000);
  EXPECT((*chip_at(CLK_CONF) >> 27 & 3) == 0 && (*chip_at(VOLTAGE) >> 11 & 7) == 4);
  EXPECT(chip_mhz == 40);
}

// A microsecond is one, at whatever the processor runs.
static void expect_true_time(void) {
  const uint64_t began_us = tw_board_micros(), began_ns = chip_ns;
  clock_wait_us(12345);
  const uint64_t passed_us = tw_board_micros() - began_us, passed = (chip_ns - began_ns) / 1000;
  EXPECT(passed >= 12345 && passed <= 12350);
  EXPECT(passed_us + 2 >= passed && passed_us <= passed + 2);
}

int main(void) {
  start(240, 150);
  expect_fast();
  expect_true_time();
  EXPECT(pll_writes == 10 && pll[11] == 0xc3 && pll[9] == 0x74 && pll[3] == 28 && pll[5] == 0xc6);

  // Any slow clock will do: a cold one, a warm one, a crystal of its own.
  start(240, 90);
  expect_fast();
  start(240, 190);
  expect_fast();
  start(240, 33);
  expect_fast();

  // Within 3 % and not further; and what a PLL that is not set up gives.
  start(246, 150);
  expect_fast();
  const uint32_t wrong[] = {249, 232, 160, 80, 320, 40};
  for (uint32_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    start(wrong[i], 150);
    expect_crystal();
    expect_true_time();
  }

  // Nothing to measure with, or a PLL that cannot be set up: it goes on, within a second.
  const uint64_t began_ns = chip_ns;
  start(240, 0);
  expect_crystal();
  EXPECT(clock_proven()->crystal_cycles == 0 && pll_writes == 0);
  time_never_valid = true;
  start(240, 150);
  expect_crystal();
  time_never_valid = false;
  bus_stuck = true;
  start(240, 150);
  expect_crystal();
  EXPECT(chip_ns - began_ns < 1000000000u);
  return 0;
}
