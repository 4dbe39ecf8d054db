// SPDX-License-Identifier: Apache-2.0
//
// The sensors' bus, put together from two open-drain pins at 400 kHz at most: NXP UM10204, "I2C-bus
// specification". A part may hold the clock; none may hold it for ever.

#include "i2c.h"

#include "../../application/board.h"
#include "clock.h"
#include "pads.h"

#define QUARTER_NS 625u
#define HELD_LIMIT_US 500u
#define TRANSFER_LIMIT_US 12000u
#define CLOCKS_TO_FREE 9  // the bits of a byte that a part may still want to send

static struct {
  tw_i2c bus;
  uint8_t sda, scl;
  uint32_t quarter_cycles;
  uint64_t limit_us;
} i2c;

static void quarter(void) {
  const uint32_t began = clock_cycles();
  while (clock_cycles() - began < i2c.quarter_cycles) continue;
}

// Lets go of the clock and waits until nobody holds it.
static bool rise(void) {
  pad_write(i2c.scl, true);
  if (pad_read(i2c.scl)) return true;
  const uint64_t limit_us = tw_board_micros() + HELD_LIMIT_US;
  while (!pad_read(i2c.scl)) {
    if (tw_board_micros() > limit_us) return false;
  }
  return true;
}

static bool begin(void) {
  pad_write(i2c.sda, true);
  quarter();
  if (!rise()) return false;
  quarter();
  if (!pad_read(i2c.sda)) return false;
  pad_write(i2c.sda, false);
  quarter();
  pad_write(i2c.scl, false);
  quarter();
  return true;
}

static bool end(void) {
  pad_write(i2c.sda, false);
  quarter();
  if (!rise()) return false;
  quarter();
  pad_write(i2c.sda, true);
  quarter();
  return pad_read(i2c.sda);
}

// A bit out; the bit that was on the line meanwhile in.
static bool exchange_bit(bool out, bool *in) {
  pad_write(i2c.sda, out);
  quarter();
  if (!rise()) return false;
  quarter();
  *in = pad_read(i2c.sda);
  quarter();
  pad_write(i2c.scl, false);
  quarter();
  return true;
}

static bool send(uint8_t byte) {
  bool in;
  for (int bit = 7; bit >= 0; bit--) {
    if (!exchange_bit((byte >> bit & 1) != 0, &in)) return false;
  }
  return exchange_bit(true, &in) && !in;  // acknowledged
}

static bool receive(uint8_t *byte, bool last) {
  uint8_t value = 0;
  bool in;
  for (int bit = 0; bit < 8; bit++) {
    if (!exchange_bit(true, &in)) return false;
    value = (uint8_t)(value << 1 | in);
  }
  *byte = value;
  return exchange_bit(last, &in);
}

// A part that was interrupted in the middle of a byte lets go of the line when it has been clocked
// to its end.
static bool free_bus(void) {
  bool in;
  for (int left = CLOCKS_TO_FREE; left > 0 && !pad_read(i2c.sda); left--) {
    if (!exchange_bit(true, &in)) return false;
  }
  return pad_read(i2c.sda);
}

static bool in_time(void) {
  return tw_board_micros() <= i2c.limit_us;
}

static bool send_all(uint8_t address, const uint8_t *out, size_t sent) {
  if (!begin() || !send((uint8_t)(address << 1))) return false;
  for (size_t i = 0; i < sent; i++) {
    if (!in_time() || !send(out[i])) return false;
  }
  return true;
}

static bool receive_all(uint8_t address, uint8_t *in, size_t received) {
  if (!begin() || !send((uint8_t)(address << 1 | 1))) return false;
  for (size_t i = 0; i < received; i++) {
    if (!in_time() || !receive(&in[i], i + 1 == received)) return false;
  }
  return true;
}

static bool transfer(tw_i2c *bus, uint8_t address, const uint8_t *out, size_t sent, uint8_t *in,
                     size_t received) {
  (void)bus;
  i2c.limit_us = tw_board_micros() + TRANSFER_LIMIT_US;
  if (!pad_read(i2c.sda) && !free_bus()) return false;
  const bool sends = sent > 0 || received == 0;
  const bool done = (!sends || send_all(address, out, sent)) &&
                    (received == 0 || receive_all(address, in, received));
  return end() && done;
}

static void wait_us(tw_i2c *bus, uint32_t us) {
  (void)bus;
  clock_wait_us(us);
}

bool i2c_is_idle(void) {
  return pad_read(i2c.sda) && pad_read(i2c.scl);
}

tw_i2c *tw_board_i2c(uint8_t sda, uint8_t scl) {
  const tw_board *board = tw_board_facts();
  i2c.sda = sda == 255 ? board->i2c_sda : sda;
  i2c.scl = scl == 255 ? board->i2c_scl : scl;
  if (i2c.sda == i2c.scl || !pad_can_drive(i2c.sda) || !pad_can_drive(i2c.scl)) return 0;
  i2c.quarter_cycles = clock_hz() / 1000000u * QUARTER_NS / 1000u;
  pad_write(i2c.sda, true);
  pad_write(i2c.scl, true);
  pad_to_digital(i2c.sda, PAD_LEVEL, true);
  pad_to_digital(i2c.scl, PAD_LEVEL, true);
  i2c.bus = (tw_i2c){transfer, wait_us};
  return &i2c.bus;
}
