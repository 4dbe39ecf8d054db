// SPDX-License-Identifier: Apache-2.0

#include "windows.h"

static uint64_t axis_extent(tw_axis a) {
  return (uint64_t)(a.kernel - 1) * a.dilation + 1;
}

bool tw_axis_fits(tw_axis a) {
  if (!tw_is_dimension(a.in) || !tw_is_dimension(a.out) || !tw_is_dimension(a.kernel) ||
      !tw_is_dimension(a.stride) || !tw_is_dimension(a.dilation)) {
    return false;
  }
  const uint64_t last = (uint64_t)(a.out - 1) * a.stride;
  return axis_extent(a) < 1u << 30 && a.pad < axis_extent(a) && a.pad <= TW_LARGEST_DIMENSION &&
         last < (uint64_t)a.in + a.pad;
}

// Whether no window leaves the image.
static bool axis_inside(tw_axis a) {
  return a.pad == 0 && (uint64_t)(a.out - 1) * a.stride + axis_extent(a) <= a.in;
}

static tw_axis rows_of(const tw_conv *r) {
  return (tw_axis){r->in_h, r->out_h, r->kernel_h, r->stride_h, r->dilation_h, r->pad_top};
}

static tw_axis columns_of(const tw_conv *r) {
  return (tw_axis){r->in_w, r->out_w, r->kernel_w, r->stride_w, r->dilation_w, r->pad_left};
}

tw_status tw_check_windows(const tw_limits *limits, const tw_conv *r, bool needs_scratch) {
  if (!tw_axis_fits(rows_of(r)) || !tw_axis_fits(columns_of(r)) || !tw_is_dimension(r->in_c) ||
      !tw_is_dimension(r->out_c) || !tw_is_int8(r->in_zero)) {
    return TW_BAD_OPERATOR;
  }
  const uint64_t window = (uint64_t)r->kernel_h * r->kernel_w * r->in_c;
  if (window > TW_LARGEST_SUM) return TW_BAD_OPERATOR;
  const uint64_t in_bytes = (uint64_t)r->in_h * r->in_w * r->in_c;
  const tw_region in = {r->in, in_bytes};
  const tw_region in_and_slack = {r->in, in_bytes + TW_SLACK};
  const tw_region out = {r->out, (uint64_t)r->out_h * r->out_w * r->out_c};
  tw_status status = tw_check_finish(r->out_zero, r->low, r->high);
  status = tw_first(status, tw_check_arena(limits, in_and_slack));
  status = tw_first(status, tw_check_arena(limits, out));
  status = tw_first(status, tw_require(tw_apart(in, out), TW_OVERLAP));
  if (r->scratch == TW_NONE) {
    const bool inside = axis_inside(rows_of(r)) && axis_inside(columns_of(r));
    return tw_first(status, tw_require(inside && !needs_scratch, TW_BAD_OPERATOR));
  }
  const tw_region scratch = {r->scratch, window + TW_SLACK};
  status = tw_first(status, tw_check_arena(limits, scratch));
  return tw_first(status, tw_require(tw_apart(scratch, in) && tw_apart(scratch, out), TW_OVERLAP));
}

tw_windows tw_windows_from(const tw_conv *r, uint32_t position) {
  const int32_t begin = -(int32_t)r->pad_left;
  return (tw_windows){
      .record = r,
      .top = (int32_t)(position / r->out_w * r->stride_h) - (int32_t)r->pad_top,
      .left = (int32_t)(position % r->out_w * r->stride_w) + begin,
      .end_left = (int32_t)(r->out_w * r->stride_w) + begin,
      .last_top = (int32_t)(r->in_h - 1) - (int32_t)((r->kernel_h - 1) * r->dilation_h),
      .last_left = (int32_t)(r->in_w - 1) - (int32_t)((r->kernel_w - 1) * r->dilation_w),
  };
}

// Both write four bytes at a time, up to 3 more than asked for, which the next piece overwrites.
// Compilers make one load and one store of each four where a target has unaligned ones.

// `fours` is 1 or more.
static inline void put_copy(int8_t *to, const int8_t *from, uint32_t fours) {
  do {
    const int8_t a = from[0], b = from[1], c = from[2], d = from[3];
    to[0] = a;
    to[1] = b;
    to[2] = c;
    to[3] = d;
    to += 4;
    from += 4;
  } while (--fours > 0);
}

static int8_t *put_zeros(int8_t *to, int8_t zero, uint32_t bytes) {
  int8_t *const end = to + bytes;
  for (; to < end; to += 4) to[0] = to[1] = to[2] = to[3] = zero;
  return end;
}

// `taps` neighbours of one image row, from column `left` on.
static int8_t *put_taps(int8_t *to, const tw_conv *r, const int8_t *image, int32_t y, int32_t left,
                        int32_t taps) {
  const int8_t zero = (int8_t)r->in_zero;
  const int32_t width = (int32_t)r->in_w;
  const int32_t begin = left < 0 ? -left : 0;
  const int32_t end = width - left < taps ? width - left : taps;
  if (y < 0 || y >= (int32_t)r->in_h || begin >= end) {
    return put_zeros(to, zero, (uint32_t)taps * r->in_c);
  }
  const uint32_t pixel = (uint32_t)y * r->in_w + (uint32_t)(left + begin);
  to = put_zeros(to, zero, (uint32_t)begin * r->in_c);
  const uint32_t bytes = (uint32_t)(end - begin) * r->in_c;
  put_copy(to, image + pixel * r->in_c, (bytes + 3) / 4);
  return put_zeros(to + bytes, zero, (uint32_t)(taps - end) * r->in_c);
}

const int8_t *tw_gather(const tw_windows *w, uint8_t *arena) {
  const tw_conv *r = w->record;
  int8_t *const scratch = (int8_t *)arena + r->scratch;
  int8_t *to = scratch;
  if (r->dilation_w == 1 && tw_window_inside(w)) {
    const int8_t *from = tw_window_at(w, arena);
    const uint32_t step = r->dilation_h * r->in_w * r->in_c;
    const uint32_t bytes = r->kernel_w * r->in_c;
    const uint32_t fours = (bytes + 3) / 4;
    for (uint32_t h = r->kernel_h; h > 0; h--, to += bytes, from += step) {
      put_copy(to, from, fours);
    }
    return scratch;
  }
  const int8_t *image = (const int8_t *)arena + r->in;
  const uint32_t together = r->dilation_w == 1 ? r->kernel_w : 1;
  int32_t y = w->top;
  for (uint32_t h = 0; h < r->kernel_h; h++, y += (int32_t)r->dilation_h) {
    int32_t left = w->left;
    for (uint32_t v = 0; v < r->kernel_w; v += together, left += (int32_t)r->dilation_w) {
      to = put_taps(to, r, image, y, left, (int32_t)together);
    }
  }
  return scratch;
}
