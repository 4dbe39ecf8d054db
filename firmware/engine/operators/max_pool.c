// SPDX-License-Identifier: Apache-2.0
//
// MAX_POOL: the largest of those in the window that are inside the image, clamped. A row of work is
// one position with all its channels.

#include "arithmetic.h"
#include "kernels.h"
#include "pools.h"

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  (void)weights;
  const tw_pool *r = record;
  const bool clamps = r->low > -128 || r->high < 127;
  int8_t *out = (int8_t *)arena + r->out + row * r->channels;
  while (rows > 0) {
    const tw_pool_window w = tw_pool_window_at(arena, r, row);
    const uint32_t together = w.alike < rows ? w.alike : rows;
    const int8_t *x = w.x;
    rows -= together;
    row += together;
    for (uint32_t p = 0; p < together; p++, x += w.step, out += r->channels) {
      tw_largest(x, w.rows, w.row_step, w.columns, r->channels, r->channels, out);
      for (uint32_t c = 0; clamps && c < r->channels; c++) {
        out[c] = (int8_t)tw_clamp(out[c], r->low, r->high);
      }
    }
  }
}

const tw_operator tw_max_pool_operator = {sizeof(tw_pool), tw_check_pool, tw_pool_extent, run};
