// SPDX-License-Identifier: Apache-2.0
//
// Checks a program, once and for all: header, sections, check sums, and every operator's record.

#include "crc.h"
#include "operators.h"
#include "operators/checks.h"
#include "program.h"
#include "sections.h"
#include "tinywright.h"

#define MAGIC 0x50425754u  // "TWBP"
#define LONGEST_PROGRAM (16u << 20)
#define MOST_SECTIONS 16
#define FIRST_OPTIONAL_KIND 0x8000u
#define CRC_BYTES 4

static uint32_t word_at(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

// --- the file ------------------------------------------------------------------------------------

static tw_status check_file(const uint8_t *file, size_t bytes) {
  const tw_file_head *head = (const tw_file_head *)file;
  if (bytes < sizeof *head + CRC_BYTES || head->magic != MAGIC) return TW_NOT_A_PROGRAM;
  if (head->version != TW_FORMAT_VERSION) return TW_WRONG_VERSION;
  if (head->length != bytes || bytes > LONGEST_PROGRAM) return TW_WRONG_LENGTH;
  const size_t content = bytes - CRC_BYTES;
  return tw_require(tw_crc32(0, file, content) == word_at(file + content), TW_WRONG_CRC);
}

static bool entries_collide(const tw_file_section *a, const tw_file_section *b) {
  return a->kind == b->kind ||
         !tw_apart((tw_region){a->offset, a->length}, (tw_region){b->offset, b->length});
}

// Finds the sections of a file that check_file() accepts: `sections` has a place for each kind.
static tw_status find_sections(const uint8_t *file, tw_section sections[TW_SECTION_KINDS]) {
  const tw_file_head *head = (const tw_file_head *)file;
  const tw_file_section *table = (const tw_file_section *)(file + sizeof *head);
  const uint32_t end = head->length - CRC_BYTES;
  const size_t table_end = sizeof *head + head->sections * sizeof *table;
  if (head->sections > MOST_SECTIONS || table_end > end) return TW_BAD_SECTION;
  for (const tw_file_section *entry = table; entry < table + head->sections; entry++) {
    const bool known = entry->kind == TW_INPUT || entry->kind == TW_OUTPUT ||
                       entry->kind == TW_PLAN || entry->kind == TW_WEIGHTS;
    if ((!known && entry->kind < FIRST_OPTIONAL_KIND) || entry->offset % TW_ALIGNMENT != 0 ||
        entry->offset < table_end || (uint64_t)entry->offset + entry->length > end) {
      return TW_BAD_SECTION;
    }
    for (const tw_file_section *before = table; before < entry; before++) {
      if (entries_collide(before, entry)) return TW_BAD_SECTION;
    }
    const tw_section section = {file + entry->offset, entry->length};
    if (tw_crc32(0, section.at, section.bytes) != entry->crc) return TW_WRONG_CRC;
    if (known) sections[entry->kind] = section;
  }
  const bool complete = sections[TW_INPUT].at != 0 && sections[TW_OUTPUT].at != 0 &&
                        sections[TW_PLAN].at != 0 && sections[TW_WEIGHTS].at != 0;
  if (!complete) return TW_BAD_SECTION;
  const uint32_t id = tw_crc32(tw_crc32(0, sections[TW_PLAN].at, sections[TW_PLAN].bytes),
                               sections[TW_WEIGHTS].at, sections[TW_WEIGHTS].bytes);
  return tw_require(id == head->program_id, TW_WRONG_CRC);
}

// --- the plan ------------------------------------------------------------------------------------

// The records of a plan, and that they fill it.
static tw_status check_operators(tw_section section, const tw_limits *limits) {
  const tw_plan *plan = (const tw_plan *)section.at;
  uint32_t at = sizeof *plan;
  for (uint32_t left = plan->operators; left > 0; left--) {
    if (section.bytes - at < sizeof(tw_head)) return TW_BAD_SECTION;
    const tw_head *record = (const tw_head *)(section.at + at);
    const tw_operator *functions = tw_operator_of(record->kind);
    if (functions == 0) return TW_UNKNOWN_OPERATOR;
    const uint32_t bytes = functions->record_bytes;
    if (record->words * sizeof(uint32_t) != bytes) return TW_BAD_OPERATOR;
    if (section.bytes - at < bytes) return TW_BAD_SECTION;
    const tw_status status = functions->check(limits, record);
    if (status != TW_OK) return status;
    at += bytes;
  }
  return tw_require(at == section.bytes, TW_BAD_SECTION);
}

static tw_status check_plan(tw_section section, const tw_limits *limits, uint32_t window_values) {
  const tw_plan *plan = (const tw_plan *)section.at;
  if (section.bytes < sizeof *plan || plan->input_bytes != window_values) return TW_BAD_SECTION;
  tw_status status = tw_check_arena(limits, (tw_region){plan->input, plan->input_bytes});
  status = tw_first(status, tw_check_arena(limits, (tw_region){plan->output, plan->output_bytes}));
  return status != TW_OK ? status : check_operators(section, limits);
}

// --- both ----------------------------------------------------------------------------------------

uint32_t tw_program_arena(const void *program, size_t bytes) {
  const uint8_t *file = program;
  if (bytes < sizeof(tw_file_head) || word_at(file) != MAGIC ||
      (word_at(file + 4) & 0xffff) != TW_FORMAT_VERSION) {
    return 0;
  }
  return word_at(file + 16);
}

tw_status tw_load(tw_engine *engine, const void *program, size_t bytes, void *arena,
                  size_t arena_bytes) {
  if ((uintptr_t)program % TW_ALIGNMENT != 0 || (uintptr_t)arena % TW_ALIGNMENT != 0) {
    return TW_MISALIGNED;
  }
  tw_status status = check_file(program, bytes);
  if (status != TW_OK) return status;
  tw_section sections[TW_SECTION_KINDS] = {{0, 0}};
  status = find_sections(program, sections);
  if (status != TW_OK) return status;

  const tw_file_head *head = program;
  if (head->target >= TW_TARGETS) return TW_UNKNOWN_OPERATOR;
  if (head->arena_bytes % TW_ALIGNMENT != 0) return TW_MISALIGNED;
  if (head->arena_bytes > arena_bytes) return TW_ARENA_TOO_SMALL;
  const tw_limits limits = {head->arena_bytes, sections[TW_WEIGHTS].bytes, sections[TW_WEIGHTS].at};
  uint32_t window_values = 0;
  status = tw_check_input(sections[TW_INPUT], &window_values);
  if (status == TW_OK) status = check_plan(sections[TW_PLAN], &limits, window_values);
  if (status != TW_OK) return status;
  const tw_plan *plan = (const tw_plan *)sections[TW_PLAN].at;
  status = tw_check_output(sections[TW_OUTPUT], plan->output_bytes);
  if (status != TW_OK) return status;

  *engine = (tw_engine){
      .program = program,
      .input_section = sections[TW_INPUT].at,
      .output_section = sections[TW_OUTPUT].at,
      .plan = sections[TW_PLAN].at,
      .weights = sections[TW_WEIGHTS].at,
      .arena = arena,
  };
  return TW_OK;
}
