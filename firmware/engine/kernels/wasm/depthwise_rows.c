// SPDX-License-Identifier: Apache-2.0
//
// DEPTHWISE with weights as ROWS, 8 channels at a time where an input has one output. Channels that
// 8 does not divide end with eight that overlap those before.

#include "lanes.h"

// What cannot be done in lanes of 8: fewer channels, or several outputs an input.
static void channel_by_channel(const tw_taps *taps, const tw_conv *r, const int8_t *weights,
                               const tw_channel_scale *scales, const tw_finish *finish,
                               int8_t *out) {
  const uint32_t outputs_an_input = r->out_c / r->in_c;
  for (uint32_t o = 0; o < r->out_c; o++) {
    const int8_t *w = weights + o;
    const int8_t *row = taps->x + o / outputs_an_input;
    uint32_t sum = (uint32_t)scales[o].bias;
    for (uint32_t h = 0; h < r->kernel_h; h++, row += taps->row_step) {
      const int8_t *x = row;
      for (uint32_t v = 0; v < r->kernel_w; v++, x += taps->tap_step, w += r->out_c) {
        sum += (uint32_t)(*x * *w);
      }
    }
    out[o] = tw_finished(sum, &scales[o], finish);
  }
}

static void eight_channels(const tw_taps *taps, const tw_conv *r, const int8_t *weights,
                           const tw_channel_scale *scales, const tw_finish *finish, uint32_t first,
                           int8_t *out) {
  const tw_scales4 low = scales4(scales, first, r->out_c);
  const tw_scales4 high = scales4(scales, first + 4, r->out_c);
  v128_t low_sums = low.bias, high_sums = high.bias;
  const int8_t *w = weights + first;
  const int8_t *row = taps->x + first;
  for (uint32_t h = 0; h < r->kernel_h; h++, row += taps->row_step) {
    const int8_t *x = row;
    for (uint32_t v = 0; v < r->kernel_w; v++, x += taps->tap_step, w += r->out_c) {
      const v128_t some = load8_wide(x), with = load8_wide(w);
      low_sums = wasm_i32x4_add(low_sums, wasm_i32x4_extmul_low_i16x8(some, with));
      high_sums = wasm_i32x4_add(high_sums, wasm_i32x4_extmul_high_i16x8(some, with));
    }
  }
  finish4(low_sums, &low, finish, 4, out + first);
  finish4(high_sums, &high, finish, 4, out + first + 4);
}

void tw_depthwise_rows(const tw_taps *taps, const tw_conv *record, const uint8_t *weights,
                       const tw_channel_scale *scales, const tw_finish *finish, int8_t *out) {
  const int8_t *w = (const int8_t *)weights;
  const uint32_t channels = record->out_c;
  if (channels != record->in_c || channels < 8) {
    channel_by_channel(taps, record, w, scales, finish, out);
    return;
  }
  for (uint32_t c = 0; c < channels; c += 8) {
    const uint32_t first = c + 8 <= channels ? c : channels - 8;
    eight_channels(taps, record, w, scales, finish, first, out);
  }
}
