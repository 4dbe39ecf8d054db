// SPDX-License-Identifier: Apache-2.0
//
// The roundings of docs/board-program.md as mathematics has them: 64 bits, divisions, no tricks.

#ifndef TINYWRIGHT_ORACLE_H
#define TINYWRIGHT_ORACLE_H

#include "kernels.h"
#include "trial.h"

static inline int64_t power_of_two(uint32_t exponent) {
  return (int64_t)1 << exponent;
}

static inline int64_t floor_divided(int64_t a, int64_t b) {
  return a / b - (a % b < 0);
}

static inline int64_t oracle_half_away(int64_t x, uint32_t shift) {
  const int64_t unit = power_of_two(shift);
  const int64_t magnitude = ((x < 0 ? -x : x) * 2 + unit) / (2 * unit);
  return x < 0 ? -magnitude : magnitude;
}

static inline int64_t oracle_once(int64_t a, int32_t multiplier, uint32_t right, uint32_t left) {
  const int64_t product = a * power_of_two(left) * multiplier;
  return floor_divided(product + power_of_two(30 + right), power_of_two(31 + right));
}

static inline int64_t oracle_twice(int64_t a, int32_t multiplier, uint32_t right, uint32_t left) {
  return oracle_half_away(oracle_once(a, multiplier, 0, left), right);
}

static inline int8_t oracle_finished(int64_t a, const tw_channel_scale *scale,
                                     const tw_finish *finish) {
  const uint32_t right = scale->shift & 0xff, left = scale->shift >> 8;
  int64_t value = (finish->once ? oracle_once : oracle_twice)(a, scale->multiplier, right, left);
  value += finish->out_zero;
  if (value < finish->low) value = finish->low;
  if (value > finish->high) value = finish->high;
  return (int8_t)value;
}

// A shift with which a sum of up to `magnitude` fills int8 now and then, and at times a left one.
static inline uint32_t random_shift(int64_t magnitude) {
  uint32_t bits = 0;
  while (magnitude >> bits != 0) bits++;
  if (bits < 30 && chance(6)) return below(30 - bits) << 8;
  return below(bits > 5 ? bits - 4 : 2);
}

static inline int32_t random_multiplier(void) {
  return chance(30) ? 0 : between(1 << 30, INT32_MAX);
}

// Biases and scales for sums of `count` products.
static inline void fill_scales(tw_channel_scale *scales, uint32_t outputs, uint32_t count) {
  for (uint32_t o = 0; o < outputs; o++) {
    scales[o].bias = between(-20000, 20000);
    scales[o].multiplier = random_multiplier();
    scales[o].shift = random_shift(20000 + (int64_t)count * (1 << 14));
  }
}

static inline tw_finish random_finish(bool once) {
  tw_finish finish = {between(-128, 127), -128, 127, once, true};
  if (chance(2)) finish.low = finish.out_zero;
  if (chance(3)) finish.high = between(finish.low, 127);
  return finish;
}

// --- packings: from int8 w[output][input] to what docs/board-program.md says
// ----------------------

// Of outputs that read `rows` rows of `inputs` values.
static inline uint32_t packed_bytes(uint32_t packing, uint32_t rows, uint32_t inputs,
                                    uint32_t outputs) {
  if (packing == TW_ROWS) return rows * inputs * outputs;
  if (packing == TW_PAIRS) return aligned(outputs, 4) * rows * aligned(inputs, 4);
  return aligned(outputs, 2) * aligned(rows * inputs, 2);
}

// 0 in the padding.
static inline int32_t weight_at(const int8_t *w, uint32_t inputs, uint32_t outputs, uint32_t input,
                                uint32_t output) {
  return input < inputs && output < outputs ? w[output * inputs + input] : 0;
}

// 0 behind the end of a row and for outputs that are not there.
static inline int32_t row_weight_at(const int8_t *w, uint32_t rows, uint32_t inputs,
                                    uint32_t outputs, uint32_t row, uint32_t input,
                                    uint32_t output) {
  if (input >= inputs) return 0;
  return weight_at(w, rows * inputs, outputs, row * inputs + input, output);
}

static inline void pack_pairs(const int8_t *w, uint32_t rows, uint32_t inputs, uint32_t outputs,
                              int16_t *half) {
  for (uint32_t block = 0; block < outputs; block += 4) {
    for (uint32_t at = 0; at < rows * aligned(inputs, 4); at += 4) {
      const uint32_t row = at / aligned(inputs, 4), group = at % aligned(inputs, 4);
      for (uint32_t word = 0; word < 4; word++) {
        const uint32_t even = block + word / 2 * 2, first = group + word % 2;
        for (uint32_t i = first; i <= first + 2; i += 2) {
          *half++ = (int16_t)(row_weight_at(w, rows, inputs, outputs, row, i, even) +
                              256 * row_weight_at(w, rows, inputs, outputs, row, i, even + 1));
        }
      }
    }
  }
}

static inline void pack_quads(const int8_t *w, uint32_t inputs, uint32_t outputs, uint8_t *byte) {
  for (uint32_t even = 0; even < outputs; even += 2) {
    for (uint32_t i = 0; i < aligned(inputs, 2); i++) {
      *byte++ = (uint8_t)(weight_at(w, inputs, outputs, i, even) + 128);
      *byte++ = (uint8_t)weight_at(w, inputs, outputs, i, even + 1);
    }
  }
}

// From int8 w[output][row][input].
static inline void pack(uint32_t packing, const int8_t *w, uint32_t rows, uint32_t inputs,
                        uint32_t outputs, uint8_t *packed) {
  if (packing == TW_ROWS) memcpy(packed, w, rows * inputs * outputs);
  if (packing == TW_PAIRS) pack_pairs(w, rows, inputs, outputs, (int16_t *)(void *)packed);
  if (packing == TW_QUADS) pack_quads(w, rows * inputs, outputs, packed);
}

static inline uint32_t depthwise_packed_bytes(uint32_t packing, uint32_t taps, uint32_t channels) {
  return packing == TW_PAIRS ? taps * aligned(channels, 4) * 2 : taps * channels;
}

// From int8 w[tap][channel].
static inline void pack_depthwise(uint32_t packing, const int8_t *w, uint32_t taps,
                                  uint32_t channels, uint8_t *packed) {
  if (packing != TW_PAIRS) {
    memcpy(packed, w, taps * channels);
    return;
  }
  int16_t *half = (int16_t *)(void *)packed;
  for (uint32_t block = 0; block < channels; block += 4) {
    for (uint32_t tap = 0; tap < taps; tap++) {
      const uint32_t order[4] = {block, block + 2, block + 1, block + 3};
      for (uint32_t i = 0; i < 4; i++) {
        *half++ = order[i] < channels ? w[tap * channels + order[i]] : 0;
      }
    }
  }
}

// Random weights; PAIRS have no -128.
static inline int8_t *random_weights(uint32_t packing, uint32_t count) {
  int8_t *w = (int8_t *)new_bytes(count);
  const bool extreme = chance(8);
  for (uint32_t i = 0; i < count; i++) {
    if (extreme) w[i] = packing == TW_PAIRS ? 127 : -128;
    if (packing == TW_PAIRS && w[i] == -128) w[i] = -127;
  }
  return w;
}

#endif
