// SPDX-License-Identifier: Apache-2.0
//
// The largest of each column, 4 columns at a time.

#include "bytes4.h"
#include "kernels.h"

void tw_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int8_t *out) {
  const int8_t *const last = x + columns;
  for (; last - x >= 4; x += 4, out += 4) {
    const int8_t *row = x;
    uint32_t largest = load4(x);
    for (uint32_t r = rows; r > 0; r--, row += row_step) {
      const int8_t *tap = row;
      for (uint32_t t = taps; t > 0; t--, tap += tap_step) largest = larger4(load4(tap), largest);
    }
    store4(out, largest);
  }
  for (; x < last; x++, out++) {
    const int8_t *row = x;
    int8_t largest = *x;
    for (uint32_t r = rows; r > 0; r--, row += row_step) {
      const int8_t *tap = row;
      for (uint32_t t = taps; t > 0; t--, tap += tap_step) {
        if (*tap > largest) largest = *tap;
      }
    }
    *out = largest;
  }
}
