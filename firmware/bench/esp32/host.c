// SPDX-License-Identifier: Apache-2.0
//
// By the simulator's calls.

#include "host.h"

#include <stdint.h>

enum { EXIT = 1, WRITE = 4 };
enum { STANDARD_OUTPUT = 1 };

static void call_host(uint32_t call, uint32_t a, uint32_t b, uint32_t c) {
  register uint32_t a2 __asm__("a2") = call;
  register uint32_t a3 __asm__("a3") = a;
  register uint32_t a4 __asm__("a4") = b;
  register uint32_t a5 __asm__("a5") = c;
  __asm__ volatile("simcall" : "+r"(a2), "+r"(a3) : "r"(a4), "r"(a5) : "memory");
}

void host_print(const char *text) {
  uint32_t bytes = 0;
  while (text[bytes] != '\0') bytes++;
  call_host(WRITE, STANDARD_OUTPUT, (uint32_t)(uintptr_t)text, bytes);
}

void host_exit(int status) {
  call_host(EXIT, status != 0, 0, 0);
  for (;;) continue;
}
