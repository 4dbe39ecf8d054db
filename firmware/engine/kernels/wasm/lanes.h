// SPDX-License-Identifier: Apache-2.0
//
// What the SIMD kernels share: bytes widened to 16 bits, and four outputs at once from 32-bit sums
// to int8.

#ifndef TINYWRIGHT_WASM_LANES_H
#define TINYWRIGHT_WASM_LANES_H

#include <wasm_simd128.h>

#include "arithmetic.h"
#include "kernels.h"

static inline v128_t load8_wide(const int8_t *x) {
  return wasm_i16x8_load8x8(x);
}

// Four bytes, and zeros in the other lanes.
static inline v128_t load4_wide(const int8_t *x) {
  return wasm_i16x8_extend_low_i8x16(wasm_v128_load32_zero(x));
}

// Lane i is the sum of all lanes of the i-th.
static inline v128_t sums_of_lanes(v128_t a, v128_t b, v128_t c, v128_t d) {
  const v128_t ab =
      wasm_i32x4_add(wasm_i32x4_shuffle(a, b, 0, 1, 4, 5), wasm_i32x4_shuffle(a, b, 2, 3, 6, 7));
  const v128_t cd =
      wasm_i32x4_add(wasm_i32x4_shuffle(c, d, 0, 1, 4, 5), wasm_i32x4_shuffle(c, d, 2, 3, 6, 7));
  return wasm_i32x4_add(wasm_i32x4_shuffle(ab, cd, 0, 2, 4, 6),
                        wasm_i32x4_shuffle(ab, cd, 1, 3, 5, 7));
}

// The scales of four outputs. There is no shift by a different count in each lane: the powers of
// two are made as floats, and multiplied with. Shifting right by s is multiplying by 2^(31 - s) and
// taking the upper half of the doubled product; 2^31 has no int32, but its negative has.
typedef struct {
  v128_t bias, multiplier;
  v128_t raise;        // 2^left
  v128_t half;         // 2^(right - 1), or 0
  v128_t ties;         // all ones where right is above 0
  v128_t minus_shift;  // -2^(31 - right)
} tw_scales4;

// The integer part of 2^exponent, for exponents of -126 to 30; -2^exponent up to 31.
static inline v128_t powers_of_two(v128_t exponent) {
  const v128_t bits = wasm_i32x4_shl(wasm_i32x4_add(exponent, wasm_i32x4_const_splat(127)), 23);
  return wasm_i32x4_trunc_sat_f32x4(bits);
}

static inline v128_t minus_powers_of_two(v128_t exponent) {
  const v128_t bits = wasm_i32x4_shl(wasm_i32x4_add(exponent, wasm_i32x4_const_splat(127)), 23);
  return wasm_i32x4_trunc_sat_f32x4(wasm_f32x4_neg(bits));
}

// Of outputs `at` to `at + 3`; those from `outputs` on are the last one again.
static inline tw_scales4 scales4(const tw_channel_scale *scales, uint32_t at, uint32_t outputs) {
  const uint32_t last = outputs - 1;
  const tw_channel_scale *a = &scales[at], *b = &scales[at + 1 < last ? at + 1 : last],
                         *c = &scales[at + 2 < last ? at + 2 : last],
                         *d = &scales[at + 3 < last ? at + 3 : last];
  const v128_t shift =
      wasm_i32x4_make((int32_t)a->shift, (int32_t)b->shift, (int32_t)c->shift, (int32_t)d->shift);
  const v128_t right = wasm_v128_and(shift, wasm_i32x4_const_splat(31));
  const v128_t left = wasm_u32x4_shr(shift, 8);
  return (tw_scales4){
      .bias = wasm_i32x4_make(a->bias, b->bias, c->bias, d->bias),
      .multiplier = wasm_i32x4_make(a->multiplier, b->multiplier, c->multiplier, d->multiplier),
      .raise = powers_of_two(left),
      .half = powers_of_two(wasm_i32x4_sub(right, wasm_i32x4_const_splat(1))),
      .ties = wasm_i32x4_ne(right, wasm_i32x4_const_splat(0)),
      .minus_shift = minus_powers_of_two(wasm_i32x4_sub(wasm_i32x4_const_splat(31), right)),
  };
}

// Bits 31 to 62 of four 64-bit numbers.
static inline v128_t doubled_high(v128_t low_two, v128_t high_two) {
  return wasm_i32x4_shuffle(wasm_u64x2_shr(low_two, 31), wasm_u64x2_shr(high_two, 31), 0, 2, 4, 6);
}

// tw_twice() in each lane.
static inline v128_t twice4(v128_t sums, const tw_scales4 *s) {
  const v128_t raised = wasm_i32x4_mul(sums, s->raise);
  const v128_t nearest = wasm_i64x2_const_splat(1 << 30);
  const v128_t x =
      doubled_high(wasm_i64x2_add(wasm_i64x2_extmul_low_i32x4(raised, s->multiplier), nearest),
                   wasm_i64x2_add(wasm_i64x2_extmul_high_i32x4(raised, s->multiplier), nearest));
  const v128_t negative_ties = wasm_v128_and(wasm_i32x4_shr(x, 31), s->ties);
  const v128_t to_shift = wasm_i32x4_neg(wasm_i32x4_add(wasm_i32x4_add(x, s->half), negative_ties));
  return doubled_high(wasm_i64x2_extmul_low_i32x4(to_shift, s->minus_shift),
                      wasm_i64x2_extmul_high_i32x4(to_shift, s->minus_shift));
}

// tw_finished() of four sums that have their bias, from output `at` on; writes at most four.
static inline void finish4(v128_t sums, const tw_scales4 *s, const tw_finish *finish,
                           uint32_t outputs, int8_t *out) {
  v128_t values = wasm_i32x4_add(twice4(sums, s), wasm_i32x4_splat(finish->out_zero));
  values = wasm_i32x4_max(values, wasm_i32x4_splat(finish->low));
  values = wasm_i32x4_min(values, wasm_i32x4_splat(finish->high));
  values = wasm_i16x8_narrow_i32x4(values, values);
  values = wasm_i8x16_narrow_i16x8(values, values);
  if (outputs >= 4) {
    wasm_v128_store32_lane(out, values, 0);
    return;
  }
  out[0] = wasm_i8x16_extract_lane(values, 0);
  if (outputs > 1) out[1] = wasm_i8x16_extract_lane(values, 1);
  if (outputs > 2) out[2] = wasm_i8x16_extract_lane(values, 2);
}

#endif
