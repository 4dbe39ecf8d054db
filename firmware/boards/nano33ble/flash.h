// SPDX-License-Identifier: Apache-2.0
//
// Flash, by the chip's own controller. Erasing or writing holds the processor up, so it goes in
// pieces of a millisecond at most.

#ifndef TINYWRIGHT_NANO33BLE_FLASH_H
#define TINYWRIGHT_NANO33BLE_FLASH_H

void flash_start(void);

#define FLASH_PROGRAM_BYTES 0xae000u

#endif
