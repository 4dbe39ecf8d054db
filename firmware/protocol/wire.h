// SPDX-License-Identifier: Apache-2.0
//
// Reads and writes the fields of a message: little-endian, without padding, never past the end.

#ifndef TINYWRIGHT_WIRE_H
#define TINYWRIGHT_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// A payload that is read from front to back. After the first field that is not whole every field
// reads 0 and `failed` stays true: ask once, at the end.
typedef struct {
  const uint8_t *next;
  size_t left;
  bool failed;
} tw_reader;

tw_reader tw_reader_of(const uint8_t *bytes, size_t length);
uint8_t tw_read_u8(tw_reader *reader);
uint16_t tw_read_u16(tw_reader *reader);
uint32_t tw_read_u32(tw_reader *reader);
const uint8_t *tw_read_bytes(tw_reader *reader, size_t length);  // 0 where they are not whole
// Whether all was whole and nothing is left over.
bool tw_reader_ended(const tw_reader *reader);

// A payload that is written from front to back. What does not fit is left out and `failed` stays
// true.
typedef struct {
  uint8_t *bytes;
  size_t capacity;
  size_t length;
  bool failed;
} tw_writer;

tw_writer tw_writer_of(uint8_t *bytes, size_t capacity);
void tw_write_u8(tw_writer *writer, uint8_t value);
void tw_write_u16(tw_writer *writer, uint16_t value);
void tw_write_u32(tw_writer *writer, uint32_t value);
void tw_write_u64(tw_writer *writer, uint64_t value);
void tw_write_f32(tw_writer *writer, float value);
void tw_write_bytes(tw_writer *writer, const void *bytes, size_t length);
void tw_write_str(tw_writer *writer, const char *text);  // length u8, then at most 255 bytes of it

#endif
