// SPDX-License-Identifier: Apache-2.0
//
// Weights as QUADS: for 2 outputs and 2 inputs a word with two halves of
// 256 * w[odd] + w[even] + 128.
//
// The multiply-accumulator takes halves, so inputs are widened to halves once for all outputs. Two
// sums then serve two outputs: with x against the halves as they are,
// both = 256 * odd + even + 128 * (sum of x); against their low bytes, the last two terms alone.
// The first takes one instruction a product, loads included, the second two and a quarter.

#include "finish.h"
#include "kernels.h"
#include "lx6.h"

// How many inputs are widened at once, even, and for how many outputs they serve: what is on the
// stack. Inputs at once stay below 512, so that `both` stays in 32 bits.
#define INPUTS_AT_ONCE 128u
#define OUTPUTS_AT_ONCE 32u

typedef struct {
  uint32_t words[INPUTS_AT_ONCE / 2 + 1];  // two inputs each; one more is read
  uint32_t count;                          // of the words
  uint32_t sum_128;                        // 128 * sum of the inputs
} widened;

static inline void widen(const int8_t *x, uint32_t inputs, widened *wide) {
  const uint8_t *bytes = (const uint8_t *)x;
  uint16_t *to = (uint16_t *)wide->words;
  uint32_t sum = 0, left = inputs;
  for (; left >= 4; left -= 4, bytes += 4, to += 4) {
    const uint32_t x0 = (uint32_t)lx6_signed_byte(bytes[0]);
    const uint32_t x1 = (uint32_t)lx6_signed_byte(bytes[1]);
    const uint32_t x2 = (uint32_t)lx6_signed_byte(bytes[2]);
    const uint32_t x3 = (uint32_t)lx6_signed_byte(bytes[3]);
    to[0] = (uint16_t)x0;
    to[1] = (uint16_t)x1;
    to[2] = (uint16_t)x2;
    to[3] = (uint16_t)x3;
    sum += x0 + x1 + x2 + x3;
  }
  for (; left != 0; left--) {
    const uint32_t x0 = (uint32_t)lx6_signed_byte(*bytes++);
    *to++ = (uint16_t)x0;
    sum += x0;
  }
  *to = 0;
  wide->count = (inputs + 1) / 2;
  wide->sum_128 = sum << 7;
}

// Where a load begins that steps on before it reads.
static inline uintptr_t before(const uint32_t *words) {
  return (uintptr_t)words - sizeof *words;
}

// sum of (halves of wide) * (halves of weights)
static inline uint32_t sum_of_both(const widened *wide, const uint32_t *weights) {
  uintptr_t x = before(wide->words), w = before(weights);
  uint32_t sum;
  const uint32_t turns = wide->count / 2;
  __asm__ volatile(
      LX6_LOAD("0", "%[x]") LX6_LOAD("2", "%[w]") LX6_WRITE_ACC("%[zero]")
          LX6_LOOP("%[turns]", "1f") LX6_MULA_DD_LL_LOAD("1", "%[x]", "0", "2")
              LX6_MULA_DD_HH_LOAD("3", "%[w]", "0", "2") LX6_MULA_DD_LL_LOAD("0", "%[x]", "1", "3")
                  LX6_MULA_DD_HH_LOAD("2", "%[w]", "1",
                                      "3") "1: bbci %[count], 0, 2f \n" LX6_MULA_DD_LL("0", "2")
                      LX6_MULA_DD_HH("0", "2") "2: \n" LX6_READ_ACC("%[sum]")
      : [x] "+r"(x), [w] "+r"(w), [sum] "=&r"(sum)
      : [turns] "r"(turns), [count] "r"(wide->count), [zero] "r"(0)
      : "memory");
  return sum;
}

// start + sum of (halves of wide) * (low bytes of the halves of weights)
static inline uint32_t sum_of_even(const widened *wide, const uint32_t *weights, uint32_t start) {
  uintptr_t x = before(wide->words), w = (uintptr_t)weights;
  uint32_t sum, w0, w1;
  const uint32_t turns = wide->count / 2;
  __asm__ volatile(
      LX6_LOAD("0", "%[x]")
      LX6_WRITE_ACC("%[start]")
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
      "1: bbci %[count], 0, 2f \n"
      "l32i %[w0], %[w], 0 \n"
      "and %[w0], %[w0], %[mask] \n"
      LX6_MULA_DA_LL("0", "%[w0]")
      LX6_MULA_DA_HH("0", "%[w0]")
      "2: \n"
      LX6_READ_ACC("%[sum]")
      : [x] "+r"(x), [w] "+r"(w), [sum] "=&r"(sum), [w0] "=&r"(w0), [w1] "=&r"(w1)
      : [turns] "r"(turns), [count] "r"(wide->count), [start] "r"(start), [mask] "r"(0x00ff00ff)
      : "memory");
  return sum;
}

static inline void finish_all(const uint32_t *sums, const tw_channel_scale *scales,
                              uint32_t outputs, bool once, const tw_finish *finish, int8_t *out) {
  const lx6_finish ready = lx6_finish_of(finish);
  for (uint32_t o = 0; o < outputs; o++) {
    out[o] = lx6_finished(sums[o] + (uint32_t)scales[o].bias, &scales[o], once, &ready);
  }
}

static void dot(const tw_products *products, const int8_t *x, int8_t *out) {
  const uint32_t inputs = products->inputs;
  widened wide;
  uint32_t sums[OUTPUTS_AT_ONCE];
  const uint32_t block_words = (inputs + 1) / 2;
  const uint32_t *block = (const uint32_t *)(const void *)products->weights;
  if (inputs <= INPUTS_AT_ONCE) widen(x, inputs, &wide);
  for (uint32_t first = 0; first < products->outputs; first += OUTPUTS_AT_ONCE) {
    const uint32_t left = products->outputs - first;
    const uint32_t outputs = left < OUTPUTS_AT_ONCE ? left : OUTPUTS_AT_ONCE;
    for (uint32_t i = 0; i < inputs; i += INPUTS_AT_ONCE) {
      if (inputs > INPUTS_AT_ONCE) {
        widen(x + i, inputs - i < INPUTS_AT_ONCE ? inputs - i : INPUTS_AT_ONCE, &wide);
      }
      const uint32_t *w = block + i / 2;
      for (uint32_t o = 0; o < outputs; o += 2, w += block_words) {
        const uint32_t both = sum_of_both(&wide, w);
        const uint32_t even = sum_of_even(&wide, w, 0);
        const uint32_t odd = (uint32_t)((int32_t)(both - even) >> 8);
        sums[o] = (i == 0 ? 0 : sums[o]) + even - wide.sum_128;
        sums[o + 1] = (i == 0 ? 0 : sums[o + 1]) + odd;
      }
    }
    const tw_channel_scale *scales = products->scales + first;
    if (products->finish.once) {
      finish_all(sums, scales, outputs, true, &products->finish, out + first);
    } else {
      finish_all(sums, scales, outputs, false, &products->finish, out + first);
    }
    block += OUTPUTS_AT_ONCE / 2 * block_words;
  }
}

void tw_dot_quads(const tw_products *products, const int8_t *x, uint32_t step, uint32_t positions,
                  int8_t *out) {
  for (; positions != 0; positions--, x += step, out += products->outputs) {
    dot(products, x, out);
  }
}
