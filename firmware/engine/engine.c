// SPDX-License-Identifier: Apache-2.0
//
// Runs a program that tw_load() has accepted: its operators in order, a few rows at a time.

#include "operators.h"
#include "program.h"
#include "tinywright.h"

static const tw_operator *const operators[] = {
    [TW_DENSE] = &tw_dense_operator,
    [TW_CONV] = &tw_conv_operator,
    [TW_DEPTHWISE] = &tw_depthwise_operator,
    [TW_MAX_POOL] = &tw_max_pool_operator,
    [TW_AVERAGE_POOL] = &tw_average_pool_operator,
    [TW_MEAN] = &tw_mean_operator,
    [TW_TABLE] = &tw_table_operator,
    [TW_SOFTMAX] = &tw_softmax_operator,
    [TW_ADD] = &tw_add_operator,
    [TW_MUL] = &tw_mul_operator,
    [TW_COPY] = &tw_copy_operator,
    [TW_FILL] = &tw_fill_operator,
};

const tw_operator *tw_operator_of(uint8_t kind) {
  return kind < sizeof operators / sizeof operators[0] ? operators[kind] : 0;
}

static const tw_plan *plan_of(const tw_engine *engine) {
  return (const tw_plan *)engine->plan;
}

static const uint8_t *first_record(const tw_engine *engine) {
  return engine->plan + sizeof(tw_plan);
}

static const tw_operator *operator_at(const uint8_t *record) {
  return operators[((const tw_head *)record)->kind];
}

// --- an inference --------------------------------------------------------------------------------

void tw_start(tw_engine *engine) {
  const uint32_t operators_ahead = plan_of(engine)->operators;
  engine->record = operators_ahead > 0 ? first_record(engine) : 0;
  engine->operators_left = operators_ahead > 0 ? operators_ahead - 1 : 0;
  engine->row = 0;
}

static void next_operator(tw_engine *engine) {
  engine->row = 0;
  if (engine->operators_left == 0) {
    engine->record = 0;
    return;
  }
  engine->record += operator_at(engine->record)->record_bytes;
  engine->operators_left--;
}

bool tw_step(tw_engine *engine, uint32_t work) {
  bool first = true;
  while (engine->record != 0) {
    const tw_operator *functions = operator_at(engine->record);
    const tw_extent extent = functions->extent(engine->record);
    const uint32_t rows_left = extent.rows - engine->row;
    uint32_t rows = extent.work > 0 ? work / extent.work : rows_left;
    if (rows == 0) {
      if (!first) break;
      rows = 1;  // however long: a row cannot be divided
    }
    if (rows > rows_left) rows = rows_left;
    functions->run(engine->arena, engine->weights, engine->record, engine->row, rows);
    engine->row += rows;
    const uint32_t done = rows * extent.work;
    work -= done < work ? done : work;
    if (engine->row == extent.rows) next_operator(engine);
    first = false;
  }
  return engine->record != 0;
}

uint32_t tw_longest_row(const tw_engine *engine) {
  const uint8_t *record = first_record(engine);
  uint32_t longest = 0;
  for (uint32_t left = plan_of(engine)->operators; left > 0; left--) {
    const uint32_t work = operator_at(record)->extent(record).work;
    if (work > longest) longest = work;
    record += operator_at(record)->record_bytes;
  }
  return longest;
}

void tw_run(tw_engine *engine) {
  tw_start(engine);
  while (tw_step(engine, UINT32_MAX)) continue;
}

// --- what lies where -----------------------------------------------------------------------------

int8_t *tw_input(const tw_engine *engine) {
  return (int8_t *)(engine->arena + plan_of(engine)->input);
}

uint32_t tw_input_bytes(const tw_engine *engine) {
  return plan_of(engine)->input_bytes;
}

const int8_t *tw_output(const tw_engine *engine) {
  return (const int8_t *)(engine->arena + plan_of(engine)->output);
}

uint32_t tw_output_bytes(const tw_engine *engine) {
  return plan_of(engine)->output_bytes;
}

uint32_t tw_program_id(const tw_engine *engine) {
  return ((const tw_file_head *)engine->program)->program_id;
}
