// SPDX-License-Identifier: Apache-2.0
//
// The largest of each column, 4 columns at a time: tap by tap, the answer so far against the next.

#include "bytes4.h"
#include "kernels.h"

// out[c] = the larger of a[c] and b[c]. `out` may be `a` or begin before it.
static inline void take_larger(const int8_t *a, const int8_t *b, uint32_t columns, int8_t *out) {
  for (uint32_t words = columns / 4; words > 0; words--, a += 4, b += 4, out += 4) {
    store4(out, larger4(load4(a), load4(b)));
  }
  for (uint32_t rest = columns % 4; rest > 0; rest--, a++, b++, out++) *out = *a > *b ? *a : *b;
}

void tw_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int8_t *out) {
  const int8_t *largest = x;
  for (uint32_t first = rows * taps > 1 ? 1 : 0; rows > 0; rows--, x += row_step, first = 0) {
    const int8_t *tap = x + first * tap_step;
    for (uint32_t t = first; t < taps; t++, tap += tap_step) {
      take_larger(largest, tap, columns, out);
      largest = out;
    }
  }
}
