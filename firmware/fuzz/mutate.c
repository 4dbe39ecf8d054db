// SPDX-License-Identifier: Apache-2.0
//
// Mutations that reach behind the check sums: of words, of whole operators, and of two programs
// joined. Most leave the program agreeing with itself where a check would otherwise end every trial
// (the number of operators, the values of a window); now and then one does not.

#include <stdlib.h>
#include <string.h>

#include "pieces.h"

// libFuzzer's.
size_t LLVMFuzzerMutate(uint8_t *data, size_t size, size_t most);
size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed);
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second,
                                 size_t second_size, uint8_t *out, size_t most, unsigned int seed);

#define MOST_MUTATIONS 4
#define MOST_RECORDS 64
#define LARGEST_RECORD 256

static uint32_t state;

static uint32_t below(uint32_t limit) {
  state ^= state << 13;
  state ^= state >> 17;
  state ^= state << 5;
  return (uint32_t)(((uint64_t)state * limit) >> 32);
}

static bool one_in(uint32_t count) {
  return below(count) == 0;
}

// --- words ---------------------------------------------------------------------------------------

static uint32_t odd_word(void) {
  static const uint32_t words[] = {0,         1,          2,          3,          4,
                                   5,         7,          15,         16,         17,
                                   64,        127,        128,        255,        256,
                                   511,       512,        (1u << 16), (1u << 20), (1u << 20) + 1,
                                   1u << 24,  1u << 28,   1u << 30,   0x7fffffff, 0x80000000,
                                   TW_NONE,   0xffffff80, 0xfffffffc, 0xfffffff0, 0x00001e00,
                                   0x0000001f};
  return words[below(sizeof words / sizeof words[0])];
}

static uint32_t word_at(const piece *of, uint32_t at) {
  uint32_t word;
  memcpy(&word, of->bytes + at, sizeof word);
  return word;
}

static void set_word(piece *of, uint32_t at, uint32_t word) {
  memcpy(of->bytes + at, &word, sizeof word);
}

static void change_word(piece *of) {
  if (of->size < sizeof(uint32_t)) return;
  const uint32_t words = of->size / (uint32_t)sizeof(uint32_t);
  const uint32_t at = 4 * below(words);
  const uint32_t word = word_at(of, at);
  uint32_t changed = word;
  switch (below(7)) {
    case 0:
      changed = odd_word();
      break;
    case 1:
      changed = word + below(9) - 4;
      break;
    case 2:
      changed = word + 4 * (below(9) - 4);
      break;
    case 3:
      changed = word_at(of, 4 * below(words));
      break;
    case 4:
      changed = one_in(2) ? word << 1 : word >> 1;
      break;
    case 5:
      changed = word ^ 1u << below(32);
      break;
    default:
      changed = below(40);
  }
  set_word(of, at, changed);
}

// --- operators -----------------------------------------------------------------------------------

// Where the records of a plan lie, and the end of the last as one more; returns how many there are.
static uint32_t find_records(const piece *plan, uint32_t at[MOST_RECORDS + 1]) {
  uint32_t count = 0, bytes;
  at[0] = sizeof(tw_plan);
  while (count < MOST_RECORDS && (bytes = record_bytes_at(plan, at[count])) > 0) {
    at[count + 1] = at[count] + bytes;
    count++;
  }
  return count;
}

static void remove_bytes(piece *of, uint32_t at, uint32_t bytes) {
  memmove(of->bytes + at, of->bytes + at + bytes, of->size - at - bytes);
  of->size -= bytes;
}

static void insert_bytes(piece *of, uint32_t at, const uint8_t *from, uint32_t bytes) {
  if (at > of->size || of->size + bytes > MOST_PIECE_BYTES) return;
  memmove(of->bytes + at + bytes, of->bytes + at, of->size - at);
  memcpy(of->bytes + at, from, bytes);
  of->size += bytes;
}

// A record of `source` into `plan`, before one of its own or behind the last.
static void add_record(piece *plan, const piece *source) {
  uint32_t from[MOST_RECORDS + 1], to[MOST_RECORDS + 1];
  const uint32_t sources = find_records(source, from), targets = find_records(plan, to);
  if (sources == 0) return;
  const uint32_t picked = below(sources);
  const uint32_t bytes = from[picked + 1] - from[picked];
  uint8_t record[LARGEST_RECORD];
  if (bytes > sizeof record) abort();
  memcpy(record, source->bytes + from[picked], bytes);
  insert_bytes(plan, to[below(targets + 1)], record, bytes);
}

static void drop_record(piece *plan) {
  uint32_t at[MOST_RECORDS + 1];
  const uint32_t count = find_records(plan, at);
  if (count == 0) return;
  const uint32_t picked = below(count);
  remove_bytes(plan, at[picked], at[picked + 1] - at[picked]);
}

