// SPDX-License-Identifier: Apache-2.0
//
// MEAN, TABLE, ADD, MUL, COPY and FILL against their definitions.

#include "oracle.h"

static int8_t saturated(int64_t value, int32_t low, int32_t high) {
  return (int8_t)(value < low ? low : value > high ? high : value);
}

static void try_mean(void) {
  tw_mean r = {.outer = 1 + below(4), .reduced = 1 + below(chance(4) ? 600 : 20)};
  r.inner = 1 + below(chance(2) ? 50 : 4);
  r.in_zero = between(-128, 127), r.out_zero = between(-128, 127);
  r.multiplier = random_multiplier();
  r.shift = random_shift(256 * (int64_t)r.reduced);
  const uint32_t right = r.shift & 0xff, left = r.shift >> 8;
  trial_memory m = {0, 0, 0, 0};
  r.out = take_arena(&m, r.outer * r.inner);
  r.in = take_arena(&m, r.outer * r.reduced * r.inner);
  make_memory(&m);
  uint8_t *before = copy_of_arena(&m);
  run_record(&tw_mean_operator, &m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, r.outer * r.inner, 0, 0));
  for (uint32_t o = 0; o < r.outer; o++) {
    for (uint32_t i = 0; i < r.inner; i++) {
      int64_t sum = 0;
      for (uint32_t n = 0; n < r.reduced; n++) {
        sum += arena_at(&m, r.in)[(o * r.reduced + n) * r.inner + i] - r.in_zero;
      }
      const int64_t value = oracle_twice(sum, r.multiplier, right, left) + r.out_zero;
      EXPECT(arena_at(&m, r.out)[o * r.inner + i] == saturated(value, -128, 127));
    }
  }
  free(before);
  free_memory(&m);
}

static void try_table(void) {
  tw_table r = {.count = 1 + below(300)};
  trial_memory m = {0, 0, 0, 0};
  r.in = take_arena(&m, r.count);
  r.out = chance(2) ? r.in : take_arena(&m, r.count);
  r.table = take_weights(&m, 256);
  make_memory(&m);
  uint8_t *before = copy_of_arena(&m);
  run_record(&tw_table_operator, &m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, r.count, 0, 0));
  for (uint32_t i = 0; i < r.count; i++) {
    const int32_t in = ((const int8_t *)before)[r.in + i];
    EXPECT(m.arena[r.out + i] == m.weights[r.table + (uint32_t)(in + 128)]);
  }
  free(before);
  free_memory(&m);
}

// Strides of an operand that has the output's shape but for axes it is broadcast along.
static uint32_t operand_strides(const uint32_t shape[4], bool broadcast, uint32_t strides[4]) {
  uint32_t values = 1;
  for (uint32_t axis = 4; axis-- > 0;) {
    const bool repeated = broadcast && chance(2);
    strides[axis] = repeated ? 0 : values;
    if (!repeated) values *= shape[axis];
  }
  return values;
}

static int64_t oracle_scaled(int64_t value, int32_t multiplier, uint32_t shift) {
  return oracle_twice(value, multiplier, shift & 0xff, shift >> 8);
}

static int8_t oracle_binary(const tw_binary *r, bool adds, int32_t a, int32_t b) {
  a -= r->a_zero, b -= r->b_zero;
  const int64_t both = adds ? oracle_scaled(a * power_of_two(20), r->a_multiplier, r->a_shift) +
                                  oracle_scaled(b * power_of_two(20), r->b_multiplier, r->b_shift)
                            : a * b;
  const int64_t value = oracle_scaled(both, r->out_multiplier, r->out_shift) + r->out_zero;
  return saturated(value, r->low, r->high);
}

