// SPDX-License-Identifier: Apache-2.0
//
// DEPTHWISE: as CONV, but output channel o reads input channel o / (out_c / in_c) alone. A row of
// work is one position with all its channels. Only windows that leave the image are gathered.

#include "arithmetic.h"
#include "checks.h"
#include "kernels.h"
#include "windows.h"

static uint64_t packed_bytes(const tw_conv *r) {
  const uint64_t taps = (uint64_t)r->kernel_h * r->kernel_w;
  if (r->head.packing != TW_PAIRS) return taps * r->out_c;
  return ((uint64_t)r->out_c + 3) / 4 * 4 * taps * sizeof(int16_t);
}

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_conv *r = record;
  const uint32_t packing = r->head.packing;
  if (packing >= TW_PACKINGS || tw_depthwises[packing] == 0) return TW_UNKNOWN_OPERATOR;
  const tw_status status = tw_check_windows(limits, r, false);
  if (status != TW_OK) return status;
  if (r->out_c % r->in_c != 0) return TW_BAD_OPERATOR;
  if (packing == TW_PAIRS && r->out_c != r->in_c) return TW_BAD_OPERATOR;
  const tw_region weights = {r->weights, packed_bytes(r)};
  return tw_check_constants(limits, weights, r->scales, r->out_c);
}

static tw_extent extent(const void *record) {
  const tw_conv *r = record;
  return (tw_extent){r->out_h * r->out_w, r->kernel_h * r->kernel_w * r->out_c};
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  const tw_conv *r = record;
  tw_depthwise *const depthwise = tw_depthwises[r->head.packing];
  const tw_channel_scale *scales = (const tw_channel_scale *)(weights + r->scales);
  const tw_finish finish = {r->out_zero, r->low, r->high, false, tw_raises(scales, r->out_c)};
  int8_t *out = (int8_t *)arena + r->out + row * r->out_c;
  tw_windows w = tw_windows_from(r, row);
  tw_taps in_image = {0, r->in_w * r->in_c * r->dilation_h, r->in_c * r->dilation_w};
  tw_taps gathered = {0, r->kernel_w * r->in_c, r->in_c};
  const uint32_t step = r->stride_w * r->in_c;
  while (rows > 0) {
    uint32_t together = tw_windows_inside(&w);
    if (together > rows) together = rows;
    if (together == 0) {
      together = 1;
      gathered.x = tw_gather(&w, arena);
      depthwise(&gathered, r, weights + r->weights, scales, &finish, out);
      out += r->out_c;
    } else {
      in_image.x = tw_window_at(&w, arena);
      for (uint32_t p = 0; p < together; p++, in_image.x += step, out += r->out_c) {
        depthwise(&in_image, r, weights + r->weights, scales, &finish, out);
      }
    }
    rows -= together;
    tw_skip_windows(&w, together);
  }
}

const tw_operator tw_depthwise_operator = {sizeof(tw_conv), check, extent, run};
