// SPDX-License-Identifier: Apache-2.0
//
// The sections INPUT and OUTPUT: checked once at load, read without checks from then on.

#ifndef TINYWRIGHT_SECTIONS_H
#define TINYWRIGHT_SECTIONS_H

#include <stdbool.h>
#include <stdint.h>

#include "tinywright.h"

// A section's content.
typedef struct {
  const uint8_t *at;
  uint32_t bytes;
} tw_section;

// The whole INPUT section; `values` gets the number of values that a window has.
tw_status tw_check_input(tw_section input, uint32_t *values);

// The whole OUTPUT section, for a network that gives `outputs` values.
tw_status tw_check_output(tw_section output, uint32_t outputs);

// Takes the text at `*at` in a section and moves `*at` behind it; false where the section ends
// before the text does.
bool tw_take_text(tw_section section, uint32_t *at, tw_text *taken);

// Whether the bits are those of an IEEE 754 single that is finite and above zero.
static inline bool tw_is_scale(uint32_t float_bits) {
  return float_bits > 0 && float_bits < 0x7f800000;
}

#endif
