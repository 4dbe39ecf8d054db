// SPDX-License-Identifier: Apache-2.0

#include "crc.h"

// The remainders of 0 to 15 by the reflected polynomial 0xedb88320: half a byte at a time needs
// 64 bytes of constants, a byte at a time 1024.
static const uint32_t remainders[16] = {
    0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4, 0x4db26158, 0x5005713c,
    0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c, 0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
};

uint32_t tw_crc32(uint32_t crc, const uint8_t *data, size_t bytes) {
  crc = ~crc;
  for (; bytes > 0; bytes--, data++) {
    crc = remainders[(crc ^ *data) & 15] ^ (crc >> 4);
    crc = remainders[(crc ^ (uint32_t)(*data >> 4)) & 15] ^ (crc >> 4);
  }
  return ~crc;
}
