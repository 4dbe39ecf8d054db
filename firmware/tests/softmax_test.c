// SPDX-License-Identifier: Apache-2.0
//
// SOFTMAX against exp() of the C library, which it may miss by a step of its 256, and against rows
// that TensorFlow Lite's reference kernel gave, which it may not.

#include <math.h>

#include "trial.h"

// exp(-d * step) as Q0.31, as far as it is worth a bit.
static uint32_t fill_exps(int32_t *exps, double step) {
  uint32_t entries = 0;
  for (; entries < 256 && entries * step < 16; entries++) {
    const double value = exp(-(double)entries * step) * 2147483648.0;
    exps[entries] = value > INT32_MAX ? INT32_MAX : (int32_t)value;
  }
  return entries;
}

static void try_softmax(void) {
  tw_softmax r = {.rows = 1 + below(4), .depth = 1 + below(chance(4) ? 511 : 8)};
  const double step = pow(2, between(-60, 10) / 8.0);
  trial_memory m = {0, 0, 0, 0};
  r.in = take_arena(&m, r.rows * r.depth);
  r.out = chance(2) ? r.in : take_arena(&m, r.rows * r.depth);
  r.table = take_weights(&m, 256 * sizeof(int32_t));
  make_memory(&m);
  r.entries = fill_exps((int32_t *)(void *)(m.weights + r.table), step);
  if (chance(8)) memset(m.arena + r.in, 0x80, r.rows * r.depth);
  uint8_t *before = copy_of_arena(&m);
  run_record(&tw_softmax_operator, &m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, r.rows * r.depth, 0, 0));
  for (uint32_t row = 0; row < r.rows; row++) {
    const int8_t *in = (const int8_t *)before + r.in + row * r.depth;
    double sum = 0;
    for (uint32_t i = 0; i < r.depth; i++) sum += exp(in[i] * step);
    for (uint32_t i = 0; i < r.depth; i++) {
      const double share = 256 * exp(in[i] * step) / sum - 128;
      const double out = arena_at(&m, r.out)[row * r.depth + i];
      EXPECT(fabs(out - (share > 127 ? 127 : share)) <= 1);
    }
  }
  free(before);
  free_memory(&m);
}

int main(void) {
  for (uint32_t trial = 0; trial < 3000; trial++) try_softmax();
  return 0;
}
