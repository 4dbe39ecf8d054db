// SPDX-License-Identifier: Apache-2.0
//
// Weights as QUADS: for 2 outputs and 2 inputs the bytes w[even][i] + 128, w[odd][i],
// w[even][i + 1] + 128, w[odd][i + 1].

#include "arithmetic.h"
#include "kernels.h"

void tw_dot_quads(const int8_t *x, uint32_t inputs, const uint8_t *weights,
                  const tw_channel_scale *scales, uint32_t outputs, const tw_finish *finish,
                  int8_t *out) {
  const uint32_t block_bytes = (inputs + 1) / 2 * 4;
  for (uint32_t o = 0; o < outputs; o++) {
    const uint8_t *w = weights + o / 2 * block_bytes + o % 2;
    uint32_t sum = (uint32_t)scales[o].bias;
    for (uint32_t i = 0; i < inputs; i++) {
      const int32_t weight = o % 2 == 0 ? w[2 * i] - 128 : (int8_t)w[2 * i];
      sum += (uint32_t)(x[i] * weight);
    }
    out[o] = tw_finished(sum, &scales[o], finish);
  }
}
