// SPDX-License-Identifier: Apache-2.0
//
// ROWS, 4 outputs and 8 inputs at a time. The rows of a block of outputs are gone through for all
// positions before the next block's.

#include "lanes.h"

// Where the weights of four outputs lie; outputs that there are not are the last one again.
typedef struct {
  const int8_t *w[4];
} rows4;

static rows4 rows_from(const tw_products *products, uint32_t output) {
  rows4 rows;
  for (uint32_t i = 0; i < 4; i++) {
    const uint32_t row = output + i < products->outputs ? output + i : products->outputs - 1;
    rows.w[i] = (const int8_t *)products->weights + row * products->inputs;
  }
  return rows;
}

static inline v128_t add_products(v128_t sum, v128_t x, v128_t w) {
  return wasm_i32x4_add(sum, wasm_i32x4_dot_i16x8(x, w));
}

// Ones in the last `count` lanes of eight.
static v128_t last_lanes(uint32_t count) {
  const v128_t lane = wasm_i16x8_const(0, 1, 2, 3, 4, 5, 6, 7);
  return wasm_i16x8_ge(lane, wasm_i16x8_splat((int16_t)(8 - count)));
}

// The sums of 8 inputs or more. The last eight overlap those before, where `rest` has zeros.
static inline v128_t long_sums(const int8_t *x, uint32_t inputs, const rows4 *rows, v128_t rest) {
  v128_t a, b, c, d;
  a = b = c = d = wasm_i32x4_const_splat(0);
  uint32_t i = 0;
  for (; i + 8 <= inputs; i += 8) {
    const v128_t some = load8_wide(x + i);
    a = add_products(a, some, load8_wide(rows->w[0] + i));
    b = add_products(b, some, load8_wide(rows->w[1] + i));
    c = add_products(c, some, load8_wide(rows->w[2] + i));
    d = add_products(d, some, load8_wide(rows->w[3] + i));
  }
  if (i < inputs) {
    i = inputs - 8;
    const v128_t some = wasm_v128_and(load8_wide(x + i), rest);
    a = add_products(a, some, load8_wide(rows->w[0] + i));
    b = add_products(b, some, load8_wide(rows->w[1] + i));
    c = add_products(c, some, load8_wide(rows->w[2] + i));
    d = add_products(d, some, load8_wide(rows->w[3] + i));
  }
  return sums_of_lanes(a, b, c, d);
}

// Less than 8 inputs, with zeros behind.
static v128_t short_row(const int8_t *w, uint32_t inputs) {
  int8_t padded[8] = {0};
  for (uint32_t i = 0; i < inputs; i++) padded[i] = w[i];
  return load8_wide(padded);
}

// What is read behind the inputs, up to 3 bytes, meets the zeros of short_row().
static inline v128_t short_inputs(const int8_t *x, uint32_t inputs) {
  return inputs > 4 ? load8_wide(x) : load4_wide(x);
}

static void finish_block(v128_t sums, const tw_products *products, const tw_scales4 *scales,
                         uint32_t output, int8_t *out) {
  const uint32_t left = products->outputs - output;
  sums = wasm_i32x4_add(sums, scales->bias);
  if (!products->finish.once) {
    finish4(sums, scales, &products->finish, left, out + output);
    return;
  }
  uint32_t lanes[4];
  wasm_v128_store(lanes, sums);
  for (uint32_t i = 0; i < 4 && i < left; i++) {
    out[output + i] = tw_finished(lanes[i], &products->scales[output + i], &products->finish);
  }
}

void tw_dot_rows(const tw_products *products, const int8_t *x, uint32_t step, uint32_t positions,
                 int8_t *out) {
  const uint32_t inputs = products->inputs, outputs = products->outputs;
  const v128_t rest = last_lanes(inputs % 8);
  for (uint32_t output = 0; output < outputs; output += 4) {
    const rows4 rows = rows_from(products, output);
    const tw_scales4 scales = scales4(products->scales, output, outputs);
    if (inputs >= 8) {
      for (uint32_t p = 0; p < positions; p++) {
        const v128_t sums = long_sums(x + p * step, inputs, &rows, rest);
        finish_block(sums, products, &scales, output, out + p * outputs);
      }
      continue;
    }
    const v128_t a = short_row(rows.w[0], inputs), b = short_row(rows.w[1], inputs);
    const v128_t c = short_row(rows.w[2], inputs), d = short_row(rows.w[3], inputs);
    for (uint32_t p = 0; p < positions; p++) {
      const v128_t some = short_inputs(x + p * step, inputs);
      const v128_t sums =
          sums_of_lanes(wasm_i32x4_dot_i16x8(some, a), wasm_i32x4_dot_i16x8(some, b),
                        wasm_i32x4_dot_i16x8(some, c), wasm_i32x4_dot_i16x8(some, d));
      finish_block(sums, products, &scales, output, out + p * outputs);
    }
  }
}
