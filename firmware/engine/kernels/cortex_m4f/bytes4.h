// SPDX-License-Identifier: Apache-2.0
//
// Four int8 values in a word, for a Cortex-M4F.

#ifndef TINYWRIGHT_CORTEX_M4F_BYTES4_H
#define TINYWRIGHT_CORTEX_M4F_BYTES4_H

#include <stdint.h>

// From any address: this core reads words that are not aligned.
static inline uint32_t load4(const int8_t *at) {
  uint32_t word;
  __builtin_memcpy(&word, at, sizeof word);
  return word;
}

static inline void store4(int8_t *at, uint32_t word) {
  __builtin_memcpy(at, &word, sizeof word);
}

// Byte by byte the larger one.
static inline uint32_t larger4(uint32_t a, uint32_t b) {
  uint32_t larger;
  __asm__(
      "ssub8 %0, %1, %2 \n"
      "sel   %0, %1, %2 \n"
      : "=&r"(larger)
      : "r"(a), "r"(b));
  return larger;
}

// Adds bytes 0 and 2 to the halves of `sums`.
static inline uint32_t add_bytes_0_2(uint32_t sums, uint32_t word) {
  __asm__("sxtab16 %0, %0, %1" : "+r"(sums) : "r"(word));
  return sums;
}

// Adds bytes 1 and 3 to the halves of `sums`.
static inline uint32_t add_bytes_1_3(uint32_t sums, uint32_t word) {
  __asm__("sxtab16 %0, %0, %1, ror #8" : "+r"(sums) : "r"(word));
  return sums;
}

#endif
