// SPDX-License-Identifier: Apache-2.0
//
// CONV: out[y][x][o] = clamp(twice(sum of window * w[o] + bias[o]) + out_zero), outside of the
// image in_zero. A row of work is one position with all its outputs. A window inside the image
// is read where it is, if the kernel can; others are gathered.

#include "arithmetic.h"
#include "checks.h"
#include "kernels.h"
#include "packing.h"
#include "windows.h"

// What one output reads.
static uint32_t window_values(const tw_conv *r) {
  return r->kernel_h * r->kernel_w * r->in_c;
}

// Whether a window inside the image can be read where it is: its rows each lie in one piece, and
// the kernel reads rows, or they lie side by side.
static bool in_place(const tw_conv *r) {
  const bool each_row = r->kernel_w == 1 || r->dilation_w == 1;
  const bool joined = r->kernel_h == 1 || (r->kernel_w == r->in_w && r->dilation_h == 1);
  return each_row && (joined || r->head.packing != TW_ROWS);
}

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_conv *r = record;
  const uint32_t packing = r->head.packing;
  if (packing >= TW_PACKINGS || tw_dots[packing] == 0) return TW_UNKNOWN_OPERATOR;
  const tw_status status = tw_check_windows(limits, r, !in_place(r));
  if (status != TW_OK) return status;
  const uint64_t row = (uint64_t)r->kernel_w * r->in_c;
  const tw_region weights = {r->weights, tw_packed_bytes(packing, r->kernel_h, row, r->out_c)};
  return tw_check_constants(limits, weights, r->scales, r->out_c);
}

static tw_extent extent(const void *record) {
  const tw_conv *r = record;
  return (tw_extent){r->out_h * r->out_w, window_values(r) * r->out_c};
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  const tw_conv *r = record;
  tw_dot *const dot = tw_dots[r->head.packing];
  const bool by_rows = r->head.packing != TW_ROWS;
  const tw_channel_scale *scales = (const tw_channel_scale *)(weights + r->scales);
  tw_products products = {
      .rows = by_rows ? r->kernel_h : 1,
      .row_step = 0,
      .inputs = by_rows ? r->kernel_w * r->in_c : window_values(r),
      .weights = weights + r->weights,
      .scales = scales,
      .outputs = r->out_c,
      .finish = {r->out_zero, r->low, r->high, false, tw_raises(scales, r->out_c)},
  };
  const uint32_t step = r->stride_w * r->in_c;
  const bool stays = in_place(r);
  int8_t *out = (int8_t *)arena + r->out + row * r->out_c;
  tw_windows w = tw_windows_from(r, row);
  while (rows > 0) {
    uint32_t together = stays ? tw_windows_inside(&w) : 0;
    if (together > rows) together = rows;
    if (together > 0) {
      products.row_step = r->dilation_h * r->in_w * r->in_c;
      dot(&products, tw_window_at(&w, arena), step, together, out);
    } else {
      together = 1;
      products.row_step = r->kernel_w * r->in_c;
      dot(&products, tw_gather(&w, arena), step, together, out);
    }
    rows -= together;
    out += together * r->out_c;
    tw_skip_windows(&w, together);
  }
}

const tw_operator tw_conv_operator = {sizeof(tw_conv), check, extent, run};
