// SPDX-License-Identifier: Apache-2.0
//
// AVERAGE_POOL: the mean of those in the window that are inside the image, halves away from zero,
// clamped. A row of work is one position with all its channels.

#include "arithmetic.h"
#include "kernels.h"
#include "pools.h"

static int32_t rounded_mean(int32_t sum, int32_t count) {
  return (sum > 0 ? sum + count / 2 : sum - count / 2) / count;
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  (void)weights;
  const tw_pool *r = record;
  int8_t *out = (int8_t *)arena + r->out + row * r->channels;
  for (; rows > 0; rows--, row++, out += r->channels) {
    const tw_pool_window w = tw_pool_window_at(arena, r, row);
    const int32_t count = (int32_t)(w.rows * w.columns);
    for (uint32_t first = 0; first < r->channels; first += TW_SUMS_AT_ONCE) {
      int32_t sums[TW_SUMS_AT_ONCE];
      const uint32_t left = r->channels - first;
      const uint32_t together = left < TW_SUMS_AT_ONCE ? left : TW_SUMS_AT_ONCE;
      tw_sums(w.x + first, w.rows, w.row_step, w.columns, r->channels, together, sums);
      for (uint32_t c = 0; c < together; c++) {
        out[first + c] = (int8_t)tw_clamp(rounded_mean(sums[c], count), r->low, r->high);
      }
    }
  }
}

const tw_operator tw_average_pool_operator = {sizeof(tw_pool), tw_check_pool, tw_pool_extent, run};
