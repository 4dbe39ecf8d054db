// SPDX-License-Identifier: Apache-2.0
//
// Which crystal there is, is found out; the fast clock is kept only where it is 240 MHz by it,
// whatever the chip does.

#include "../application/board.h"
#include "esp32_chip.h"

#define TIME_UPDATE (RTC_CNTL + 0x0c)
#define TIME0 (RTC_CNTL + 0x10)
#define CLK_CONF (RTC_CNTL + 0x70)
#define VOLTAGE (RTC_CNTL + 0x7c)
#define RTC_WDT (RTC_CNTL + 0x8c)
#define RTC_WDT_PROTECT (RTC_CNTL + 0xa4)
#define TIMG_WDT (TIMG0 + 0x48)
#define TIMG_CALIBRATION (TIMG0 + 0x68)
#define TIMG_CALIBRATED (TIMG0 + 0x6c)
#define TIMG_WDT_PROTECT (TIMG0 + 0x64)
#define BBPLL_BUS 0x6000e010u
#define XTAL_TICK_CONF (SYSCON + 0x4)
#define ROM_TOLD_NOTHING 0

// The chip under trial.
static uint32_t pll_mhz, crystal_mhz = 40;
static uint32_t oscillator_hz = 8500000;  // 0: it stands still
static uint64_t calibrated_ns;
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
  if (address == TIMG_CALIBRATION && chip_ns >= calibrated_ns) return value | BIT(15);
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
  if (address == TIMG_CALIBRATION && (value & BIT(31)) != 0 && oscillator_hz != 0) {
    EXPECT((value >> 13 & 3) == 1 && (*chip_at(CLK_CONF) >> 6 & 0xf) == 8);
    const uint64_t ticks = value >> 16 & 0x7fff, took_ns = ticks * 256000000000u / oscillator_hz;
    calibrated_ns = chip_ns + took_ns;
    *chip_at(TIMG_CALIBRATED) = (uint32_t)(took_ns * crystal_mhz / 1000) << 7;
  }
  if (address == CLK_CONF) {
    const bool fast = (value >> 27 & 3) == 1;
    if (fast) volts_at_switch = *chip_at(VOLTAGE) >> 11 & 7;
    chip_mhz = fast ? pll_mhz : crystal_mhz;
  }
}

// `mhz` is what the PLL makes, `khz` the slow clock, `rom_hz` what the ROM took the crystal for.
static void start_as_rom(uint32_t mhz, uint32_t khz, uint32_t rom_hz) {
  chip_clear();
  chip_mhz = crystal_mhz;
  calibrated_ns = UINT64_MAX;
  *chip_at(RTC_WDT) = ~0u;
  *chip_at(TIMG_WDT) = ~0u;
  pll_mhz = mhz;
  slow_khz = khz;
  pll_writes = 0;
  clock_start(rom_hz);
  EXPECT(*chip_at(RTC_WDT) == 0 && *chip_at(TIMG_WDT) == 0 && !locked_wdt_written);
  EXPECT(*chip_at(RTC_WDT_PROTECT) == 0 && *chip_at(TIMG_WDT_PROTECT) == 0);
}

static void start(uint32_t mhz, uint32_t khz) {
  start_as_rom(mhz, khz, crystal_mhz * 1000000);
}

static void expect_fast(void) {
  EXPECT(clock_proven()->fast && clock_hz() == 240000000 && clock_apb_hz() == 80000000);
  EXPECT((*chip_at(CLK_CONF) >> 27 & 3) == 1 && volts_at_switch == 7);
}

static void expect_crystal(void) {
  const uint32_t hz = crystal_mhz * 1000000;
  EXPECT(!clock_proven()->fast && clock_hz() == hz && clock_apb_hz() == hz);
  EXPECT((*chip_at(CLK_CONF) >> 27 & 3) == 0 && (*chip_at(VOLTAGE) >> 11 & 7) == 4);
  EXPECT(chip_mhz == crystal_mhz && *chip_at(XTAL_TICK_CONF) == crystal_mhz - 1);
}

// A microsecond is one, at whatever the processor runs.
static void expect_true_time(void) {
  const uint64_t began_us = tw_board_micros(), began_ns = chip_ns;
  clock_wait_us(12345);
  const uint64_t passed_us = tw_board_micros() - began_us, passed = (chip_ns - began_ns) / 1000;
  EXPECT(passed >= 12345 && passed <= 12350);
  EXPECT(passed_us + 2 >= passed && passed_us <= passed + 2);
}

// The oscillator may be 5 % off; the ROM may have left another divisor.
static void test_crystals(void) {
  for (crystal_mhz = 26; crystal_mhz <= 40; crystal_mhz += 14) {
    const uint32_t hz = crystal_mhz * 1000000;
    for (oscillator_hz = 8000000; oscillator_hz <= 9000000; oscillator_hz += 250000) {
      start_as_rom(240, 150, 66000000 - hz);  // the ROM may err: it does in the emulator
      EXPECT(clock_proven()->crystal_hz == hz);
      expect_fast();
      expect_true_time();
      start_as_rom(160, 150, hz * 4);  // as after a download at 460,800 baud
      expect_crystal();
      expect_true_time();
    }
    oscillator_hz = 0;
    start_as_rom(240, 150, hz / 100 * 99);
    EXPECT(clock_proven()->crystal_hz == hz && clock_proven()->estimated_hz == 0);
    expect_fast();
    oscillator_hz = 8500000;
    start(240, 150);
    const uint32_t small[] = {0xcc, 144, 0x40}, large[] = {0, 28, 0xc6};
    const uint32_t *wanted = crystal_mhz == 26 ? small : large;
    EXPECT(pll[2] == wanted[0] && pll[3] == wanted[1] && pll[5] == wanted[2]);
  }
  // Nothing that tells: what most boards have.
  crystal_mhz = 40;
  oscillator_hz = 0;
  start_as_rom(240, 150, ROM_TOLD_NOTHING);
  expect_fast();
  oscillator_hz = 8500000;
}

int main(void) {
  test_crystals();
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
