// SPDX-License-Identifier: Apache-2.0
//
// How large packed weights are.

#ifndef TINYWRIGHT_PACKING_H
#define TINYWRIGHT_PACKING_H

#include <stdint.h>

#include "program.h"

// Outputs, and inputs, are padded to a multiple of 1 more than this.
static inline uint32_t tw_padding(uint32_t packing) {
  return packing == TW_PAIRS ? 3 : packing == TW_QUADS ? 1 : 0;
}

// Bytes of the weights of `outputs` outputs that read `rows` rows of `inputs` values each, for
// DENSE and CONV.
static inline uint64_t tw_packed_bytes(uint32_t packing, uint64_t rows, uint64_t inputs,
                                       uint64_t outputs) {
  const uint64_t padding = tw_padding(packing);
  const uint64_t padded_outputs = (outputs + padding) & ~padding;
  if (packing == TW_PAIRS) return padded_outputs * rows * ((inputs + padding) & ~padding);
  return padded_outputs * ((rows * inputs + padding) & ~padding);
}

#endif
