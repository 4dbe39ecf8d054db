// SPDX-License-Identifier: Apache-2.0
//
// The flash chip's conversation, transaction by transaction, with a chip that keeps the rules: a
// write needs leave, erasing sets and writing clears, a write wraps in its page, both take time.

#include "../application/board.h"
#include "../boards/esp32/flash.h"
#include "esp32_chip.h"

#define SPI_CMD (SPI1 + 0x00)
#define SPI_ADDR (SPI1 + 0x04)
#define SPI_CTRL (SPI1 + 0x08)
#define SPI_USER (SPI1 + 0x1c)
#define SPI_USER1 (SPI1 + 0x20)
#define SPI_USER2 (SPI1 + 0x24)
#define SPI_OUT_BITS (SPI1 + 0x28)
#define SPI_IN_BITS (SPI1 + 0x2c)
#define SPI_W0 (SPI1 + 0x80)

#define CHIP_BYTES 0x200000u
#define PROGRAM_AT 0x100000u
#define SETTINGS_AT 0x0f0000u

uint8_t program_start[FLASH_PROGRAM_BYTES];

static uint8_t *cells;
static bool may_write, controller_hangs, busy_for_ever, worn, locked;
static uint8_t status, second_status;
static uint64_t busy_until_ns;

static bool is_busy(void) {
  return busy_for_ever || chip_ns < busy_until_ns;
}

static uint8_t byte_out(uint32_t i) {
  return (uint8_t)(*chip_at(SPI_W0 + i / 4 * 4) >> i % 4 * 8);
}

static void byte_in(uint32_t i, uint8_t byte) {
  uint32_t *word = chip_at(SPI_W0 + i / 4 * 4);
  *word = (*word & ~(0xffu << i % 4 * 8)) | (uint32_t)byte << i % 4 * 8;
}

static void change(uint32_t at) {
  EXPECT(may_write);
  EXPECT(at >= SETTINGS_AT);  // never the firmware's image
  may_write = false;
}

static void transact(void) {
  const uint32_t user = *chip_at(SPI_USER);
  const uint8_t command = (uint8_t)*chip_at(SPI_USER2);
  const uint32_t at = *chip_at(SPI_ADDR) >> 8;
  const uint32_t out = (user & BIT(27)) != 0 ? *chip_at(SPI_OUT_BITS) / 8 + 1 : 0;
  const uint32_t in = (user & BIT(28)) != 0 ? *chip_at(SPI_IN_BITS) / 8 + 1 : 0;
  EXPECT((user & BIT(31)) != 0 && *chip_at(SPI_USER2) >> 28 == 7);
  EXPECT((*chip_at(SPI_CTRL) & (BIT(13) | BIT(14) | BIT(20) | BIT(23) | BIT(24))) == 0);
  EXPECT(out <= 64 && in <= 64);
  if (command != 0x05) EXPECT(!is_busy());
  if (command == 0x03 || command == 0x02 || command == 0x20) {
    EXPECT((user & BIT(30)) != 0 && *chip_at(SPI_USER1) >> 26 == 23 && at < CHIP_BYTES);
  }
  switch (command) {
    case 0x03:
      for (uint32_t i = 0; i < in; i++) byte_in(i, cells[at + i]);
      break;
    case 0x05:
      byte_in(0, (uint8_t)(status | is_busy()));
      break;
    case 0x35:
      byte_in(0, second_status);
      break;
    case 0x06:
      may_write = true;
      break;
    case 0x01:
      EXPECT(may_write && out == 2);
      may_write = false;
      if (!locked) status = byte_out(0);
      second_status = byte_out(1);
      break;
    case 0x02:
      change(at);
      if ((status & 0x3c) != 0) break;
      for (uint32_t i = 0; i < out; i++) {
        cells[(at & ~0xffu) | ((at + i) & 0xff)] &= byte_out(i);
      }
      busy_until_ns = chip_ns + 700000;
      break;
    case 0x20:
      EXPECT(at % 4096 == 0);
      change(at);
      if ((status & 0x3c) != 0) break;
      memset(cells + at, 0xff, 4096);
      if (worn) cells[at + 5] = 0x7f;
      busy_until_ns = chip_ns + 60000000;
      break;
    default:
      EXPECT(!"a command that the chip has");
  }
}

static uint32_t on_read(uint32_t address, uint32_t value) {
  return address == SPI_CMD ? (controller_hangs ? BIT(18) : 0) : value;
}

static void on_write(uint32_t address, uint32_t value) {
  if (address == SPI_CMD && !controller_hangs) {
    EXPECT(value == BIT(18));
    transact();
  }
}

uint64_t tw_board_micros(void) {
  chip_pass(ACCESS_NS);
  return chip_ns / 1000;
}

// Waits as the application does. How it ended; the loop was never held up for long.
static tw_flash_state finish(void) {
  tw_flash_state state;
  do {
    const uint64_t began_ns = chip_ns;
    state = tw_board_flash_state();
    EXPECT(chip_ns - began_ns < 20000000 || controller_hangs);
    chip_pass(100000);
  } while (state == TW_FLASH_BUSY);
  return state;
}

