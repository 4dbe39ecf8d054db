// SPDX-License-Identifier: Apache-2.0
//
// Networks with windows and the answers that TensorFlow's reference kernels give to them, to be run
// where the engine is. golden/ has them for each target; its build takes one.

#ifndef TINYWRIGHT_GOLDEN_H
#define TINYWRIGHT_GOLDEN_H

#include <stdint.h>

typedef struct {
  const uint8_t *program;
  uint32_t program_bytes;
  uint8_t windows;
  const int8_t *inputs, *outputs;  // of the windows, one after another
} tw_golden;

extern const tw_golden tw_golden_runs[];
extern const uint8_t tw_golden_runs_length;

#endif
