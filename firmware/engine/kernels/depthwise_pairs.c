// SPDX-License-Identifier: Apache-2.0
//
// DEPTHWISE with weights as PAIRS: int16 w[tap][4], channels 0, 2, 1, 3, for every 4 channels.

#include "arithmetic.h"
#include "kernels.h"

void tw_depthwise_pairs(const tw_taps *taps, const tw_conv *record, const uint8_t *weights,
                        const tw_channel_scale *scales, const tw_finish *finish, int8_t *out) {
  static const uint8_t place_of_channel[4] = {0, 2, 1, 3};
  const uint32_t taps_a_window = record->kernel_h * record->kernel_w;
  for (uint32_t c = 0; c < record->out_c; c++) {
    const int16_t *w =
        (const int16_t *)weights + c / 4 * 4 * taps_a_window + place_of_channel[c % 4];
    const int8_t *row = taps->x + c;
    uint32_t sum = (uint32_t)scales[c].bias;
    for (uint32_t h = 0; h < record->kernel_h; h++, row += taps->row_step) {
      const int8_t *x = row;
      for (uint32_t v = 0; v < record->kernel_w; v++, x += taps->tap_step, w += 4) {
        sum += (uint32_t)(*x * *w);
      }
    }
    out[c] = tw_finished(sum, &scales[c], finish);
  }
}
