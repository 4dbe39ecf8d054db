// SPDX-License-Identifier: Apache-2.0
//
// From an accumulator to int8 on a Cortex-M4F: what arithmetic.h calls tw_finished(), in about
// twelve instructions. Both roundings end alike: `doubled` is twice the value, still to be shifted,
// and then the answer is ((doubled >> right) + 1 + 2 * out_zero) >> 1, saturated.
//
// Rounding once, `doubled` is the floor of the product. Rounding twice, it comes from a product
// that is rounded already, made smaller by half a step where it is negative: that sends halves away
// from zero and changes nothing else.

#ifndef TINYWRIGHT_CORTEX_M4F_FINISH_H
#define TINYWRIGHT_CORTEX_M4F_FINISH_H

#include "kernels.h"

static inline int32_t doubled_once(uint32_t raised, int32_t multiplier) {
  return (int32_t)(((int64_t)(int32_t)raised * multiplier) >> 30);
}

static inline int32_t doubled_twice(uint32_t raised, int32_t multiplier) {
  int32_t rounded;  // (2 * raised * multiplier + 2^31) >> 32
  __asm__("smmulr %0, %1, %2" : "=r"(rounded) : "r"(raised << 1), "r"(multiplier));
  return (rounded >> 31) + (int32_t)((uint32_t)rounded << 1);
}

// What is the same for all outputs of an operator; offset is 1 + 2 * out_zero.
static inline int32_t finish_offset(const tw_finish *finish) {
  return 1 + 2 * finish->out_zero;
}

// The int8 of one output, but for the limits of its activation; goes on to the next scale.
static inline int8_t finished(uint32_t sum, const tw_channel_scale **scale, bool once,
                              int32_t offset) {
  register uint32_t bias __asm__("r2");
  register int32_t multiplier __asm__("r3");
  register uint32_t shift __asm__("r4");
  __asm__("ldmia %[scale]!, {r2, r3, r4}"
          : [scale] "+r"(*scale), "=r"(bias), "=r"(multiplier), "=r"(shift)
          : "m"(**scale));
  const uint32_t raised = (bias + sum) << (shift >> 8);
  const int32_t doubled =
      once ? doubled_once(raised, multiplier) : doubled_twice(raised, multiplier);
  int32_t shifted, saturated;
  __asm__("asr %0, %1, %2" : "=r"(shifted) : "r"(doubled), "r"(shift));  // by its low byte
  __asm__("ssat %0, #8, %1, asr #1" : "=r"(saturated) : "r"(shifted + offset));
  return (int8_t)saturated;
}

// The fused activation of `count` outputs, where it has other limits than int8.
void tw_limit(int8_t *out, uint32_t count, const tw_finish *finish);

#endif
