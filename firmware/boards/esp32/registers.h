// SPDX-License-Identifier: Apache-2.0
//
// The chip's registers by their addresses: ESP32 Technical Reference Manual, the register lists of
// the chapters named at each group. What a file alone uses stands there.

#ifndef TINYWRIGHT_ESP32_REGISTERS_H
#define TINYWRIGHT_ESP32_REGISTERS_H

#include <stdint.h>

#define BIT(n) (1u << (n))

// Chapter "System and Memory": the bases of the peripherals.
#define DPORT 0x3ff00000u
#define UART0 0x3ff40000u
#define UART0_AHB 0x60000000u  // the same by another bus
#define SPI1 0x3ff42000u
#define GPIO 0x3ff44000u
#define RTC_CNTL 0x3ff48000u
#define RTC_IO 0x3ff48400u
#define SENS 0x3ff48800u
#define IO_MUX 0x3ff49000u
#define LEDC 0x3ff59000u
#define EFUSE 0x3ff5a000u
#define TIMG0 0x3ff5f000u
#define SYSCON 0x3ff66000u

// On a PC a test stands in for the chip.
#ifdef TW_FAKE_REGISTERS
uint32_t reg_read(uint32_t address);
void reg_write(uint32_t address, uint32_t value);
void interrupts_enable(uint32_t numbers);
#else
static inline uint32_t reg_read(uint32_t address) {
  return *(volatile uint32_t *)(uintptr_t)address;
}

static inline void reg_write(uint32_t address, uint32_t value) {
  *(volatile uint32_t *)(uintptr_t)address = value;
}

// Of the processor, a bit a number; all others are off.
static inline void interrupts_enable(uint32_t numbers) {
  __asm__ volatile("wsr %0, intenable\n rsync" : : "a"(numbers) : "memory");
}
#endif

static inline void reg_set(uint32_t address, uint32_t bits) {
  reg_write(address, reg_read(address) | bits);
}

static inline void reg_clear(uint32_t address, uint32_t bits) {
  reg_write(address, reg_read(address) & ~bits);
}

// Writes `value` into the bits of `mask`, whose lowest is bit `shift`.
static inline void reg_field(uint32_t address, uint32_t mask, uint32_t shift, uint32_t value) {
  reg_write(address, (reg_read(address) & ~(mask << shift)) | (value & mask) << shift);
}

#endif
