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

// Where a load begins that steps on before it reads.
static inline uintptr_t before(const uint32_t *words) {
  return (uintptr_t)words - sizeof *words;
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

// --- sums of products ----------------------------------------------------------------------------
//
// Each loads one word past the last that it uses.

// For the loops below: 2 words a turn, and one more where their number is odd. %[x] and %[w] stand
// before the first.
#define SUM_OF_HALVES                        \
  LX6_LOAD("0", "%[x]")                      \
  LX6_LOAD("2", "%[w]")                      \
  LX6_LOOP("%[turns]", "1f")                 \
  LX6_MULA_DD_LL_LOAD("1", "%[x]", "0", "2") \
  LX6_MULA_DD_HH_LOAD("3", "%[w]", "0", "2") \
  LX6_MULA_DD_LL_LOAD("0", "%[x]", "1", "3") \
  LX6_MULA_DD_HH_LOAD("2", "%[w]", "1", "3") \
  "1: bbci %[words], 0, 2f \n" LX6_MULA_DD_LL("0", "2") LX6_MULA_DD_HH("0", "2") "2: \n"

// -128 * sum of the halves of x
static uint32_t offset_of(const uint32_t *x, uint32_t words) {
  uintptr_t at = before(x);
  uint32_t sum;
  __asm__(LX6_LOAD("0", "%[x]") LX6_WRITE_ACC("%[zero]") LX6_LOOP("%[turns]", "1f")
              LX6_MULA_DA_LL_LOAD("1", "%[x]", "0", "%[factor]") LX6_MULA_DA_HL("0", "%[factor]")
                  LX6_MULA_DA_LL_LOAD("0", "%[x]", "1", "%[factor]")
                      LX6_MULA_DA_HL("1", "%[factor]") "1: bbci %[words], 0, 2f \n" LX6_MULA_DA_LL(
                          "0", "%[factor]")
                          LX6_MULA_DA_HL("0", "%[factor]") "2: \n" LX6_READ_ACC("%[sum]")
          : [x] "+r"(at), [sum] "=r"(sum)
          : [words] "r"(words), [turns] "r"(words / 2), [zero] "r"(0), [factor] "r"(-128)
          : "memory");
  return sum;
}

#define LOW_BYTES 0x00ff00ffu

// Adds to an even number of outputs of one position, whose blocks of weights lie `block` bytes
// apart. `offset` is that of x.
static void add_outputs(const uint32_t *x, uint32_t words, uint32_t offset, const uint32_t *weights,
                        uint32_t block, uint32_t *sums, uint32_t outputs) {
  uintptr_t x_at, w;
  uint32_t even, w0, w1;
  __asm__ volatile(
      "3: mov %[x], %[x_first] \n"
      "mov %[w], %[weights] \n"
      LX6_LOAD("0", "%[x]")
      LX6_WRITE_ACC("%[offset]")
      LX6_LOOP("%[turns]", "1f")
      "l32i %[w0], %[w], 0 \n"
      "l32i %[w1], %[w], 4 \n"
      "and %[w0], %[w0], %[mask] \n"
      LX6_MULA_DA_LL_LOAD("1", "%[x]", "0", "%[w0]")
      LX6_MULA_DA_HH("0", "%[w0]")
      "and %[w1], %[w1], %[mask] \n"
      LX6_MULA_DA_LL_LOAD("0", "%[x]", "1", "%[w1]")
      LX6_MULA_DA_HH("1", "%[w1]")
      "addi %[w], %[w], 8 \n"
      "1: bbci %[words], 0, 2f \n"
      "l32i %[w0], %[w], 0 \n"
      "and %[w0], %[w0], %[mask] \n"
      LX6_MULA_DA_LL("0", "%[w0]")
      LX6_MULA_DA_HH("0", "%[w0]")
      "2: l32i %[w0], %[sums], 0 \n"
      LX6_READ_ACC("%[even]")
      "add %[w0], %[w0], %[even] \n"
      "s32i %[w0], %[sums], 0 \n"
      "sub %[even], %[offset], %[even] \n"
      LX6_WRITE_ACC("%[even]")
      "mov %[x], %[x_first] \n"
      "addi %[w], %[weights], -4 \n"
      SUM_OF_HALVES
      LX6_READ_ACC("%[even]")
      "l32i %[w0], %[sums], 4 \n"
      "srai %[even], %[even], 8 \n"
      "add %[w0], %[w0], %[even] \n"
      "s32i %[w0], %[sums], 4 \n"
      "addi %[sums], %[sums], 8 \n"
      "add %[weights], %[weights], %[block] \n"
      "bne %[sums], %[end], 3b \n"
      : [x] "=&r"(x_at), [w] "=&r"(w), [even] "=&r"(even), [w0] "=&r"(w0), [w1] "=&r"(w1),
        [weights] "+r"(weights), [sums] "+r"(sums)
      : [x_first] "r"(before(x)), [block] "r"(block), [end] "r"(sums + outputs),
        [turns] "r"(words / 2), [words] "r"(words), [offset] "r"(offset), [mask] "r"(LOW_BYTES)
      : "memory");
}

// --- many positions ------------------------------------------------------------------------------

// Widened inputs of some positions.
typedef struct {
  uint32_t positions, words;  // words of a position
  const uint32_t *x;          // of the first position
  uint32_t step;              // words from one to the next
  const uint32_t *offsets;    // of each
} tile;

// Two outputs of all positions: sums[2 * position] and behind it.
static inline void sum_two_outputs(const tile *t, const uint32_t *weights,
                                   const uint32_t *low_bytes, uint32_t *sums) {
  uintptr_t position = before(t->x), x, w, even, start;
  const uint32_t *offsets = t->offsets;
  uint32_t positions = t->positions;
  __asm__ volatile(
      "3: l32i %[start], %[offsets], 0 \n"
      "addi %[offsets], %[offsets], 4 \n"
      LX6_WRITE_ACC("%[start]")
      "mov %[x], %[position] \n"
      "mov %[w], %[low_bytes] \n"
      SUM_OF_HALVES
      LX6_READ_ACC("%[even]")
      "s32i %[even], %[sums], 0 \n"
      "sub %[start], %[start], %[even] \n"
      LX6_WRITE_ACC("%[start]")
      "mov %[x], %[position] \n"
      "mov %[w], %[weights] \n"
      SUM_OF_HALVES
      LX6_READ_ACC("%[even]")
      "srai %[even], %[even], 8 \n"
      "s32i %[even], %[sums], 4 \n"
      "addi %[sums], %[sums], 8 \n"
      "add %[position], %[position], %[step] \n"
      "addi %[positions], %[positions], -1 \n"
      "bnez %[positions], 3b \n"
      : [position] "+r"(position), [offsets] "+r"(offsets), [sums] "+r"(sums),
        [positions] "+r"(positions), [x] "=&r"(x), [w] "=&r"(w), [even] "=&r"(even),
        [start] "=&r"(start)
      : [low_bytes] "r"(before(low_bytes)), [weights] "r"(before(weights)),
        [step] "r"(t->step * sizeof *t->x), [turns] "r"(t->words / 2), [words] "r"(t->words)
      : "memory");
}

static inline void take_low_bytes(const uint32_t *from, uint32_t words, uint32_t *to) {
  for (; words >= 2; words -= 2, from += 2, to += 2) {
    const uint32_t w0 = from[0], w1 = from[1];
    to[0] = w0 & LOW_BYTES;
    to[1] = w1 & LOW_BYTES;
  }
  if (words != 0) *to = *from & LOW_BYTES;
}

// One output of all positions.
static void finish_positions(const uint32_t *sums, uint32_t positions,
                             const tw_channel_scale *scale, const tw_finish *finish,
                             uint32_t out_step, int8_t *out) {
  const lx6_channel channel = lx6_channel_of(scale);
  const lx6_range range = lx6_range_of(finish);
  const int8_t *end = out + positions * out_step;
  if (finish->once) {
    for (; out != end; out += out_step, sums += 2) {
      *out = lx6_finished(*sums, &channel, true, &range);
    }
  } else {
    for (; out != end; out += out_step, sums += 2) {
      *out = lx6_finished(*sums, &channel, false, &range);
    }
  }
}

static void dot_tile(const tw_products *products, const tile *t, uint32_t *low_bytes, int8_t *out) {
  uint32_t sums[2 * POSITIONS_AT_ONCE];
  const uint32_t outputs = products->outputs;
  const uint32_t *w = (const uint32_t *)(const void *)products->weights;
  for (uint32_t o = 0; o < outputs; o += 2, w += t->words) {
    take_low_bytes(w, t->words, low_bytes);
    sum_two_outputs(t, w, low_bytes, sums);
    const tw_channel_scale *scales = products->scales + o;
    finish_positions(sums, t->positions, scales, &products->finish, outputs, out + o);
    if (o + 1 == outputs) break;
    finish_positions(sums + 1, t->positions, scales + 1, &products->finish, outputs, out + o + 1);
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
  tile t = {0, words, space, words_between(products, step), offsets};
  const uint32_t most = smaller(1 + (HALVES / 2 - 2 * words) / t.step, POSITIONS_AT_ONCE);
  for (; positions != 0; positions -= t.positions, out += t.positions * products->outputs) {
    t.positions = smaller(positions, most);
    if (together) *widen(x, inputs + (t.positions - 1) * step, (uint16_t *)space) = 0;
    for (uint32_t p = 0; p < t.positions; p++, x += step) {
      uint32_t *own = space + p * t.step;
      if (!together) widen_position(products, x, 0, inputs, own);
      offsets[p] = offset_of(own, words);
    }
    dot_tile(products, &t, space + (t.positions - 1) * t.step + words, out);
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
    add_outputs(space, words, offset_of(space, words), weights + i / 2, block, sums, even_outputs);
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
