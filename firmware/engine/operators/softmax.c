// SPDX-License-Identifier: Apache-2.0
//
// SOFTMAX of a row, in fixed point (Qm.n: n bits after the point, m before):
//
//   e(d) = exp(-d * beta * scale), Q0.31, from the table; 0 beyond its end
//   out[i] = 256 * e(largest - in[i]) / sum over j of e(largest - in[j]) - 128
//
// with the sum in Q12.19 and its reciprocal by three steps of Newton and Raphson, each product
// rounded as TensorFlow Lite rounds it.

#include "arithmetic.h"
#include "checks.h"

#define ONE INT32_MAX  // in Q0.31, all but
#define SUM_INTEGER_BITS 12

// Deeper rows may sum up to more than the reciprocal has bits for.
#define DEEPEST 511

static tw_status check(const tw_limits *limits, const void *record) {
  const tw_softmax *r = record;
  if (!tw_is_dimension(r->rows) || r->depth < 1 || r->depth > DEEPEST || r->entries < 1 ||
      r->entries > 256) {
    return TW_BAD_OPERATOR;
  }
  const tw_region in = {r->in, (uint64_t)r->rows * r->depth};
  const tw_region out = {r->out, in.bytes};
  const tw_region table = {r->table, sizeof(int32_t) * r->entries};
  tw_status status = tw_check_arena(limits, in);
  status = tw_first(status, tw_check_arena(limits, out));
  status = tw_first(status, tw_require(tw_may_share(in, out, true), TW_OVERLAP));
  status = tw_first(status, tw_check_weights(limits, table, 4));
  if (status != TW_OK) return status;
  const int32_t *exps = (const int32_t *)(limits->weights + r->table);
  if (exps[0] != ONE) return TW_BAD_OPERATOR;
  for (uint32_t d = 1; d < r->entries; d++) {
    if (exps[d] < 0) return TW_BAD_OPERATOR;
  }
  return TW_OK;
}

static tw_extent extent(const void *record) {
  const tw_softmax *r = record;
  return (tw_extent){r->rows, 16 * r->depth};
}

// 1 / (1 + x) for x from 0 to 1, both Q0.31. Inside Q2.29, where a division by 2 is free.
static int32_t reciprocal_of_one_plus(int32_t x) {
  const int32_t half_denominator = (1 << 30) + x / 2;
  // The line 48/17 - 32/17 * d is the best first guess of 1 / d from 1/2 to 1.
  int32_t guess = 1515870810 + tw_doubled_high(half_denominator, -1010580540);
  for (int step = 0; step < 3; step++) {
    const int32_t error = (1 << 29) - tw_doubled_high(half_denominator, guess);
    guess += 4 * tw_doubled_high(guess, error);
  }
  return guess < 1 << 30 ? 2 * guess : ONE;
}

static void softmax_row(const int8_t *in, uint32_t depth, const int32_t *exps, uint32_t entries,
                        int8_t *out) {
  int32_t largest = in[0];
  for (uint32_t i = 1; i < depth; i++) largest = in[i] > largest ? in[i] : largest;
  uint32_t sum = 0;
  for (uint32_t i = 0; i < depth; i++) {
    const uint32_t d = (uint32_t)(largest - in[i]);
    if (d < entries) sum += ((uint32_t)exps[d] + (1u << 11)) >> SUM_INTEGER_BITS;
  }
  const uint32_t zeros = (uint32_t)__builtin_clz(sum);
  const int32_t scale = reciprocal_of_one_plus((int32_t)((sum << zeros) - (1u << 31)));
  const uint32_t shift = SUM_INTEGER_BITS + 31 - 8 - zeros;
  for (uint32_t i = 0; i < depth; i++) {
    const uint32_t d = (uint32_t)(largest - in[i]);
    uint32_t share = 0;  // of 256
    if (d < entries) {
      share = ((uint32_t)tw_doubled_high(scale, exps[d]) + (1u << (shift - 1))) >> shift;
    }
    out[i] = (int8_t)(share > 255 ? 127 : (int32_t)share - 128);
  }
}

static void run(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
                uint32_t rows) {
  const tw_softmax *r = record;
  const int32_t *exps = (const int32_t *)(weights + r->table);
  const int8_t *in = (const int8_t *)arena + r->in + row * r->depth;
  int8_t *out = (int8_t *)arena + r->out + row * r->depth;
  for (; rows > 0; rows--, in += r->depth, out += r->depth) {
    softmax_row(in, r->depth, exps, r->entries, out);
  }
}

const tw_operator tw_softmax_operator = {sizeof(tw_softmax), check, extent, run};
