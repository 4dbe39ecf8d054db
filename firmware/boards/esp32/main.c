// SPDX-License-Identifier: Apache-2.0
//
// An ESP32 as a Tinywright board: what it is, its start and its loop.

#include <string.h>

#include "../../application/application.h"
#include "../../application/board.h"
#include "../../application/words.h"
#include "clock.h"
#include "flash.h"
#include "registers.h"
#include "uart.h"

// Chapter "Low-Power Management": words that outlast a restart, and the restart.
#define FAULT_MARK_AT (RTC_CNTL + 0x4c)
#define FAULT_CAUSE_AT (RTC_CNTL + 0x50)
#define FAULT_PLACE_AT (RTC_CNTL + 0x54)
#define FAULT_MARK 0x7457fa17u
#define OPTIONS0 (RTC_CNTL + 0x0)
#define RESTART BIT(31)

// Chapter "eFuse Controller": the MAC in block 0.
#define EFUSE_MAC_LOW (EFUSE + 0x4)
#define EFUSE_MAC_HIGH (EFUSE + 0x8)

#define SERIAL_LENGTH 12
#define I2C_SDA 21
#define I2C_SCL 22

// By which the studio knows its own firmware in the flash: app/deploy/esp32_loader.py.
__attribute__((section(".mark"), used)) static const char mark[16] = "Tinywright";

extern uint8_t arena_start[], arena_end[];

void fault_restart(uint32_t cause, uint32_t place);
int main(void);

// --- who this is ---------------------------------------------------------------------------------

static void write_hex(char *to, uint32_t value, uint32_t digits) {
  for (uint32_t i = digits; i > 0; i--, value >>= 4) to[i - 1] = "0123456789abcdef"[value & 15];
}

static void write_serial(char *to) {
  write_hex(to, reg_read(EFUSE_MAC_HIGH), 4);
  write_hex(to + 4, reg_read(EFUSE_MAC_LOW), 8);
}

const tw_board *tw_board_facts(void) {
  static char serial[SERIAL_LENGTH + 1];
  static tw_board facts = {
      .id = "esp32",
      .serial = serial,
      .program_capacity = FLASH_PROGRAM_BYTES,
      .link_baud = UART_BAUD,
      .link_most_baud = UART_MOST_BAUD,
      .arena = arena_start,
      .i2c_sda = I2C_SDA,
      .i2c_scl = I2C_SCL,
  };
  if (facts.clock_hz == 0) {
    write_serial(serial);
    facts.clock_hz = clock_hz();
    facts.arena_bytes = (uint32_t)(arena_end - arena_start);
  }
  return &facts;
}

// --- faults --------------------------------------------------------------------------------------

void fault_restart(uint32_t cause, uint32_t place) {
  reg_write(FAULT_MARK_AT, FAULT_MARK);
  reg_write(FAULT_CAUSE_AT, cause);
  reg_write(FAULT_PLACE_AT, place);
  clock_use_crystal();
  reg_set(OPTIONS0, RESTART);
  for (;;) continue;
}

static void tell_fault(void) {
  char text[80];
  tw_words words = tw_words_in(text, sizeof text);
  if (reg_read(FAULT_MARK_AT) != FAULT_MARK) return;
  reg_write(FAULT_MARK_AT, 0);
  tw_add_text(&words, "Restarted after exception ");
  tw_add_number(&words, reg_read(FAULT_CAUSE_AT));
  char place[8];
  write_hex(place, reg_read(FAULT_PLACE_AT), sizeof place);
  tw_add_text(&words, " at ");
  tw_add_piece(&words, place, sizeof place);
  tw_add_text(&words, ".\r\n");
  (void)tw_board_send((const uint8_t *)words.text, words.length);
}

// --- the loop ------------------------------------------------------------------------------------

void tw_board_poll(void) {
  (void)tw_board_micros();  // never let a whole turn of the cycle counter pass
  uart_poll();
}

int main(void) {
  uart_wait_sent();
  clock_start(uart_clock_by_rom());
  uart_start();
  flash_start();
  tell_fault();
  tw_app_start();
  for (;;) tw_app_turn();
}
