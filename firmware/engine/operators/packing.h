// SPDX-License-Identifier: Apache-2.0
//
// How large packed weights are.

#ifndef TINYWRIGHT_PACKING_H
#define TINYWRIGHT_PACKING_H

#include <stdint.h>

#include "program.h"

// Bytes of the weights of `outputs` outputs of `inputs` inputs each, for DENSE and CONV.
static inline uint64_t tw_packed_bytes(uint32_t packing, uint64_t inputs, uint64_t outputs) {
  if (packing == TW_ROWS) return inputs * outputs;
  // Inputs and outputs are padded to a multiple of 4, or of 2.
  const uint64_t past = packing == TW_PAIRS ? 3 : 1;
  return ((outputs + past) & ~past) * ((inputs + past) & ~past);
}

#endif
