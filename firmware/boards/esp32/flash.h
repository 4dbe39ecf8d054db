// SPDX-License-Identifier: Apache-2.0
//
// The flash chip, by the controller SPI1. The cache stays off: nothing runs from flash.

#ifndef TINYWRIGHT_ESP32_FLASH_H
#define TINYWRIGHT_ESP32_FLASH_H

// Takes the controller over from the ROM.
void flash_start(void);

// What the RAM kept for a program can hold: the engine may read a word past its end.
#define FLASH_PROGRAM_BYTES 0x1f000u

#endif
