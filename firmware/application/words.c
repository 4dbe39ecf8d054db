// SPDX-License-Identifier: Apache-2.0

#include "words.h"

#include <stdbool.h>
#include <string.h>

tw_words tw_words_in(char *text, size_t room) {
  return (tw_words){text, room, 0};
}

void tw_add_piece(tw_words *words, const char *text, size_t length) {
  const size_t left = words->room - words->length;
  if (length > left) length = left;
  if (length > 0) memcpy(words->text + words->length, text, length);
  words->length += length;
}

void tw_add_text(tw_words *words, const char *text) {
  tw_add_piece(words, text, strlen(text));
}

static void add_digits(tw_words *words, uint32_t number, uint8_t at_least) {
  char digits[10];
  uint8_t count = 0;
  do {
    digits[sizeof digits - ++count] = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0 || count < at_least);
  tw_add_piece(words, digits + sizeof digits - count, count);
}

void tw_add_number(tw_words *words, uint32_t number) {
  add_digits(words, number, 1);
}

void tw_add_real(tw_words *words, float value, uint8_t decimals) {
  uint32_t unit = 1;
  for (uint8_t i = 0; i < decimals; i++) unit *= 10;
  const bool negative = value < 0.0f;
  const float size = negative ? -value : value;
  if (!(size < 2147483648.0f)) {  // and not a number
    tw_add_text(words, "?");
    return;
  }
  uint32_t whole = (uint32_t)size;
  uint32_t part = (uint32_t)((size - (float)whole) * (float)unit + 0.5f);
  if (part >= unit) {
    whole++;
    part -= unit;
  }
  if (negative && (whole > 0 || part > 0)) tw_add_text(words, "-");
  tw_add_number(words, whole);
  if (decimals == 0) return;
  tw_add_text(words, ".");
  add_digits(words, part, decimals);
}
