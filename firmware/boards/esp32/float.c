// SPDX-License-Identifier: Apache-2.0
//
// What the compiler calls for single-precision numbers and for quotients of 64 bits, where the core
// that it knows and its library have nothing: the lx106's ROM has these. The LX6 has a unit for the
// numbers (Xtensa ISA reference, "Floating-Point Coprocessor Option"), whose instructions stand
// here by their encoding; start.S switches it on.

#include "../../engine/kernels/esp32/lx6.h"

typedef float number;

number __addsf3(number a, number b);
number __subsf3(number a, number b);
number __mulsf3(number a, number b);
number __floatsisf(int32_t a);
number __floatunsisf(uint32_t a);
uint32_t __fixunssfsi(number a);
uint64_t __udivmoddi4(uint64_t a, uint64_t b, uint64_t *remainder);  // the library's
uint64_t __umulsidi3(uint32_t a, uint32_t b);
uint64_t __udivdi3(uint64_t a, uint64_t b);
uint64_t __umoddi3(uint64_t a, uint64_t b);

// Of the unit's registers 0 and 1 are used. Numbers pass in the core's, as their bits.
#define TO_UNIT(n, from) LX6_INSTRUCTION("0xfa", n, LX6_REG(from), "5")
#define FROM_UNIT(to) LX6_INSTRUCTION("0xfa", LX6_REG(to), "0", "4")

#define OF_TWO(name, high)                                                             \
  number name(number a, number b) {                                                    \
    number result;                                                                     \
    __asm__(TO_UNIT("0", "%1") TO_UNIT("1", "%2") LX6_INSTRUCTION(high, "0", "0", "1") \
                FROM_UNIT("%0")                                                        \
            : "=a"(result)                                                             \
            : "a"(a), "a"(b));                                                         \
    return result;                                                                     \
  }

OF_TWO(__addsf3, "0x0a")
OF_TWO(__subsf3, "0x1a")
OF_TWO(__mulsf3, "0x2a")

number __floatsisf(int32_t a) {
  number result;
  __asm__(LX6_INSTRUCTION("0xca", "0", LX6_REG("%1"), "0") FROM_UNIT("%0") : "=a"(result) : "a"(a));
  return result;
}

number __floatunsisf(uint32_t a) {
  number result;
  __asm__(LX6_INSTRUCTION("0xda", "0", LX6_REG("%1"), "0") FROM_UNIT("%0") : "=a"(result) : "a"(a));
  return result;
}

uint32_t __fixunssfsi(number a) {
  uint32_t result;
  __asm__(TO_UNIT("0", "%1") LX6_INSTRUCTION("0xea", LX6_REG("%0"), "0", "0")
          : "=a"(result)
          : "a"(a));
  return result;
}

uint64_t __umulsidi3(uint32_t a, uint32_t b) {
  return (uint64_t)a * (uint64_t)b;
}

uint64_t __udivdi3(uint64_t a, uint64_t b) {
  return __udivmoddi4(a, b, 0);
}

uint64_t __umoddi3(uint64_t a, uint64_t b) {
  uint64_t remainder;
  (void)__udivmoddi4(a, b, &remainder);
  return remainder;
}
