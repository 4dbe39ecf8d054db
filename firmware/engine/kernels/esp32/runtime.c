// SPDX-License-Identifier: Apache-2.0
//
// What the compiler calls where the core that it knows has no instruction, and its library no
// function: the lx106's ROM has these. The LX6 divides by itself.

#include <stdint.h>

#include "lx6.h"

uint64_t __muldi3(uint64_t a, uint64_t b);
uint32_t __udivsi3(uint32_t a, uint32_t b);
uint32_t __umodsi3(uint32_t a, uint32_t b);
int32_t __divsi3(int32_t a, int32_t b);
int32_t __modsi3(int32_t a, int32_t b);

uint64_t __muldi3(uint64_t a, uint64_t b) {
  const uint32_t a_low = (uint32_t)a, b_low = (uint32_t)b;
  const uint32_t a0 = a_low & 0xffff, a1 = a_low >> 16, b0 = b_low & 0xffff, b1 = b_low >> 16;
  const uint32_t low = a0 * b0;
  const uint32_t middle = a1 * b0 + (low >> 16);  // below 2^32, as the next
  const uint32_t other = a0 * b1 + (middle & 0xffff);
  const uint32_t high = a1 * b1 + (middle >> 16) + (other >> 16) + a_low * (uint32_t)(b >> 32) +
                        (uint32_t)(a >> 32) * b_low;
  return (uint64_t)high << 32 | (other << 16 | (low & 0xffff));
}

uint32_t __udivsi3(uint32_t a, uint32_t b) {
  return lx6_unsigned_quotient(a, b);
}

uint32_t __umodsi3(uint32_t a, uint32_t b) {
  return lx6_unsigned_remainder(a, b);
}

int32_t __divsi3(int32_t a, int32_t b) {
  return lx6_quotient(a, b);
}

int32_t __modsi3(int32_t a, int32_t b) {
  return lx6_remainder(a, b);
}
