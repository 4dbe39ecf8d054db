// SPDX-License-Identifier: Apache-2.0
//
// Weights as PAIRS: for 4 outputs and 4 inputs 16 bytes, in halves of w[even] + 256 * w[odd].

#include "arithmetic.h"
#include "kernels.h"

// The weights of outputs 2 * pair and 2 * pair + 1 of a block for one input of a row.
static int32_t half_at(const uint8_t *row, uint32_t input, uint32_t pair) {
  const uint32_t word = 2 * pair + (input & 1);
  const uint32_t half = (input >> 1) & 1;
  const uint8_t *at = row + 16 * (input / 4) + 4 * word + 2 * half;
  return (int16_t)(at[0] | at[1] << 8);
}

static int32_t weight_at(const uint8_t *row, uint32_t input, uint32_t output) {
  const int32_t half = half_at(row, input, output / 2);
  const int32_t even = (int8_t)(half & 0xff);
  return output % 2 == 0 ? even : (half - even) / 256;
}

void tw_dot_pairs(const tw_products *products, const int8_t *x, uint32_t step, uint32_t positions,
                  int8_t *out) {
  const uint32_t inputs = products->inputs, outputs = products->outputs;
  const uint32_t row_bytes = 4 * ((inputs + 3) & ~3u);
  for (uint32_t p = 0; p < positions; p++, x += step, out += outputs) {
    const uint8_t *block = products->weights;
    for (uint32_t o = 0; o < outputs; o++) {
      if (o > 0 && o % 4 == 0) block += products->rows * row_bytes;
      const tw_channel_scale *scale = &products->scales[o];
      const uint8_t *w = block;
      const int8_t *row = x;
      uint32_t sum = (uint32_t)scale->bias;
      for (uint32_t r = 0; r < products->rows; r++, row += products->row_step, w += row_bytes) {
        for (uint32_t i = 0; i < inputs; i++) sum += (uint32_t)(row[i] * weight_at(w, i, o % 4));
      }
      out[o] = tw_finished(sum, scale, &products->finish);
    }
  }
}
