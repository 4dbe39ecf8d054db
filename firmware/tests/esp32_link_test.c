// SPDX-License-Identifier: Apache-2.0
//
// The link's speed with the firmware on a clock of its own: proven, given up, and taken back when a
// slower host speaks, but not when something has touched the wires.

#include "esp32_firmware.h"

#define FAST 921600u
#define IDENTIFY_EVERY_MS 400u
#define PATIENCE_MS 2000u

static void turn_passes(void) {
  line_pass(20000);
}

static void pass_ms(uint32_t ms) {
  for (const uint64_t until_ns = chip_ns + (uint64_t)ms * 1000000; chip_ns < until_ns;) turn();
}

// As the studio does it: again and again until it is answered. The milliseconds that took.
static uint32_t identified_after_ms(uint32_t patience_ms) {
  const uint64_t began_ns = chip_ns;
  while (chip_ns - began_ns < (uint64_t)patience_ms * 1000000) {
    send_frame(TW_IDENTIFY, 0, 0);
    for (uint32_t waited = 0; waited < IDENTIFY_EVERY_MS && host.type != 0; waited++) pass_ms(1);
    if (host.type == 0) return (uint32_t)((chip_ns - began_ns) / 1000000);
  }
  return UINT32_MAX;
}

static void start_at(uint32_t baud) {
  firmware_start(baud);
  EXPECT(tw_board_link_speed() == baud);
}

// A host that was killed, and opened again at the speed that all begin with.
static void test_a_slower_host_is_heard(void) {
  static const uint32_t speeds[] = {128000, 230400, 460800, FAST, 1500000, 2000000};
  for (uint32_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
    start_at(speeds[i]);
    pass_ms(100 + below(3000));
    line.host_baud = UART_BAUD;
    EXPECT(identified_after_ms(PATIENCE_MS) < PATIENCE_MS);
    EXPECT(tw_board_link_speed() == UART_BAUD);
  }
}

static void test_a_host_that_does_not_follow_is_found_again(void) {
  start_at(UART_BAUD);
  ask_u32(TW_LINK_SPEED, FAST);
  pass_ms(1400);
  EXPECT(tw_board_link_speed() == FAST);
  pass_ms(200);
  EXPECT(tw_board_link_speed() == UART_BAUD && identified_after_ms(100) < 100);
}

// Garbled bytes for `burst_ms`, `times` times `apart_ms`.
static void noise(uint32_t times, uint32_t burst_ms, uint32_t apart_ms) {
  const uint32_t baud = line.host_baud;
  for (; times > 0; times--) {
    line.host_baud = 9600;
    for (uint32_t i = 0; i < burst_ms; i++) line_put(&line.to_board, (uint8_t)below(256));
    pass_ms(burst_ms + 5);
    line.host_baud = baud;
    pass_ms(apart_ms);
  }
}

static void test_what_touches_the_wires_changes_nothing(void) {
  start_at(FAST);
  noise(1, 100, 3000);
  EXPECT(tw_board_link_speed() == FAST);
  noise(20, 1, 2);  // one spell, too
  EXPECT(tw_board_link_speed() == FAST);
  pass_ms(2000);
  noise(10, 5, 2000);  // now and then
  EXPECT(tw_board_link_speed() == FAST);
  noise(2, 5, 300);
  ask(TW_IDENTIFY, 0, 0);
  noise(2, 5, 300);
  EXPECT(tw_board_link_speed() == FAST && identified_after_ms(100) < 100);
  EXPECT(tw_board_link_garbled() > 10);
}

static void test_a_silent_host_keeps_its_speed(void) {
  start_at(FAST);
  pass_ms(60000);
  EXPECT(tw_board_link_speed() == FAST && identified_after_ms(100) < 100);
}

static void test_speeds_that_are_granted(void) {
  start_at(UART_BAUD);
  ask_u32(TW_LINK_SPEED, 9600);
  EXPECT(answered_u32() == UART_BAUD && tw_board_link_speed() == UART_BAUD);
  ask_u32(TW_LINK_SPEED, 5000000);
  EXPECT(answered_u32() == UART_MOST_BAUD);
  line.host_baud = UART_MOST_BAUD;
  ask(TW_IDENTIFY, 0, 0);
  ask_u32(TW_LINK_SPEED, UART_BAUD);
  line.host_baud = UART_BAUD;
  ask(TW_IDENTIFY, 0, 0);
}

int main(void) {
  pll_mhz = 240;
  memset(program, 0xff, sizeof program);
  memset(settings, 0xff, sizeof settings);
  test_a_slower_host_is_heard();
  test_a_host_that_does_not_follow_is_found_again();
  test_what_touches_the_wires_changes_nothing();
  test_a_silent_host_keeps_its_speed();
  test_speeds_that_are_granted();
  return 0;
}
