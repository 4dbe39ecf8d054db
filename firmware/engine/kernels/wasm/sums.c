// SPDX-License-Identifier: Apache-2.0
//
// The sum of each column, 8 columns at a time; a rest of columns begins early and repeats some.

#include <wasm_simd128.h>

#include "kernels.h"

#define TAPS_AT_ONCE 256u  // as many as the sum of which fits 16 bits

// Where the values of a window lie.
typedef struct {
  uint32_t rows, row_step, taps, tap_step;
} steps;

static void eight_columns(const int8_t *x, const steps *s, int32_t *out) {
  v128_t low = wasm_i32x4_const_splat(0), high = low;
  for (uint32_t r = 0; r < s->rows; r++, x += s->row_step) {
    const int8_t *tap = x;
    for (uint32_t left = s->taps; left > 0;) {
      const uint32_t some = left < TAPS_AT_ONCE ? left : TAPS_AT_ONCE;
      v128_t sums = wasm_i16x8_const_splat(0);
      for (uint32_t t = 0; t < some; t++, tap += s->tap_step) {
        sums = wasm_i16x8_add(sums, wasm_i16x8_load8x8(tap));
      }
      low = wasm_i32x4_add(low, wasm_i32x4_extend_low_i16x8(sums));
      high = wasm_i32x4_add(high, wasm_i32x4_extend_high_i16x8(sums));
      left -= some;
    }
  }
  wasm_v128_store(out, low);
  wasm_v128_store(out + 4, high);
}

static void one_column(const int8_t *x, const steps *s, int32_t *out) {
  int32_t sum = 0;
  for (uint32_t r = 0; r < s->rows; r++) {
    for (uint32_t t = 0; t < s->taps; t++) sum += x[r * s->row_step + t * s->tap_step];
  }
  *out = sum;
}

void tw_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
             uint32_t columns, int32_t *out) {
  const steps s = {rows, row_step, taps, tap_step};
  if (columns < 8) {
    for (uint32_t c = 0; c < columns; c++) one_column(x + c, &s, out + c);
    return;
  }
  uint32_t c = 0;
  for (; c + 8 <= columns; c += 8) eight_columns(x + c, &s, out + c);
  if (c < columns) eight_columns(x + columns - 8, &s, out + columns - 8);
}
