// SPDX-License-Identifier: Apache-2.0
//
// Compares the SIMD kernels with the portable ones on random data. What may be read ends where
// memory ends: a byte too far traps.

#include "kernels.h"
#include "bytes.h"

// The portable definitions, built under other names.
tw_dot plain_dot_rows;
tw_depthwise plain_depthwise_rows;
void plain_largest(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps,
                   uint32_t tap_step, uint32_t columns, int8_t *out);
void plain_sums(const int8_t *x, uint32_t rows, uint32_t row_step, uint32_t taps, uint32_t tap_step,
                uint32_t columns, int32_t *out);

#define SLACK 3
#define PAGE_BYTES 65536
#define MOST_OUTPUTS 40
#define MOST_ANSWERS 1024

// The kernels that differed; 0 is none.
enum { NONE, DOT_ROWS, DEPTHWISE_ROWS, LARGEST, LARGEST_IN_PLACE, SUMS };

static uint32_t state = 1;
static tw_channel_scale scales[MOST_OUTPUTS];
static int32_t expected[MOST_ANSWERS / 4], actual[MOST_ANSWERS / 4];
static int8_t elsewhere[1 << 15];

static uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return (uint32_t)(((uint64_t)state * limit) >> 32);
}

static int32_t between(int32_t low, int32_t high) {
  return low + (int32_t)below((uint32_t)(high - low + 1));
}

static bool chance(uint32_t one_in) {
  return below(one_in) == 0;
}

// Random bytes, at times nothing but the values that make sums largest.
static int8_t *filled(int8_t *bytes, uint32_t count) {
  const bool extreme = chance(6);
  for (uint32_t i = 0; i < count; i++) bytes[i] = extreme ? -128 : (int8_t)below(256);
  return bytes;
}

static int8_t *at_the_end_of_memory(uint32_t count) {
  return (int8_t *)(__builtin_wasm_memory_size(0) * PAGE_BYTES - count);
}

static void fill_scales(bool once) {
  for (uint32_t o = 0; o < MOST_OUTPUTS; o++) {
    const uint32_t left = chance(4) ? below(8) : 0;
    scales[o].bias = between(-20000, 20000);
    scales[o].multiplier = chance(20) ? 0 : between(1 << 30, INT32_MAX);
    scales[o].shift = left > 0 ? left << 8 : chance(6) ? 0 : below(once ? 20 : 32);
  }
}

static tw_finish random_finish(bool once) {
  tw_finish finish = {between(-128, 127), -128, 127, once, true};
  if (chance(2)) finish.low = finish.out_zero;
  if (chance(3)) finish.high = between(finish.low, 127);
  return finish;
}

static bool equal(uint32_t bytes) {
  const uint8_t *a = (const uint8_t *)expected, *b = (const uint8_t *)actual;
  for (uint32_t i = 0; i < bytes; i++) {
    if (a[i] != b[i]) return false;
  }
  return true;
}

static bool try_dot(void) {
  const uint32_t inputs = 1 + below(chance(3) ? 300 : 40), outputs = 1 + below(chance(3) ? 40 : 6);
  const uint32_t positions = 1 + below(4), step = 1 + below(2 * inputs);
  const uint32_t x_bytes = (positions - 1) * step + inputs + SLACK, w_bytes = inputs * outputs;
  const bool x_ends = chance(2), once = chance(3);
  const int8_t *x = filled(x_ends ? at_the_end_of_memory(x_bytes) : elsewhere, x_bytes);
  const int8_t *w = filled(x_ends ? elsewhere : at_the_end_of_memory(w_bytes), w_bytes);
  fill_scales(once);
  const tw_products products = {
      1, 0, inputs, (const uint8_t *)w, scales, outputs, random_finish(once)};
  plain_dot_rows(&products, x, step, positions, (int8_t *)expected);
  tw_dot_rows(&products, x, step, positions, (int8_t *)actual);
  return equal(positions * outputs);
}

static bool try_depthwise(void) {
  tw_conv record = {.kernel_h = 1 + below(3), .kernel_w = 1 + below(6), .in_c = 1 + below(36)};
  record.out_c = chance(4) ? 2 * record.in_c : record.in_c;
  if (record.out_c > MOST_OUTPUTS) record.out_c = record.in_c;
  const uint32_t tap_step = record.in_c * (1 + below(2));
  const uint32_t row_step = tap_step * (record.kernel_w + below(3));
  const uint32_t x_bytes =
      (record.kernel_h - 1) * row_step + (record.kernel_w - 1) * tap_step + record.in_c + SLACK;
  const uint32_t w_bytes = record.kernel_h * record.kernel_w * record.out_c;
  const bool x_ends = chance(2);
  const int8_t *x = filled(x_ends ? at_the_end_of_memory(x_bytes) : elsewhere, x_bytes);
  const int8_t *w = filled(x_ends ? elsewhere : at_the_end_of_memory(w_bytes), w_bytes);
  const tw_taps taps = {x, row_step, tap_step};
  const tw_finish finish = random_finish(false);
  fill_scales(false);
  plain_depthwise_rows(&taps, &record, (const uint8_t *)w, scales, &finish, (int8_t *)expected);
  tw_depthwise_rows(&taps, &record, (const uint8_t *)w, scales, &finish, (int8_t *)actual);
  return equal(record.out_c);
}

static uint32_t try_columns(void) {
  const uint32_t rows = 1 + below(3), taps = 1 + below(chance(8) ? 600 : 4);
  const uint32_t columns = 1 + below(chance(2) ? 9 : 40), tap_step = columns + below(3);
  const uint32_t row_step = tap_step * taps;
  const uint32_t bytes = (rows - 1) * row_step + (taps - 1) * tap_step + columns;
  if (bytes > sizeof elsewhere) return NONE;
  int8_t *x = filled(at_the_end_of_memory(bytes), bytes);
  plain_largest(x, rows, row_step, taps, tap_step, columns, (int8_t *)expected);
  tw_largest(x, rows, row_step, taps, tap_step, columns, (int8_t *)actual);
  if (!equal(columns)) return LARGEST;
  if (columns <= TW_SUMS_AT_ONCE) {
    plain_sums(x, rows, row_step, taps, tap_step, columns, expected);
    tw_sums(x, rows, row_step, taps, tap_step, columns, actual);
    if (!equal(columns * sizeof(int32_t))) return SUMS;
    plain_largest(x, rows, row_step, taps, tap_step, columns, (int8_t *)expected);
  }
  tw_largest(x, rows, row_step, taps, tap_step, columns, x);
  memcpy(actual, x, columns);
  return equal(columns) ? NONE : LARGEST_IN_PLACE;
}

uint32_t differing_kernel(uint32_t trials) {
  (void)__builtin_wasm_memory_grow(0, 1);  // room at the end of memory that is nobody's
  for (; trials > 0; trials--) {
    if (!try_dot()) return DOT_ROWS;
    if (!try_depthwise()) return DEPTHWISE_ROWS;
    const uint32_t columns = try_columns();
    if (columns != NONE) return columns;
  }
  return NONE;
}
