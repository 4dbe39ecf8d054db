// SPDX-License-Identifier: Apache-2.0
//
// nRF52840 Product Specification, "NVMC": words are written one by one, 41 us each; a page is
// erased by partial erasures that add up to 85 ms.

#include "flash.h"

#include <string.h>

#include "../../application/board.h"
#include "registers.h"

// The image lies at 0x10000 to 0x2f000. Below it and from 0xe0000 on are the two official boot
// loaders' pages.
#define SETTINGS_AT 0x02f000u
#define SCRATCH_AT 0x031000u
#define PROGRAM_AT 0x032000u
#define END_AT 0x0e0000u
_Static_assert(PROGRAM_AT + FLASH_PROGRAM_BYTES == END_AT, "the program region ends at the loader");

#define READY (NVMC + 0x400)
#define CONFIG (NVMC + 0x504)
#define CONFIG_READ 0u
#define CONFIG_WRITE 1u
#define CONFIG_ERASE 2u
#define ERASEPAGEPARTIAL (NVMC + 0x518)
#define ERASEPAGEPARTIALCFG (NVMC + 0x51c)
#define ICACHECNF (NVMC + 0x540)

#define ERASE_MS 1u
#define ERASE_PIECES 90u      // of ERASE_MS, where 85 are asked for
#define READY_LIMIT_US 5000u  // the processor itself waits; this is for a controller that hangs
#define WORDS_AT_ONCE 8u

// What is under way: an erasure, or a write of what is left.
static struct {
  tw_flash_state state;
  bool erasing;
  uint32_t at;
  uint32_t pieces;  // of an erasure, left
  const uint8_t *bytes;
  uint32_t left;  // bytes of a write
} job;

static bool wait_ready(void) {
  const uint64_t limit_us = tw_board_micros() + READY_LIMIT_US;
  while ((REG(READY) & 1) == 0) {
    if (tw_board_micros() > limit_us) return false;
  }
  return true;
}

static bool configure(uint32_t config) {
  REG(CONFIG) = config;
  barrier();
  return wait_ready();
}

void flash_start(void) {
  REG(CONFIG) = CONFIG_READ;
  REG(ICACHECNF) = 1;
}

// Everything that changes flash passes here.
static bool may_change(uint32_t at, uint32_t length) {
  return at >= SETTINGS_AT && at <= END_AT && length <= END_AT - at;
}

static bool erase_piece(void) {
  if (!may_change(job.at, TW_FLASH_PAGE) || !wait_ready() || !configure(CONFIG_ERASE)) return false;
  REG(ERASEPAGEPARTIALCFG) = ERASE_MS;
  REG(ERASEPAGEPARTIAL) = job.at;
  const bool done = wait_ready();
  return configure(CONFIG_READ) && done;
}

static bool is_erased(void) {
  const uint32_t *words = (const uint32_t *)(uintptr_t)job.at;
  for (uint32_t i = 0; i < TW_FLASH_PAGE / 4; i++) {
    if (words[i] != 0xffffffffu) return false;
  }
  return true;
}

// Writes the word that holds the next bytes; what else is in it is padded with ones, which change
// nothing.
static bool write_word(void) {
  uint8_t padded[4] = {0xff, 0xff, 0xff, 0xff};
  uint32_t word;
  const uint32_t skip = job.at % 4;
  const uint32_t taken = job.left < 4 - skip ? job.left : 4 - skip;
  const uint32_t to = job.at - skip;
  memcpy(padded + skip, job.bytes, taken);
  memcpy(&word, padded, sizeof word);
  if (!may_change(to, 4) || !wait_ready()) return false;
  REG(to) = word;
  if (!wait_ready()) return false;
  if (memcmp((const uint8_t *)(uintptr_t)job.at, job.bytes, taken) != 0) return false;
  job.at += taken;
  job.bytes += taken;
  job.left -= taken;
  return true;
}

static bool write_piece(void) {
  bool done = configure(CONFIG_WRITE);
  for (uint32_t i = 0; done && i < WORDS_AT_ONCE && job.left > 0; i++) done = write_word();
  return configure(CONFIG_READ) && done;
}

tw_flash_state tw_board_flash_state(void) {
  if (job.state != TW_FLASH_BUSY) return job.state;
  if (job.erasing) {
    if (!erase_piece()) {
      job.state = TW_FLASH_FAILED;
    } else if (--job.pieces == 0) {
      job.state = is_erased() ? TW_FLASH_IDLE : TW_FLASH_FAILED;
    }
  } else if (!write_piece()) {
    job.state = TW_FLASH_FAILED;
  } else if (job.left == 0) {
    job.state = TW_FLASH_IDLE;
  }
  return job.state;
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
  job.pieces = ERASE_PIECES;
  job.state = TW_FLASH_BUSY;
}

static void begin_write(uint32_t at, const uint8_t *bytes, uint32_t length) {
  job.erasing = false;
  job.at = at;
  job.bytes = bytes;
  job.left = length;
  job.state = TW_FLASH_BUSY;
}

void tw_board_flash_erase(tw_flash_region region, uint32_t offset) {
  uint32_t at;
  if (find(region, offset, TW_FLASH_PAGE, &at) && offset % TW_FLASH_PAGE == 0) {
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
  if (!find(region, offset, length, &at)) return false;
  memcpy(to, (const uint8_t *)(uintptr_t)at, length);
  return true;
}

const uint8_t *tw_board_flash_map(uint32_t length) {
  return length <= FLASH_PROGRAM_BYTES ? (const uint8_t *)(uintptr_t)PROGRAM_AT : 0;
}
