// SPDX-License-Identifier: Apache-2.0
//
// How large packed weights are.

#ifndef TINYWRIGHT_PACKING_H
#define TINYWRIGHT_PACKING_H

#include <stdint.h>

#include "program.h"

// Bytes of the weights of `outputs` outputs of `inputs` inputs each, for DENSE and CONV.
static inline uint64_t tw_packed_bytes(uint32_t packing, uint64_t inputs, uint32_t outputs) {
  if (packing == TW_ROWS) return inputs * outputs;
  const uint64_t padded = packing == TW_PAIRS ? (inputs + 3) / 4 * 4 : inputs;
  return ((uint64_t)outputs + 3) / 4 * 4 * padded;
}

#endif
