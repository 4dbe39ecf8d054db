// SPDX-License-Identifier: Apache-2.0
//
// Weights as QUADS: for 2 outputs and 2 inputs the bytes w[even][i] + 128, w[odd][i],
// w[even][i + 1] + 128, w[odd][i + 1].

#include "arithmetic.h"
#include "kernels.h"

void tw_dot_quads(const tw_products *products, const int8_t *x, uint32_t step, uint32_t positions,
                  int8_t *out) {
  const uint32_t inputs = products->inputs, outputs = products->outputs;
  const uint32_t block_bytes = (products->rows * inputs + 1) / 2 * 4;
  for (uint32_t p = 0; p < positions; p++, x += step, out += outputs) {
    for (uint32_t o = 0; o < outputs; o++) {
      const uint8_t *w = products->weights + o / 2 * block_bytes + o % 2;
      const tw_channel_scale *scale = &products->scales[o];
      uint32_t sum = (uint32_t)scale->bias;
      for (uint32_t r = 0; r < products->rows; r++) {
        const int8_t *row = x + r * products->row_step;
        for (uint32_t i = 0; i < inputs; i++, w += 2) {
          const int32_t weight = o % 2 == 0 ? *w - 128 : (int8_t)*w;
          sum += (uint32_t)(row[i] * weight);
        }
      }
      out[o] = tw_finished(sum, scale, &products->finish);
    }
  }
}
