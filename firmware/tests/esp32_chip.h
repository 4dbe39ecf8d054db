// SPDX-License-Identifier: Apache-2.0
//
// An ESP32's registers and its time, for host tests of boards/esp32: plain memory, behind which a
// test sets up the part that it tries. Time passes by looking: an access takes 50 ns.

#ifndef TINYWRIGHT_ESP32_CHIP_H
#define TINYWRIGHT_ESP32_CHIP_H

#include "../boards/esp32/clock.h"
#include "../boards/esp32/registers.h"
#include "trial.h"

#define ACCESS_NS 50u

typedef struct {
  uint32_t address, value;
} chip_register;

static chip_register chip_registers[256];
static uint32_t chip_registers_used;
static uint64_t chip_ns;
static uint32_t chip_mhz = 40;
static uint64_t chip_cycles;       // thousandths
static void (*chip_passed)(void);  // what goes on by itself while time passes

// What the part under trial makes of an access: the value that is read, and what happens when one
// was written.
static uint32_t on_read(uint32_t address, uint32_t value);
static void on_write(uint32_t address, uint32_t value);

static inline uint32_t *chip_at(uint32_t address) {
  for (uint32_t i = 0; i < chip_registers_used; i++) {
    if (chip_registers[i].address == address) return &chip_registers[i].value;
  }
  EXPECT(chip_registers_used < sizeof chip_registers / sizeof chip_registers[0]);
  chip_registers[chip_registers_used] = (chip_register){address, 0};
  return &chip_registers[chip_registers_used++].value;
}

static inline void chip_pass(uint32_t ns) {
  chip_ns += ns;
  chip_cycles += (uint64_t)ns * chip_mhz;
  if (chip_passed != 0) chip_passed();
}

static inline void chip_clear(void) {
  chip_registers_used = 0;
}

uint32_t reg_read(uint32_t address) {
  chip_pass(ACCESS_NS);
  return on_read(address, *chip_at(address));
}

void reg_write(uint32_t address, uint32_t value) {
  chip_pass(ACCESS_NS);
  *chip_at(address) = value;
  on_write(address, value);
}

uint32_t clock_cycles(void) {
  chip_pass(ACCESS_NS);
  return (uint32_t)(chip_cycles / 1000);
}

#endif
