// SPDX-License-Identifier: Apache-2.0
//
// What a board supplies to the application: the only functions that a folder in boards/ implements.
// None waits longer than it says; all are called from the one loop, never from an interrupt.

#ifndef TINYWRIGHT_BOARD_H
#define TINYWRIGHT_BOARD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../sensors/i2c.h"
#include "words.h"

typedef struct {
  const char *id;             // of the studio's table of boards: "esp32"
  const char *serial;         // tells two boards apart; "" when it is not known
  uint32_t clock_hz;          // of the processor, as measured
  uint32_t program_capacity;  // bytes of flash kept for a board program
  uint32_t link_baud;         // the link's speed at the start, 0: it has none, as USB
  uint32_t link_most_baud;    // it can be changed up to this
  uint8_t *arena;             // aligned to 16
  uint32_t arena_bytes;
  uint8_t i2c_sda, i2c_scl;  // the pins used where settings name none
} tw_board;

const tw_board *tw_board_facts(void);

// Microseconds since the start; never wraps, never goes back.
uint64_t tw_board_micros(void);

// The link. Takes what has come, without waiting. Sends all of `length` bytes or nothing.
size_t tw_board_receive(uint8_t *to, size_t room);
bool tw_board_send(const uint8_t *bytes, size_t length);

// The link's speed, for boards whose link has one; a board without one has nothing to do in them.
// A change takes place once all that was sent before has left, without waiting; it counts as the
// speed from now on. Garbled is what has come since the start and cannot be bytes at this speed.
uint32_t tw_board_link_speed(void);
void tw_board_link_change(uint32_t baud);
uint32_t tw_board_link_garbled(void);

// Flash, in regions that begin on an erasable page; the scratch region is one page, kept for tests.
// Erasing and writing begin at once and go on while the loop turns: ask tw_board_flash_state()
// until it is not TW_FLASH_BUSY before the next call. Offsets count from the region's start.
typedef enum { TW_FLASH_PROGRAM, TW_FLASH_SETTINGS, TW_FLASH_SCRATCH } tw_flash_region;
typedef enum { TW_FLASH_IDLE, TW_FLASH_BUSY, TW_FLASH_FAILED } tw_flash_state;

#define TW_FLASH_PAGE 4096   // bytes erased at once, on every board
#define TW_SETTINGS_PAGES 2  // in the region of settings
#define TW_FLASH_WRITE 256   // bytes written at once at most; none crosses a multiple of it

void tw_board_flash_erase(tw_flash_region region, uint32_t offset);
void tw_board_flash_write(tw_flash_region region, uint32_t offset, const uint8_t *bytes,
                          uint32_t length);
tw_flash_state tw_board_flash_state(void);
bool tw_board_flash_read(tw_flash_region region, uint32_t offset, uint8_t *to, uint32_t length);

// The program region as memory that the engine can run from, `length` bytes of it: mapped, or read
// into RAM kept for it. 0 where that fails. Valid until the region is erased or this is called
// again.
const uint8_t *tw_board_flash_map(uint32_t length);

// The bus for sensors, on pins that settings name. 0 where the board has none on them.
tw_i2c *tw_board_i2c(uint8_t sda, uint8_t scl);

// Volts at an analogue pin, and a touch pin's reading (of no unit). False for a pin that has none.
bool tw_board_analogue(uint8_t pin, float *volts);
bool tw_board_touch(uint8_t pin, float *reading);
bool tw_board_has_analogue(uint8_t pin);
bool tw_board_has_touch(uint8_t pin);

// Digital outputs, for actions. `permille` of PWM: 0 is off, 1000 on. False for a pin that must not
// be driven.
bool tw_board_has_output(uint8_t pin);
bool tw_board_pin_write(uint8_t pin, bool high);
bool tw_board_pin_pwm(uint8_t pin, uint16_t permille);

// Pins that are led out and have nothing on the board hanging on them.
extern const uint8_t tw_board_free_pins[];
extern const uint8_t tw_board_free_pins_length;

// Pulls one of them weakly, or drives it, for less than a millisecond; returns its level then. The
// pin is left as it was.
typedef enum { TW_PULLED_LOW, TW_PULLED_HIGH, TW_DRIVEN_LOW, TW_DRIVEN_HIGH } tw_pin_trial;
bool tw_board_try_pin(uint8_t pin, tw_pin_trial trial);

// What only this board can test of itself: a test adds what it found, and returns whether that is
// as it should be.
typedef struct {
  const char *name;
  bool (*test)(tw_words *found);
} tw_board_test;
extern const tw_board_test tw_board_tests[];
extern const uint8_t tw_board_tests_length;

// Once a turn of the loop: watchdogs, USB, whatever must not wait.
void tw_board_poll(void);

#endif
