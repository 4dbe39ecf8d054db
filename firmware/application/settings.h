// SPDX-License-Identifier: Apache-2.0
//
// What a user has set on this board (docs/protocol.md, "Settings"): parts that are not to be
// listed, a rate, pins to measure, the bus's pins, actions, and whether the model runs from
// power-up.

#ifndef TINYWRIGHT_SETTINGS_H
#define TINYWRIGHT_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../engine/tinywright.h"

#define TW_SETTINGS_VERSION 2
#define TW_SETTINGS_BYTES 1024  // of the record, at most
#define TW_BOARDS_OWN_PIN 255
#define TW_PINS 8          // of a kind, at most
#define TW_HIDDEN_PARTS 8  // at most
#define TW_ACTIONS 16      // at most

// Flags.
#define TW_RUNS_BY_ITSELF 1u  // the stored model, from the start on
#define TW_PRINTS_ANSWERS 2u  // while it does so

typedef enum { TW_SET, TW_CLEAR, TW_PULSE, TW_PWM, TW_PRINT } tw_action_kind;

typedef struct {
  uint8_t class;      // the output it watches
  uint8_t threshold;  // of 255: the score from which a window counts
  uint8_t windows;    // in a row, 1 or more
  uint8_t kind;       // tw_action_kind
  uint8_t pin;
  uint16_t value;  // of a pulse milliseconds, of PWM thousandths
  uint8_t text_bytes;
  const char *text;  // of a print, inside the record
} tw_action;

typedef struct {
  uint8_t flags;
  uint32_t rate_mhz;                // of a stream that names none; 0 where none is set
  tw_text hidden[TW_HIDDEN_PARTS];  // inside the record
  uint8_t hidden_count;
  uint8_t analogue[TW_PINS], analogue_count;
  uint8_t touch[TW_PINS], touch_count;
  uint8_t i2c_sda, i2c_scl;
  tw_action action[TW_ACTIONS];
  uint8_t actions;
} tw_settings;

// Reads a record, which must outlive `settings`. False, with a reason, for one that this board
// cannot follow.
bool tw_settings_parse(const uint8_t *record, size_t length, tw_settings *settings,
                       const char **why);

// Whether a pin is measured, driven by an action, or a line of the bus.
bool tw_settings_use(const tw_settings *settings, uint8_t pin);

// The settings of a board on which none were stored, as a record.
extern const uint8_t tw_default_settings[];
extern const size_t tw_default_settings_bytes;

#endif
