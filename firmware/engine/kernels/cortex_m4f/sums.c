// SPDX-License-Identifier: Apache-2.0
//
// The sum of each column, 4 columns at a time.

#include "bytes4.h"
#include "kernels.h"

#define TAPS_AT_ONCE 256u  // as many as the sum of which fits 16 bits

void tw_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
             uint32_t columns, int32_t *out) {
  const int8_t *const last = x + columns;
  for (; last - x >= 4; x += 4, out += 4) {
    const int8_t *row = x;
    out[0] = out[1] = out[2] = out[3] = 0;
    for (uint32_t r = rows; r > 0; r--, row += row_step) {
      const int8_t *tap = row;
      for (uint32_t left = taps; left > 0;) {
        const uint32_t some = left < TAPS_AT_ONCE ? left : TAPS_AT_ONCE;
        uint32_t sums_0_2 = 0, sums_1_3 = 0;
        for (uint32_t t = some; t > 0; t--, tap += tap_step) {
          const uint32_t word = load4(tap);
          sums_0_2 = add_bytes_0_2(sums_0_2, word);
          sums_1_3 = add_bytes_1_3(sums_1_3, word);
        }
        out[0] += (int16_t)sums_0_2;
        out[1] += (int16_t)sums_1_3;
        out[2] += (int16_t)(sums_0_2 >> 16);
        out[3] += (int16_t)(sums_1_3 >> 16);
        left -= some;
      }
    }
  }
  for (; x < last; x++, out++) {
    const int8_t *row = x;
    int32_t sum = 0;
    for (uint32_t r = rows; r > 0; r--, row += row_step) {
      const int8_t *tap = row;
      for (uint32_t t = taps; t > 0; t--, tap += tap_step) sum += *tap;
    }
    *out = sum;
  }
}
