// SPDX-License-Identifier: Apache-2.0
//
// ESP32 Technical Reference Manual, "SPI Controller": transactions that software puts together. The
// commands are those that all chips of this kind share (JEDEC's JESD216).

#include "flash.h"

#include <string.h>

#include "../../application/board.h"
#include "clock.h"
#include "registers.h"

// Where what is kept lies. The firmware's image begins at 0x1000 and is never written here.
#define SETTINGS_AT 0x0f0000u
#define SCRATCH_AT 0x0f2000u
#define PROGRAM_AT 0x100000u

#define CMD 0x00
#define CMD_USER BIT(18)
#define ADDR 0x04
#define CTRL 0x08
// Fast, dual and quad reading, in every form.
#define CTRL_FORMS (BIT(13) | BIT(14) | BIT(20) | BIT(23) | BIT(24))
#define CLOCK 0x18
#define USER 0x1c
#define USER_COMMAND BIT(31)
#define USER_ADDRESS BIT(30)
#define USER_READ BIT(28)
#define USER_WRITE BIT(27)
#define USER_CS_WAITS (BIT(4) | BIT(5))  // chip select a cycle before and after
#define USER1 0x20
#define ADDRESS_BITS_SHIFT 26
#define USER2 0x24
#define COMMAND_BITS_SHIFT 28
#define MOSI_BITS 0x28
#define MISO_BITS 0x2c
#define W0 0x80
#define PIECE 64u  // bytes: W0 to W15

#define WRITE_STATUS 0x01
#define WRITE_PAGE 0x02
#define READ_DATA 0x03
#define READ_STATUS 0x05
#define WRITE_ENABLE 0x06
#define ERASE_SECTOR 0x20
#define READ_STATUS_2 0x35
#define STATUS_BUSY 0x01u
#define STATUS_PROTECTION 0x3cu  // of blocks; what is above differs by maker

#define TRANSACTION_LIMIT 200000u  // looks at the controller
#define ERASE_LIMIT_US 3000000u
#define WRITE_LIMIT_US 20000u

// What is under way: an erasure, or a write of what is left.
static struct {
  tw_flash_state state;
  bool erasing;
  uint32_t at;
  const uint8_t *bytes;
  uint32_t piece, left;  // of a write: at work, and after it
  uint64_t limit_us;
} job;

// --- transactions --------------------------------------------------------------------------------

static bool run(uint32_t user, uint8_t command, uint32_t address) {
  reg_write(SPI1 + USER, user | USER_COMMAND | USER_CS_WAITS);
  reg_write(SPI1 + USER1, 23u << ADDRESS_BITS_SHIFT);
  reg_write(SPI1 + USER2, 7u << COMMAND_BITS_SHIFT | command);
  reg_write(SPI1 + ADDR, address << 8);
  reg_write(SPI1 + CMD, CMD_USER);
  for (uint32_t left = TRANSACTION_LIMIT; (reg_read(SPI1 + CMD) & CMD_USER) != 0; left--) {
    if (left == 0) return false;
  }
  return true;
}

static bool command(uint8_t code) {
  return run(0, code, 0);
}

static bool read_register(uint8_t code, uint8_t *value) {
  reg_write(SPI1 + MISO_BITS, 7);
  if (!run(USER_READ, code, 0)) return false;
  *value = (uint8_t)reg_read(SPI1 + W0);
  return true;
}

static bool read_piece(uint32_t at, uint8_t *to, uint32_t length) {
  reg_write(SPI1 + MISO_BITS, length * 8 - 1);
  if (!run(USER_READ | USER_ADDRESS, READ_DATA, at)) return false;
  for (uint32_t i = 0; i < length; i += 4) {
    const uint32_t word = reg_read(SPI1 + W0 + i);
    memcpy(to + i, &word, length - i < 4 ? length - i : 4);
  }
  return true;
}

static bool write_piece(uint32_t at, const uint8_t *bytes, uint32_t length) {
  for (uint32_t i = 0; i < length; i += 4) {
    uint32_t word = 0;
    memcpy(&word, bytes + i, length - i < 4 ? length - i : 4);
    reg_write(SPI1 + W0 + i, word);
  }
  reg_write(SPI1 + MOSI_BITS, length * 8 - 1);
  return command(WRITE_ENABLE) && run(USER_WRITE | USER_ADDRESS, WRITE_PAGE, at);
}

static bool read(uint32_t at, uint8_t *to, uint32_t length) {
  while (length > 0) {
    const uint32_t piece = length < PIECE ? length : PIECE;
    if (!read_piece(at, to, piece)) return false;
    at += piece;
    to += piece;
    length -= piece;
  }
  return true;
}

static bool is_busy(bool *busy) {
  uint8_t status;
  if (!read_register(READ_STATUS, &status)) return false;
  *busy = (status & STATUS_BUSY) != 0;
  return true;
}

static bool wait_idle(uint32_t limit_us) {
  const uint64_t limit = tw_board_micros() + limit_us;
  bool busy;
  do {
    if (!is_busy(&busy) || tw_board_micros() > limit) return false;
  } while (busy);
  return true;
}

