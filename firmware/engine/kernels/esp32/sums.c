// SPDX-License-Identifier: Apache-2.0
//
// The sum of each column.

#include "kernels.h"

void tw_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
             uint32_t columns, int32_t *out) {
  for (uint32_t c = 0; c < columns; c++) {
    const int8_t *row = x + c;
    int32_t sum = 0;
    for (uint32_t r = 0; r < rows; r++, row += row_step) {
      const int8_t *tap = row;
      for (uint32_t t = 0; t < taps; t++, tap += tap_step) sum += *tap;
    }
    out[c] = sum;
  }
}
