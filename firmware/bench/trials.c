// SPDX-License-Identifier: Apache-2.0

#include "trials.h"

#include "counter.h"
#include "host.h"

// The portable definitions, built under other names.
void plain_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps,
                   uint32_t tap_step, uint32_t columns, int8_t *out);
void plain_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int32_t *out);

int8_t trial_inputs[LARGEST_INPUTS + 32];
_Alignas(16) uint8_t trial_weights[(LARGEST_INPUTS + 16) * LARGEST_OUTPUTS];
tw_channel_scale trial_scales[LARGEST_OUTPUTS];
_Alignas(4) int8_t expected[LARGEST_INPUTS], actual[LARGEST_INPUTS];

static uint32_t random_state;

uint32_t random_below(uint32_t limit) {
  random_state = random_state * 1664525u + 1013904223u;
  return (uint32_t)(((uint64_t)random_state * limit) >> 32);
}

int32_t random_between(int32_t low, int32_t high) {
  return low + (int32_t)random_below((uint32_t)(high - low + 1));
}

void fill_inputs(void) {
  const bool extreme = random_below(4) == 0;
  for (uint32_t i = 0; i < sizeof trial_inputs; i++) {
    trial_inputs[i] = (int8_t)(extreme ? -128 : random_between(-128, 127));
  }
}

void fill_scales(uint32_t largest_sum) {
  for (uint32_t o = 0; o < LARGEST_OUTPUTS; o++) {
    uint32_t left = random_below(8) == 0 ? random_below(6) : 0;
    trial_scales[o].bias = random_between(-100000, 100000);
    while (((largest_sum + 100000) << left) >> 30 != 0) left--;
    const uint32_t right = left == 0 ? random_below(14) : 0;
    trial_scales[o].multiplier = random_between(1 << 30, INT32_MAX);
    trial_scales[o].shift = left << 8 | right;
  }
}

tw_finish random_finish(void) {
  tw_finish finish = {random_between(-128, 127), -128, 127, random_below(2) == 0, true};
  if (random_below(2) == 0) {
    finish.low = random_between(-128, 0);
    finish.high = random_between(0, 127);
  }
  return finish;
}

bool equal(const char *kernel, uint32_t bytes) {
  uint32_t same = 0;
  while (same < bytes && expected[same] == actual[same]) same++;
  if (same == bytes) return true;
  host_print(kernel);
  host_print(": differs from the portable kernel\n");
  return false;
}

static bool try_columns(void) {
  const uint32_t rows = 1 + random_below(3), taps = 1 + random_below(4);
  const uint32_t columns = 1 + random_below(TW_SUMS_AT_ONCE), tap_step = columns + random_below(3);
  const uint32_t row_step = tap_step * taps;
  fill_inputs();
  plain_largest(trial_inputs, rows, row_step, taps, tap_step, columns, expected);
  tw_largest(trial_inputs, rows, row_step, taps, tap_step, columns, actual);
  if (!equal("largest", columns)) return false;
  plain_sums(trial_inputs, rows, row_step, taps, tap_step, columns, (int32_t *)expected);
  tw_sums(trial_inputs, rows, row_step, taps, tap_step, columns, (int32_t *)actual);
  if (!equal("sums", columns * sizeof(int32_t))) return false;
  plain_sums(trial_inputs, 1, 0, LARGEST_INPUTS / 5, 5, 5, (int32_t *)expected);
  tw_sums(trial_inputs, 1, 0, LARGEST_INPUTS / 5, 5, 5, (int32_t *)actual);
  return equal("long sums", 5 * sizeof(int32_t));
}

int main(void) {
  if (!counter_start()) {
    host_print("the timer does not count instructions exactly\n");
    return 1;
  }
  for (uint32_t trial = 0; trial < TRIALS; trial++) {
    if (!try_products() || !try_columns()) return 1;
  }
  host_print("equal\n");
  return 0;
}
