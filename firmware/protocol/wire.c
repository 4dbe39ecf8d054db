// SPDX-License-Identifier: Apache-2.0

#include "wire.h"

#include <string.h>

tw_reader tw_reader_of(const uint8_t *bytes, size_t length) {
  return (tw_reader){bytes, length, false};
}

const uint8_t *tw_read_bytes(tw_reader *reader, size_t length) {
  if (reader->failed || length > reader->left) {
    reader->failed = true;
    return 0;
  }
  const uint8_t *bytes = reader->next;
  reader->next += length;
  reader->left -= length;
  return bytes;
}

static uint32_t read_unsigned(tw_reader *reader, size_t length) {
  const uint8_t *bytes = tw_read_bytes(reader, length);
  uint32_t value = 0;
  if (bytes == 0) return 0;
  for (size_t i = length; i > 0; i--) value = value << 8 | bytes[i - 1];
  return value;
}

uint8_t tw_read_u8(tw_reader *reader) {
  return (uint8_t)read_unsigned(reader, 1);
}

uint16_t tw_read_u16(tw_reader *reader) {
  return (uint16_t)read_unsigned(reader, 2);
}

uint32_t tw_read_u32(tw_reader *reader) {
  return read_unsigned(reader, 4);
}

bool tw_reader_ended(const tw_reader *reader) {
  return !reader->failed && reader->left == 0;
}

tw_writer tw_writer_of(uint8_t *bytes, size_t capacity) {
  return (tw_writer){bytes, capacity, 0, false};
}

void tw_write_bytes(tw_writer *writer, const void *bytes, size_t length) {
  if (writer->failed || length > writer->capacity - writer->length) {
    writer->failed = true;
    return;
  }
  if (length > 0) memcpy(writer->bytes + writer->length, bytes, length);
  writer->length += length;
}

static void write_unsigned(tw_writer *writer, uint64_t value, size_t length) {
  uint8_t bytes[8];
  for (size_t i = 0; i < length; i++) {
    bytes[i] = (uint8_t)value;
    value >>= 8;
  }
  tw_write_bytes(writer, bytes, length);
}

void tw_write_u8(tw_writer *writer, uint8_t value) {
  write_unsigned(writer, value, 1);
}

void tw_write_u16(tw_writer *writer, uint16_t value) {
  write_unsigned(writer, value, 2);
}

void tw_write_u32(tw_writer *writer, uint32_t value) {
  write_unsigned(writer, value, 4);
}

void tw_write_u64(tw_writer *writer, uint64_t value) {
  write_unsigned(writer, value, 8);
}

void tw_write_f32(tw_writer *writer, float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  tw_write_u32(writer, bits);
}

void tw_write_str(tw_writer *writer, const char *text) {
  size_t length = 0;
  while (length < 255 && text[length] != 0) length++;
  tw_write_u8(writer, (uint8_t)length);
  tw_write_bytes(writer, text, length);
}
