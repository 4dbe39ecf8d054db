// SPDX-License-Identifier: Apache-2.0
//
// MUL: out = clamp(twice((a - a_zero) * (b - b_zero)) + out_zero).

#include "binary.h"

static inline int32_t multiply(const tw_binary *r, int32_t a, int32_t b) {
  return tw_twice(a * b, r->out_multiplier, r->out_shift);
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  tw_run_binary(arena, weights, record, row, rows, multiply);
}

const tw_operator tw_mul_operator = {sizeof(tw_binary), tw_check_binary, tw_binary_extent, run};
