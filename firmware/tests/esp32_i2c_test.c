// SPDX-License-Identifier: Apache-2.0
//
// The sensors' bus on two open-drain pins, against a part that sees nothing but the two lines: an
// I2C target with registers, which may hold the clock, hang in the middle of a byte, or be gone.

#include "../application/board.h"
#include "../boards/esp32/i2c.h"
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

static bool data_line(void) {
  return (master >> SDA & 1) != 0 && !part.pulls_data;
}

static bool clock_line(void) {
  return (master >> SCL & 1) != 0 && !clock_shorted && chip_ns >= part.holds_until_ns;
}

static void drive_next_bit(void) {
  part.pulls_data = (part.registers[part.reg] >> (7 - part.bits) & 1) == 0;
}

// A byte has come; whether the part acknowledges.
static bool take_byte(void) {
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

static void clock_rose(void) {
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

static void clock_fell(void) {
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

static void data_changed(bool high) {
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

static uint32_t on_read(uint32_t address, uint32_t value) {
  if (address != LEVELS) return value;
  static bool was_high = true;
  const bool high = clock_line();
  if (high && !was_high && rose_ns < fell_ns) clock_rose();
  was_high = high;
  return (uint32_t)data_line() << SDA | (uint32_t)high << SCL;
}

static void on_write(uint32_t address, uint32_t value) {
  if (address != OUT_SET && address != OUT_CLEAR) return;
  const bool data = data_line(), clock = clock_line();
  master = address == OUT_SET ? master | value : master & ~value;
  if (clock && !clock_line()) clock_fell();
  if (!clock && clock_line()) clock_rose();
  if (data != data_line() && (value & BIT(SDA)) != 0) data_changed(data_line());
}

const tw_board *tw_board_facts(void) {
  static const tw_board facts = {.i2c_sda = SDA, .i2c_scl = SCL};
  return &facts;
}

static bool transfer_in_time(tw_i2c *bus, uint8_t address, const uint8_t *out, size_t sent,
                             uint8_t *in, size_t received) {
  const uint64_t began_ns = chip_ns;
  const bool done = bus->transfer(bus, address, out, sent, in, received);
  EXPECT(chip_ns - began_ns < 20000000);  // as sensors/i2c.h promises
  return done;
}

static void expect_conversation(tw_i2c *bus) {
  uint8_t read[14];
  const uint8_t select = 0x3b;
  for (uint32_t i = 0; i < 256; i++) part.registers[i] = (uint8_t)below(256);
  part.starts = part.stops = 0;
  EXPECT(transfer_in_time(bus, ADDRESS, &select, 1, read, sizeof read));
  EXPECT(memcmp(read, part.registers + 0x3b, sizeof read) == 0);
  EXPECT(part.starts == 2 && part.stops == 1);
  EXPECT(transfer_in_time(bus, ADDRESS, (const uint8_t[]){0x6b, 0x5a}, 2, 0, 0));
  EXPECT(part.registers[0x6b] == 0x5a);
  EXPECT(transfer_in_time(bus, ADDRESS, 0, 0, 0, 0));
  EXPECT(i2c_is_idle());
}

int main(void) {
  uint8_t byte;
  EXPECT(tw_board_i2c(6, SCL) == 0);   // flash
  EXPECT(tw_board_i2c(34, SCL) == 0);  // cannot be driven
  EXPECT(tw_board_i2c(SDA, SDA) == 0);
  tw_i2c *bus = tw_board_i2c(255, 255);
  EXPECT(bus != 0 && master == (BIT(SDA) | BIT(SCL)));

  part.there = true;
  expect_conversation(bus);
  part.hold_ns = 30000;  // a slow part
  expect_conversation(bus);
  part.hold_ns = 0;

  EXPECT(!transfer_in_time(bus, ADDRESS + 1, 0, 0, 0, 0));
  part.there = false;
  EXPECT(!transfer_in_time(bus, ADDRESS, (const uint8_t[]){0}, 1, &byte, 1));
  EXPECT(i2c_is_idle());
  part.there = true;

  // A part that was left in the middle of a byte of zeros gives the line back.
  memset(part.registers, 0, sizeof part.registers);
  part.in_byte = part.addressed = part.reads = part.pulls_data = true;
  part.bits = 3;
  part.place = 2;
  EXPECT(!i2c_is_idle());
  expect_conversation(bus);

  clock_shorted = true;
  EXPECT(!transfer_in_time(bus, ADDRESS, 0, 0, &byte, 1));
  clock_shorted = false;
  part.hold_ns = 450000;  // within a bit's patience, beyond a transfer's
  uint8_t many[200];
  EXPECT(!transfer_in_time(bus, ADDRESS, 0, 0, many, sizeof many));
  part.hold_ns = 0;
  part.holds_until_ns = 0;
  expect_conversation(bus);
  return 0;
}
