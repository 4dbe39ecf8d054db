// SPDX-License-Identifier: Apache-2.0
//
// What an ESP32 can find out about itself.

#include "../../application/board.h"
#include "adc.h"
#include "clock.h"
#include "i2c.h"
#include "registers.h"
#include "uart.h"

// Chapter "eFuse Controller", and SYSCON's date, which tells the third revision.
#define EFUSE_REVISION_1 (EFUSE + 0x0c)
#define EFUSE_REVISION_2 (EFUSE + 0x14)
#define SYSCON_DATE (SYSCON + 0x7c)

static uint32_t revision(void) {
  if ((reg_read(EFUSE_REVISION_1) & BIT(15)) == 0) return 0;
  if ((reg_read(EFUSE_REVISION_2) & BIT(20)) == 0) return 1;
  return (reg_read(SYSCON_DATE) & BIT(31)) != 0 ? 3 : 2;
}

static bool test_clock(tw_words *words) {
  const clock_proof *proof = clock_proven();
  tw_add_text(words, "ESP32 revision ");
  tw_add_number(words, revision());
  tw_add_text(words, " at ");
  tw_add_number(words, clock_hz() / 1000000u);
  tw_add_text(words, " MHz, crystal ");
  tw_add_number(words, proof->crystal_hz / 1000000u);
  tw_add_text(words, " MHz, by the chip's own oscillator ");
  tw_add_real(words, (float)proof->estimated_hz / 1e6f, 1);
  tw_add_text(words, "; the fast clock is ");
  if (proof->crystal_cycles == 0) {
    tw_add_text(words, "not measured: the slow clock stands still.");
    return false;
  }
  tw_add_real(words, (float)proof->fast_cycles / (float)proof->crystal_cycles, 3);
  tw_add_text(words, " times the crystal's, and should be ");
  tw_add_real(words, 240e6f / (float)proof->crystal_hz, 3);
  tw_add_text(words, ".");
  return proof->fast;
}

static bool test_link(tw_words *words) {
  tw_add_number(words, uart_lost());
  tw_add_text(words, " bytes from the computer were lost.");
  return uart_lost() == 0;
}

static bool test_bus(tw_words *words) {
  const bool idle = i2c_is_idle();
  tw_add_text(words, idle ? "Both lines of the sensor bus are high."
                          : "A line of the sensor bus is low: a wire is wrong, or a sensor hangs.");
  return idle;
}

static bool test_calibration(tw_words *words) {
  tw_add_text(words, "Analogue pins are calibrated by ");
  tw_add_text(words, adc_calibration());
  tw_add_text(words, ".");
  return true;
}

const tw_board_test tw_board_tests[] = {
    {"clock", test_clock},
    {"link", test_link},
    {"bus", test_bus},
    {"calibration", test_calibration},
};
const uint8_t tw_board_tests_length = sizeof tw_board_tests / sizeof tw_board_tests[0];
