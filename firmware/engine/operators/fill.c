// SPDX-License-Identifier: Apache-2.0
//
// FILL: `bytes` bytes of `value`, all at once.

#include "bytes.h"
#include "checks.h"

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_fill *r = record;
  const tw_region out = {r->out, r->bytes};
  return tw_first(tw_require(tw_is_int8(r->value), TW_BAD_OPERATOR), tw_check_arena(limits, out));
}

static tw_extent extent(const void *record) {
  const tw_fill *r = record;
  return (tw_extent){1, r->bytes / 4};
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  (void)weights, (void)row, (void)rows;
  const tw_fill *r = record;
  memset(arena + r->out, (uint8_t)r->value, r->bytes);
}

const tw_operator tw_fill_operator = {sizeof(tw_fill), check, extent, run};
