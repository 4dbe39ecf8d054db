// SPDX-License-Identifier: Apache-2.0
//
// What a fuzzer calls with one board program: load it and, if it is accepted, run it, in one go and
// in slices. Program and arena lie in memory of exactly their size, so that a sanitizer sees every
// byte too far. Besides, an accepted program must give the same bytes in slices as in one go, must
// not change, and must be refused in an arena that is smaller than it says.

#include <stdlib.h>
#include <string.h>

#include "operators.h"
#include "program.h"
#include "tinywright.h"

// A program that asks for more is loaded into none.
#define MOST_ARENA (1u << 18)

// One that takes more multiply-accumulates is loaded, not run.
#define MOST_WORK (1u << 15)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool truth) {
  if (!truth) abort();
}

static uint8_t *new_aligned(size_t bytes) {
  void *memory = 0;
  require(posix_memalign(&memory, TW_ALIGNMENT, bytes > 0 ? bytes : 1) == 0);
  return memory;
}

// Random bytes, the same each time.
static void fill(uint8_t *arena, uint32_t bytes, uint32_t seed) {
  uint32_t word = seed | 1;
  for (uint32_t at = 0; at + sizeof word <= bytes; at += (uint32_t)sizeof word) {
    word ^= word << 13;
    word ^= word >> 17;
    word ^= word << 5;
    memcpy(arena + at, &word, sizeof word);
  }
}

static uint64_t work_of(const tw_engine *engine) {
  const tw_plan *plan = (const tw_plan *)(const void *)engine->plan;
  const uint8_t *record = engine->plan + sizeof *plan;
  uint64_t work = 0;
  for (uint32_t left = plan->operators; left > 0; left--) {
    const tw_operator *functions = tw_operator_of(*record);
    const tw_extent extent = functions->extent(record);
    work += (uint64_t)extent.rows * (extent.work + 8);
    record += functions->record_bytes;
  }
  return work;
}

static void run_alike(tw_engine *engine, uint32_t arena_bytes) {
  const uint32_t seed = tw_program_id(engine);
  fill(engine->arena, arena_bytes, seed);
  tw_run(engine);
  uint8_t *whole = new_aligned(arena_bytes);
  memcpy(whole, engine->arena, arena_bytes);
  fill(engine->arena, arena_bytes, seed);
  tw_start(engine);
  while (tw_step(engine, seed % 64)) continue;
  require(memcmp(whole, engine->arena, arena_bytes) == 0);
  free(whole);
}

// All that the program says, and the way of a few values through each channel.
static volatile uint32_t answers;

static void ask(const tw_engine *engine) {
  static const uint32_t floats[] = {0x00000001, 0x3f800000, 0xc2f60000, 0x7f7fffff,
                                    0xff800000, 0x7fc00000, 0x4effffff};
  uint32_t read = tw_rate_mhz(engine) + tw_window(engine) + tw_longest_row(engine);
  for (uint32_t index = 0; index < tw_channels(engine) && index < 8; index++) {
    const tw_channel channel = tw_channel_at(engine, index);
    for (uint32_t at = 0; at < channel.name.bytes; at++) read += (uint8_t)channel.name.text[at];
    for (uint32_t at = 0; at < channel.unit.bytes; at++) read += (uint8_t)channel.unit.text[at];
    for (size_t place = 0; place < sizeof floats / sizeof floats[0]; place++) {
      const int32_t fixed = tw_fixed_from_float(floats[place], channel.fraction_bits);
      read += (uint32_t)tw_quantise(&channel, fixed);
    }
    read += (uint32_t)tw_quantise(&channel, INT32_MIN) + (uint32_t)tw_quantise(&channel, INT32_MAX);
  }
  for (uint32_t index = 0; index < tw_labels(engine); index++) {
    const tw_text label = tw_label_at(engine, index);
    for (uint32_t at = 0; at < label.bytes; at++) read += (uint8_t)label.text[at];
  }
  read += tw_answers_mean(engine).scale;
  for (uint32_t at = 0; at < tw_input_bytes(engine); at++) read += (uint8_t)tw_input(engine)[at];
  for (uint32_t at = 0; at < tw_output_bytes(engine); at++) read += (uint8_t)tw_output(engine)[at];
  answers = read;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  uint8_t *program = new_aligned(size);
  if (size > 0) memcpy(program, data, size);
  uint32_t arena_bytes = tw_program_arena(program, size);
  if (arena_bytes > MOST_ARENA) arena_bytes = 0;
  uint8_t *arena = new_aligned(arena_bytes);
  tw_engine engine;
  const tw_status status = tw_load(&engine, program, size, arena, arena_bytes);
  if (status == TW_OK) {
    if (work_of(&engine) <= MOST_WORK) run_alike(&engine, arena_bytes);
    ask(&engine);
    require(memcmp(program, data, size) == 0);
    tw_engine other;
    require(arena_bytes == 0 ||
            tw_load(&other, program, size, arena, arena_bytes - 1) == TW_ARENA_TOO_SMALL);
  }
  free(arena);
  free(program);
  return 0;
}
