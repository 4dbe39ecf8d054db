// SPDX-License-Identifier: Apache-2.0
//
// The sensors' bus on two open-drain pins.

#include "../application/board.h"
#include "../boards/esp32/i2c.h"
#include "esp32_part.h"

static uint32_t on_read(uint32_t address, uint32_t value) {
  return part_read(address, value);
}

static void on_write(uint32_t address, uint32_t value) {
  part_write(address, value);
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
