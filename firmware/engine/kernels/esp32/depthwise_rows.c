// SPDX-License-Identifier: Apache-2.0
//
// DEPTHWISE with weights as ROWS (which rounds twice): four channels at once where each input
// channel has one output.

#include "finish.h"
#include "kernels.h"
#include "lx6.h"

static inline uint32_t product(int8_t x, int8_t w) {
  return (uint32_t)(lx6_signed_byte((uint8_t)x) * lx6_signed_byte((uint8_t)w));
}

// Sums of channels 0 to 3 from x and w on.
static inline void sum_four(const tw_taps *taps, const tw_conv *record, const int8_t *x_first,
                            const int8_t *w, uint32_t sums[4]) {
  const int8_t *row = x_first;
  const uint32_t tap_step = taps->tap_step, w_step = record->out_c;
  uint32_t s0 = 0, s1 = 0, s2 = 0, s3 = 0;
  for (uint32_t h = record->kernel_h; h != 0; h--, row += taps->row_step) {
    const int8_t *x = row;
    for (uint32_t v = record->kernel_w; v != 0; v--, x += tap_step, w += w_step) {
      s0 += product(x[0], w[0]);
      s1 += product(x[1], w[1]);
      s2 += product(x[2], w[2]);
      s3 += product(x[3], w[3]);
    }
  }
  sums[0] = s0;
  sums[1] = s1;
  sums[2] = s2;
  sums[3] = s3;
}

static uint32_t sum_one(const tw_taps *taps, const tw_conv *record, const int8_t *x_first,
                        const int8_t *w) {
  const int8_t *row = x_first;
  uint32_t sum = 0;
  for (uint32_t h = record->kernel_h; h != 0; h--, row += taps->row_step) {
    const int8_t *x = row;
    for (uint32_t v = record->kernel_w; v != 0; v--, x += taps->tap_step, w += record->out_c) {
      sum += product(*x, *w);
    }
  }
  return sum;
}

void tw_depthwise_rows(const tw_taps *taps, const tw_conv *record, const uint8_t *weights,
                       const tw_channel_scale *scales, const tw_finish *finish, int8_t *out) {
  const uint32_t channels = record->out_c, outputs_an_input = channels / record->in_c;
  const int8_t *w = (const int8_t *)weights;
  const lx6_range range = lx6_range_of(finish);
  uint32_t o = 0;
  if (outputs_an_input == 1) {
    for (; o + 4 <= channels; o += 4) {
      uint32_t sums[4];
      sum_four(taps, record, taps->x + o, w + o, sums);
      for (uint32_t c = o; c < o + 4; c++) {
        const lx6_channel channel = lx6_channel_of(&scales[c]);
        out[c] = lx6_finished(sums[c - o], &channel, false, &range);
      }
    }
  }
  for (; o < channels; o++) {
    const lx6_channel channel = lx6_channel_of(&scales[o]);
    const uint32_t sum = sum_one(taps, record, taps->x + o / outputs_an_input, w + o);
    out[o] = lx6_finished(sum, &channel, false, &range);
  }
}