// Another operator of a record's size, or another packing.
static void change_kind(piece *plan) {
  uint32_t at[MOST_RECORDS + 1];
  const uint32_t count = find_records(plan, at);
  if (count == 0) return;
  uint8_t *head = plan->bytes + at[below(count)];
  if (one_in(2)) {
    head[1] = (uint8_t)below(TW_PACKINGS + 1);
  } else {
    head[0] = (uint8_t)below(TW_FILL + 2);
  }
}

// --- programs ------------------------------------------------------------------------------------

// Lets the plan have as many operators and input values as the rest says; now and then lets any
// number of outputs be one, and the arena be larger.
static void agree(pieces *apart) {
  piece *plan = &apart->of[TW_PLAN], *input = &apart->of[TW_INPUT];
  if (plan->size < sizeof(tw_plan) || input->size < sizeof(tw_input_head)) return;
  uint32_t at[MOST_RECORDS + 1];
  tw_plan *head = (tw_plan *)(void *)plan->bytes;
  head->operators = find_records(plan, at);
  tw_input_head *source = (tw_input_head *)(void *)input->bytes;
  const uint64_t values = (uint64_t)source->window * source->channels;
  if (values <= 1u << 20) head->input_bytes = (uint32_t)values;
  if (one_in(2)) {
    static const tw_output_head regression = {TW_REGRESSION, 0, 0, 0, 0x3f800000};
    memcpy(apart->of[TW_OUTPUT].bytes, &regression, sizeof regression);
    apart->of[TW_OUTPUT].size = sizeof regression;
  }
  if (one_in(2)) apart->head.arena_bytes += 16 * below(64);
}

static void mutate(pieces *apart) {
  piece *plan = &apart->of[TW_PLAN];
  switch (below(16)) {
    case 0: {
      piece *any = &apart->of[1 + below(TW_SECTION_KINDS - 1)];
      any->size = (uint32_t)LLVMFuzzerMutate(
          any->bytes, any->size,
          any->size + 64 < MOST_PIECE_BYTES ? any->size + 64 : MOST_PIECE_BYTES);
      break;
    }
    case 1:
      LLVMFuzzerMutate(plan->bytes, plan->size, plan->size);
      break;
    case 2:
      change_word(&apart->of[TW_WEIGHTS]);
      break;
    case 3:
      change_word(&apart->of[one_in(2) ? TW_INPUT : TW_OUTPUT]);
      break;
    case 4:
      apart->head.arena_bytes = one_in(8)   ? odd_word()
                                : one_in(2) ? apart->head.arena_bytes + 16 * (below(9) - 4)
                                            : 16 * below(1024);
      break;
    case 5:
      add_record(plan, plan);
      break;
    case 6:
      drop_record(plan);
      break;
    case 7:
      change_kind(plan);
      break;
    default:
      change_word(plan);
  }
}

static size_t mutate_bytes(uint8_t *data, size_t size, size_t most) {
  const size_t mutated = LLVMFuzzerMutate(data, size, most);
  if (!one_in(4)) seal(data, mutated);
  return mutated;
}

static pieces first_apart, second_apart;

size_t LLVMFuzzerCustomMutator(uint8_t *data, size_t size, size_t most, unsigned int seed) {
  state = seed * 2654435761u | 1;
  if (one_in(16) || !take_apart(data, size, &first_apart)) return mutate_bytes(data, size, most);
  const uint32_t mutations = one_in(2) ? 1 : 2 + below(MOST_MUTATIONS - 1);
  for (uint32_t left = mutations; left > 0; left--) mutate(&first_apart);
  if (!one_in(8)) agree(&first_apart);
  const size_t mutated = put_together(&first_apart, data, most);
  return mutated > 0 ? mutated : mutate_bytes(data, size, most);
}

// The first program with an operator or a section of the second.
size_t LLVMFuzzerCustomCrossOver(const uint8_t *first, size_t first_size, const uint8_t *second,
                                 size_t second_size, uint8_t *out, size_t most, unsigned int seed) {
  state = seed * 2654435761u | 1;
  if (!take_apart(first, first_size, &first_apart) ||
      !take_apart(second, second_size, &second_apart)) {
    return 0;
  }
  if (one_in(3)) {
    const uint32_t kind = 1 + below(TW_SECTION_KINDS - 1);
    first_apart.of[kind] = second_apart.of[kind];
  } else {
    add_record(&first_apart.of[TW_PLAN], &second_apart.of[TW_PLAN]);
  }
  if (!one_in(8)) agree(&first_apart);
  return put_together(&first_apart, out, most);
}
