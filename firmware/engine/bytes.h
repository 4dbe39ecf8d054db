// SPDX-License-Identifier: Apache-2.0
//
// All of the C library that the engine needs. A target without one has its own of both.

#ifndef TINYWRIGHT_BYTES_H
#define TINYWRIGHT_BYTES_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);

#endif
