// SPDX-License-Identifier: Apache-2.0
//
// Weights as ROWS: int8 w[output][input].

#include "arithmetic.h"
#include "kernels.h"

void tw_dot_rows(const int8_t *x, uint32_t inputs, const uint8_t *weights,
                 const tw_channel_scale *scales, uint32_t outputs, const tw_finish *finish,
                 int8_t *out) {
  const int8_t *w = (const int8_t *)weights;
  for (uint32_t o = 0; o < outputs; o++, w += inputs) {
    uint32_t sum = (uint32_t)scales[o].bias;
    for (uint32_t i = 0; i < inputs; i++) sum += (uint32_t)(x[i] * w[i]);
    out[o] = tw_finished(sum, &scales[o], finish);
  }
}
