// SPDX-License-Identifier: Apache-2.0
//
// DEPTHWISE with weights as PAIRS: int16 w[tap][4], channels 0, 2, 1, 3, for every 4 channels. 11
// instructions do 4 multiply-accumulates.

#include "finish.h"
#include "kernels.h"

void tw_depthwise_pairs(const tw_taps *taps, const tw_conv *record, const uint8_t *weights,
                        const tw_channel_scale *scales, const tw_finish *finish, int8_t *out) {
  const int32_t offset = finish_offset(finish);
  const uint32_t channels = record->out_c, kernel_w = record->kernel_w;
  const uint32_t tap_step = taps->tap_step;
  const uint8_t *w = weights;
  for (uint32_t c = 0; c < channels; c += 4) {
    uint32_t sum0 = 0, sum1 = 0, sum2 = 0, sum3 = 0;
    const int8_t *row = taps->x + c;
    for (uint32_t h = record->kernel_h; h > 0; h--, row += taps->row_step) {
      const int8_t *x = row;
      uint32_t left = kernel_w, x02, x13, w02, w13;
      __asm__ volatile(
          "1:                                   \n"
          "ldr     %[x02], [%[x]]               \n"
          "add     %[x], %[step]                \n"
          "ldrd    %[w02], %[w13], [%[w]], #8   \n"
          "sxtb16  %[x13], %[x02], ror #8       \n"
          "sxtb16  %[x02], %[x02]               \n"
          "smlabb  %[sum0], %[x02], %[w02], %[sum0] \n"
          "smlatt  %[sum2], %[x02], %[w02], %[sum2] \n"
          "smlabb  %[sum1], %[x13], %[w13], %[sum1] \n"
          "smlatt  %[sum3], %[x13], %[w13], %[sum3] \n"
          "subs    %[left], #1                  \n"
          "bne     1b                           \n"
          : [x] "+r"(x), [w] "+r"(w), [sum0] "+r"(sum0), [sum1] "+r"(sum1), [sum2] "+r"(sum2),
            [sum3] "+r"(sum3), [left] "+r"(left), [x02] "=&r"(x02), [x13] "=&r"(x13),
            [w02] "=&r"(w02), [w13] "=&r"(w13)
          : [step] "r"(tap_step)
          : "cc", "memory");
    }
    out[c] = finished(sum0, &scales, false, offset);
    if (channels - c < 2) break;
    out[c + 1] = finished(sum1, &scales, false, offset);
    if (channels - c < 3) break;
    out[c + 2] = finished(sum2, &scales, false, offset);
    if (channels - c < 4) break;
    out[c + 3] = finished(sum3, &scales, false, offset);
  }
  tw_limit(out, channels, finish);
}
