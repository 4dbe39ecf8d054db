// SPDX-License-Identifier: Apache-2.0

#include "clock.h"

#include "../../application/board.h"
#include "registers.h"

// The crystals that the chip's maker allows.
#define CRYSTAL_HZ 40000000u
#define SMALL_CRYSTAL_HZ 26000000u
#define FAST_HZ 240000000u
#define FAST_APB_HZ 80000000u
#define MICROS_PER_SECOND 1000000u

// Chapter "Reset and Clock": DPORT's and SYSCON's part of the clock tree.
#define CPU_PER_CONF (DPORT + 0x3c)
#define CPU_PERIOD_240 2
#define SECOND_CORE_CLOCK (DPORT + 0x30)
#define SECOND_CORE_STALLED (DPORT + 0x34)
#define SYSCLK_CONF (SYSCON + 0x0)  // PRE_DIV_CNT in bits 0 to 9
#define XTAL_TICK_CONF (SYSCON + 0x4)
#define PLL_TICK_CONF (SYSCON + 0x8)

// Chapter "Low-Power Management": RTC_CNTL.
#define OPTIONS0 (RTC_CNTL + 0x0)
#define TIME_UPDATE (RTC_CNTL + 0xc)
#define TIME_ASK BIT(31)
#define TIME_VALID BIT(30)
#define TIME0 (RTC_CNTL + 0x10)
#define INT_CLR (RTC_CNTL + 0x48)
#define INT_TIME_VALID BIT(4)
#define CLK_CONF (RTC_CNTL + 0x70)
#define SOC_CLK_SEL_SHIFT 27
#define OSCILLATOR_BY_256_FOR_ALL BIT(9)
#define OSCILLATOR_OFF BIT(6)
#define OSCILLATOR_UNDIVIDED BIT(7)
#define VOLTAGE (RTC_CNTL + 0x7c)
#define DIG_DBIAS_WAK_SHIFT 11
#define VOLTS_1_10 4
#define VOLTS_1_25 7
#define RTC_WDT_CONFIG (RTC_CNTL + 0x8c)
#define RTC_WDT_PROTECT (RTC_CNTL + 0xa4)

// Chapter "Watchdog Timers".
#define TIMG_WDT_CONFIG 0x48
#define TIMG_WDT_PROTECT 0x64
#define WDT_KEY 0x50d83aa1u

// Counts the crystal's cycles during some of a slow clock's: the vendor's headers and code show it.
#define TIMG_CALIBRATION (TIMG0 + 0x68)
#define CALIBRATION_START BIT(31)
#define CALIBRATION_TICKS_SHIFT 16
#define CALIBRATION_READY BIT(15)
#define CALIBRATE_OSCILLATOR (1u << 13)  // of 8.5 MHz within 5 %, by 256
#define TIMG_CALIBRATED (TIMG0 + 0x6c)
#define CALIBRATED_SHIFT 7
#define CALIBRATION_TICKS 100u  // about 3 ms
#define CALIBRATION_LIMIT 1000u
#define OSCILLATOR_HZ 8500000u

// The bus by which analogue parts are set up is in no chapter: the vendor's own code and the chip's
// ROM show it. A word of block, register, value and the write bit; another bit is set while it is
// under way.
#define ANALOGUE_CONFIG 0x6000e044u
#define ANALOGUE_BUS_OFF (0x3ffu << 8)  // a bit a block
#define ANALOGUE_BBPLL_OFF BIT(17)
#define ANALOGUE_BUS_BBPLL 0x6000e010u
#define ANALOGUE_WRITE BIT(24)
#define ANALOGUE_BUSY BIT(25)
#define BBPLL 0x66u
// In OPTIONS0: the bias of that bus, and the PLL with its two buses.
#define BBPLL_POWERED_DOWN (BIT(18) | BIT(10) | BIT(8) | BIT(6))

// The slow clock is an RC oscillator of about 150 kHz that knows nothing of the processor's.
#define INTERVAL_TICKS 1000u  // about 6.7 ms
#define INTERVAL_LIMIT_CYCLES 24000000u
#define READ_ATTEMPTS 20000u
#define MEASURE_ATTEMPTS 8
#define SHARPNESS 200u  // an interval counts when its ends are known to 1/200 of it

static clock_proof proof = {.crystal_hz = CRYSTAL_HZ};
static uint32_t cycles_per_us = CRYSTAL_HZ / MICROS_PER_SECOND;

uint32_t clock_hz(void) {
  return proof.fast ? FAST_HZ : proof.crystal_hz;
}

uint32_t clock_apb_hz(void) {
  return proof.fast ? FAST_APB_HZ : proof.crystal_hz;
}

const clock_proof *clock_proven(void) {
  return &proof;
}