// Takes away what protects sectors against writing, and keeps the second status byte, which holds
// how the chip is wired.
static bool unprotect(void) {
  uint8_t status, second;
  if (!read_register(READ_STATUS, &status)) return false;
  if ((status & STATUS_PROTECTION) == 0) return true;
  if (!read_register(READ_STATUS_2, &second) || !command(WRITE_ENABLE)) return false;
  reg_write(SPI1 + W0, (uint32_t)second << 8 | (status & ~STATUS_PROTECTION));
  reg_write(SPI1 + MOSI_BITS, 15);
  if (!run(USER_WRITE, WRITE_STATUS, 0) || !wait_idle(WRITE_LIMIT_US)) return false;
  return read_register(READ_STATUS, &status) && (status & STATUS_PROTECTION) == 0;
}

void flash_start(void) {
  const uint32_t divided_by = 4;  // 20 MHz or 10: every chip reads plainly at that
  reg_write(SPI1 + CLOCK, (divided_by - 1) << 12 | (divided_by / 2 - 1) << 6 | (divided_by - 1));
  reg_clear(SPI1 + CTRL, CTRL_FORMS);
}

// --- the board's flash ---------------------------------------------------------------------------

// Whether a region has `length` bytes at `offset`, and where they are.
static bool find(tw_flash_region region, uint32_t offset, uint32_t length, uint32_t *at) {
  static const struct {
    uint32_t at, bytes;
  } places[] = {
      [TW_FLASH_PROGRAM] = {PROGRAM_AT, FLASH_PROGRAM_BYTES},
      [TW_FLASH_SETTINGS] = {SETTINGS_AT, TW_SETTINGS_PAGES * TW_FLASH_PAGE},
      [TW_FLASH_SCRATCH] = {SCRATCH_AT, TW_FLASH_PAGE},
  };
  *at = places[region].at + offset;
  return offset <= places[region].bytes && length <= places[region].bytes - offset;
}

static void begin_erase(uint32_t at) {
  job.erasing = true;
  job.at = at;
  job.limit_us = tw_board_micros() + ERASE_LIMIT_US;
  const bool begun = unprotect() && command(WRITE_ENABLE) && run(USER_ADDRESS, ERASE_SECTOR, at);
  job.state = begun ? TW_FLASH_BUSY : TW_FLASH_FAILED;
}

static void begin_piece(void) {
  job.piece = job.left < PIECE ? job.left : PIECE;
  job.left -= job.piece;
  job.limit_us = tw_board_micros() + WRITE_LIMIT_US;
  job.state = write_piece(job.at, job.bytes, job.piece) ? TW_FLASH_BUSY : TW_FLASH_FAILED;
}

static void begin_write(uint32_t at, const uint8_t *bytes, uint32_t length) {
  job.erasing = false;
  job.at = at;
  job.bytes = bytes;
  job.left = length;
  begin_piece();
}

// Whether flash holds what the job was to leave there.
static bool job_is_done(void) {
  uint8_t held[PIECE];
  const uint32_t length = job.erasing ? PIECE : job.piece;
  if (!read_piece(job.at, held, length)) return false;
  for (uint32_t i = 0; i < length; i++) {
    if (held[i] != (job.erasing ? 0xff : job.bytes[i])) return false;
  }
  return true;
}

tw_flash_state tw_board_flash_state(void) {
  bool busy;
  if (job.state != TW_FLASH_BUSY) return job.state;
  if (!is_busy(&busy)) {
    job.state = TW_FLASH_FAILED;
  } else if (busy) {
    if (tw_board_micros() > job.limit_us) job.state = TW_FLASH_FAILED;
  } else if (!job_is_done()) {
    job.state = TW_FLASH_FAILED;
  } else if (!job.erasing && job.left > 0) {
    job.at += job.piece;
    job.bytes += job.piece;
    begin_piece();
  } else {
    job.state = TW_FLASH_IDLE;
  }
  return job.state;
}

void tw_board_flash_erase(tw_flash_region region, uint32_t offset) {
  uint32_t at;
  if (find(region, offset, TW_FLASH_PAGE, &at)) {
    begin_erase(at);
  } else {
    job.state = TW_FLASH_FAILED;
  }
}

void tw_board_flash_write(tw_flash_region region, uint32_t offset, const uint8_t *bytes,
                          uint32_t length) {
  uint32_t at;
  if (length > 0 && find(region, offset, length, &at)) {
    begin_write(at, bytes, length);
  } else {
    job.state = TW_FLASH_FAILED;
  }
}

bool tw_board_flash_read(tw_flash_region region, uint32_t offset, uint8_t *to, uint32_t length) {
  uint32_t at;
  return find(region, offset, length, &at) && read(at, to, length);
}

const uint8_t *tw_board_flash_map(uint32_t length) {
  extern uint8_t program_start[];
  if (length > FLASH_PROGRAM_BYTES || !read(PROGRAM_AT, program_start, length)) return 0;
  return program_start;
}
