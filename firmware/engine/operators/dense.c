// SPDX-License-Identifier: Apache-2.0
//
// DENSE: out[o] = clamp(once(sum of in[i] * w[o][i] + bias[o]) + out_zero) for each of `rows`
// vectors. A row of work is a block of 4 outputs of one vector.

#include "arithmetic.h"
#include "checks.h"
#include "kernels.h"
#include "packing.h"

#define BLOCK 4

static uint32_t blocks_a_vector(const tw_dense *r) {
  return (r->outputs + BLOCK - 1) / BLOCK;
}

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_dense *r = record;
  const uint32_t packing = r->head.packing;
  if (packing >= TW_PACKINGS || tw_dots[packing] == 0) return TW_UNKNOWN_OPERATOR;
  if (!tw_is_dimension(r->rows) || !tw_is_dimension(r->inputs) || !tw_is_dimension(r->outputs)) {
    return TW_BAD_OPERATOR;
  }
  const uint64_t in_bytes = (uint64_t)r->rows * r->inputs;
  const tw_region in = {r->in, in_bytes};
  const tw_region in_and_slack = {r->in, in_bytes + TW_SLACK};
  const tw_region out = {r->out, (uint64_t)r->rows * r->outputs};
  const tw_region weights = {r->weights, tw_packed_bytes(packing, 1, r->inputs, r->outputs)};
  tw_status status = tw_check_finish(r->out_zero, r->low, r->high);
  status = tw_first(status, tw_check_arena(limits, in_and_slack));
  status = tw_first(status, tw_check_arena(limits, out));
  status = tw_first(status, tw_require(tw_apart(in, out), TW_OVERLAP));
  return tw_first(status, tw_check_constants(limits, weights, r->scales, r->outputs));
}

static tw_extent extent(const void *record) {
  const tw_dense *r = record;
  return (tw_extent){r->rows * blocks_a_vector(r), BLOCK * r->inputs};
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  const tw_dense *r = record;
  const uint32_t packing = r->head.packing;
  const tw_channel_scale *scales = (const tw_channel_scale *)(weights + r->scales);
  const uint32_t blocks = blocks_a_vector(r);
  const uint32_t padded = (r->inputs + tw_padding(packing)) & ~tw_padding(packing);
  const int8_t *in = (const int8_t *)arena + r->in + row / blocks * r->inputs;
  int8_t *out = (int8_t *)arena + r->out + row / blocks * r->outputs;
  uint32_t block = row % blocks;
  while (rows > 0) {
    const uint32_t together = blocks - block < rows ? blocks - block : rows;
    const uint32_t first = BLOCK * block;
    const uint32_t left = r->outputs - first;
    const tw_products products = {
        .rows = 1,
        .row_step = 0,
        .inputs = r->inputs,
        .weights = weights + r->weights + first * padded,
        .scales = scales + first,
        .outputs = BLOCK * together < left ? BLOCK * together : left,
        .finish = {r->out_zero, r->low, r->high, true, true},
    };
    tw_dots[packing](&products, in, 0, 1, out + first);
    rows -= together;
    block = 0;
    in += r->inputs;
    out += r->outputs;
  }
}

const tw_operator tw_dense_operator = {sizeof(tw_dense), check, extent, run};
