// SPDX-License-Identifier: Apache-2.0
//
// COPY: runs of bytes along three axes, from strides to strides. A row of work is one run.

#include "bytes.h"
#include "checks.h"
#include "strides.h"

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_copy *r = record;
  for (uint32_t axis = 0; axis < 3; axis++) {
    if (!tw_is_dimension(r->counts[axis]) || r->in_strides[axis] > TW_LARGEST_STRIDE ||
        r->out_strides[axis] > TW_LARGEST_STRIDE) {
      return TW_BAD_OPERATOR;
    }
  }
  const uint64_t runs = (uint64_t)r->counts[0] * r->counts[1] * r->counts[2];
  if (r->run == 0 || runs > limits->arena_bytes) return TW_BAD_OPERATOR;
  const tw_region in = {r->in, tw_reach(r->counts, r->in_strides, 3) + r->run};
  const tw_region out = {r->out, tw_reach(r->counts, r->out_strides, 3) + r->run};
  if (!tw_in_arena(limits, in) || !tw_in_arena(limits, out)) return TW_OUT_OF_BOUNDS;
  return tw_require(tw_apart(in, out), TW_OVERLAP);
}

static tw_extent extent(const void *record) {
  const tw_copy *r = record;
  return (tw_extent){r->counts[0] * r->counts[1] * r->counts[2], r->run / 4 + 4};
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  (void)weights;
  const tw_copy *r = record;
  for (; rows > 0; rows--, row++) {
    memcpy(arena + r->out + tw_row_offset(r->counts, r->out_strides, row),
           arena + r->in + tw_row_offset(r->counts, r->in_strides, row), r->run);
  }
}

const tw_operator tw_copy_operator = {sizeof(tw_copy), check, extent, run};
