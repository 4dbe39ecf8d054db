// SPDX-License-Identifier: Apache-2.0
//
// The chip's registers by their addresses: nRF52840 Product Specification 1.11, the chapter of each
// peripheral. What a file alone uses stands there.

#ifndef TINYWRIGHT_NANO33BLE_REGISTERS_H
#define TINYWRIGHT_NANO33BLE_REGISTERS_H

#include <stdint.h>

#define REG(address) (*(volatile uint32_t *)(uintptr_t)(address))
#define BIT(n) (1u << (n))

#define FICR 0x10000000u
#define POWER 0x40000000u  // shares its page with CLOCK
#define CLOCK 0x40000000u
#define UARTE0 0x40002000u
#define TWIM1 0x40004000u
#define SAADC 0x40007000u
#define TIMER0 0x40008000u
#define RTC1 0x40011000u
#define PWM0 0x4001c000u
#define PWM1 0x40021000u
#define PWM2 0x40022000u
#define PWM3 0x4002d000u
#define NVMC 0x4001e000u
#define USBD 0x40027000u
#define P0 0x50000000u
#define PORT_BYTES 0x300u

// The core: ARMv7-M Architecture Reference Manual, "System Control Space".
#define SYST_CSR 0xe000e010u
#define NVIC_ISER 0xe000e100u
#define NVIC_ICER 0xe000e180u
#define NVIC_ICPR 0xe000e280u
#define NVIC_WORDS 2u  // 48 interrupts
#define SCB_AIRCR 0xe000ed0cu
#define AIRCR_RESET 0x05fa0004u
#define SCB_DEMCR 0xe000edfcu
#define MPU_CTRL 0xe000ed94u

#define PWM_INTENCLR(pwm) ((pwm) + 0x308)
#define PWM_ENABLE(pwm) ((pwm) + 0x500)
#define PWM_PSEL(pwm, n) ((pwm) + 0x560 + 4u * (n))
#define PWM_CHANNELS 4u
#define PWM_NO_PIN 0xffffffffu

#define GPREGRET (POWER + 0x51c)
#define GPREGRET2 (POWER + 0x520)

// What has been written before is done before what follows.
static inline void barrier(void) {
  __asm__ volatile("dsb\n isb" ::: "memory");
}

#endif