static void try_binary(bool adds) {
  const tw_operator *operator= adds ? &tw_add_operator : & tw_mul_operator;
  tw_binary r = {.low = -128, .high = 127};
  uint32_t values = 1;
  for (uint32_t axis = 0; axis < 4; axis++) values *= r.shape[axis] = 1 + below(5);
  if (chance(2)) r.low = between(-128, 0), r.high = between(0, 127);
  r.a_zero = between(-128, 127), r.b_zero = between(-128, 127), r.out_zero = between(-128, 127);
  r.a_multiplier = random_multiplier(), r.a_shift = below(6);
  r.b_multiplier = random_multiplier(), r.b_shift = below(6);
  r.out_multiplier = random_multiplier(), r.out_shift = adds ? 16 + below(6) : random_shift(65536);
  const bool b_constant = chance(3), b_broadcast = chance(2), in_place = chance(2);
  const uint32_t a_values = operand_strides(r.shape, !in_place && chance(3), r.a_strides);
  const uint32_t b_values = operand_strides(r.shape, b_broadcast, r.b_strides);
  trial_memory m = {0, 0, 0, 0};
  r.a = take_arena(&m, a_values);
  r.b = b_constant ? take_weights(&m, b_values) | TW_IN_WEIGHTS : take_arena(&m, b_values);
  r.out = in_place ? r.a : take_arena(&m, values);
  make_memory(&m);
  uint8_t *before = copy_of_arena(&m);
  run_record(operator, & m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, values, 0, 0));
  const int8_t *out = arena_at(&m, r.out), *a = (const int8_t *)before + r.a;
  const int8_t *b =
      (const int8_t *)(b_constant ? m.weights + (r.b & ~TW_IN_WEIGHTS) : before + r.b);
  for (uint32_t i = 0; i < values; i++) {
    uint32_t rest = i, a_at = 0, b_at = 0;
    for (uint32_t axis = 4; axis-- > 0; rest /= r.shape[axis]) {
      a_at += rest % r.shape[axis] * r.a_strides[axis];
      b_at += rest % r.shape[axis] * r.b_strides[axis];
    }
    EXPECT(out[i] == oracle_binary(&r, adds, a[a_at], b[b_at]));
  }
  free(before);
  free_memory(&m);
}

static void try_copy(void) {
  tw_copy r = {.run = 1 + below(9)};
  uint32_t in_bytes = r.run, out_bytes = r.run, copied = r.run;
  for (uint32_t axis = 3; axis-- > 0;) {
    r.counts[axis] = 1 + below(4);
    r.in_strides[axis] = chance(3) ? 0 : in_bytes + below(3);
    r.out_strides[axis] = out_bytes + below(3);
    in_bytes += (r.counts[axis] - 1) * r.in_strides[axis];
    out_bytes += (r.counts[axis] - 1) * r.out_strides[axis];
    copied *= r.counts[axis];
  }
  trial_memory m = {0, 0, 0, 0};
  const uint32_t odd = below(4);  // neither has to be aligned
  r.out = take_arena(&m, odd + out_bytes) + odd;
  r.in = take_arena(&m, in_bytes + odd) + odd;
  make_memory(&m);
  uint8_t *expected = copy_of_arena(&m);
  for (uint32_t i = 0; i < copied; i++) {
    uint32_t rest = i / r.run, from = r.in + i % r.run, to = r.out + i % r.run;
    for (uint32_t axis = 3; axis-- > 0; rest /= r.counts[axis]) {
      from += rest % r.counts[axis] * r.in_strides[axis];
      to += rest % r.counts[axis] * r.out_strides[axis];
    }
    expected[to] = m.arena[from];
  }
  run_record(&tw_copy_operator, &m, &r);
  EXPECT(memcmp(expected, m.arena, m.arena_bytes) == 0);
  free(expected);
  free_memory(&m);
}

static void try_fill(void) {
  tw_fill r = {.bytes = 1 + below(50), .value = between(-128, 127)};
  trial_memory m = {0, 0, 0, 0};
  take_arena(&m, 5);
  r.out = take_arena(&m, r.bytes);
  take_arena(&m, 5);
  make_memory(&m);
  uint8_t *before = copy_of_arena(&m);
  run_record(&tw_fill_operator, &m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, r.bytes, 0, 0));
  for (uint32_t i = 0; i < r.bytes; i++) EXPECT(arena_at(&m, r.out)[i] == r.value);
  free(before);
  free_memory(&m);
}

int main(void) {
  for (uint32_t trial = 0; trial < 1500; trial++) {
    try_mean();
    try_table();
    try_binary(true);
    try_binary(false);
    try_copy();
    try_fill();
  }
  return 0;
}
