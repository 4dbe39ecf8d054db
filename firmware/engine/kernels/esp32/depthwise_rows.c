// SPDX-License-Identifier: Apache-2.0
//
// DEPTHWISE with weights as ROWS: int8 w[kernel_h][kernel_w][out_c].

#include "arithmetic.h"
#include "kernels.h"

void tw_depthwise_rows(const tw_taps *taps, const tw_conv *record, const uint8_t *weights,
                       const tw_channel_scale *scales, const tw_finish *finish, int8_t *out) {
  const uint32_t outputs_an_input = record->out_c / record->in_c;
  for (uint32_t o = 0; o < record->out_c; o++) {
    const int8_t *w = (const int8_t *)weights + o;
    const int8_t *row = taps->x + o / outputs_an_input;
    uint32_t sum = (uint32_t)scales[o].bias;
    for (uint32_t h = 0; h < record->kernel_h; h++, row += taps->row_step) {
      const int8_t *x = row;
      for (uint32_t v = 0; v < record->kernel_w; v++, x += taps->tap_step, w += record->out_c) {
        sum += (uint32_t)(*x * *w);
      }
    }
    out[o] = tw_finished(sum, &scales[o], finish);
  }
}
