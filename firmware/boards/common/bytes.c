// SPDX-License-Identifier: Apache-2.0
//
// What the application uses of <string.h>, for boards without a C library. memcpy() and memset()
// come with the engine.

#include <string.h>

int memcmp(const void *a, const void *b, size_t bytes) {
  const unsigned char *x = a;
  const unsigned char *y = b;
  for (; bytes != 0; bytes--, x++, y++) {
    if (*x != *y) return *x < *y ? -1 : 1;
  }
  return 0;
}

void *memchr(const void *in, int byte, size_t bytes) {
  const unsigned char *at = in;
  for (; bytes != 0; bytes--, at++) {
    if (*at == (unsigned char)byte) return (void *)at;
  }
  return 0;
}

size_t strlen(const char *text) {
  size_t length = 0;
  while (text[length] != 0) length++;
  return length;
}

int strcmp(const char *a, const char *b) {
  while (*a != 0 && *a == *b) {
    a++;
    b++;
  }
  return (unsigned char)*a - (unsigned char)*b;
}

char *strncpy(char *restrict to, const char *restrict from, size_t room) {
  size_t i = 0;
  for (; i < room && from[i] != 0; i++) to[i] = from[i];
  for (; i < room; i++) to[i] = 0;
  return to;
}
