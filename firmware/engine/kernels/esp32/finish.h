// SPDX-License-Identifier: Apache-2.0
//
// From an accumulator to int8 on an ESP32: arithmetic.h's tw_finished() without a product of 64
// bits, which this instruction set would build from four of 32.
//
// With raised = a_high * 2^16 + a_low and multiplier = m_high * 2^16 + m_low, the low parts signed,
// the product is high * 2^32 + middle * 2^16 + something of 16 bits, and below 2^30 and 2^31 the
// factors keep all of these in 32 bits.
//
// Both roundings end alike: `doubled` is twice the value, not yet shifted, then
// ((doubled >> right) + 1 + 2 * out_zero) >> 1, clamped.

#ifndef TINYWRIGHT_ESP32_FINISH_H
#define TINYWRIGHT_ESP32_FINISH_H

#include "kernels.h"
#include "lx6.h"

// tw_finish, made ready once a call.
typedef struct {
  int32_t offset, low, high;  // offset: 1 + 2 * out_zero
} lx6_finish;

static inline lx6_finish lx6_finish_of(const tw_finish *finish) {
  return (lx6_finish){1 + 2 * finish->out_zero, finish->low, finish->high};
}

static inline int8_t lx6_finished(uint32_t sum, const tw_channel_scale *scale, bool once,
                                  const lx6_finish *finish) {
  const uint32_t shift = scale->shift;
  const uint32_t raised = sum << (shift >> 8);
  const uint32_t multiplier = (uint32_t)scale->multiplier;
  const int32_t a_low = lx6_signed_half(raised);
  const int32_t m_low = lx6_signed_half(multiplier);
  const int32_t a_high = (int32_t)(raised - (uint32_t)a_low) >> 16;
  const int32_t m_high = (int32_t)((multiplier - (uint32_t)m_low) >> 16);
  const uint32_t high = (uint32_t)a_high * (uint32_t)m_high;
  const uint32_t middle = (uint32_t)a_high * (uint32_t)m_low + (uint32_t)a_low * (uint32_t)m_high +
                          (uint32_t)((a_low * m_low) >> 16);
  uint32_t doubled;
  if (once) {
    doubled = 4 * high + (uint32_t)((int32_t)middle >> 14);
  } else {
    const uint32_t rounded = 2 * high + (uint32_t)((int32_t)(middle + (1u << 14)) >> 15);
    // Half a step less below zero sends halves away from zero and changes nothing else.
    doubled = 2 * rounded + (uint32_t)((int32_t)rounded >> 31);
  }
  const int32_t shifted = (int32_t)doubled >> (shift & 31);
  const int32_t value = (int32_t)((uint32_t)shifted + (uint32_t)finish->offset) >> 1;
  return (int8_t)lx6_max(lx6_min(value, finish->high), finish->low);
}

#endif
