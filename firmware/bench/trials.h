// SPDX-License-Identifier: Apache-2.0
//
// Compares a target's kernels with the portable ones on random data: what all targets share.

#ifndef TINYWRIGHT_BENCH_TRIALS_H
#define TINYWRIGHT_BENCH_TRIALS_H

#include <stdbool.h>
#include <stdint.h>

#include "kernels.h"

enum { LARGEST_INPUTS = 1600, LARGEST_OUTPUTS = 16, TRIALS = 400 };

// What kernels are given, and where their outputs go: those of the portable one, and of its own.
extern int8_t trial_inputs[LARGEST_INPUTS + 32];
extern uint8_t trial_weights[(LARGEST_INPUTS + 16) * LARGEST_OUTPUTS];  // aligned to 16
extern tw_channel_scale trial_scales[LARGEST_OUTPUTS];
extern int8_t expected[LARGEST_INPUTS], actual[LARGEST_INPUTS];

uint32_t random_below(uint32_t limit);
int32_t random_between(int32_t low, int32_t high);

// Now and then nothing but the values that make sums largest.
void fill_inputs(void);

// Scales that a compiler could write for sums up to `largest_sum`.
void fill_scales(uint32_t largest_sum);
tw_finish random_finish(void);

// Whether the first bytes of `expected` and `actual` are equal; says which kernel's are not.
bool equal(const char *kernel, uint32_t bytes);

// The target's part: one trial of each kernel with weights. main() calls it TRIALS times.
bool try_products(void);

#endif