static void any_piece_comes_back(void) {
  uint8_t written[TW_FLASH_WRITE], read[TW_FLASH_WRITE];
  for (int trial = 0; trial < 60; trial++) {
    const uint32_t page = below(FLASH_PROGRAM_BYTES / TW_FLASH_PAGE) * TW_FLASH_PAGE;
    const uint32_t offset = page + below(TW_FLASH_PAGE);
    const uint32_t length = 1 + below(TW_FLASH_WRITE - offset % TW_FLASH_WRITE);
    for (uint32_t i = 0; i < length; i++) written[i] = (uint8_t)below(256);
    tw_board_flash_erase(TW_FLASH_PROGRAM, page);
    EXPECT(tw_board_flash_state() == TW_FLASH_BUSY && finish() == TW_FLASH_IDLE);
    tw_board_flash_write(TW_FLASH_PROGRAM, offset, written, length);
    EXPECT(finish() == TW_FLASH_IDLE);
    EXPECT(tw_board_flash_read(TW_FLASH_PROGRAM, offset, read, length));
    EXPECT(memcmp(written, read, length) == 0);
    EXPECT(memcmp(written, cells + PROGRAM_AT + offset, length) == 0);
  }
  EXPECT(tw_board_flash_map(FLASH_PROGRAM_BYTES) == program_start);
  EXPECT(memcmp(program_start, cells + PROGRAM_AT, FLASH_PROGRAM_BYTES) == 0);
}

static void regions_lie_apart(void) {
  static const struct {
    tw_flash_region region;
    uint32_t at;
  } places[] = {{TW_FLASH_SETTINGS, 0xf0000}, {TW_FLASH_SCRATCH, 0xf2000}};
  const uint8_t bytes[3] = {1, 2, 3};
  for (uint32_t i = 0; i < 2; i++) {
    memset(cells + places[i].at - TW_FLASH_PAGE, 0x11, 3 * TW_FLASH_PAGE);
    tw_board_flash_erase(places[i].region, 0);
    EXPECT(finish() == TW_FLASH_IDLE);
    tw_board_flash_write(places[i].region, 4093, bytes, sizeof bytes);
    EXPECT(finish() == TW_FLASH_IDLE);
    const uint8_t *page = cells + places[i].at;
    EXPECT(page[-1] == 0x11 && page[TW_FLASH_PAGE] == 0x11);
    EXPECT(page[0] == 0xff && page[4092] == 0xff && memcmp(page + 4093, bytes, 3) == 0);
  }
}

static void nothing_outside_is_touched(void) {
  uint8_t byte = 0;
  tw_board_flash_erase(TW_FLASH_PROGRAM, FLASH_PROGRAM_BYTES);
  EXPECT(tw_board_flash_state() == TW_FLASH_FAILED);
  tw_board_flash_erase(TW_FLASH_SETTINGS, TW_SETTINGS_PAGES * TW_FLASH_PAGE);
  EXPECT(tw_board_flash_state() == TW_FLASH_FAILED);
  tw_board_flash_erase(TW_FLASH_SCRATCH, TW_FLASH_PAGE);
  EXPECT(tw_board_flash_state() == TW_FLASH_FAILED);
  tw_board_flash_write(TW_FLASH_SETTINGS, TW_SETTINGS_PAGES * TW_FLASH_PAGE, &byte, 1);
  EXPECT(tw_board_flash_state() == TW_FLASH_FAILED);
  EXPECT(!tw_board_flash_read(TW_FLASH_PROGRAM, FLASH_PROGRAM_BYTES - 1, &byte, 2));
  EXPECT(!tw_board_flash_read(TW_FLASH_SETTINGS, ~0u, &byte, 2));
  EXPECT(tw_board_flash_map(FLASH_PROGRAM_BYTES + 1) == 0);
}

static void protection_is_taken_away(void) {
  status = 0x1c;
  second_status = 0x02;  // the chip is wired for four lines: that must stay
  tw_board_flash_erase(TW_FLASH_SETTINGS, 0);
  EXPECT(finish() == TW_FLASH_IDLE && status == 0 && second_status == 0x02);
  status = 0x1c;
  locked = true;
  tw_board_flash_erase(TW_FLASH_SETTINGS, 0);
  EXPECT(finish() == TW_FLASH_FAILED);
  locked = false;
  status = 0;
}

static void faults_are_told_and_pass(void) {
  const uint8_t bytes[3] = {1, 2, 3};
  worn = true;
  tw_board_flash_erase(TW_FLASH_PROGRAM, 0);
  EXPECT(finish() == TW_FLASH_FAILED);
  worn = false;
  tw_board_flash_erase(TW_FLASH_PROGRAM, 0);
  busy_for_ever = true;
  uint64_t began_ns = chip_ns;
  EXPECT(finish() == TW_FLASH_FAILED && chip_ns - began_ns < 3500000000u);
  busy_for_ever = false;
  controller_hangs = true;
  began_ns = chip_ns;
  tw_board_flash_erase(TW_FLASH_PROGRAM, 0);
  EXPECT(finish() == TW_FLASH_FAILED && chip_ns - began_ns < 100000000u);
  EXPECT(tw_board_flash_map(100) == 0);
  controller_hangs = false;
  busy_until_ns = 0;
  tw_board_flash_erase(TW_FLASH_PROGRAM, 0);
  EXPECT(finish() == TW_FLASH_IDLE);
  tw_board_flash_write(TW_FLASH_PROGRAM, 0, bytes, sizeof bytes);
  EXPECT(finish() == TW_FLASH_IDLE);
  // Over what is written already, ones cannot come back.
  tw_board_flash_write(TW_FLASH_PROGRAM, 0, (const uint8_t[]){2, 1, 7}, 3);
  EXPECT(finish() == TW_FLASH_FAILED);
}

int main(void) {
  cells = new_bytes(CHIP_BYTES);
  *chip_at(SPI_CTRL) = BIT(13) | BIT(23);  // as the ROM leaves it
  flash_start();
  any_piece_comes_back();
  regions_lie_apart();
  nothing_outside_is_touched();
  protection_is_taken_away();
  faults_are_told_and_pass();
  free(cells);
  return 0;
}
