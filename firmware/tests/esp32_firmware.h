// SPDX-License-Identifier: Apache-2.0
//
// The whole firmware of an ESP32 but its flash and its own tests, with a host at the other end of
// the line. A test defines how long a turn takes beside looking at registers.

#ifndef TINYWRIGHT_ESP32_FIRMWARE_H
#define TINYWRIGHT_ESP32_FIRMWARE_H

#include "../application/app.h"
#include "../application/application.h"
#include "../application/board.h"
#include "esp32_line.h"
#include "esp32_part.h"

#define TIME_UPDATE (RTC_CNTL + 0x0c)
#define TIME0 (RTC_CNTL + 0x10)
#define CLK_CONF (RTC_CNTL + 0x70)
#define SLOW_KHZ 150u

#define PROGRAM_ROOM 0x20000u
#define ARENA_BYTES 0x20000u
#define GIVE_UP_NS 1000000000u

static _Alignas(16) uint8_t program[PROGRAM_ROOM], arena[ARENA_BYTES];
static uint8_t settings[TW_SETTINGS_PAGES * TW_FLASH_PAGE];
static uint32_t pll_mhz;

static void turn_passes(void);

// --- the board -----------------------------------------------------------------------------------

static uint32_t on_read(uint32_t address, uint32_t value) {
  if (address == TIME_UPDATE) return BIT(30);
  if (address == TIME0) return (uint32_t)(chip_ns * SLOW_KHZ / 1000000);
  return line_read(address, part_read(address, value));
}

static void on_write(uint32_t address, uint32_t value) {
  if (address == CLK_CONF) chip_mhz = (value >> 27 & 3) == 1 ? pll_mhz : 40;
  line_write(address, value);
  part_write(address, value);
}

const tw_board *tw_board_facts(void) {
  static tw_board facts = {.id = "esp32",
                           .serial = "",
                           .program_capacity = PROGRAM_ROOM,
                           .link_baud = UART_BAUD,
                           .link_most_baud = UART_MOST_BAUD,
                           .arena = arena,
                           .arena_bytes = ARENA_BYTES,
                           .i2c_sda = SDA,
                           .i2c_scl = SCL};
  facts.clock_hz = clock_hz();
  return &facts;
}

void tw_board_poll(void) {
  turn_passes();
  uart_poll();
}

static uint8_t *flash_of(tw_flash_region region) {
  return region == TW_FLASH_PROGRAM ? program : settings;
}

void tw_board_flash_erase(tw_flash_region region, uint32_t offset) {
  memset(flash_of(region) + offset, 0xff, TW_FLASH_PAGE);
}

void tw_board_flash_write(tw_flash_region region, uint32_t offset, const uint8_t *bytes,
                          uint32_t length) {
  memcpy(flash_of(region) + offset, bytes, length);
}

tw_flash_state tw_board_flash_state(void) {
  return TW_FLASH_IDLE;
}

bool tw_board_flash_read(tw_flash_region region, uint32_t offset, uint8_t *to, uint32_t length) {
  memcpy(to, flash_of(region) + offset, length);
  return true;
}

const uint8_t *tw_board_flash_map(uint32_t length) {
  (void)length;
  return program;
}

const tw_board_test tw_board_tests[] = {{0}};
const uint8_t tw_board_tests_length = 0;

// --- the host ------------------------------------------------------------------------------------

static struct {
  tw_receiver receiver;
  uint8_t buffer[TW_ENCODED_BYTES(TW_MAX_PAYLOAD)];
  uint8_t type, tag;  // of the request under way; 0: none
  uint64_t asked_ns, slowest_ns;
  uint8_t answer[TW_MAX_PAYLOAD];
  size_t answer_bytes;
  bool refused;
  uint64_t samples, lost_samples, results, lost_windows, answers;
  uint32_t next_sample, next_window;
  uint32_t sample_bytes;
} host;

static void send_frame(uint8_t type, const uint8_t *payload, size_t length) {
  static uint8_t encoded[TW_WIRE_BYTES(TW_MAX_PAYLOAD)];
  host.tag = (uint8_t)(host.tag % 255 + 1);
  host.type = type;
  const tw_frame frame = {type, host.tag, payload, length};
  const size_t bytes = tw_frame_encode(&frame, encoded);
  for (size_t i = 0; i < bytes; i++) line_put(&line.to_board, encoded[i]);
  host.asked_ns = chip_ns;
}

static void hear(const tw_frame *frame) {
  tw_reader payload = tw_reader_of(frame->payload, frame->payload_bytes);
  const uint32_t sequence = tw_read_u32(&payload);
  if (frame->type == TW_EVENT_SAMPLES) {
    const uint32_t count = (uint32_t)(frame->payload_bytes - 13) / host.sample_bytes;
    host.lost_samples += sequence - host.next_sample;
    host.samples += count;
    host.next_sample = sequence + count;
  } else if (frame->type == TW_EVENT_RESULT) {
    host.lost_windows += sequence - host.next_window;
    host.results++;
    host.next_window = sequence + 1;
  } else if (frame->tag == host.tag && host.type != 0) {
    const uint64_t took_ns = chip_ns - host.asked_ns;
    if (took_ns > host.slowest_ns) host.slowest_ns = took_ns;
    memcpy(host.answer, frame->payload, frame->payload_bytes);
    host.answer_bytes = frame->payload_bytes;
    host.refused = frame->type == TW_ERROR;
    host.type = 0;
    host.answers++;
  }
}

static void turn(void) {
  tw_frame frame;
  tw_app_turn();
  while (line_held(&line.to_host) > 0) {
    if (tw_receiver_take(&host.receiver, line_get(&line.to_host), &frame)) hear(&frame);
  }
}

static void ask(uint8_t type, const void *payload, size_t length) {
  send_frame(type, payload, length);
  while (host.type != 0) {
    EXPECT(chip_ns - host.asked_ns < GIVE_UP_NS);
    turn();
  }
  if (host.refused) fprintf(stderr, "%.*s\n", (int)host.answer_bytes - 2, host.answer + 2);
  EXPECT(!host.refused);
}

static void ask_u32(uint8_t type, uint32_t value) {
  uint8_t bytes[4];
  tw_writer payload = tw_writer_of(bytes, sizeof bytes);
  tw_write_u32(&payload, value);
  ask(type, bytes, sizeof bytes);
}

static uint32_t answered_u32(void) {
  tw_reader payload = tw_reader_of(host.answer, host.answer_bytes);
  return tw_read_u32(&payload);
}

// From reset to a host that has identified the board at `baud`.
static void firmware_start(uint32_t baud) {
  chip_clear();
  chip_mhz = 40;
  line_start(UART_BAUD);
  memset(&host, 0, sizeof host);
  tw_receiver_start(&host.receiver, host.buffer, sizeof host.buffer);
  clock_start(uart_clock_by_rom());
  uart_start();
  tw_app_start();
  ask(TW_IDENTIFY, 0, 0);
  ask_u32(TW_LINK_SPEED, baud);
  EXPECT(answered_u32() == baud);
  line.host_baud = baud;
  ask(TW_IDENTIFY, 0, 0);
}

#endif
