// SPDX-License-Identifier: Apache-2.0
//
// Where Arduino's boot loader jumps to: the vectors at the image's beginning, and the way from
// whatever the loader left to main(). Interrupts stay off for good: the application has one loop.

  .syntax unified
  .thumb

  .section .vectors, "a"
  .global vectors
  .balign 512
vectors:
  .word stack_top
  .word start
  .word fault  // NMI
  .word fault  // HardFault
  .word fault  // MemManage
  .word fault  // BusFault
  .word fault  // UsageFault
  .rept 9
  .word fault
  .endr
  .rept 48
  .word fault
  .endr

  .section .text.start, "ax"
  .global start
  .type start, %function
  .thumb_func
start:
  cpsid i
  movs r0, #0
  msr control, r0  // privileged, on the main stack
  isb
  ldr r0, =stack_top
  mov sp, r0
  ldr r0, =0xe000ed94  // MPU_CTRL: off
  movs r1, #0
  str r1, [r0]
  ldr r0, =0xe000ed08  // VTOR
  ldr r1, =vectors
  str r1, [r0]
  ldr r0, =0xe000ed88  // CPACR: floating point for all
  ldr r1, [r0]
  orr r1, r1, #(15 << 20)
  str r1, [r0]
  dsb
  isb

  ldr r0, =data_start
  ldr r1, =data_end
  ldr r2, =data_image
1:
  cmp r0, r1
  bhs 2f
  ldr r3, [r2], #4
  str r3, [r0], #4
  b 1b
2:
  ldr r0, =bss_start
  ldr r1, =bss_end
  movs r2, #0
3:
  cmp r0, r1
  bhs 4f
  str r2, [r0], #4
  b 3b
4:
  bl main
  b fault

  .section .text.fault, "ax"
  .type fault, %function
  .thumb_func
fault:
  ldr r0, =stack_top  // the stack may be what failed
  mov sp, r0
  bl fault_restart
  b .
