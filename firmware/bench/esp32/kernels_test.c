// SPDX-License-Identifier: Apache-2.0
//
// The ESP32's kernels with weights against the portable ones.

#include "arithmetic.h"
#include "trials.h"

// The portable definitions, built under other names.
tw_dot plain_dot_quads;
tw_depthwise plain_depthwise_rows;

static void fill_weights(uint32_t bytes) {
  const bool extreme = random_below(4) == 0;
  const uint8_t value = random_below(2) == 0 ? 0 : 255;
  for (uint32_t i = 0; i < bytes; i++) {
    trial_weights[i] = extreme ? value : (uint8_t)random_below(256);
  }
}

static bool try_dot(void) {
  const uint32_t positions = 1 + random_below(20), step = 1 + random_below(40);
  const uint32_t rows = 1 + (random_below(2) == 0 ? random_below(4) : 0);
  const uint32_t most = (LARGEST_INPUTS - positions * step) / rows / 2;
  const uint32_t inputs = 1 + random_below(random_below(4) == 0 ? most : 40 / rows);
  const uint32_t count = rows * inputs;
  const uint32_t outputs = 1 + random_below(LARGEST_OUTPUTS);
  const int8_t *x = trial_inputs + random_below(4);
  fill_inputs();
  fill_weights(((count + 1) & ~1u) * LARGEST_OUTPUTS);
  for (uint32_t pair = 0; count % 2 != 0 && pair < LARGEST_OUTPUTS / 2; pair++) {
    uint8_t *padding = trial_weights + ((count + 1) * (pair + 1) - 1) * 2;
    padding[0] = 128;  // no weight
    padding[1] = 0;
  }
  fill_scales(count * 128 * 128);
  const uint32_t row_step = inputs + random_below(inputs);
  tw_products products = {rows,         row_step, inputs,         trial_weights,
                          trial_scales, outputs,  random_finish()};
  products.finish.raises = tw_raises(trial_scales, outputs);
  plain_dot_quads(&products, x, step, positions, expected);
  tw_dot_quads(&products, x, step, positions, actual);
  return equal("dot_quads", positions * outputs);
}

static bool try_depthwise(void) {
  tw_conv record = {.head = {TW_DEPTHWISE, TW_ROWS, 0}};
  record.kernel_h = 1 + random_below(4);
  record.kernel_w = 1 + random_below(6);
  const uint32_t outputs_an_input = 1 + (random_below(4) == 0 ? random_below(4) : 0);
  record.in_c = 1 + random_below(LARGEST_OUTPUTS / outputs_an_input);
  record.out_c = record.in_c * outputs_an_input;
  const uint32_t tap_step = record.in_c * (1 + random_below(2));
  const tw_taps taps = {trial_inputs + random_below(4), tap_step * (6 + random_below(4)), tap_step};
  tw_finish finish = random_finish();
  finish.once = false;
  fill_inputs();
  fill_weights(record.kernel_h * record.kernel_w * record.out_c);
  fill_scales(record.kernel_h * record.kernel_w * 128 * 128);
  finish.raises = tw_raises(trial_scales, record.out_c);
  plain_depthwise_rows(&taps, &record, trial_weights, trial_scales, &finish, expected);
  tw_depthwise_rows(&taps, &record, trial_weights, trial_scales, &finish, actual);
  return equal("depthwise_rows", record.out_c);
}

bool try_products(void) {
  return try_dot() && try_depthwise();
}
