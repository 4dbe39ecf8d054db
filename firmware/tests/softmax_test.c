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

// exp(-d / 4) for d = 0, 1, ... and rows of inputs with a scale of 1/4: what TensorFlow Lite's
// reference kernels make of them. With a step of Newton's less they would not come out.
static const int32_t golden_exps[] = {2147483647, 1672462419, 1302515042, 1014399735,
                                      790015308,  615264540,  479168506,  373176807,
                                      290630390,  226343175,  176276242,  137284076};

static const struct {
  uint32_t depth;
  int8_t in[9], out[9];
} golden_rows[] = {
    {5, {0, -1, -6, 0, -11}, {-44, -63, -109, -44, -123}},
    {5, {0, -10, -10, -6, -9}, {44, -114, -114, -90, -110}},
    {9,
     {-3, -10, -11, 0, -7, -5, 0, -11, -10},
     {-90, -121, -123, -49, -114, -105, -49, -123, -121}},
    {9, {-7, -3, -2, -6, -2, -7, -9, 0, -3}, {-116, -96, -87, -113, -87, -116, -121, -61, -96}},
};

static void expect_golden_rows(void) {
  for (uint32_t i = 0; i < sizeof golden_rows / sizeof golden_rows[0]; i++) {
    tw_softmax r = {.rows = 1, .depth = golden_rows[i].depth, .entries = 12};
    trial_memory m = {0, 0, 0, 0};
    r.in = r.out = take_arena(&m, r.depth);
    r.table = take_weights(&m, sizeof golden_exps);
    make_memory(&m);
    memcpy(m.weights + r.table, golden_exps, sizeof golden_exps);
    memcpy(m.arena + r.in, golden_rows[i].in, r.depth);
    run_record(&tw_softmax_operator, &m, &r);
    EXPECT(memcmp(m.arena + r.out, golden_rows[i].out, r.depth) == 0);
    free_memory(&m);
  }
}

// A table must begin with exp(0), or the sum could be 0, and hold nothing negative.
static void expect_tables_checked(void) {
  tw_softmax r = {.rows = 1, .depth = 3, .entries = 12};
  trial_memory m = {0, 0, 0, 0};
  r.in = r.out = take_arena(&m, r.depth);
  r.table = take_weights(&m, sizeof golden_exps);
  make_memory(&m);
  int32_t *exps = (int32_t *)(void *)(m.weights + r.table);
  memcpy(exps, golden_exps, sizeof golden_exps);
  EXPECT(check_record(&tw_softmax_operator, &m, &r) == TW_OK);
  exps[0]--;
  EXPECT(check_record(&tw_softmax_operator, &m, &r) == TW_BAD_OPERATOR);
  exps[0]++;
  exps[11] = -1;
  EXPECT(check_record(&tw_softmax_operator, &m, &r) == TW_BAD_OPERATOR);
  free_memory(&m);
}

int main(void) {
  expect_golden_rows();
  expect_tables_checked();
  for (uint32_t trial = 0; trial < 3000; trial++) try_softmax();
  return 0;
}
