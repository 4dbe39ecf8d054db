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

// A tw_channel_scale, made ready for many positions.
typedef struct {
  uint32_t bias;
  uint32_t shift;
  uint32_t m_low, m_high;
} lx6_channel;

static inline lx6_channel lx6_channel_of(const tw_channel_scale *scale) {
  const uint32_t multiplier = (uint32_t)scale->multiplier;
  const uint32_t m_low = (uint32_t)lx6_signed_half(multiplier);
  return (lx6_channel){
      .bias = (uint32_t)scale->bias,
      .shift = scale->shift,
      .m_low = m_low,
      .m_high = (multiplier - m_low) >> 16,
  };
}

static inline int32_t lx6_shifted(uint32_t a, uint32_t places) {
  return (int32_t)a >> places;
}

// products.S knows the places of the fields.
typedef struct {
  int32_t offset, low, high;  // offset: 1 + 2 * out_zero
} lx6_range;

static inline lx6_range lx6_range_of(const tw_finish *finish) {
  return (lx6_range){1 + 2 * finish->out_zero, finish->low, finish->high};
}

static inline int8_t lx6_finished(uint32_t sum, const lx6_channel *channel, bool once,
                                  const lx6_range *range) {
  const uint32_t raised = (sum + channel->bias) << (channel->shift >> 8);
  const uint32_t a_low = (uint32_t)lx6_signed_half(raised);
  const uint32_t a_high = (uint32_t)lx6_shifted(raised - a_low, 16);
  const uint32_t high = a_high * channel->m_high;
  const uint32_t middle = a_high * channel->m_low + a_low * channel->m_high +
                          (uint32_t)lx6_shifted(a_low * channel->m_low, 16);
  uint32_t doubled;
  if (once) {
    doubled = 4 * high + (uint32_t)lx6_shifted(middle, 14);
  } else {
    const uint32_t rounded = 2 * high + (uint32_t)lx6_shifted(middle + (1u << 14), 15);
    // Half a step less below zero sends halves away from zero and changes nothing else.
    doubled = 2 * rounded + (uint32_t)lx6_shifted(rounded, 31);
  }
  const uint32_t shifted = (uint32_t)lx6_shifted(doubled, channel->shift & 31);
  const int32_t value = lx6_shifted(shifted + (uint32_t)range->offset, 1);
  return (int8_t)lx6_max(lx6_min(value, range->high), range->low);
}

#endif
