// SPDX-License-Identifier: Apache-2.0
//
// SELFTEST's items that concern what is wired to a board. Each adds what it found, and returns
// whether that is as it should be.

#ifndef TINYWRIGHT_SELFTEST_H
#define TINYWRIGHT_SELFTEST_H

#include <stdbool.h>

#include "measuring.h"
#include "settings.h"
#include "words.h"

// Whether every part on the bus answers, with values that can be: a second at most for each.
bool tw_test_sensors(const tw_measuring *measuring, tw_words *found);

// Whether the free pins that no setting uses follow weak pulls, and where `drive` allows it,
// levels; none is driven against what holds it.
bool tw_test_pins(const tw_settings *settings, bool drive, tw_words *found);

// Whether every analogue pin that no setting uses can be converted.
bool tw_test_analogue(const tw_settings *settings, tw_words *found);

#endif
