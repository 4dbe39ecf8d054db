// SPDX-License-Identifier: Apache-2.0
//
// What every operator gives to the engine, one operator a file.

#ifndef TINYWRIGHT_OPERATORS_H
#define TINYWRIGHT_OPERATORS_H

#include <stdbool.h>
#include <stdint.h>

#include "program.h"
#include "tinywright.h"

// What a record may point into.
typedef struct {
  uint32_t arena_bytes;
  uint32_t weights_bytes;
  const uint8_t *weights;
} tw_limits;

// How much there is to do: `rows` pieces that can be done one by one, in order, each about `work`
// multiply-accumulates.
typedef struct {
  uint32_t rows;
  uint32_t work;
} tw_extent;

typedef struct {
  uint32_t record_bytes;  // a record of another size is refused
  // Whether a record keeps to its limits. Called once, before anything else.
  tw_status (*check)(const tw_limits *limits, const void *record);
  tw_extent (*extent)(const void *record);
  // Computes `rows` rows from `row` on.
  void (*run)(uint8_t *arena, const uint8_t *weights, const void *record, uint32_t row,
              uint32_t rows);
} tw_operator;

extern const tw_operator tw_dense_operator;
extern const tw_operator tw_conv_operator;
extern const tw_operator tw_depthwise_operator;
extern const tw_operator tw_max_pool_operator;
extern const tw_operator tw_average_pool_operator;
extern const tw_operator tw_mean_operator;
extern const tw_operator tw_table_operator;
extern const tw_operator tw_softmax_operator;
extern const tw_operator tw_add_operator;
extern const tw_operator tw_mul_operator;
extern const tw_operator tw_copy_operator;
extern const tw_operator tw_fill_operator;

// By the kind in a record's head; 0 for one that there is not.
const tw_operator *tw_operator_of(uint8_t kind);

#endif
