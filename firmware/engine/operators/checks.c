// SPDX-License-Identifier: Apache-2.0

#include "checks.h"

bool tw_is_shift(uint32_t shift) {
  const uint32_t right = shift & 0xff, left = shift >> 8;
  return right <= 31 && left <= 30 && (right == 0 || left == 0);
}

bool tw_apart(tw_region a, tw_region b) {
  return a.at + a.bytes <= b.at || b.at + b.bytes <= a.at;
}

bool tw_may_share(tw_region in, tw_region out, bool walked_alike) {
  return tw_apart(in, out) || (in.at == out.at && walked_alike);
}

bool tw_in_arena(const tw_limits *limits, tw_region region) {
  return region.at + region.bytes <= limits->arena_bytes;
}

tw_status tw_check_arena(const tw_limits *limits, tw_region region) {
  if (region.at % 4 != 0) return TW_MISALIGNED;
  return tw_require(tw_in_arena(limits, region), TW_OUT_OF_BOUNDS);
}

tw_status tw_check_weights(const tw_limits *limits, tw_region region, uint32_t alignment) {
  if (region.at % alignment != 0) return TW_MISALIGNED;
  return tw_require(region.at + region.bytes <= limits->weights_bytes, TW_OUT_OF_BOUNDS);
}

tw_status tw_check_constants(const tw_limits *limits, tw_region weights, uint32_t scales,
                             uint32_t channels) {
  const tw_region region = {scales, (uint64_t)channels * sizeof(tw_channel_scale)};
  const tw_status status =
      tw_first(tw_check_weights(limits, weights, 16), tw_check_weights(limits, region, 4));
  if (status != TW_OK) return status;
  const tw_channel_scale *scale = (const tw_channel_scale *)(limits->weights + scales);
  for (uint32_t c = 0; c < channels; c++) {
    if (!tw_is_shift(scale[c].shift)) return TW_BAD_OPERATOR;
  }
  return TW_OK;
}

tw_status tw_check_finish(int32_t out_zero, int32_t low, int32_t high) {
  return tw_require(tw_is_int8(out_zero) && tw_is_int8(low) && tw_is_int8(high) && low <= high,
                    TW_BAD_OPERATOR);
}
