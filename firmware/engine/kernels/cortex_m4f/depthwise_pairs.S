// SPDX-License-Identifier: Apache-2.0
//
// tw_depthwise_pairs() of kernels.h. Weights as PAIRS: int16 w[tap][4], channels 0, 2, 1, 3, for
// every 4 channels. 11 instructions do 4 multiply-accumulates.

#include "finish.inc"

// The stack while channels are computed, words. The first eight are loaded at once.
  .equ X, 0          // the channels' first values
  .equ ZEROS, 4      // what four sums begin with
  .equ TAP_STEP, 20
  .equ TAPS, 24      // in a row
  .equ ROWS, 28
  .equ ROW_GAP, 32   // from behind a row's last tap to the next row
  .equ OUT, 36       // where the next output goes
  .equ OFFSET, 40    // 1 + 2 * out_zero
  .equ CHANNELS, 44  // that are left, less 4
  .equ FINISH, 48    // what to do with a block's sums
  .equ FRAME_BYTES, 52
  .equ FINISH_ARGUMENT, FRAME_BYTES + 36  // above nine registers
  .equ OUT_ARGUMENT, FRAME_BYTES + 40

// Of tw_taps.
  .equ TAPS_X, 0
  .equ TAPS_ROW_STEP, 4
  .equ TAPS_TAP_STEP, 8

// Of tw_conv.
  .equ OUT_C, 32
  .equ KERNEL_H, 36
  .equ KERNEL_W, 40

x       .req r0
weights .req r1
x02     .req r4   // channels 0 and 2
x13     .req r5   // channels 1 and 3
sum0    .req r6
sum1    .req r7
sum2    .req r8
sum3    .req r9
step    .req r10
taps    .req r11
rows    .req r12

// The channels of a block from their sums.
  .macro finish_block raises
  ldr     x, [sp, #X]
  ldr     out, [sp, #OUT]
  ldrd    offset, r10, [sp, #OFFSET]  // and CHANNELS
  finish  0, \raises, sum0
  cmp     r10, #0
  blt     last_channels
  finish  0, \raises, sum1
  finish  0, \raises, sum2
  finish  0, \raises, sum3
  subs    r10, r10, #4
  add     x, x, #4
  str     r10, [sp, #CHANNELS]
  str     out, [sp, #OUT]
  str     x, [sp, #X]
  cmp     r10, #-4
  bne     block
  b       done
  .endm

  .global tw_depthwise_pairs
  .type tw_depthwise_pairs, %function
  .thumb_func
tw_depthwise_pairs:
  push    {r4-r11, lr}
  sub     sp, sp, #FRAME_BYTES
  mov     scales, r3
  ldr     r3, [r1, #OUT_C]
  ldrd    rows, taps, [r1, #KERNEL_H]  // and KERNEL_W
  ldrd    r4, r5, [r0, #TAPS_X]        // and TAPS_ROW_STEP
  ldr     step, [r0, #TAPS_TAP_STEP]
  mov     weights, r2
  mov     r0, r4
  mls     r5, taps, step, r5
  subs    r3, r3, #4
  mov     r6, #0
  mov     r7, #0
  mov     r8, #0
  mov     r9, #0
  stmia   sp, {r0, r6-r12}
  ldrd    r2, r4, [sp, #FINISH_ARGUMENT]  // and out
  adr     r6, finish_plain + 1            // + 1: Thumb code
  ldrb    r7, [r2, #RAISES]
  ldr     r2, [r2, #OUT_ZERO]
  cbz     r7, 1f
  adr     r6, finish_raised + 1
1:
  str     r6, [sp, #FINISH]
  lsl     r2, r2, #1
  add     r2, r2, #1
  strd    r5, r4, [sp, #ROW_GAP]          // and OUT
  strd    r2, r3, [sp, #OFFSET]           // and CHANNELS

block:
  ldmia   sp, {x, sum0, sum1, sum2, sum3, step, taps, rows}
inner_loop:
  ldr     x02, [x]
  ldrd    r2, r3, [weights], #8
  add     x, x, step
  sxtb16  x13, x02, ror #8
  sxtb16  x02, x02
  smlabb  sum0, x02, r2, sum0
  smlatt  sum2, x02, r2, sum2
  smlabb  sum1, x13, r3, sum1
  smlatt  sum3, x13, r3, sum3
  subs    taps, taps, #1
  bne     inner_loop
  subs    rows, rows, #1
  bne     next_row

  ldr     pc, [sp, #FINISH]

  .balign 4
finish_plain:
  finish_block 0

  .balign 4
finish_raised:
  finish_block 1

next_row:
  ldr     r2, [sp, #ROW_GAP]
  ldr     taps, [sp, #TAPS]
  add     x, x, r2
  b       inner_loop

// One of 1 to 3 is done: r10 is -3 to -1.
last_channels:
  adds    r10, r10, #2
  bmi     done
  finish  0, 1, sum1
  cmp     r10, #0
  beq     done
  finish  0, 1, sum2

done:
  ldr     r0, [sp, #OUT_ARGUMENT]
  ldr     r2, [sp, #FINISH_ARGUMENT]
  sub     r1, out, r0
  add     sp, sp, #FRAME_BYTES
  pop     {r4-r11, lr}
  b       tw_limit
  .size tw_depthwise_pairs, . - tw_depthwise_pairs
