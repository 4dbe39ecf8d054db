// SPDX-License-Identifier: Apache-2.0
//
// What the engine needs of a C library, for a target without one.

#include <stdint.h>

#include "bytes.h"

void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
  uint8_t *t = to;
  const uint8_t *f = from;
  if ((((uintptr_t)t | (uintptr_t)f) & 3) == 0) {
    for (; bytes >= 8; bytes -= 8, t += 8, f += 8) {
      ((uint32_t *)(void *)t)[0] = ((const uint32_t *)(const void *)f)[0];
      ((uint32_t *)(void *)t)[1] = ((const uint32_t *)(const void *)f)[1];
    }
  }
  for (; bytes >= 4; bytes -= 4, t += 4, f += 4) {
    const uint8_t a = f[0], b = f[1], c = f[2], d = f[3];
    t[0] = a;
    t[1] = b;
    t[2] = c;
    t[3] = d;
  }
  while (bytes-- != 0) *t++ = *f++;
  return to;
}

void *memset(void *to, int value, size_t bytes) {
  uint8_t *t = to;
  for (; bytes != 0 && ((uintptr_t)t & 3) != 0; bytes--) *t++ = (uint8_t)value;
  const uint32_t word = (uint8_t)value * 0x01010101u;
  for (; bytes >= 4; bytes -= 4, t += 4) *(uint32_t *)(void *)t = word;
  while (bytes-- != 0) *t++ = (uint8_t)value;
  return to;
}
