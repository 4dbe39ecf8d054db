// SPDX-License-Identifier: Apache-2.0
//
// What a program under the emulator asks of the PC.

#ifndef TINYWRIGHT_BENCH_HOST_H
#define TINYWRIGHT_BENCH_HOST_H

void host_print(const char *text);

// Ends the emulator with exit code 0 for a status of 0, else with 1.
_Noreturn void host_exit(int status);

#endif
