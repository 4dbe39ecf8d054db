// SPDX-License-Identifier: Apache-2.0
//
// By Arm's semihosting.

#include "host.h"

#include <stdint.h>

enum { SYS_WRITE0 = 0x04, SYS_EXIT = 0x18 };
enum { STOPPED_BY_A_FAULT = 0x20023, STOPPED_BY_ITS_END = 0x20026 };

static void call_host(uint32_t operation, uintptr_t argument) {
  register uint32_t r0 __asm__("r0") = operation;
  register uintptr_t r1 __asm__("r1") = argument;
  __asm__ volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
}

void host_print(const char *text) {
  call_host(SYS_WRITE0, (uintptr_t)text);
}

void host_exit(int status) {
  call_host(SYS_EXIT, status == 0 ? STOPPED_BY_ITS_END : STOPPED_BY_A_FAULT);
  for (;;) continue;
}
