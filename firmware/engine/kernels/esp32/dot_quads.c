// SPDX-License-Identifier: Apache-2.0
//
// Weights as QUADS: for 2 outputs and 2 inputs a word with two halves of
// 256 * w[odd] + w[even] + 128.
//
// The multiply-accumulator takes halves, at one instruction a product, loads included. So inputs
// are widened to halves, once for all outputs. Two sums then serve two outputs: with x against the
// halves of the weights as they are, 256 * odd + even + 128 * (sum of x); against their low bytes,
// the last two terms alone. Low bytes are taken out once for many positions, or as they are needed.

#include "finish.h"
#include "kernels.h"
#include "lx6.h"
#include "products.h"

// How many halves there are on the stack for widened inputs and low bytes. Below 512, which keeps a
// sum in 32 bits.
#define HALVES 208u

// How many outputs share the widening of inputs, and how many positions share low bytes.
#define OUTPUTS_AT_ONCE 32u
#define POSITIONS_AT_ONCE 8u

static inline uint32_t words_of(uint32_t halves) {
  return (halves + 1) / 2;
}

// What an output reads.
static inline uint32_t inputs_of(const tw_products *products) {
  return products->rows * products->inputs;
}

static inline uint32_t smaller(uint32_t a, uint32_t b) {
  return a < b ? a : b;
}

// One input a half. Returns what is behind the last.
static uint16_t *widen(const int8_t *x, uint32_t inputs, uint16_t *to) {
  const uint8_t *from = (const uint8_t *)x;
  uint32_t left = inputs;
  for (; left >= 4; left -= 4, from += 4, to += 4) {
    to[0] = (uint16_t)lx6_signed_byte(from[0]);
    to[1] = (uint16_t)lx6_signed_byte(from[1]);
    to[2] = (uint16_t)lx6_signed_byte(from[2]);
    to[3] = (uint16_t)lx6_signed_byte(from[3]);
  }
  for (; left != 0; left--) *to++ = (uint16_t)lx6_signed_byte(*from++);
  return to;
}

// `count` inputs of one position from the one at `first` on, and a zero behind the last.
static void widen_position(const tw_products *products, const int8_t *x, uint32_t first,
                           uint32_t count, uint32_t *words) {
  uint16_t *to = (uint16_t *)words;
  const int8_t *row = x;
  uint32_t column = first;
  for (; column >= products->inputs; column -= products->inputs) row += products->row_step;
  while (count != 0) {
    const uint32_t now = smaller(products->inputs - column, count);
    to = widen(row + column, now, to);
    count -= now;
    column = 0;
    row += products->row_step;
  }
  *to = 0;
}

// --- many positions ------------------------------------------------------------------------------

// One output of all positions.
static void finish_positions(const uint32_t *sums, uint32_t positions,
                             const tw_channel_scale *scale, const tw_finish *finish,
                             uint32_t out_step, int8_t *out) {
  const lx6_range range = lx6_range_of(finish);
  if (!finish->once && !finish->raises) {
    tw_lx6_finish(sums, positions, scale, &range, out_step, out);
    return;
  }
  const lx6_channel channel = lx6_channel_of(scale);
  for (uint32_t p = 0; p < positions; p++, out += out_step) {
    *out = lx6_finished(sums[2 * p], &channel, finish->once, &range);
  }
}

static void dot_tile(const tw_products *products, const tw_lx6_tile *tile, uint32_t *low_bytes,
                     int8_t *out) {
  uint32_t sums[2 * POSITIONS_AT_ONCE];
  const uint32_t outputs = products->outputs;
  const uint32_t *quads = (const uint32_t *)(const void *)products->weights;
  for (uint32_t o = 0; o < outputs; o += 2, quads += tile->words) {
    tw_lx6_two_outputs(tile, quads, low_bytes, sums);
    const tw_channel_scale *scales = products->scales + o;
    finish_positions(sums, tile->positions, scales, &products->finish, outputs, out + o);
    if (o + 1 == outputs) break;
    finish_positions(sums + 1, tile->positions, scales + 1, &products->finish, outputs,
                     out + o + 1);
  }
}

