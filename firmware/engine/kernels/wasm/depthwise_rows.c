// SPDX-License-Identifier: Apache-2.0
//
// DEPTHWISE with weights as ROWS, 8 channels at a time where an input has one output. Channels that
// 8 does not divide end with eight that overlap those before; where there are fewer than 8 in all,
// the lanes left over compute what nobody reads.

#include "lanes.h"

// Several outputs an input.
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

// The inputs of a tap; up to 3 bytes behind them may be read.
static inline v128_t load_inputs(const int8_t *x, uint32_t channels) {
  return channels > 4 ? load8_wide(x) : load4_wide(x);
}

// The weights of a tap; nothing from `end` on may be read.
static inline v128_t load_weights(const int8_t *w, const int8_t *end) {
  if (end - w >= 8) return load8_wide(w);
  int8_t rest[8] = {0};
  for (uint32_t i = 0; w + i < end; i++) rest[i] = w[i];
  return load8_wide(rest);
}

static void eight_channels(const tw_taps *taps, const tw_conv *r, const int8_t *weights,
                           const tw_channel_scale *scales, const tw_finish *finish, uint32_t first,
                           int8_t *out) {
  const uint32_t channels = r->out_c;
  const tw_scales4 low = scales4(scales, first, channels);
  const tw_scales4 high = scales4(scales, first + 4, channels);
  v128_t low_sums = low.bias, high_sums = high.bias;
  const int8_t *const end = weights + r->kernel_h * r->kernel_w * channels;
  const int8_t *w = weights + first;
  const int8_t *row = taps->x + first;
  for (uint32_t h = 0; h < r->kernel_h; h++, row += taps->row_step) {
    const int8_t *x = row;
    for (uint32_t v = 0; v < r->kernel_w; v++, x += taps->tap_step, w += channels) {
      const v128_t some = load_inputs(x, channels), with = load_weights(w, end);
      low_sums = wasm_i32x4_add(low_sums, wasm_i32x4_extmul_low_i16x8(some, with));
      high_sums = wasm_i32x4_add(high_sums, wasm_i32x4_extmul_high_i16x8(some, with));
    }
  }
  finish4(low_sums, &low, finish, channels - first, out + first);
  if (channels > 4) finish4(high_sums, &high, finish, channels - first - 4, out + first + 4);
}

void tw_depthwise_rows(const tw_taps *taps, const tw_conv *record, const uint8_t *weights,
                       const tw_channel_scale *scales, const tw_finish *finish, int8_t *out) {
  const int8_t *w = (const int8_t *)weights;
  const uint32_t channels = record->out_c;
  if (channels != record->in_c) {
    channel_by_channel(taps, record, w, scales, finish, out);
    return;
  }
  for (uint32_t c = 0; c < channels; c += 8) {
    const bool rest = c > 0 && c + 8 > channels;
    eight_channels(taps, record, w, scales, finish, rest ? channels - 8 : c, out);
  }
}