void clock_wait_us(uint32_t us) {
  const uint32_t began = clock_cycles();
  while (clock_cycles() - began < us * cycles_per_us) continue;
}

uint64_t tw_board_micros(void) {
  static uint64_t micros;
  static uint32_t counted;  // cycles that are in `micros`
  const uint32_t passed = (clock_cycles() - counted) / cycles_per_us;
  counted += passed * cycles_per_us;
  micros += passed;
  return micros;
}

// --- watchdogs -----------------------------------------------------------------------------------

static void watchdogs_off(void) {
  reg_write(RTC_WDT_PROTECT, WDT_KEY);
  reg_write(RTC_WDT_CONFIG, 0);
  reg_write(RTC_WDT_PROTECT, 0);
  reg_write(TIMG0 + TIMG_WDT_PROTECT, WDT_KEY);
  reg_write(TIMG0 + TIMG_WDT_CONFIG, 0);
  reg_write(TIMG0 + TIMG_WDT_PROTECT, 0);
}

// --- measuring -----------------------------------------------------------------------------------

typedef struct {
  uint32_t ticks;
  uint32_t cycles;       // when it was asked for
  uint32_t uncertainty;  // cycles
} slow_time;

static bool read_slow_time(slow_time *time) {
  time->cycles = clock_cycles();
  reg_write(TIME_UPDATE, TIME_ASK);
  for (uint32_t left = READ_ATTEMPTS; (reg_read(TIME_UPDATE) & TIME_VALID) == 0; left--) {
    if (left == 0) return false;
    clock_wait_us(1);  // it takes a tick; the slow bus is not to be flooded
  }
  reg_write(INT_CLR, INT_TIME_VALID);
  time->ticks = reg_read(TIME0);
  time->uncertainty = clock_cycles() - time->cycles;
  return true;
}

// Waits for the next tick of the slow clock that is `ticks` after `since` or later.
static bool wait_slow_ticks(uint32_t since, uint32_t ticks, slow_time *time) {
  const uint32_t began = clock_cycles();
  do {
    if (!read_slow_time(time) || clock_cycles() - began > INTERVAL_LIMIT_CYCLES) return false;
  } while (time->ticks - since < ticks);
  return true;
}

// Cycles of the processor during INTERVAL_TICKS; 0 where no interval could be measured sharply.
static uint32_t cycles_in_interval(void) {
  for (int attempt = 0; attempt < MEASURE_ATTEMPTS; attempt++) {
    slow_time now, first, last;
    if (!read_slow_time(&now) || !wait_slow_ticks(now.ticks, 1, &first) ||
        !wait_slow_ticks(first.ticks, INTERVAL_TICKS, &last)) {
      return 0;
    }
    const uint32_t cycles = last.cycles - first.cycles;
    const bool exact = last.ticks - first.ticks == INTERVAL_TICKS;
    if (exact && (first.uncertainty + last.uncertainty) * SHARPNESS <= cycles) return cycles;
  }
  return 0;
}

static bool is_within(uint32_t value, uint32_t wanted, uint32_t percent) {
  const uint32_t apart = value > wanted ? value - wanted : wanted - value;
  return apart <= wanted / 100 * percent;
}

// Whether `fast` is to `slow` as the fast clock to the crystal.
static bool is_fast(uint32_t slow, uint32_t fast) {
  const uint32_t wanted =
      slow * (FAST_HZ / MICROS_PER_SECOND) / (proof.crystal_hz / MICROS_PER_SECOND);
  return slow != 0 && is_within(fast, wanted, 3);
}

// --- the crystal ---------------------------------------------------------------------------------

// By the chip's own oscillator; 0 where nothing was counted.
static uint32_t estimate_crystal(void) {
  const uint32_t setting = CALIBRATE_OSCILLATOR | CALIBRATION_TICKS << CALIBRATION_TICKS_SHIFT;
  reg_clear(CLK_CONF, OSCILLATOR_OFF | OSCILLATOR_UNDIVIDED);
  reg_set(CLK_CONF, OSCILLATOR_BY_256_FOR_ALL);
  clock_wait_us(100);
  reg_write(TIMG_CALIBRATION, setting);
  reg_write(TIMG_CALIBRATION, setting | CALIBRATION_START);
  uint32_t left = CALIBRATION_LIMIT;
  while ((reg_read(TIMG_CALIBRATION) & CALIBRATION_READY) == 0 && left > 0) {
    clock_wait_us(10);
    left--;
  }
  const uint32_t cycles = left > 0 ? reg_read(TIMG_CALIBRATED) >> CALIBRATED_SHIFT : 0;
  reg_write(TIMG_CALIBRATION, 0);
  return cycles < UINT32_MAX / (OSCILLATOR_HZ / 256 / CALIBRATION_TICKS)
             ? cycles * (OSCILLATOR_HZ / 256 / CALIBRATION_TICKS)
             : 0;
}

