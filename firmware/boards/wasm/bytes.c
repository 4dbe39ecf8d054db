// SPDX-License-Identifier: Apache-2.0
//
// WebAssembly has instructions for these; the compiler may still call them by name.

#include "bytes.h"

void *memcpy(void *restrict to, const void *restrict from, size_t bytes) {
  return __builtin_memcpy(to, from, bytes);
}

void *memset(void *to, int value, size_t bytes) {
  return __builtin_memset(to, value, bytes);
}
