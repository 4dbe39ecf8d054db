// SPDX-License-Identifier: Apache-2.0
//
// A part on an ESP32's sensor bus that sees nothing but the two lines: an I2C target with
// registers, which may hold the clock, hang in the middle of a byte, or be gone.

#ifndef TINYWRIGHT_ESP32_PART_H
#define TINYWRIGHT_ESP32_PART_H

#include "esp32_chip.h"

#define SDA 21
#define SCL 22
#define OUT_SET (GPIO + 0x08)
#define OUT_CLEAR (GPIO + 0x0c)
#define LEVELS (GPIO + 0x3c)
#define ADDRESS 0x68

static uint32_t master;  // a bit a pin: what the board lets go of
static struct {
  bool there, pulls_data, addressed, reads, acknowledging;
  bool in_byte;
  uint8_t bits, byte, reg, place;
  uint8_t registers[256];
  uint64_t holds_until_ns;
  uint32_t hold_ns;
  uint32_t starts, stops;
} part;
static bool clock_shorted;
static uint64_t rose_ns, fell_ns;

static inline bool data_line(void) {
  return (master >> SDA & 1) != 0 && !part.pulls_data;
}

static inline bool clock_line(void) {
  return (master >> SCL & 1) != 0 && !clock_shorted && chip_ns >= part.holds_until_ns;
}

static inline void drive_next_bit(void) {
  part.pulls_data = (part.registers[part.reg] >> (7 - part.bits) & 1) == 0;
}

// A byte has come; whether the part acknowledges.
static inline bool take_byte(void) {
  if (part.place++ == 0) {
    part.addressed = part.there && part.byte >> 1 == ADDRESS;
    part.reads = (part.byte & 1) != 0;
    return part.addressed;
  }
  if (!part.addressed) return false;
  if (part.place == 2) {
    part.reg = part.byte;
  } else {
    part.registers[part.reg++] = part.byte;
  }
  return true;
}

static inline void clock_rose(void) {
  rose_ns = chip_ns;
  if (!part.in_byte) return;
  if (part.bits < 8) {
    part.byte = (uint8_t)(part.byte << 1 | data_line());
    part.bits++;
  } else {
    part.bits = 9;
    if (part.addressed && part.reads && part.place > 1) {
      if (data_line()) part.addressed = false;  // the board wants no more
      part.reg++;
    }
  }
}

static inline void clock_fell(void) {
  fell_ns = chip_ns;
  EXPECT(fell_ns - rose_ns >= 600);  // UM10204: high for 0.6 us at 400 kHz
  part.holds_until_ns = chip_ns + part.hold_ns;
  if (!part.in_byte) return;
  const bool sending = part.addressed && part.reads && part.place > 0;
  if (part.bits == 8) {
    if (sending) {
      part.pulls_data = false;
      part.place = 2;
    } else {
      part.pulls_data = take_byte();
    }
  } else if (part.bits == 9) {
    part.bits = 0;
    part.pulls_data = false;
    if (part.addressed && part.reads) drive_next_bit();
  } else if (sending) {
    drive_next_bit();
  }
}

static inline void data_changed(bool high) {
  if (!clock_line()) return;
  if (high) {
    part.stops++;
    part.in_byte = false;
  } else {
    part.starts++;
    part.in_byte = true;
    part.bits = part.place = 0;
    part.addressed = part.reads = false;
  }
  part.pulls_data = false;
}

static inline uint32_t part_read(uint32_t address, uint32_t value) {
  if (address != LEVELS) return value;
  static bool was_high = true;
  const bool high = clock_line();
  if (high && !was_high && rose_ns < fell_ns) clock_rose();
  was_high = high;
  return (uint32_t)data_line() << SDA | (uint32_t)high << SCL;
}

static inline void part_write(uint32_t address, uint32_t value) {
  if (address != OUT_SET && address != OUT_CLEAR) return;
  const bool data = data_line(), clock = clock_line();
  master = address == OUT_SET ? master | value : master & ~value;
  if (clock && !clock_line()) clock_fell();
  if (!clock && clock_line()) clock_rose();
  if (data != data_line() && (value & BIT(SDA)) != 0) data_changed(data_line());
}

#endif
