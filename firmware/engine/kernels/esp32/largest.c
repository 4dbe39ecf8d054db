// SPDX-License-Identifier: Apache-2.0
//
// The largest of each column, four columns at once.

#include "kernels.h"
#include "lx6.h"

static inline int32_t larger(int32_t a, int8_t b) {
  return lx6_max(a, lx6_signed_byte((uint8_t)b));
}

static void largest_of_four(const int8_t *row, uint32_t rows, uint32_t row_step, uint32_t taps,
                            uint32_t tap_step, int8_t *out) {
  int32_t a = INT8_MIN, b = INT8_MIN, c = INT8_MIN, d = INT8_MIN;
  for (; rows != 0; rows--, row += row_step) {
    const int8_t *tap = row;
    for (uint32_t t = taps; t != 0; t--, tap += tap_step) {
      a = larger(a, tap[0]);
      b = larger(b, tap[1]);
      c = larger(c, tap[2]);
      d = larger(d, tap[3]);
    }
  }
  out[0] = (int8_t)a;
  out[1] = (int8_t)b;
  out[2] = (int8_t)c;
  out[3] = (int8_t)d;
}

static int8_t largest_of_one(const int8_t *row, uint32_t rows, uint32_t row_step, uint32_t taps,
                             uint32_t tap_step) {
  int32_t largest = INT8_MIN;
  for (; rows != 0; rows--, row += row_step) {
    const int8_t *tap = row;
    for (uint32_t t = taps; t != 0; t--, tap += tap_step) largest = larger(largest, *tap);
  }
  return (int8_t)largest;
}

void tw_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int8_t *out) {
  uint32_t c = 0;
  for (; c + 4 <= columns; c += 4) {
    largest_of_four(x + c, rows, row_step, taps, tap_step, out + c);
  }
  for (; c < columns; c++) out[c] = largest_of_one(x + c, rows, row_step, taps, tap_step);
}
