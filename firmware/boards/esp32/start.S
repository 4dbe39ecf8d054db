// SPDX-License-Identifier: Apache-2.0
//
// Where the ROM enters, and the vectors of the Xtensa LX6 (its ISA reference, "Exceptions"; the
// offsets are those of the ESP32's configuration). No register windows: the ROM's are left behind.

// --- vectors -------------------------------------------------------------------------------------

  .macro vector offset target
  .org \offset
  wsr a0, excsave1
  j \target
  .endm

  .section .vectors, "ax"
  .global vectors
vectors:
  .org 0x180
  j fault  // level 2
  .org 0x1c0
  j fault  // 3
  .org 0x200
  j fault  // 4
  .org 0x240
  j fault  // 5
  .org 0x280
  j fault  // debug
  .org 0x2c0
  j fault  // not maskable
  vector 0x300, exception  // kernel
  vector 0x340, exception  // user
  .org 0x3c0
  j fault  // double
  .org 0x400

// --- start ---------------------------------------------------------------------------------------

  .section .entry, "ax"
  .literal_position
  .align 4
  .global start
start:
  movi a2, 0x2f  // user mode, no register windows, no interrupts
  wsr a2, ps
  rsync
  movi a2, 0
  wsr a2, intenable
  movi a2, vectors
  wsr a2, vecbase
  movi a2, 1
  .byte 0x20, 0xe0, 0x13  // wsr a2, cpenable: the floating-point unit
  rsync
  movi a1, stack_top
  movi a2, bss_start
  movi a3, bss_end
  movi a4, 0
clear:
  bgeu a2, a3, cleared
  s32i a4, a2, 0
  addi a2, a2, 4
  j clear
cleared:
  movi a2, 0x20  // interrupts on: each is enabled where it is used
  wsr a2, ps
  rsync
  call0 main
  j fault

// --- interrupts of level 1, and faults -----------------------------------------------------------

  // The one interrupt is the UART's. Its handler uses no loop and no multiply-accumulator, so what
  // the engine has in their registers stays.
  .align 4
exception:
  addi a1, a1, -64
  s32i a2, a1, 0
  s32i a3, a1, 4
  rsr a2, exccause
  bnei a2, 4, fault  // a level-1 interrupt
  rsr a2, sar
  rsr a3, excsave1
  s32i a2, a1, 8
  s32i a3, a1, 12
  s32i a4, a1, 16
  s32i a5, a1, 20
  s32i a6, a1, 24
  s32i a7, a1, 28
  s32i a8, a1, 32
  s32i a9, a1, 36
  s32i a10, a1, 40
  s32i a11, a1, 44
  call0 uart_interrupt
  l32i a2, a1, 8
  l32i a0, a1, 12
  wsr a2, sar
  l32i a4, a1, 16
  l32i a5, a1, 20
  l32i a6, a1, 24
  l32i a7, a1, 28
  l32i a8, a1, 32
  l32i a9, a1, 36
  l32i a10, a1, 40
  l32i a11, a1, 44
  l32i a2, a1, 0
  l32i a3, a1, 4
  addi a1, a1, 64
  rfe

  // Leaves cause and place for the next start to tell, and restarts.
  .align 4
fault:
  movi a1, stack_top
  rsr a2, exccause
  rsr a3, epc1
  call0 fault_restart
