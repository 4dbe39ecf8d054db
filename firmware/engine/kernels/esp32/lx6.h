// SPDX-License-Identifier: Apache-2.0
//
// Instructions of the ESP32's LX6 that an assembler for the lx106 does not know, by their encoding:
// SEXT, MIN, MAX and divisions. products.S has loops and the multiply-accumulator MAC16. (MULSH is
// not used: no core that could check it here has it beside MAC16.)

#ifndef TINYWRIGHT_ESP32_LX6_H
#define TINYWRIGHT_ESP32_LX6_H

#include <stdint.h>

// The number of a register by the name that the compiler writes.
__asm__(
    ".set lx6_a0, 0\n .set lx6_a1, 1\n .set lx6_sp, 1\n .set lx6_a2, 2\n .set lx6_a3, 3\n"
    ".set lx6_a4, 4\n .set lx6_a5, 5\n .set lx6_a6, 6\n .set lx6_a7, 7\n .set lx6_a8, 8\n"
    ".set lx6_a9, 9\n .set lx6_a10, 10\n .set lx6_a11, 11\n .set lx6_a12, 12\n"
    ".set lx6_a13, 13\n .set lx6_a14, 14\n .set lx6_a15, 15\n");

#define LX6_INSTRUCTION(high, r, s, t) ".byte " t " << 4, " r " << 4 | " s ", " high "\n"
#define LX6_REG(operand) "lx6_" operand

// Instructions of two registers, or of one and a number, with a result and nothing else.
#define LX6_OF_TWO(name, type, high)                                           \
  static inline type lx6_##name(type a, type b) {                              \
    type result;                                                               \
    __asm__(LX6_INSTRUCTION(high, LX6_REG("%0"), LX6_REG("%1"), LX6_REG("%2")) \
            : "=r"(result)                                                     \
            : "r"(a), "r"(b));                                                 \
    return result;                                                             \
  }
#define LX6_OF_ONE(name, high, number)                                                            \
  static inline int32_t lx6_##name(uint32_t a) {                                                  \
    int32_t result;                                                                               \
    __asm__(LX6_INSTRUCTION(high, LX6_REG("%0"), LX6_REG("%1"), number) : "=r"(result) : "r"(a)); \
    return result;                                                                                \
  }

LX6_OF_TWO(min, int32_t, "0x43")
LX6_OF_TWO(max, int32_t, "0x53")
LX6_OF_TWO(unsigned_quotient, uint32_t, "0xc2")
LX6_OF_TWO(quotient, int32_t, "0xd2")
LX6_OF_TWO(unsigned_remainder, uint32_t, "0xe2")
LX6_OF_TWO(remainder, int32_t, "0xf2")
// The low byte, or the low half, as a signed number.
LX6_OF_ONE(signed_byte, "0x23", "0")
LX6_OF_ONE(signed_half, "0x23", "8")

#endif
