// SPDX-License-Identifier: Apache-2.0
//
// DENSE in every packing against two loops.

#include "oracle.h"

static void try_dense(uint32_t packing) {
  tw_dense r = {.head = {TW_DENSE, (uint8_t)packing, sizeof(tw_dense) / 4}};
  r.rows = chance(2) ? 1 : 1 + below(4);
  r.inputs = 1 + below(chance(8) ? 700 : 40);
  r.outputs = 1 + below(chance(4) ? 40 : 9);
  trial_memory m = {0, 0, 0, 0};
  r.out = take_arena(&m, r.rows * r.outputs);
  r.in = take_arena(&m, r.rows * r.inputs + 3);
  r.scales = take_weights(&m, r.outputs * (uint32_t)sizeof(tw_channel_scale));
  r.weights = take_weights(&m, packed_bytes(packing, 1, r.inputs, r.outputs));
  make_memory(&m);
  const tw_finish finish = random_finish(true);
  r.out_zero = finish.out_zero, r.low = finish.low, r.high = finish.high;
  tw_channel_scale *scales = (tw_channel_scale *)(void *)(m.weights + r.scales);
  fill_scales(scales, r.outputs, r.inputs);
  int8_t *w = random_weights(packing, r.inputs * r.outputs);
  pack(packing, w, 1, r.inputs, r.outputs, m.weights + r.weights);

  uint8_t *before = copy_of_arena(&m);
  run_record(&tw_dense_operator, &m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, r.rows * r.outputs, 0, 0));
  for (uint32_t row = 0; row < r.rows; row++) {
    for (uint32_t o = 0; o < r.outputs; o++) {
      int64_t sum = scales[o].bias;
      for (uint32_t i = 0; i < r.inputs; i++) {
        sum += arena_at(&m, r.in)[row * r.inputs + i] * w[o * r.inputs + i];
      }
      EXPECT(arena_at(&m, r.out)[row * r.outputs + o] == oracle_finished(sum, &scales[o], &finish));
    }
  }
  free(before);
  free(w);
  free_memory(&m);
}

int main(void) {
  for (uint32_t trial = 0; trial < 1500; trial++) try_dense(trial % TW_PACKINGS);
  return 0;
}
