// SPDX-License-Identifier: Apache-2.0
//
// What firmware for a board without a C library has of <string.h>.

#ifndef TINYWRIGHT_STRING_H
#define TINYWRIGHT_STRING_H

#include <stddef.h>

void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int value, size_t bytes);
int memcmp(const void *a, const void *b, size_t bytes);
void *memchr(const void *in, int byte, size_t bytes);
size_t strlen(const char *text);
int strcmp(const char *a, const char *b);
char *strncpy(char *restrict to, const char *restrict from, size_t room);

#endif
