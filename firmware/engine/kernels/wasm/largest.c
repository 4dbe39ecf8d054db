// SPDX-License-Identifier: Apache-2.0
//
// The largest of each column, 16 or 8 columns at a time; a rest of columns begins early and repeats
// some, which changes nothing.

#include <wasm_simd128.h>

#include "kernels.h"

// Where the values of a window lie.
typedef struct {
  uint32_t rows, row_step, taps, tap_step;
} steps;

static void sixteen_columns(const int8_t *x, const steps *s, int8_t *out) {
  v128_t largest = wasm_v128_load(x);
  for (uint32_t r = 0; r < s->rows; r++) {
    for (uint32_t t = 0; t < s->taps; t++) {
      largest = wasm_i8x16_max(largest, wasm_v128_load(x + r * s->row_step + t * s->tap_step));
    }
  }
  wasm_v128_store(out, largest);
}

static void eight_columns(const int8_t *x, const steps *s, int8_t *out) {
  v128_t largest = wasm_v128_load64_zero(x);
  for (uint32_t r = 0; r < s->rows; r++) {
    for (uint32_t t = 0; t < s->taps; t++) {
      const int8_t *tap = x + r * s->row_step + t * s->tap_step;
      largest = wasm_i8x16_max(largest, wasm_v128_load64_zero(tap));
    }
  }
  wasm_v128_store64_lane(out, largest, 0);
}

static void one_column(const int8_t *x, const steps *s, int8_t *out) {
  int8_t largest = *x;
  for (uint32_t r = 0; r < s->rows; r++) {
    for (uint32_t t = 0; t < s->taps; t++) {
      const int8_t value = x[r * s->row_step + t * s->tap_step];
      if (value > largest) largest = value;
    }
  }
  *out = largest;
}

void tw_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int8_t *out) {
  const steps s = {rows, row_step, taps, tap_step};
  uint32_t c = 0;
  for (; c + 16 <= columns; c += 16) sixteen_columns(x + c, &s, out + c);
  if (c < columns && columns >= 8) {
    for (; c + 8 <= columns; c += 8) eight_columns(x + c, &s, out + c);
    if (c < columns) eight_columns(x + columns - 8, &s, out + columns - 8);
    return;
  }
  for (; c < columns; c++) one_column(x + c, &s, out + c);
}
