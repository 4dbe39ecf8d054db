// SPDX-License-Identifier: Apache-2.0
//
// The inner loops: what a target may replace by code of its own. Each function has a portable
// definition in kernels/, which reads like the formula, and may have a second one under the same
// name in kernels/<target>/, which a build links in its place. Both give the same bytes.

#ifndef TINYWRIGHT_KERNELS_H
#define TINYWRIGHT_KERNELS_H

#include <stdbool.h>
#include <stdint.h>

#include "program.h"

// The way from an accumulator to int8, the same for all outputs of an operator.
typedef struct {
  int32_t out_zero, low, high;
  bool once;    // rounds once (DENSE), else twice (CONV, DEPTHWISE)
  bool raises;  // a scale may shift to the left
} tw_finish;

// What is the same at all positions of a CONV, or for all vectors of a DENSE. An output reads
// `rows` rows of `inputs` values, `row_step` bytes apart; ROWS know one row only.
// `weights` begin with a whole block.
typedef struct {
  uint32_t rows, row_step;
  uint32_t inputs;
  const uint8_t *weights;
  const tw_channel_scale *scales;
  uint32_t outputs;
  tw_finish finish;
} tw_products;

// out[p][o] = finish(sum of x[p * step + r * row_step + i] * w[o][r][i] over r and i, scales[o])
// for `positions` positions, 1 or more, with weights packed as the function's name says. Up to 3
// bytes after each row may be read. x and out do not overlap; x, steps and out have any alignment.
typedef void tw_dot(const tw_products *products, const int8_t *x, uint32_t step, uint32_t positions,
                    int8_t *out);

tw_dot tw_dot_rows;
tw_dot tw_dot_pairs;
tw_dot tw_dot_quads;

// By packing; 0 where this build does not have it.
extern tw_dot *const tw_dots[TW_PACKINGS];

// Where the taps of one position of a DEPTHWISE lie: kernel_h rows `row_step` bytes apart, in each
// kernel_w taps `tap_step` bytes apart, at each tap the input channels side by side.
typedef struct {
  const int8_t *x;
  uint32_t row_step, tap_step;
} tw_taps;

// All output channels of one position.
typedef void tw_depthwise(const tw_taps *taps, const tw_conv *record, const uint8_t *weights,
                          const tw_channel_scale *scales, const tw_finish *finish, int8_t *out);

tw_depthwise tw_depthwise_rows;
tw_depthwise tw_depthwise_pairs;

extern tw_depthwise *const tw_depthwises[TW_PACKINGS];

// For each of `columns` columns the largest, or the sum, of `rows` x `taps` int8 values: rows
// `row_step` bytes apart, in each `taps` values `tap_step` bytes apart, columns side by side. rows
// and taps are 1 or more. `out` of the largest may be x itself.
void tw_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int8_t *out);
void tw_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
             uint32_t columns, int32_t *out);

// The most columns that tw_sums() is asked for at once.
#define TW_SUMS_AT_ONCE 16

#endif