// Whether windows overlap and all begin at whole words: these are widened together.
static bool widens_together(const tw_products *products, uint32_t step) {
  return products->rows == 1 && step % 2 == 0 && step <= products->inputs;
}

// How many words lie between two positions.
static uint32_t words_between(const tw_products *products, uint32_t step) {
  return widens_together(products, step) ? step / 2 : words_of(inputs_of(products));
}

// Whether there is room for the low bytes of two outputs beside the inputs of two positions.
static bool has_room(const tw_products *products, uint32_t step) {
  return 2 * words_of(inputs_of(products)) + words_between(products, step) <= HALVES / 2;
}

static void dot_positions(const tw_products *products, const int8_t *x, uint32_t step,
                          uint32_t positions, int8_t *out) {
  uint32_t space[HALVES / 2 + 1], offsets[POSITIONS_AT_ONCE];
  const uint32_t inputs = inputs_of(products), words = words_of(inputs);
  const bool together = widens_together(products, step);
  const uint32_t between = words_between(products, step);
  tw_lx6_tile tile = {0, words, space, between * sizeof *space, offsets};
  const uint32_t most = smaller(1 + (HALVES / 2 - 2 * words) / between, POSITIONS_AT_ONCE);
  for (; positions != 0; positions -= tile.positions, out += tile.positions * products->outputs) {
    tile.positions = smaller(positions, most);
    if (together) *widen(x, inputs + (tile.positions - 1) * step, (uint16_t *)space) = 0;
    uint32_t *own = space;
    for (uint32_t p = 0; p < tile.positions; p++, x += step, own += between) {
      if (!together) widen_position(products, x, 0, inputs, own);
      offsets[p] = tw_lx6_offset(own, words);
    }
    dot_tile(products, &tile, own - between + words, out);
  }
}

// --- one position --------------------------------------------------------------------------------

// At most OUTPUTS_AT_ONCE outputs.
static void dot_some(const tw_products *products, uint32_t outputs, const uint32_t *weights,
                     const tw_channel_scale *scales, const int8_t *x, int8_t *out) {
  uint32_t space[HALVES / 2 + 1], sums[OUTPUTS_AT_ONCE];
  const uint32_t even_outputs = (outputs + 1) & ~1u;
  const uint32_t inputs = inputs_of(products);
  const uint32_t block = words_of(inputs) * sizeof *weights;
  for (uint32_t o = 0; o < even_outputs; o++) sums[o] = 0;
  for (uint32_t i = 0; i < inputs; i += HALVES) {
    const uint32_t count = smaller(inputs - i, HALVES), words = words_of(count);
    widen_position(products, x, i, count, space);
    tw_lx6_add_outputs(space, words, tw_lx6_offset(space, words), weights + i / 2, block, sums,
                       even_outputs);
  }
  const lx6_range range = lx6_range_of(&products->finish);
  for (uint32_t o = 0; o < outputs; o++) {
    const lx6_channel channel = lx6_channel_of(&scales[o]);
    out[o] = lx6_finished(sums[o], &channel, products->finish.once, &range);
  }
}

static void dot_position(const tw_products *products, const int8_t *x, int8_t *out) {
  const uint32_t *weights = (const uint32_t *)(const void *)products->weights;
  for (uint32_t o = 0; o < products->outputs; o += OUTPUTS_AT_ONCE) {
    dot_some(products, smaller(products->outputs - o, OUTPUTS_AT_ONCE),
             weights + o / 2 * words_of(inputs_of(products)), products->scales + o, x, out + o);
  }
}

void tw_dot_quads(const tw_products *products, const int8_t *x, uint32_t step, uint32_t positions,
                  int8_t *out) {
  if (positions > 1 && has_room(products, step)) {
    dot_positions(products, x, step, positions, out);
    return;
  }
  for (; positions != 0; positions--, x += step, out += products->outputs) {
    dot_position(products, x, out);
  }
}
