// SPDX-License-Identifier: Apache-2.0
//
// The fused activation of `count` outputs, where it has other limits than int8. The kernels in
// assembly end with it.

#include "kernels.h"

void tw_limit(int8_t *out, uint32_t count, const tw_finish *finish);

void tw_limit(int8_t *out, uint32_t count, const tw_finish *finish) {
  if (finish->low <= INT8_MIN && finish->high >= INT8_MAX) return;
  for (uint32_t i = 0; i < count; i++) {
    if (out[i] < finish->low) out[i] = (int8_t)finish->low;
    if (out[i] > finish->high) out[i] = (int8_t)finish->high;
  }
}
