// SPDX-License-Identifier: Apache-2.0
//
// The sum of each column, four columns at once.

#include "kernels.h"
#include "lx6.h"

static inline int32_t value(int8_t x) {
  return lx6_signed_byte((uint8_t)x);
}

static void sum_four(const int8_t *row, uint32_t rows, uint32_t row_step, uint32_t taps,
                     uint32_t tap_step, int32_t *out) {
  int32_t a = 0, b = 0, c = 0, d = 0;
  for (; rows != 0; rows--, row += row_step) {
    const int8_t *tap = row;
    for (uint32_t t = taps; t != 0; t--, tap += tap_step) {
      a += value(tap[0]);
      b += value(tap[1]);
      c += value(tap[2]);
      d += value(tap[3]);
    }
  }
  out[0] = a;
  out[1] = b;
  out[2] = c;
  out[3] = d;
}

static int32_t sum_one(const int8_t *row, uint32_t rows, uint32_t row_step, uint32_t taps,
                       uint32_t tap_step) {
  int32_t sum = 0;
  for (; rows != 0; rows--, row += row_step) {
    const int8_t *tap = row;
    for (uint32_t t = taps; t != 0; t--, tap += tap_step) sum += value(*tap);
  }
  return sum;
}

void tw_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
             uint32_t columns, int32_t *out) {
  uint32_t c = 0;
  for (; c + 4 <= columns; c += 4) sum_four(x + c, rows, row_step, taps, tap_step, out + c);
  for (; c < columns; c++) out[c] = sum_one(x + c, rows, row_step, taps, tap_step);
}
