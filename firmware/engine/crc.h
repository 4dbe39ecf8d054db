// SPDX-License-Identifier: Apache-2.0
//
// CRC-32 as zlib, Ethernet and PNG have it.

#ifndef TINYWRIGHT_CRC_H
#define TINYWRIGHT_CRC_H

#include <stddef.h>
#include <stdint.h>

// The CRC of what `crc` was computed of, followed by `bytes` bytes of `data`; begin with 0.
uint32_t tw_crc32(uint32_t crc, const uint8_t *data, size_t bytes);

#endif
