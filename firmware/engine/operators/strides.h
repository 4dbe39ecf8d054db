// SPDX-License-Identifier: Apache-2.0
//
// Three nested axes walked by strides: ADD, MUL and COPY.

#ifndef TINYWRIGHT_STRIDES_H
#define TINYWRIGHT_STRIDES_H

#include <stdint.h>

#include "checks.h"

#define TW_LARGEST_STRIDE (1u << 24)

// How far the last of `counts` steps of `strides` along `axes` axes lies behind the first.
static inline uint64_t tw_reach(const uint32_t *counts, const uint32_t *strides, uint32_t axes) {
  uint64_t reach = 0;
  for (uint32_t i = 0; i < axes; i++) reach += (uint64_t)(counts[i] - 1) * strides[i];
  return reach;
}

// How far the start of a row lies behind the first, the last of the three axes counting fastest.
static inline uint32_t tw_row_offset(const uint32_t counts[3], const uint32_t strides[3],
                                     uint32_t row) {
  const uint32_t outer = row / counts[2];
  return row % counts[2] * strides[2] + outer % counts[1] * strides[1] +
         outer / counts[1] * strides[0];
}

#endif
