// SPDX-License-Identifier: Apache-2.0
//
// What MAX_POOL and AVERAGE_POOL share: everything but what becomes of a window.

#ifndef TINYWRIGHT_POOLS_H
#define TINYWRIGHT_POOLS_H

#include <stdint.h>

#include "operators.h"
#include "program.h"

// The part of a window that is inside the image: rows and columns of pixels, one or more of each.
typedef struct {
  const int8_t *x;
  uint32_t rows, columns;
  uint32_t row_step;
  uint32_t alike;  // this window and those right behind it in its row that are as large
  uint32_t step;   // bytes from one of these to the next
} tw_pool_window;

tw_pool_window tw_pool_window_at(const uint8_t *arena, const tw_pool *record, uint32_t position);

tw_status tw_check_pool(const tw_limits *limits, const void *record);
tw_extent tw_pool_extent(const void *record);

#endif
