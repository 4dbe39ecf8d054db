// SPDX-License-Identifier: Apache-2.0
//
// Weights as QUADS: for 4 outputs and one input 4 bytes of w + 128.

#include "arithmetic.h"
#include "kernels.h"

void tw_dot_quads(const int8_t *x, uint32_t inputs, const uint8_t *weights,
                  const tw_channel_scale *scales, uint32_t outputs, const tw_finish *finish,
                  int8_t *out) {
  for (uint32_t o = 0; o < outputs; o++) {
    const uint8_t *w = weights + o / 4 * 4 * inputs + o % 4;
    uint32_t sum = (uint32_t)scales[o].bias;
    for (uint32_t i = 0; i < inputs; i++) sum += (uint32_t)(x[i] * (w[4 * i] - 128));
    out[o] = tw_finished(sum, &scales[o], finish);
  }
}
