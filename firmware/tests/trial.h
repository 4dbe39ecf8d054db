// SPDX-License-Identifier: Apache-2.0
//
// What the engine's host tests have in common: an assertion, random numbers, buffers of exactly the
// size asked for (so that a sanitizer sees every byte too far), and an operator's run in pieces.

#ifndef TINYWRIGHT_TRIAL_H
#define TINYWRIGHT_TRIAL_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "operators.h"
#include "program.h"

#define EXPECT(condition)                                                     \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #condition); \
      exit(1);                                                                \
    }                                                                         \
  } while (0)

static uint32_t trial_state = 1;

// 0 to limit - 1.
static inline uint32_t below(uint32_t limit) {
  trial_state ^= trial_state << 13;
  trial_state ^= trial_state >> 17;
  trial_state ^= trial_state << 5;
  return (uint32_t)(((uint64_t)trial_state * limit) >> 32);
}

static inline int32_t between(int32_t low, int32_t high) {
  return low + (int32_t)below((uint32_t)(high - low + 1));
}

static inline bool chance(uint32_t one_in) {
  return below(one_in) == 0;
}

// Memory aligned to 16 that ends after `bytes` bytes, full of random bytes.
static inline uint8_t *new_bytes(uint32_t bytes) {
  void *memory = 0;
  EXPECT(posix_memalign(&memory, 16, bytes) == 0);
  for (uint32_t i = 0; i < bytes; i++) ((uint8_t *)memory)[i] = (uint8_t)below(256);
  return memory;
}

static inline uint32_t aligned(uint32_t bytes, uint32_t alignment) {
  return (bytes + alignment - 1) / alignment * alignment;
}

// Arena and weights under construction: take() what is needed, then make() the memory.
typedef struct {
  uint8_t *arena, *weights;
  uint32_t arena_bytes, weights_bytes;
} trial_memory;

static inline uint32_t take_arena(trial_memory *m, uint32_t bytes) {
  const uint32_t at = aligned(m->arena_bytes, 4);
  m->arena_bytes = at + bytes;
  return at;
}

static inline uint32_t take_weights(trial_memory *m, uint32_t bytes) {
  const uint32_t at = aligned(m->weights_bytes, 16);
  m->weights_bytes = at + bytes;
  return at;
}

static inline void make_memory(trial_memory *m) {
  m->arena = new_bytes(m->arena_bytes);
  m->weights = new_bytes(m->weights_bytes);
}

static inline void free_memory(const trial_memory *m) {
  free(m->arena);
  free(m->weights);
}

static inline int8_t *arena_at(const trial_memory *m, uint32_t at) {
  return (int8_t *)m->arena + at;
}

static inline tw_status check_record(const tw_operator *operator, const trial_memory * m,
                                     const void *record) {
  const tw_limits limits = {m->arena_bytes, m->weights_bytes, m->weights};
  return operator->check(&limits, record);
}

// Runs a record that must be accepted, some rows at a time.
static inline void run_record(const tw_operator *operator, const trial_memory * m,
                              const void *record) {
  EXPECT(check_record(operator, m, record) == TW_OK);
  const uint32_t rows = operator->extent(record).rows;
  for (uint32_t row = 0; row < rows;) {
    const uint32_t some = chance(3) ? rows - row : 1 + below(rows - row);
    operator->run(m->arena, m->weights, record, row, some);
    row += some;
  }
}

// Whether nothing but `bytes` bytes at `at`, and `more` at `also`, differs from `before`.
static inline bool rest_is_untouched(const trial_memory *m, const uint8_t *before, uint32_t at,
                                     uint32_t bytes, uint32_t also, uint32_t more) {
  for (uint32_t i = 0; i < m->arena_bytes; i++) {
    const bool written = (i >= at && i - at < bytes) || (i >= also && i - also < more);
    if (!written && m->arena[i] != before[i]) return false;
  }
  return true;
}

static inline uint8_t *copy_of_arena(const trial_memory *m) {
  uint8_t *copy = new_bytes(m->arena_bytes);
  memcpy(copy, m->arena, m->arena_bytes);
  return copy;
}

#endif