// The estimate tells 26 from 40 from far, and the vendor goes by it; where it makes no sense, what
// the ROM has taken the crystal for; and most boards have 40.
static uint32_t find_crystal(uint32_t rom_hz, uint32_t estimated_hz) {
  if (is_within(estimated_hz, CRYSTAL_HZ, 20)) return CRYSTAL_HZ;
  if (is_within(estimated_hz, SMALL_CRYSTAL_HZ, 20)) return SMALL_CRYSTAL_HZ;
  return is_within(rom_hz, SMALL_CRYSTAL_HZ, 3) ? SMALL_CRYSTAL_HZ : CRYSTAL_HZ;
}

// --- switching -----------------------------------------------------------------------------------

void clock_use_crystal(void) {
  reg_field(SYSCLK_CONF, 0x3ff, 0, 0);
  reg_write(XTAL_TICK_CONF, proof.crystal_hz / MICROS_PER_SECOND - 1);
  reg_field(CLK_CONF, 3, SOC_CLK_SEL_SHIFT, 0);
  reg_field(VOLTAGE, 7, DIG_DBIAS_WAK_SHIFT, VOLTS_1_10);
  cycles_per_us = proof.crystal_hz / MICROS_PER_SECOND;
}

static bool write_bbpll(uint32_t place, uint32_t value) {
  reg_write(ANALOGUE_BUS_BBPLL, ANALOGUE_WRITE | value << 16 | place << 8 | BBPLL);
  for (uint32_t left = READ_ATTEMPTS; (reg_read(ANALOGUE_BUS_BBPLL) & ANALOGUE_BUSY) != 0; left--) {
    if (left == 0) return false;
  }
  return true;
}

static bool write_bbpll_all(const uint8_t values[][2], uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (!write_bbpll(values[i][0], values[i][1])) return false;
  }
  return true;
}

// The PLL at 480 MHz.
static bool set_up_pll(void) {
  static const uint8_t values[][2] = {
      // as after a reset: delay and capacitor of its calibration, free calibration, voltage, ADC
      {0, 0x18},
      {1, 0x20},
      {4, 0x9a},
      {10, 0x00},
      {12, 0x00},
      // 480 MHz: the divider by five, the ADC's clock
      {11, 0xc3},
      {9, 0x74},
  };
  // By crystal: reference divider, multiplier, bandwidth and current.
  static const uint8_t of_40[][2] = {{2, 0x00}, {3, 28}, {5, 3 << 6 | 6}};
  static const uint8_t of_26[][2] = {{2, 1 << 7 | 4 << 4 | 12}, {3, 144}, {5, 1 << 6}};
  reg_field(VOLTAGE, 7, DIG_DBIAS_WAK_SHIFT, VOLTS_1_25);
  clock_wait_us(40);
  reg_set(ANALOGUE_CONFIG, ANALOGUE_BUS_OFF);
  reg_clear(ANALOGUE_CONFIG, ANALOGUE_BBPLL_OFF);
  reg_clear(OPTIONS0, BBPLL_POWERED_DOWN);
  if (!write_bbpll_all(values, sizeof values / sizeof values[0])) return false;
  if (!write_bbpll_all(proof.crystal_hz == CRYSTAL_HZ ? of_40 : of_26, 3)) return false;
  clock_wait_us(200);  // until it has locked
  return true;
}

static void use_pll(void) {
  reg_write(CPU_PER_CONF, CPU_PERIOD_240);
  reg_write(PLL_TICK_CONF, FAST_APB_HZ / MICROS_PER_SECOND - 1);
  reg_field(CLK_CONF, 3, SOC_CLK_SEL_SHIFT, 1);
  cycles_per_us = FAST_HZ / MICROS_PER_SECOND;
  clock_wait_us(100);
}

void clock_start(uint32_t rom_hz) {
  proof = (clock_proof){.crystal_hz = CRYSTAL_HZ};
  watchdogs_off();
  reg_write(SECOND_CORE_STALLED, 1);
  reg_write(SECOND_CORE_CLOCK, 0);
  clock_use_crystal();
  proof.estimated_hz = estimate_crystal();
  proof.crystal_hz = find_crystal(rom_hz, proof.estimated_hz);
  clock_use_crystal();
  proof.crystal_cycles = cycles_in_interval();
  if (proof.crystal_cycles == 0 || !set_up_pll()) {
    clock_use_crystal();
    return;
  }
  use_pll();
  proof.fast_cycles = cycles_in_interval();
  proof.fast = is_fast(proof.crystal_cycles, proof.fast_cycles);
  if (!proof.fast) clock_use_crystal();
}
