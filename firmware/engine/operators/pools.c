// SPDX-License-Identifier: Apache-2.0

#include "pools.h"

#include "checks.h"
#include "windows.h"

// So large an image of nothing but -128 has a sum that, half its count further, fits 32 bits.
#define MOST_PIXELS (1u << 23)

tw_status tw_check_pool(const tw_limits *limits, const void *record) {
  const tw_pool *r = record;
  const tw_axis rows = {r->in_h, r->out_h, r->kernel_h, r->stride_h, 1, r->pad_top};
  const tw_axis columns = {r->in_w, r->out_w, r->kernel_w, r->stride_w, 1, r->pad_left};
  if (!tw_axis_fits(rows) || !tw_axis_fits(columns) || !tw_is_dimension(r->channels) ||
      (uint64_t)r->in_h * r->in_w > MOST_PIXELS) {
    return TW_BAD_OPERATOR;
  }
  const tw_region in = {r->in, (uint64_t)r->in_h * r->in_w * r->channels};
  const tw_region out = {r->out, (uint64_t)r->out_h * r->out_w * r->channels};
  // Without padding no window begins before its own output: all outputs before lie on what is read.
  const bool padded = r->pad_top > 0 || r->pad_left > 0;
  tw_status status = tw_check_finish(0, r->low, r->high);
  status = tw_first(status, tw_check_arena(limits, in));
  status = tw_first(status, tw_check_arena(limits, out));
  return tw_first(status, tw_require(tw_may_share(in, out, !padded), TW_OVERLAP));
}

tw_extent tw_pool_extent(const void *record) {
  const tw_pool *r = record;
  const uint32_t rows = r->kernel_h < r->in_h ? r->kernel_h : r->in_h;
  const uint32_t columns = r->kernel_w < r->in_w ? r->kernel_w : r->in_w;
  return (tw_extent){r->out_h * r->out_w, rows * columns * r->channels};
}

// Where an axis' window at `place` begins and how much of it is inside.
static uint32_t clip(uint32_t place, uint32_t pad, uint32_t kernel, uint32_t in, uint32_t *inside) {
  const uint32_t begin = place < pad ? 0 : place - pad;
  const uint32_t end = place + kernel - pad < in ? place + kernel - pad : in;
  *inside = end - begin;
  return begin;
}

tw_pool_window tw_pool_window_at(const uint8_t *arena, const tw_pool *r, uint32_t position) {
  const uint32_t column = position % r->out_w;
  const uint32_t y = position / r->out_w * r->stride_h;
  const uint32_t x = column * r->stride_w;
  tw_pool_window window;
  const uint32_t top = clip(y, r->pad_top, r->kernel_h, r->in_h, &window.rows);
  const uint32_t left = clip(x, r->pad_left, r->kernel_w, r->in_w, &window.columns);
  window.row_step = r->in_w * r->channels;
  window.x = (const int8_t *)arena + r->in + (top * r->in_w + left) * r->channels;
  window.step = r->stride_w * r->channels;
  window.alike = 1;
  if (window.columns == r->kernel_w) {
    const uint32_t inside = (r->in_w - r->kernel_w - left) / r->stride_w + 1;
    const uint32_t in_row = r->out_w - column;
    window.alike = inside < in_row ? inside : in_row;
  }
  return window;
}
