// SPDX-License-Identifier: Apache-2.0
//
// TABLE: out = table[in + 128]. A row of work is up to 64 values.

#include "checks.h"

#define TOGETHER 64

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_table *r = record;
  const tw_region in = {r->in, r->count}, out = {r->out, r->count};
  const tw_region table = {r->table, 256};
  tw_status status = tw_require(r->count >= 1, TW_BAD_OPERATOR);
  status = tw_first(status, tw_check_arena(limits, in));
  status = tw_first(status, tw_check_arena(limits, out));
  status = tw_first(status, tw_require(tw_may_share(in, out, true), TW_OVERLAP));
  return tw_first(status, tw_check_weights(limits, table, 4));
}

static tw_extent extent(const void *record) {
  const tw_table *r = record;
  return (tw_extent){(r->count - 1) / TOGETHER + 1, TOGETHER};
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  const tw_table *r = record;
  const uint32_t first = TOGETHER * row;
  const uint32_t left = r->count - first;
  const uint32_t count = rows <= (left - 1) / TOGETHER ? TOGETHER * rows : left;
  const uint8_t *table = weights + r->table;
  const uint8_t *in = arena + r->in + first;
  uint8_t *out = arena + r->out + first;
  for (uint32_t i = 0; i < count; i++) out[i] = table[in[i] ^ 0x80];
}

const tw_operator tw_table_operator = {sizeof(tw_table), check, extent, run};
