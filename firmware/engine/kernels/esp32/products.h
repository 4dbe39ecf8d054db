// SPDX-License-Identifier: Apache-2.0
//
// What products.S computes. Words are of two 16-bit halves each; sums of their products load one
// word past the last that they use.

#ifndef TINYWRIGHT_ESP32_PRODUCTS_H
#define TINYWRIGHT_ESP32_PRODUCTS_H

#include "finish.h"
#include "kernels.h"

// Widened inputs of some positions, 1 or more. products.S knows the places of the fields.
typedef struct {
  uint32_t positions, words;  // words of a position
  const uint32_t *x;          // of the first position
  uint32_t step;              // bytes from one to the next
  const uint32_t *offsets;    // tw_lx6_offset() of each
} tw_lx6_tile;

// -128 * the sum of the halves of x.
uint32_t tw_lx6_offset(const uint32_t *x, uint32_t words);

// Adds to `outputs` (even, 2 or more) outputs of one position. `offset` is that of x. Two outputs'
// QUADS lie `block` bytes behind the two before.
void tw_lx6_add_outputs(const uint32_t *x, uint32_t words, uint32_t offset, const uint32_t *quads,
                        uint32_t block, uint32_t *sums, uint32_t outputs);

// Two outputs of all positions, to sums[2 * position] and behind it. Puts the low bytes of the
// quads' halves into `low_bytes`, as many words as a position has.
void tw_lx6_two_outputs(const tw_lx6_tile *tile, const uint32_t *quads, uint32_t *low_bytes,
                        uint32_t *sums);

// lx6_finished() of every second sum, from the first on, to every `out_step`th output. For scales
// that do not shift to the left and outputs that are rounded twice.
void tw_lx6_finish(const uint32_t *sums, uint32_t positions, const tw_channel_scale *scale,
                   const lx6_range *range, uint32_t out_step, int8_t *out);

#endif
