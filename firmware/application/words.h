// SPDX-License-Identifier: Apache-2.0
//
// Puts sentences together in a buffer, without printf. What does not fit is left out.

#ifndef TINYWRIGHT_WORDS_H
#define TINYWRIGHT_WORDS_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
  char *text;  // not terminated
  size_t room;
  size_t length;
} tw_words;

tw_words tw_words_in(char *text, size_t room);
void tw_add_text(tw_words *words, const char *text);
void tw_add_piece(tw_words *words, const char *text, size_t length);
void tw_add_number(tw_words *words, uint32_t number);
// `value` with `decimals` digits after the point, rounded; up to 6 of them, and |value| below 2^31.
void tw_add_real(tw_words *words, float value, uint8_t decimals);

#endif
