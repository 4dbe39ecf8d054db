// SPDX-License-Identifier: Apache-2.0
//
// Weights as ROWS: int8 w[output][input].

#include "arithmetic.h"
#include "kernels.h"

void tw_dot_rows(const tw_products *products, const int8_t *x, uint32_t step, uint32_t positions,
                 int8_t *out) {
  const uint32_t inputs = products->inputs, outputs = products->outputs;
  for (uint32_t p = 0; p < positions; p++, x += step, out += outputs) {
    const int8_t *w = (const int8_t *)products->weights;
    for (uint32_t o = 0; o < outputs; o++, w += inputs) {
      const tw_channel_scale *scale = &products->scales[o];
      uint32_t sum = (uint32_t)scale->bias;
      for (uint32_t i = 0; i < inputs; i++) sum += (uint32_t)(x[i] * w[i]);
      out[o] = tw_finished(sum, scale, &products->finish);
    }
  }
}
