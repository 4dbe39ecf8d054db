// SPDX-License-Identifier: Apache-2.0
//
// What ADD and MUL share: everything but what becomes of two values. A row of work is a run of the
// last axis.

#ifndef TINYWRIGHT_BINARY_H
#define TINYWRIGHT_BINARY_H

#include <stdint.h>

#include "arithmetic.h"
#include "operators.h"
#include "program.h"
#include "strides.h"

tw_status tw_check_binary(const tw_limits *limits, const void *record);
tw_extent tw_binary_extent(const void *record);

// Where an operand of ADD and MUL begins.
static inline const int8_t *tw_operand(const uint8_t *arena, const uint8_t *weights, uint32_t at) {
  return (const int8_t *)(at & TW_IN_WEIGHTS ? weights + (at & ~TW_IN_WEIGHTS) : arena + at);
}

// What becomes of two values less their zero points, before the output's zero point.
typedef int32_t tw_combine(const tw_binary *record, int32_t a, int32_t b);

static inline void tw_run_binary(uint8_t *arena, const uint8_t *weights, const tw_binary *r,
                                 uint32_t row, uint32_t rows, tw_combine *combine) {
  const uint32_t run = r->shape[3];
  const uint32_t a_step = r->a_strides[3], b_step = r->b_strides[3];
  int8_t *out = (int8_t *)arena + r->out + row * run;
  for (; rows > 0; rows--, row++, out += run) {
    const int8_t *a = tw_operand(arena, weights, r->a) + tw_row_offset(r->shape, r->a_strides, row);
    const int8_t *b = tw_operand(arena, weights, r->b) + tw_row_offset(r->shape, r->b_strides, row);
    for (uint32_t i = 0; i < run; i++) {
      const int32_t value = combine(r, a[i * a_step] - r->a_zero, b[i * b_step] - r->b_zero);
      out[i] = (int8_t)tw_clamp(tw_wrapping_add(value, r->out_zero), r->low, r->high);
    }
  }
}

#endif
