// SPDX-License-Identifier: Apache-2.0
//
// The UART at the times of bytes: its divisors, and that nothing is lost however long a turn of the
// loop takes.

#include "../application/board.h"
#include "esp32_line.h"

#define LONGEST_TURN_NS 250000000u  // reading and checking a program of 126,976 bytes takes less
#define REQUEST_BYTES 2066u         // the longest
#define TX_RING 8192u

static uint32_t apb_hz;

uint32_t clock_apb_hz(void) {
  return apb_hz;
}

void clock_wait_us(uint32_t us) {
  line_pass((uint64_t)us * 1000);
}

static uint32_t on_read(uint32_t address, uint32_t value) {
  return line_read(address, value);
}

static void on_write(uint32_t address, uint32_t value) {
  line_write(address, value);
}

static void start(uint32_t mhz, uint32_t host_baud) {
  chip_clear();
  chip_mhz = mhz;
  apb_hz = mhz == 240 ? 80000000 : mhz * 1000000;
  line_start(host_baud);
  uart_start();
}

static void change(uint32_t baud) {
  tw_board_link_change(baud);
  EXPECT(tw_board_link_speed() == baud);
  uart_poll();
}

// The divisor is a sixteenth at most from the right one, so the speed half of that.
static void test_divisors(void) {
  static const uint32_t clocks[] = {26, 40, 240};
  static const uint32_t speeds[] = {115200,  230400,  460800,  500000, 921600,
                                    1000000, 1500000, 2000000, 123456};
  for (uint32_t c = 0; c < 3; c++) {
    for (uint32_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
      start(clocks[c], 115200);
      change(speeds[i]);
      const uint64_t wanted = (uint64_t)speeds[i] * 1000, made = line_board_millibaud();
      const uint64_t apart = made > wanted ? made - wanted : wanted - made;
      EXPECT(apart * 400 <= wanted);  // 0.25 %; a UART bears 2
    }
  }
  start(240, 115200);
  EXPECT(*chip_at(UART_CLKDIV) == (694 | 7u << 20));
  change(921600);
  EXPECT(*chip_at(UART_CLKDIV) == (86 | 13u << 20));
  start(40, 115200);
  EXPECT(*chip_at(UART_CLKDIV) == (347 | 4u << 20));
}

static void receive_all(const uint8_t *sent, uint32_t count) {
  uint8_t bytes[256];
  for (uint32_t got = 0; got < count;) {
    const size_t some = tw_board_receive(bytes, sizeof bytes);
    EXPECT(some <= count - got && memcmp(bytes, sent + got, some) == 0);
    got += (uint32_t)some;
    if (some == 0) line_pass(1000);
  }
  EXPECT(tw_board_receive(bytes, sizeof bytes) == 0);
}

// A request of the greatest length while the loop is away: the interrupt takes it.
static void test_receiving(uint32_t mhz, uint32_t baud) {
  static uint8_t sent[REQUEST_BYTES];
  start(mhz, baud);
  change(baud);
  for (uint32_t round = 0; round < 4; round++) {
    for (uint32_t i = 0; i < REQUEST_BYTES; i++) {
      sent[i] = (uint8_t)below(256);
      line_put(&line.to_board, sent[i]);
    }
    line_pass(LONGEST_TURN_NS);
    uart_poll();
    receive_all(sent, REQUEST_BYTES);
  }
  EXPECT(line.overflowed == 0 && uart_lost() == 0 && tw_board_link_garbled() == 0);
  EXPECT(line.most_waiting < 64);
}

// Without the interrupt, as it would be: this line can lose.
static void test_that_bytes_can_be_lost(void) {
  start(240, 921600);
  change(921600);
  line.deaf_until_ns = chip_ns + 2000000;
  for (uint32_t i = 0; i < 1000; i++) line_put(&line.to_board, 1);
  line_pass(20000000);
  EXPECT(line.overflowed > 0 && uart_lost() > 0);
}

// What is given goes out whole and in order, as fast as the line is, if turns are short enough.
static void test_sending(uint32_t mhz, uint32_t baud, uint32_t turn_ns) {
  static uint8_t sent[TX_RING];
  start(mhz, baud);
  change(baud);
  for (uint32_t i = 0; i < TX_RING; i++) sent[i] = (uint8_t)below(256);
  EXPECT(tw_board_send(sent, TX_RING) && !tw_board_send(sent, 1));
  const uint64_t began_ns = chip_ns;
  while (line_held(&line.to_host) < TX_RING) {
    line_pass(turn_ns);
    uart_poll();
  }
  const uint64_t least_ns = line_byte_ns(line_board_millibaud()) * TX_RING;
  EXPECT(chip_ns - began_ns < least_ns + least_ns / 50 + 2 * turn_ns);
  for (uint32_t i = 0; i < TX_RING; i++) EXPECT(line_get(&line.to_host) == sent[i]);
}

// The answer leaves at the old speed, what is sent after it at the new one.
static void test_changing(void) {
  static uint8_t before[300], after[300];
  start(40, 115200);
  memset(before, 1, sizeof before);
  memset(after, 2, sizeof after);
  EXPECT(tw_board_send(before, sizeof before));
  tw_board_link_change(921600);
  EXPECT(tw_board_send(after, sizeof after));
  while (line_held(&line.to_host) < sizeof before) {
    line_pass(50000);
    uart_poll();
  }
  line.host_baud = 921600;
  while (line_held(&line.to_host) < sizeof before + sizeof after) {
    line_pass(50000);
    uart_poll();
  }
  for (uint32_t i = 0; i < sizeof before; i++) EXPECT(line_get(&line.to_host) == 1);
  // The host is not told before the last byte of the old speed has come: of the first byte of the
  // new one it may see nothing.
  for (uint32_t i = 0; i < sizeof after; i++) {
    EXPECT(line_get(&line.to_host) == 2 || i < 64);
  }
}

static void test_garbled_bytes_are_counted(void) {
  start(40, 115200);
  change(921600);
  EXPECT(tw_board_link_garbled() == 0);
  for (uint32_t i = 0; i < 9; i++) line_put(&line.to_board, 1);
  line_pass(2000000);
  uart_poll();
  EXPECT(tw_board_link_garbled() == 1);  // one look, one spell
  line_pass(2000000);
  uart_poll();
  EXPECT(tw_board_link_garbled() == 1);
}

int main(void) {
  test_divisors();
  for (uint32_t i = 0; i < 2; i++) {
    const uint32_t mhz = i == 0 ? 40 : 240;
    test_receiving(mhz, 115200);
    test_receiving(mhz, 921600);
    test_receiving(mhz, 2000000);
    test_sending(mhz, 115200, 1000000);
    test_sending(mhz, 921600, 1000000);
    test_sending(mhz, 2000000, 500000);
  }
  test_that_bytes_can_be_lost();
  test_changing();
  test_garbled_bytes_are_counted();
  return 0;
}
