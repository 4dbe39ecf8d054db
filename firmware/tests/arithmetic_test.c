// SPDX-License-Identifier: Apache-2.0
//
// The roundings against their definitions, at random and where they turn.

#include "arithmetic.h"

#include "oracle.h"

static void expect_roundings(int32_t a, int32_t multiplier, uint32_t right, uint32_t left) {
  const uint32_t shift = left << 8 | right;
  EXPECT(tw_once(a, multiplier, shift) == oracle_once(a, multiplier, right, left));
  EXPECT(tw_twice(a, multiplier, shift) == oracle_twice(a, multiplier, right, left));
}

int main(void) {
  for (uint32_t trial = 0; trial < 200000; trial++) {
    const uint32_t left = chance(3) ? below(31) : 0, right = left == 0 ? below(32) : 0;
    const int32_t room = (1 << 30) - 1;
    int32_t a = between(-room, room) >> below(30) >> left;
    if (chance(4)) a = (room >> left) * (chance(2) ? 1 : -1);
    expect_roundings(a, random_multiplier(), right, left);
    expect_roundings(a, chance(2) ? 1 << 30 : INT32_MAX, right, left);
  }
  // Halves: once goes up, half_away away from zero.
  for (int32_t a = -4097; a <= 4097; a++) {
    for (uint32_t right = 0; right <= 6; right++) {
      expect_roundings(a, 1 << 30, right, 0);
      EXPECT(tw_half_away(a, right) == oracle_half_away(a, right));
    }
  }
  EXPECT(tw_once(1, 1 << 30, 0) == 1 && tw_once(-1, 1 << 30, 0) == 0);
  EXPECT(tw_half_away(3, 1) == 2 && tw_half_away(-3, 1) == -2);
  // Rounded twice, 0.49 may become 1; rounded once, never.
  EXPECT(tw_twice(7, INT32_MAX / 7 * 6, 3) == 1 && tw_once(3, (1 << 30) - 1, 1) == 1);
  // Nothing that a record can hold is undefined.
  const int32_t extremes[] = {INT32_MIN, INT32_MIN + 1, -1, 0, 1, INT32_MAX};
  for (uint32_t i = 0; i < 6; i++) {
    for (uint32_t j = 0; j < 6; j++) {
      for (uint32_t shift = 0; shift <= 31; shift++) {
        const tw_channel_scale scale = {0, extremes[i], shift};
        const tw_channel_scale raising = {0, extremes[i], (shift < 31 ? shift : 30) << 8};
        const tw_finish once = {127, -128, 127, true, true}, twice = {-128, -128, 127, false, true};
        (void)tw_finished((uint32_t)extremes[j], &scale, &once);
        (void)tw_finished((uint32_t)extremes[j], &raising, &once);
        (void)tw_finished((uint32_t)extremes[j], &scale, &twice);
        (void)tw_finished((uint32_t)extremes[j], &raising, &twice);
      }
    }
  }
  return 0;
}
