// SPDX-License-Identifier: Apache-2.0
//
// Where the emulated core begins: stack, then main(). An exception ends the emulator with code 3.

  .section .text.start, "ax"
  .literal_position
  .align 4
  .global start
start:
  movi a2, 0x20  // user mode, interrupts on, loops too
  wsr a2, ps
  rsync
  movi a1, stack_top
  movi a2, bss_start
  movi a3, bss_end
clear:
  bgeu a2, a3, cleared
  movi a4, 0
  s32i a4, a2, 0
  addi a2, a2, 4
  j clear
cleared:
  call0 main
  mov a3, a2  // exit code
  movi a2, 1  // exit
  simcall

  // Where the emulated core goes on an exception, by its configuration.
  .macro stop_at address
  .section .exception.\address, "ax"
  movi a2, 1
  movi a3, 3
  simcall
  .endm
  stop_at kernel
  stop_at user
  stop_at double
