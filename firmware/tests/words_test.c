// SPDX-License-Identifier: Apache-2.0
//
// Sentences and numbers in a buffer. Real numbers are compared with printf's.

#include "../application/words.h"

#include <math.h>

#include "trial.h"

static bool reads(const tw_words *words, const char *expected) {
  return words->length == strlen(expected) && memcmp(words->text, expected, words->length) == 0;
}

static void expect_real(float value, uint8_t decimals, const char *expected) {
  char text[40];
  tw_words words = tw_words_in(text, sizeof text);
  tw_add_real(&words, value, decimals);
  if (!reads(&words, expected))
    fprintf(stderr, "%.*s, not %s\n", (int)words.length, text, expected);
  EXPECT(reads(&words, expected));
}

static void test_sentence(void) {
  char text[20];
  tw_words words = tw_words_in(text, sizeof text);
  tw_add_text(&words, "pin ");
  tw_add_number(&words, 0);
  tw_add_piece(&words, ", 13", 2);
  tw_add_number(&words, UINT32_MAX);
  EXPECT(reads(&words, "pin 0, 4294967295"));
}

static void test_full(void) {
  char *text = (char *)new_bytes(6);
  tw_words words = tw_words_in(text, 6);
  tw_add_text(&words, "abcd");
  tw_add_number(&words, 567);
  tw_add_text(&words, "e");
  EXPECT(reads(&words, "abcd56"));
  free(text);
}

static void test_reals(void) {
  expect_real(0.0f, 2, "0.00");
  expect_real(-0.0f, 2, "0.00");
  expect_real(-0.001f, 2, "0.00");
  expect_real(0.999f, 2, "1.00");
  expect_real(-1.5f, 0, "-2");
  expect_real(0.05f, 1, "0.1");
  expect_real(123.456f, 3, "123.456");
  expect_real(2147483520.0f, 1, "2147483520.0");
  expect_real(2147483648.0f, 1, "?");
  expect_real(-INFINITY, 1, "?");
  expect_real(NAN, 1, "?");
  for (uint32_t i = 0; i < 2000; i++) {
    const float value = (float)between(-100000, 100000) / 1024.0f;  // exact, as printf needs it
    const uint8_t decimals = (uint8_t)(3 + below(3));
    char text[40];
    tw_words words = tw_words_in(text, sizeof text - 1);
    tw_add_real(&words, value, decimals);
    text[words.length] = 0;
    EXPECT(fabs(strtod(text, 0) - (double)value) <= 0.5001 * pow(10.0, -decimals));
  }
}

int main(void) {
  test_sentence();
  test_full();
  test_reals();
  return 0;
}
