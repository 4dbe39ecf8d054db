// SPDX-License-Identifier: Apache-2.0

#include "pieces.h"

#include <string.h>

#include "crc.h"
#include "operators.h"

#define ALIGNMENT 16
#define CRC_BYTES 4
#define MOST_SECTIONS 16

static const uint32_t kinds[] = {TW_INPUT, TW_OUTPUT, TW_PLAN, TW_WEIGHTS};
#define KINDS (sizeof kinds / sizeof kinds[0])

static size_t aligned(size_t bytes) {
  return (bytes + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
}

static tw_file_section entry_at(const uint8_t *file, size_t place) {
  tw_file_section entry;
  memcpy(&entry, file + sizeof(tw_file_head) + place * sizeof entry, sizeof entry);
  return entry;
}

// How many entries of the section table lie inside of a file.
static size_t entries_in(const uint8_t *file, size_t bytes) {
  if (bytes < sizeof(tw_file_head) + CRC_BYTES) return 0;
  tw_file_head head;
  memcpy(&head, file, sizeof head);
  const size_t room = (bytes - sizeof head - CRC_BYTES) / sizeof(tw_file_section);
  const size_t most = room < MOST_SECTIONS ? room : MOST_SECTIONS;
  return head.sections < most ? head.sections : most;
}

static bool is_inside(const tw_file_section *entry, size_t bytes) {
  return (uint64_t)entry->offset + entry->length <= bytes - CRC_BYTES;
}

bool take_apart(const uint8_t *file, size_t bytes, pieces *apart) {
  if (bytes > MOST_PIECE_BYTES) return false;
  uint32_t found = 0;
  const size_t entries = entries_in(file, bytes);
  for (size_t place = 0; place < entries; place++) {
    const tw_file_section entry = entry_at(file, place);
    if (!is_inside(&entry, bytes)) return false;
    if (entry.kind >= TW_SECTION_KINDS) continue;
    piece *taken = &apart->of[entry.kind];
    memcpy(taken->bytes, file + entry.offset, entry.length);
    taken->size = entry.length;
    found |= 1u << entry.kind;
  }
  for (size_t place = 0; place < KINDS; place++) {
    if ((found >> kinds[place] & 1) == 0) return false;
  }
  memcpy(&apart->head, file, sizeof apart->head);
  return true;
}

size_t put_together(const pieces *apart, uint8_t *file, size_t most) {
  const size_t table_end = sizeof(tw_file_head) + KINDS * sizeof(tw_file_section);
  size_t bytes = table_end;
  for (size_t place = 0; place < KINDS; place++) {
    bytes = aligned(bytes) + apart->of[kinds[place]].size;
  }
  bytes += CRC_BYTES;
  if (bytes > most) return 0;
  memset(file, 0, bytes);
  memcpy(file, &apart->head, sizeof apart->head);
  ((tw_file_head *)(void *)file)->sections = KINDS;
  size_t at = table_end;
  for (size_t place = 0; place < KINDS; place++) {
    const piece *put = &apart->of[kinds[place]];
    at = aligned(at);
    const tw_file_section entry = {kinds[place], (uint32_t)at, put->size, 0};
    memcpy(file + sizeof(tw_file_head) + place * sizeof entry, &entry, sizeof entry);
    memcpy(file + at, put->bytes, put->size);
    at += put->size;
  }
  seal(file, bytes);
  return bytes;
}

void seal(uint8_t *file, size_t bytes) {
  if (bytes < sizeof(tw_file_head) + CRC_BYTES) return;
  tw_file_section plan = {0}, weights = {0};
  const size_t entries = entries_in(file, bytes);
  for (size_t place = 0; place < entries; place++) {
    tw_file_section entry = entry_at(file, place);
    if (!is_inside(&entry, bytes)) continue;
    entry.crc = tw_crc32(0, file + entry.offset, entry.length);
    memcpy(file + sizeof(tw_file_head) + place * sizeof entry, &entry, sizeof entry);
    if (entry.kind == TW_PLAN) plan = entry;
    if (entry.kind == TW_WEIGHTS) weights = entry;
  }
  tw_file_head head;
  memcpy(&head, file, sizeof head);
  head.length = (uint32_t)bytes;
  head.program_id =
      tw_crc32(tw_crc32(0, file + plan.offset, plan.length), file + weights.offset, weights.length);
  memcpy(file, &head, sizeof head);
  const uint32_t crc = tw_crc32(0, file, bytes - CRC_BYTES);
  memcpy(file + bytes - CRC_BYTES, &crc, sizeof crc);
}

uint32_t record_bytes_at(const piece *plan, uint32_t at) {
  if (at + sizeof(tw_head) > plan->size) return 0;
  const tw_operator *functions = tw_operator_of(plan->bytes[at]);
  if (functions == 0 || plan->size - at < functions->record_bytes) return 0;
  return functions->record_bytes;
}
