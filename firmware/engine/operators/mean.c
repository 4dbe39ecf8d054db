// SPDX-License-Identifier: Apache-2.0
//
// MEAN over the middle axis of outer x reduced x inner:
//
//   out[o][i] = clamp(twice(sum of in[o][r][i] over r - reduced * in_zero) + out_zero)
//
// with 1 / reduced in the multiplier. A row of work is up to TW_SUMS_AT_ONCE values of one `o`.

#include "arithmetic.h"
#include "checks.h"
#include "kernels.h"

static uint32_t blocks_an_outer(const tw_mean *r) {
  return (r->inner + TW_SUMS_AT_ONCE - 1) / TW_SUMS_AT_ONCE;
}

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_mean *r = record;
  if (!tw_is_dimension(r->outer) || !tw_is_dimension(r->reduced) || !tw_is_dimension(r->inner) ||
      !tw_is_int8(r->in_zero) || !tw_is_shift(r->shift)) {
    return TW_BAD_OPERATOR;
  }
  const tw_region in = {r->in, (uint64_t)r->outer * r->reduced * r->inner};
  const tw_region out = {r->out, (uint64_t)r->outer * r->inner};
  tw_status status = tw_check_finish(r->out_zero, -128, 127);
  status = tw_first(status, tw_check_arena(limits, in));
  status = tw_first(status, tw_check_arena(limits, out));
  return tw_first(status, tw_require(tw_apart(in, out), TW_OVERLAP));
}

static tw_extent extent(const void *record) {
  const tw_mean *r = record;
  const uint32_t together = r->inner < TW_SUMS_AT_ONCE ? r->inner : TW_SUMS_AT_ONCE;
  return (tw_extent){r->outer * blocks_an_outer(r), r->reduced * together};
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  (void)weights;
  const tw_mean *r = record;
  const uint32_t blocks = blocks_an_outer(r);
  const int32_t zeros = (int32_t)r->reduced * r->in_zero;
  for (; rows > 0; rows--, row++) {
    const uint32_t outer = row / blocks, first = row % blocks * TW_SUMS_AT_ONCE;
    const uint32_t left = r->inner - first;
    const uint32_t together = left < TW_SUMS_AT_ONCE ? left : TW_SUMS_AT_ONCE;
    const int8_t *in = (const int8_t *)arena + r->in + outer * r->reduced * r->inner + first;
    int8_t *out = (int8_t *)arena + r->out + outer * r->inner + first;
    int32_t sums[TW_SUMS_AT_ONCE];
    tw_sums(in, 1, 0, r->reduced, r->inner, together, sums);
    for (uint32_t i = 0; i < together; i++) {
      const int32_t mean = tw_twice(sums[i] - zeros, r->multiplier, r->shift);
      out[i] = (int8_t)tw_clamp(tw_wrapping_add(mean, r->out_zero), -128, 127);
    }
  }
}

const tw_operator tw_mean_operator = {sizeof(tw_mean), check, extent, run};
