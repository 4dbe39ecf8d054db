// SPDX-License-Identifier: Apache-2.0
//
// CONV and DEPTHWISE in every packing against the loops of their definition: strides, dilations,
// padding on any side, windows that lie in one piece and such that are gathered.

#include "oracle.h"

// in -> out of one axis with a window that may be padded.
static uint32_t random_axis(uint32_t in, uint32_t *kernel, uint32_t *stride, uint32_t *dilation,
                            uint32_t *pad) {
  *kernel = 1 + below(4);
  *stride = 1 + below(3);
  *dilation = chance(3) ? 1 + below(3) : 1;
  const uint32_t extent = (*kernel - 1) * *dilation + 1;
  const bool same = extent > in || chance(2);
  if (!same) {
    *pad = 0;
    return (in - extent) / *stride + 1;
  }
  const uint32_t out = (in + *stride - 1) / *stride;
  const uint32_t covered = (out - 1) * *stride + extent;
  *pad = covered > in ? (covered - in) / 2 : 0;
  return out;
}

static tw_conv random_geometry(void) {
  tw_conv r = {.in_h = chance(3) ? 1 : 1 + below(8), .in_w = chance(5) ? 1 : 1 + below(8)};
  r.in_c = 1 + below(chance(3) ? 20 : 6);
  r.out_h = random_axis(r.in_h, &r.kernel_h, &r.stride_h, &r.dilation_h, &r.pad_top);
  r.out_w = random_axis(r.in_w, &r.kernel_w, &r.stride_w, &r.dilation_w, &r.pad_left);
  r.in_zero = between(-128, 127);
  return r;
}

static bool leaves_image(const tw_conv *r) {
  return r->pad_top > 0 || r->pad_left > 0 ||
         (r->out_h - 1) * r->stride_h + (r->kernel_h - 1) * r->dilation_h >= r->in_h ||
         (r->out_w - 1) * r->stride_w + (r->kernel_w - 1) * r->dilation_w >= r->in_w;
}

// Whether CONV can read a window inside the image where it lies.
static bool is_read_in_place(const tw_conv *r) {
  const bool joined = r->kernel_h == 1 || (r->kernel_w == r->in_w && r->dilation_h == 1);
  return (r->kernel_w == 1 || r->dilation_w == 1) && (joined || r->head.packing != TW_ROWS);
}

// The input at a tap of the window at (y, x), in_zero outside.
static int32_t tap(const tw_conv *r, const int8_t *image, uint32_t y, uint32_t x, uint32_t h,
                   uint32_t v, uint32_t c) {
  const int64_t row = (int64_t)y * r->stride_h + h * r->dilation_h - r->pad_top;
  const int64_t column = (int64_t)x * r->stride_w + v * r->dilation_w - r->pad_left;
  if (row < 0 || row >= r->in_h || column < 0 || column >= r->in_w) return r->in_zero;
  return image[(row * r->in_w + column) * r->in_c + c];
}

static int64_t conv_sum(const tw_conv *r, const int8_t *image, const int8_t *w, uint32_t y,
                        uint32_t x, uint32_t o) {
  int64_t sum = 0;
  for (uint32_t h = 0; h < r->kernel_h; h++) {
    for (uint32_t v = 0; v < r->kernel_w; v++) {
      for (uint32_t c = 0; c < r->in_c; c++) {
        const uint32_t i = ((o * r->kernel_h + h) * r->kernel_w + v) * r->in_c + c;
        sum += tap(r, image, y, x, h, v, c) * w[i];
      }
    }
  }
  return sum;
}

static int64_t depthwise_sum(const tw_conv *r, const int8_t *image, const int8_t *w, uint32_t y,
                             uint32_t x, uint32_t o) {
  const uint32_t c = o / (r->out_c / r->in_c);
  int64_t sum = 0;
  for (uint32_t h = 0; h < r->kernel_h; h++) {
    for (uint32_t v = 0; v < r->kernel_w; v++) {
      sum += tap(r, image, y, x, h, v, c) * w[(h * r->kernel_w + v) * r->out_c + o];
    }
  }
  return sum;
}

static void try_windows(bool depthwise, uint32_t packing) {
  const tw_operator *operator= depthwise ? &tw_depthwise_operator : & tw_conv_operator;
  tw_conv r = random_geometry();
  r.head.packing = (uint8_t)packing;
  r.out_c = !depthwise ? 1 + below(10) : packing == TW_PAIRS ? r.in_c : r.in_c * (1 + below(3));
  const uint32_t taps = r.kernel_h * r.kernel_w, inputs = depthwise ? taps : taps * r.in_c;
  const uint32_t out_bytes = r.out_h * r.out_w * r.out_c;
  const uint32_t scratch_bytes = taps * r.in_c + 3;
  const bool gathers = leaves_image(&r) || (!depthwise && !is_read_in_place(&r));
  trial_memory m = {0, 0, 0, 0};
  r.out = take_arena(&m, out_bytes);
  r.scratch = gathers ? take_arena(&m, scratch_bytes) : TW_NONE;
  r.in = take_arena(&m, r.in_h * r.in_w * r.in_c + 3);
  r.scales = take_weights(&m, r.out_c * (uint32_t)sizeof(tw_channel_scale));
  r.weights =
      take_weights(&m, depthwise ? depthwise_packed_bytes(packing, taps, r.out_c)
                                 : packed_bytes(packing, r.kernel_h, r.kernel_w * r.in_c, r.out_c));
  make_memory(&m);
  const tw_finish finish = random_finish(false);
  r.out_zero = finish.out_zero, r.low = finish.low, r.high = finish.high;
  tw_channel_scale *scales = (tw_channel_scale *)(void *)(m.weights + r.scales);
  fill_scales(scales, r.out_c, inputs);
  int8_t *w = random_weights(packing, inputs * r.out_c);
  if (depthwise) {
    pack_depthwise(packing, w, taps, r.out_c, m.weights + r.weights);
  } else {
    pack(packing, w, r.kernel_h, r.kernel_w * r.in_c, r.out_c, m.weights + r.weights);
  }

  uint8_t *before = copy_of_arena(&m);
  run_record(operator, & m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, out_bytes, r.scratch, gathers ? scratch_bytes : 0));
  const int8_t *image = arena_at(&m, r.in), *out = arena_at(&m, r.out);
  for (uint32_t y = 0; y < r.out_h; y++) {
    for (uint32_t x = 0; x < r.out_w; x++) {
      for (uint32_t o = 0; o < r.out_c; o++) {
        const int64_t sum = (depthwise ? depthwise_sum : conv_sum)(&r, image, w, y, x, o);
        EXPECT(*out++ == oracle_finished(sum + scales[o].bias, &scales[o], &finish));
      }
    }
  }
  // What gathers is refused without scratch.
  r.scratch = TW_NONE;
  EXPECT(check_record(operator, & m, &r) == (gathers ? TW_BAD_OPERATOR : TW_OK));
  free(before);
  free(w);
  free_memory(&m);
}

int main(void) {
  for (uint32_t trial = 0; trial < 3000; trial++) {
    try_windows(false, trial % TW_PACKINGS);
    try_windows(true, trial % TW_PACKINGS);
  }
  return 0;
}
