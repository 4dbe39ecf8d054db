// SPDX-License-Identifier: Apache-2.0
//
// What the compiler calls by name where it moves bytes. This core reads words from any address.

#include <string.h>

#include <stdint.h>

typedef struct __attribute__((packed)) {
  uint32_t value;
} word;

void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
  uint8_t *out = to;
  const uint8_t *in = from;
  for (; bytes >= sizeof(word); bytes -= sizeof(word)) {
    ((word *)out)->value = ((const word *)in)->value;
    out += sizeof(word);
    in += sizeof(word);
  }
  for (; bytes > 0; bytes--) *out++ = *in++;
  return to;
}

void *memset(void *to, int value, size_t bytes) {
  uint8_t *out = to;
  const uint32_t all = (uint8_t)value * 0x01010101u;
  for (; bytes >= sizeof(word); bytes -= sizeof(word)) {
    ((word *)out)->value = all;
    out += sizeof(word);
  }
  for (; bytes > 0; bytes--) *out++ = (uint8_t)value;
  return to;
}
