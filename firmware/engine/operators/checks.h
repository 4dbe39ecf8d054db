// SPDX-License-Identifier: Apache-2.0
//
// What the operators' checks have in common. Nothing here can overflow, whatever a record says:
// offsets have 32 bits, a product of three dimensions at most 60, and sums are made in 64.

#ifndef TINYWRIGHT_CHECKS_H
#define TINYWRIGHT_CHECKS_H

#include <stdbool.h>
#include <stdint.h>

#include "operators.h"
#include "program.h"

// The largest dimension, stride, dilation or padding.
#define TW_LARGEST_DIMENSION (1u << 20)

// The most values that one output may be made of: their sum fits 32 bits.
#define TW_LARGEST_SUM (1u << 24)

// What may be read behind an input of DENSE, CONV and DEPTHWISE, and written behind a gathered
// window, bytes.
#define TW_SLACK 3

// `bytes` bytes from `at` on.
typedef struct {
  uint32_t at;
  uint64_t bytes;
} tw_region;

// The first that is not TW_OK.
static inline tw_status tw_first(tw_status first, tw_status second) {
  return first != TW_OK ? first : second;
}

static inline tw_status tw_require(bool truth, tw_status otherwise) {
  return truth ? TW_OK : otherwise;
}

static inline bool tw_is_dimension(uint32_t value) {
  return value >= 1 && value <= TW_LARGEST_DIMENSION;
}

static inline bool tw_is_int8(int32_t value) {
  return value >= -128 && value <= 127;
}

// Whether a shift is as tw_channel_scale says.
bool tw_is_shift(uint32_t shift);

bool tw_apart(tw_region a, tw_region b);

// Whether each element of `in` is read before the one in its place is written: the regions are
// apart, or begin together and are walked alike.
bool tw_may_share(tw_region in, tw_region out, bool walked_alike);

// Whether all of a region lies in the arena.
bool tw_in_arena(const tw_limits *limits, tw_region region);

// A region of the arena, aligned to 4.
tw_status tw_check_arena(const tw_limits *limits, tw_region region);

// A region of the weights, aligned to `alignment`.
tw_status tw_check_weights(const tw_limits *limits, tw_region region, uint32_t alignment);

// The packed weights of `channels` outputs, and one tw_channel_scale for each.
tw_status tw_check_constants(const tw_limits *limits, tw_region weights, uint32_t scales,
                             uint32_t channels);

// Zero point and limits of an output.
tw_status tw_check_finish(int32_t out_zero, int32_t low, int32_t high);

#endif
