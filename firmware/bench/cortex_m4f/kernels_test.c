// SPDX-License-Identifier: Apache-2.0
//
// Compares this target's kernels with the portable ones on random data.

#include <string.h>

#include "counter.h"
#include "host.h"
#include "kernels.h"

// The portable definitions, built under other names.
tw_dot plain_dot_pairs;
tw_depthwise plain_depthwise_pairs;
void plain_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps,
                   uint32_t tap_step, uint32_t columns, int8_t *out);
void plain_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int32_t *out);

enum { LARGEST_INPUTS = 1600, LARGEST_OUTPUTS = 16, TRIALS = 400 };

static int8_t inputs[LARGEST_INPUTS + 8];
static _Alignas(16) uint8_t weights[(LARGEST_INPUTS + 3) * LARGEST_OUTPUTS];
static tw_channel_scale scales[LARGEST_OUTPUTS];
static _Alignas(4) int8_t expected[LARGEST_INPUTS], actual[LARGEST_INPUTS];

static uint32_t random_state;

static uint32_t random_below(uint32_t limit) {
  random_state = random_state * 1664525u + 1013904223u;
  return (uint32_t)(((uint64_t)random_state * limit) >> 32);
}

static int32_t random_between(int32_t low, int32_t high) {
  return low + (int32_t)random_below((uint32_t)(high - low + 1));
}

// Now and then nothing but the values that make sums largest.
static void fill_inputs(void) {
  const bool extreme = random_below(4) == 0;
  for (uint32_t i = 0; i < sizeof inputs; i++) {
    inputs[i] = (int8_t)(extreme ? -128 : random_between(-128, 127));
  }
}

static void fill_halves(uint32_t count, bool two_outputs) {
  const bool extreme = random_below(4) == 0;
  for (uint32_t i = 0; i < count; i++) {
    const int32_t even = extreme ? 127 : random_between(-127, 127);
    const int32_t odd = !two_outputs ? 0 : extreme ? 127 : random_between(-127, 127);
    ((int16_t *)weights)[i] = (int16_t)(even + 256 * odd);
  }
}

static void fill_scales(uint32_t largest_sum) {
  for (uint32_t o = 0; o < LARGEST_OUTPUTS; o++) {
    uint32_t left = random_below(8) == 0 ? random_below(6) : 0;
    scales[o].bias = random_between(-100000, 100000);
    while (((largest_sum + 100000) << left) >> 30 != 0) left--;
    const uint32_t right = left == 0 ? random_below(14) : 0;
    scales[o].multiplier = random_between(1 << 30, INT32_MAX);
    scales[o].shift = left << 8 | right;
  }
}

static tw_finish random_finish(void) {
  tw_finish finish = {random_between(-128, 127), -128, 127, random_below(2) == 0};
  if (random_below(2) == 0) {
    finish.low = random_between(-128, 0);
    finish.high = random_between(0, 127);
  }
  return finish;
}

static bool equal(const char *kernel, uint32_t bytes) {
  if (memcmp(expected, actual, bytes) == 0) return true;
  host_print(kernel);
  host_print(": differs from the portable kernel\n");
  return false;
}

static bool try_dot(void) {
  const uint32_t count = 1 + random_below(random_below(4) == 0 ? LARGEST_INPUTS : 40);
  const uint32_t outputs = 1 + random_below(LARGEST_OUTPUTS);
  const tw_finish finish = random_finish();
  const int8_t *x = inputs + random_below(4);
  fill_inputs();
  fill_halves(((count + 3) & ~3u) * LARGEST_OUTPUTS / 2, true);
  for (uint32_t i = count; i % 4 != 0; i++) {  // padding has no weight
    for (uint32_t block = 0; block < LARGEST_OUTPUTS / 4; block++) {
      int16_t *group = (int16_t *)weights + (block * ((count + 3) / 4) + i / 4) * 8;
      group[2 * (i & 1) + (i >> 1 & 1)] = group[4 + 2 * (i & 1) + (i >> 1 & 1)] = 0;
    }
  }
  fill_scales(count * 127 * 128);
  plain_dot_pairs(x, count, weights, scales, outputs, &finish, expected);
  tw_dot_pairs(x, count, weights, scales, outputs, &finish, actual);
  return equal("dot_pairs", outputs);
}

static bool try_depthwise(void) {
  tw_conv record = {.head = {TW_DEPTHWISE, TW_PAIRS, 0}};
  record.kernel_h = 1 + random_below(4);
  record.kernel_w = 1 + random_below(6);
  record.in_c = record.out_c = 1 + random_below(LARGEST_OUTPUTS);
  const uint32_t tap_step = record.in_c * (1 + random_below(2));
  const tw_taps taps = {inputs + random_below(4), tap_step * (6 + random_below(4)), tap_step};
  tw_finish finish = random_finish();
  finish.once = false;
  fill_inputs();
  fill_halves(record.kernel_h * record.kernel_w * LARGEST_OUTPUTS, false);
  fill_scales(record.kernel_h * record.kernel_w * 127 * 128);
  plain_depthwise_pairs(&taps, &record, weights, scales, &finish, expected);
  tw_depthwise_pairs(&taps, &record, weights, scales, &finish, actual);
  return equal("depthwise_pairs", record.out_c);
}

static bool try_columns(void) {
  const uint32_t rows = 1 + random_below(3), taps = 1 + random_below(4);
  const uint32_t columns = 1 + random_below(TW_SUMS_AT_ONCE), tap_step = columns + random_below(3);
  const uint32_t row_step = tap_step * taps;
  fill_inputs();
  plain_largest(inputs, rows, row_step, taps, tap_step, columns, expected);
  tw_largest(inputs, rows, row_step, taps, tap_step, columns, actual);
  if (!equal("largest", columns)) return false;
  plain_sums(inputs, rows, row_step, taps, tap_step, columns, (int32_t *)expected);
  tw_sums(inputs, rows, row_step, taps, tap_step, columns, (int32_t *)actual);
  if (!equal("sums", columns * sizeof(int32_t))) return false;
  plain_sums(inputs, 1, 0, LARGEST_INPUTS / 5, 5, 5, (int32_t *)expected);
  tw_sums(inputs, 1, 0, LARGEST_INPUTS / 5, 5, 5, (int32_t *)actual);
  return equal("long sums", 5 * sizeof(int32_t));
}

int main(void) {
  if (!counter_start()) {
    host_print("the timer does not count instructions exactly\n");
    return 1;
  }
  for (uint32_t trial = 0; trial < TRIALS; trial++) {
    if (!try_dot() || !try_depthwise() || !try_columns()) return 1;
  }
  host_print("equal\n");
  return 0;
}
