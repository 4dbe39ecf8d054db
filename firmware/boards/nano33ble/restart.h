// SPDX-License-Identifier: Apache-2.0
//
// After a fault the board restarts, and remembers why.

#ifndef TINYWRIGHT_NANO33BLE_RESTART_H
#define TINYWRIGHT_NANO33BLE_RESTART_H

#include <stdbool.h>

bool restarted_by_fault(void);

#endif
