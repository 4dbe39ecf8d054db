// SPDX-License-Identifier: Apache-2.0
//
// The roundings of int8 inference (docs/board-program.md). What could leave 32 bits for values that
// no compiler writes is done in uint32_t and wraps: the answer is then wrong, never undefined.

#ifndef TINYWRIGHT_ARITHMETIC_H
#define TINYWRIGHT_ARITHMETIC_H

#include "kernels.h"
#include "program.h"

static inline int32_t tw_wrapping_add(int32_t a, int32_t b) {
  return (int32_t)((uint32_t)a + (uint32_t)b);
}

static inline int32_t tw_clamp(int32_t value, int32_t low, int32_t high) {
  return value < low ? low : value > high ? high : value;
}

// The halves of tw_channel_scale.shift.
static inline uint32_t tw_right(uint32_t shift) {
  return shift & 31;
}

static inline uint32_t tw_left(uint32_t shift) {
  return shift >> 8;
}

// Whether any of `count` scales shifts to the left.
static inline bool tw_raises(const tw_channel_scale *scales, uint32_t count) {
  uint32_t shifts = 0;
  for (uint32_t o = 0; o < count; o++) shifts |= scales[o].shift;
  return tw_left(shifts) > 0;
}

// value * 2^left
static inline int32_t tw_raised(int32_t value, uint32_t shift) {
  return (int32_t)((uint32_t)value << tw_left(shift));
}

// x / 2^shift, to the nearest, halves away from zero.
static inline int32_t tw_half_away(int32_t x, uint32_t shift) {
  if (shift == 0) return x;
  return tw_wrapping_add(x, (int32_t)(1u << (shift - 1)) - (x < 0)) >> shift;
}

// a * b / 2^31, to the nearest, halves up.
static inline int32_t tw_doubled_high(int32_t a, int32_t b) {
  return (int32_t)(((int64_t)a * b + (1 << 30)) >> 31);
}

// a * multiplier * 2^(left - right - 31), rounded once: DENSE.
static inline int32_t tw_once(int32_t a, int32_t multiplier, uint32_t shift) {
  const int64_t product = (int64_t)tw_raised(a, shift) * multiplier;
  const uint32_t right = tw_right(shift);
  return (int32_t)((product + ((int64_t)1 << (30 + right))) >> (31 + right));
}

// The same, rounded after the multiplication and again after the shift: all other operators.
static inline int32_t tw_twice(int32_t a, int32_t multiplier, uint32_t shift) {
  return tw_half_away(tw_doubled_high(tw_raised(a, shift), multiplier), tw_right(shift));
}

// From an accumulator, bias included, to the int8 of its output channel.
static inline int8_t tw_finished(uint32_t sum, const tw_channel_scale *scale,
                                 const tw_finish *finish) {
  const int32_t a = (int32_t)sum;
  const int32_t scaled = finish->once ? tw_once(a, scale->multiplier, scale->shift)
                                      : tw_twice(a, scale->multiplier, scale->shift);
  return (int8_t)tw_clamp(tw_wrapping_add(scaled, finish->out_zero), finish->low, finish->high);
}

#endif
