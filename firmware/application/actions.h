// SPDX-License-Identifier: Apache-2.0
//
// What a board does by itself when it has recognised something: pins and printed text.

#ifndef TINYWRIGHT_ACTIONS_H
#define TINYWRIGHT_ACTIONS_H

#include "settings.h"

typedef struct {
  const tw_settings *settings;          // 0 while nothing runs
  uint8_t row[TW_ACTIONS];              // windows in a row in which an action's class was there
  uint64_t pulse_until_us[TW_ACTIONS];  // 0 where no pulse is under way
} tw_actions;

// Nothing has been recognised yet: the pins of all actions are low.
void tw_actions_start(tw_actions *actions, const tw_settings *settings);

// Nothing will be recognised any more: the pins of all actions are low. No error where none began.
void tw_actions_end(tw_actions *actions);

// A window's answer: `score` tells, by class, its score of 255; `classes` of them. An action takes
// place once when its windows are full, and again only after its class was gone. `print` gets the
// text of a print.
void tw_actions_answer(tw_actions *actions, uint8_t classes, const uint8_t *score, uint64_t now_us,
                       void (*print)(const char *text, size_t length));

// Ends pulses whose time has come. What was done to a pin last holds: an earlier pulse is over.
void tw_actions_turn(tw_actions *actions, uint64_t now_us);

#endif
