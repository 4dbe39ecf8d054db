// SPDX-License-Identifier: Apache-2.0
//
// Compares this target's kernels with the portable ones on random data.

#include "kernels.h"
#include "arithmetic.h"
#include "trials.h"

// The portable definitions, built under other names.
tw_dot plain_dot_pairs;
tw_depthwise plain_depthwise_pairs;

static void fill_halves(uint32_t count, bool two_outputs) {
  const bool extreme = random_below(4) == 0;
  for (uint32_t i = 0; i < count; i++) {
    const int32_t even = extreme ? 127 : random_between(-127, 127);
    const int32_t odd = !two_outputs ? 0 : extreme ? 127 : random_between(-127, 127);
    ((int16_t *)trial_weights)[i] = (int16_t)(even + 256 * odd);
  }
}

static bool try_dot(void) {
  const uint32_t rows = random_below(2) == 0 ? 1 : 1 + random_below(5);
  const uint32_t count = 1 + random_below(random_below(4) == 0 ? LARGEST_INPUTS / rows : 40 / rows);
  const uint32_t outputs = 1 + random_below(LARGEST_OUTPUTS);
  const uint32_t groups = (count + 3) / 4;
  const int8_t *x = trial_inputs + random_below(4);
  fill_inputs();
  fill_halves(rows * groups * 2 * LARGEST_OUTPUTS, true);
  for (uint32_t i = count; i % 4 != 0; i++) {  // padding has no weight
    for (uint32_t row = 0; row < rows * (LARGEST_OUTPUTS / 4); row++) {
      int16_t *group = (int16_t *)trial_weights + (row * groups + i / 4) * 8;
      group[2 * (i & 1) + (i >> 1 & 1)] = group[4 + 2 * (i & 1) + (i >> 1 & 1)] = 0;
    }
  }
  fill_scales(rows * count * 127 * 128);
  const uint32_t row_step = random_below(LARGEST_INPUTS / rows - count + 1);
  tw_products products = {rows,         row_step, count,          trial_weights,
                          trial_scales, outputs,  random_finish()};
  products.finish.raises = tw_raises(trial_scales, outputs);
  const uint32_t positions = 1 + random_below(4), step = 1 + random_below(8);
  plain_dot_pairs(&products, x, step, positions, expected);
  tw_dot_pairs(&products, x, step, positions, actual);
  return equal("dot_pairs", positions * outputs);
}

static bool try_depthwise(void) {
  tw_conv record = {.head = {TW_DEPTHWISE, TW_PAIRS, 0}};
  record.kernel_h = 1 + random_below(4);
  record.kernel_w = 1 + random_below(6);
  record.in_c = record.out_c = 1 + random_below(LARGEST_OUTPUTS);
  const uint32_t tap_step = record.in_c * (1 + random_below(2));
  const tw_taps taps = {trial_inputs + random_below(4), tap_step * (6 + random_below(4)), tap_step};
  tw_finish finish = random_finish();
  finish.once = false;
  fill_inputs();
  fill_halves(record.kernel_h * record.kernel_w * LARGEST_OUTPUTS, false);
  fill_scales(record.kernel_h * record.kernel_w * 127 * 128);
  finish.raises = tw_raises(trial_scales, record.out_c);
  plain_depthwise_pairs(&taps, &record, trial_weights, trial_scales, &finish, expected);
  tw_depthwise_pairs(&taps, &record, trial_weights, trial_scales, &finish, actual);
  return equal("depthwise_pairs", record.out_c);
}

bool try_products(void) {
  return try_dot() && try_depthwise();
}
