// SPDX-License-Identifier: Apache-2.0

#include "finish.h"

void tw_limit(int8_t *out, uint32_t count, const tw_finish *finish) {
  if (finish->low <= INT8_MIN && finish->high >= INT8_MAX) return;
  for (uint32_t i = 0; i < count; i++) {
    if (out[i] < finish->low) out[i] = (int8_t)finish->low;
    if (out[i] > finish->high) out[i] = (int8_t)finish->high;
  }
}
