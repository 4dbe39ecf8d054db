// SPDX-License-Identifier: Apache-2.0
//
// A board program taken apart, for the mutator: its sections one by one, free to grow, and the way
// back to a file whose check sums are right, so that what lies behind these is tried.

#ifndef TINYWRIGHT_FUZZ_PIECES_H
#define TINYWRIGHT_FUZZ_PIECES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "program.h"

// The largest file that is taken apart, and the largest section that is put together, bytes.
#define MOST_PIECE_BYTES 8192

typedef struct {
  _Alignas(16) uint8_t bytes[MOST_PIECE_BYTES];
  uint32_t size;
} piece;

// `of` is indexed by kind; what is no section's kind stays empty.
typedef struct {
  tw_file_head head;
  piece of[TW_SECTION_KINDS];
} pieces;

// Returns false for what has not the four sections, each inside of the file.
bool take_apart(const uint8_t *file, size_t bytes, pieces *apart);

// Writes a file and returns its size, or 0 where it would be larger than `most`.
size_t put_together(const pieces *apart, uint8_t *file, size_t most);

// Puts every check sum and the length right in a file that need not be one.
void seal(uint8_t *file, size_t bytes);

// The record at `at` in a plan and its size, or 0 where no whole record of a known kind follows.
uint32_t record_bytes_at(const piece *plan, uint32_t at);

#endif
