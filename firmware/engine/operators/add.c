// SPDX-License-Identifier: Apache-2.0
//
// ADD: out = clamp(twice(twice(2^20 * (a - a_zero)) + twice(2^20 * (b - b_zero))) + out_zero), each
// `twice` with its own multiplier.

#include "binary.h"

#define ROOM (1 << 20)

static inline int32_t add(const tw_binary *r, int32_t a, int32_t b) {
  const int32_t sum = tw_wrapping_add(tw_twice(a * ROOM, r->a_multiplier, r->a_shift),
                                      tw_twice(b * ROOM, r->b_multiplier, r->b_shift));
  return tw_twice(sum, r->out_multiplier, r->out_shift);
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  tw_run_binary(arena, weights, record, row, rows, add);
}

const tw_operator tw_add_operator = {sizeof(tw_binary), tw_check_binary, tw_binary_extent, run};
