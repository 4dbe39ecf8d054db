// SPDX-License-Identifier: Apache-2.0

#include "binary.h"

#include "checks.h"

// Whether an operand is walked as the output is: without gaps, the last axis fastest.
static bool walked_as_output(const uint32_t shape[4], const uint32_t strides[4]) {
  uint64_t stride = 1;
  for (uint32_t axis = 4; axis-- > 0; stride *= shape[axis]) {
    if (shape[axis] > 1 && strides[axis] != stride) return false;
  }
  return true;
}

static tw_status check_operand(const tw_limits *limits, const tw_binary *r, uint32_t at,
                               const uint32_t strides[4], tw_region out) {
  for (uint32_t axis = 0; axis < 4; axis++) {
    if (strides[axis] > TW_LARGEST_STRIDE) return TW_BAD_OPERATOR;
  }
  const tw_region region = {at & ~TW_IN_WEIGHTS, tw_reach(r->shape, strides, 4) + 1};
  if (at & TW_IN_WEIGHTS) return tw_check_weights(limits, region, 4);
  const bool shares = tw_may_share(region, out, walked_as_output(r->shape, strides));
  return tw_first(tw_check_arena(limits, region), tw_require(shares, TW_OVERLAP));
}

tw_status tw_check_binary(const tw_limits *limits, const void *record) {
  const tw_binary *r = record;
  uint64_t values = 1;
  for (uint32_t axis = 0; axis < 4; axis++) {
    values *= r->shape[axis];
    if (!tw_is_dimension(r->shape[axis]) || values > limits->arena_bytes) return TW_BAD_OPERATOR;
  }
  if (!tw_is_int8(r->a_zero) || !tw_is_int8(r->b_zero) || !tw_is_shift(r->a_shift) ||
      !tw_is_shift(r->b_shift) || !tw_is_shift(r->out_shift)) {
    return TW_BAD_OPERATOR;
  }
  const tw_region out = {r->out, values};
  tw_status status = tw_check_finish(r->out_zero, r->low, r->high);
  status = tw_first(status, tw_check_arena(limits, out));
  status = tw_first(status, check_operand(limits, r, r->a, r->a_strides, out));
  return tw_first(status, check_operand(limits, r, r->b, r->b_strides, out));
}

tw_extent tw_binary_extent(const void *record) {
  const tw_binary *r = record;
  return (tw_extent){r->shape[0] * r->shape[1] * r->shape[2], 16 * r->shape[3]};
}
