// SPDX-License-Identifier: Apache-2.0
//
// What the kernels in assembly leave to C: the limits of an activation, and a check that structs
// are laid out as they think.

#include <stddef.h>

#include "kernels.h"

_Static_assert(offsetof(tw_finish, out_zero) == 0, "finish.inc");
_Static_assert(offsetof(tw_finish, once) == 12, "finish.inc");
_Static_assert(offsetof(tw_finish, raises) == 13, "finish.inc");
_Static_assert(offsetof(tw_products, rows) == 0, "dot_pairs.S");
_Static_assert(offsetof(tw_products, row_step) == 4, "dot_pairs.S");
_Static_assert(offsetof(tw_products, inputs) == 8, "dot_pairs.S");
_Static_assert(offsetof(tw_products, weights) == 12, "dot_pairs.S");
_Static_assert(offsetof(tw_products, scales) == 16, "dot_pairs.S");
_Static_assert(offsetof(tw_products, outputs) == 20, "dot_pairs.S");
_Static_assert(offsetof(tw_products, finish) == 24, "dot_pairs.S");
_Static_assert(offsetof(tw_taps, x) == 0, "depthwise_pairs.S");
_Static_assert(offsetof(tw_taps, row_step) == 4, "depthwise_pairs.S");
_Static_assert(offsetof(tw_taps, tap_step) == 8, "depthwise_pairs.S");
_Static_assert(offsetof(tw_conv, out_c) == 32, "depthwise_pairs.S");
_Static_assert(offsetof(tw_conv, kernel_h) == 36, "depthwise_pairs.S");
_Static_assert(offsetof(tw_conv, kernel_w) == 40, "depthwise_pairs.S");

void tw_limit(int8_t *out, uint32_t count, const tw_finish *finish);

// The fused activation of `count` outputs, where it has other limits than int8.
void tw_limit(int8_t *out, uint32_t count, const tw_finish *finish) {
  if (finish->low <= INT8_MIN && finish->high >= INT8_MAX) return;
  for (uint32_t i = 0; i < count; i++) {
    if (out[i] < finish->low) out[i] = (int8_t)finish->low;
    if (out[i] > finish->high) out[i] = (int8_t)finish->high;
  }
}
