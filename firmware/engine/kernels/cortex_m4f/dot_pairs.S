// SPDX-License-Identifier: Apache-2.0
//
// tw_dot_pairs() of kernels.h. Weights as PAIRS: for 4 outputs and 4 inputs 16 bytes, in halves of
// w[even] + 256 * w[odd].
//
// Two sums serve two outputs: the inputs times the halves give both = even + 256 * odd, the inputs
// times their low bytes give even. So odd is the difference over 256 while it stays below 2^23: that
// holds for 512 inputs, and longer sums are taken apart at least as often. 16 instructions do 16
// multiply-accumulates.

#include "finish.inc"

// A turn of the inner loop is 4 groups of 4 inputs.
  .equ TURNS_AT_ONCE, 32
  .equ LOG2_TURNS_AT_ONCE, 5
  .equ GROUPS_AT_ONCE, 128
  .equ LOG2_GROUP_CODE_BYTES, 6

// The stack while a position is computed. The first seven words are loaded at once.
  .equ X, 0              // the inputs
  .equ ZEROS, 4          // what four sums begin with
  .equ ENTRY, 20         // where the first turn enters the inner loop: its groups may be fewer
  .equ TURNS, 24         // of the inner loop until FINISH
  .equ FINISH, 28        // what to do with the sums then
  .equ OUT, 32           // where the next output goes
  .equ OFFSET, 36        // 1 + 2 * out_zero
  .equ END, 40           // of this position's outputs that are finished four at a time
  .equ LAST, 44          // end of all its outputs
  .equ STEP, 48          // from its inputs to the next position's
  .equ POSITIONS, 52     // to be done, this one included
  .equ FIRST_FINISH, 56  // FINISH for the first block of a position
  .equ WHOLE, 60         // outputs that are finished four at a time
  .equ PARTS, 64         // that a row of inputs is taken in, but for the first
  .equ PARTS_LEFT, 68
  .equ ROWS_OF_BLOCK, 72
  .equ ROWS_LEFT, 76     // this one included
  .equ ROW_GAP, 80       // from behind a row to the next; in the loop over short rows, ROW_STEP
  .equ ROWS_FINISH, 84   // what to do with the sums of all rows
  .equ ODD1, 88          // of the parts so far
  .equ ODD3, 92
  .equ SUMS, 96
  .equ PRODUCTS, 112     // the argument
  .equ FRAME_BYTES, 116
  .equ OUT_ARGUMENT, FRAME_BYTES + 36  // above nine registers

// Of tw_products.
  .equ ROWS, 0
  .equ INPUTS, 8
  .equ WEIGHTS, 12
  .equ SCALES, 16
  .equ OUTPUTS, 20
  .equ PRODUCTS_FINISH, 24

x       .req r0
weights .req r1
even0   .req r6
both0   .req r7
even2   .req r8
both2   .req r9
x02     .req r10  // inputs 0 and 2 of a group
x13     .req r11  // inputs 1 and 3
turns   .req r12

// 4 inputs, in x02, times 4 outputs.
  .macro products
  ldmia.w weights!, {r2, r3, r4, r5}
  sxtb16  x13, x02, ror #8
  sxtb16  x02, x02
  smlad   both0, x02, r2, both0
  sxtb16  r2, r2
  smlad   even0, x02, r2, even0
  smlad   both0, x13, r3, both0
  sxtb16  r3, r3
  smlad   even0, x13, r3, even0
  smlad   both2, x02, r4, both2
  sxtb16  r4, r4
  smlad   even2, x02, r4, even2
  smlad   both2, x13, r5, both2
  sxtb16  r5, r5
  smlad   even2, x13, r5, even2
  .endm

  .macro group
  ldr     x02, [x], #4
  products
  .endm

// Of both and even makes 256 * odd and even.
  .macro split
  sub     both0, both0, even0
  sub     both2, both2, even2
  .endm

// All 4 outputs of a block whose both0 and both2 have become 256 * odd.
  .macro finish_four once, raises
  split
  ldrd    out, offset, [sp, #OUT]
  finish  \once, \raises, even0
  finish  \once, \raises, both0, asr #8
  finish  \once, \raises, even2
  finish  \once, \raises, both2, asr #8
  ldr     r2, [sp, #END]
  str     out, [sp, #OUT]
  cmp     out, r2
  bne     block
  .endm

  .global tw_dot_pairs
  .type tw_dot_pairs, %function
  .thumb_func
tw_dot_pairs:
  push    {r4-r11, lr}
  sub     sp, sp, #FRAME_BYTES
  str     r0, [sp, #PRODUCTS]
  strd    r2, r3, [sp, #STEP]   // and POSITIONS
  mov     r5, r1
  ldr     r2, [r0, #INPUTS]
  add     r2, r2, #3
  lsr     r2, r2, #2            // groups
  add     r3, r2, #3
  lsr     r3, r3, #2            // turns
  rsb     r4, r2, r3, lsl #2    // groups that the first turn leaves out
  adr     r10, inner_loop + 1   // + 1: Thumb code
  add     r10, r10, r4, lsl #LOG2_GROUP_CODE_BYTES
  sub     r4, r3, #1
  lsr     r4, r4, #LOG2_TURNS_AT_ONCE  // parts
  sub     r12, r3, r4, lsl #LOG2_TURNS_AT_ONCE
  ldrd    r11, r3, [r0, #ROWS]  // and row_step
  cmp     r11, #1
  bne     several_rows
rows_known:
  mov     r6, #0
  mov     r7, #0
  mov     r8, #0
  mov     r9, #0
  stmia   sp, {r5, r6, r7, r8, r9, r10, r12}
  strd    r4, r4, [sp, #PARTS]
  strd    r11, r11, [sp, #ROWS_OF_BLOCK]
  strd    r6, r6, [sp, #ODD1]
  ldr     offset, [r0, #PRODUCTS_FINISH + OUT_ZERO]
  ldrh    r4, [r0, #PRODUCTS_FINISH + ONCE]  // and RAISES
  lsl     offset, offset, #1
  add     offset, offset, #1
  ldr     r3, [r0, #OUTPUTS]
  adr     r5, finish_any + 1    // for fewer than 4 outputs, or sums too long for one part
  bics    r3, r3, #3
  beq     1f
  cmp     r2, #GROUPS_AT_ONCE
  bhi     1f
  adr     r5, finish_four_twice + 1
  cmp     r4, #0
  beq     2f
  adr     r5, finish_four_twice_raised + 1
  tst     r4, #1
  beq     2f
  adr     r5, finish_four_once + 1
2:
  cmp     r11, #1
  beq     1f
  str     r5, [sp, #ROWS_FINISH]
  adr     r5, next_row + 1
1:
  ldr     out, [sp, #OUT_ARGUMENT]
  strd    r5, r3, [sp, #FIRST_FINISH]  // and WHOLE
  strd    out, offset, [sp, #OUT]

position:
  ldr     r4, [sp, #PRODUCTS]
  ldrd    r5, r6, [sp, #FIRST_FINISH]  // and WHOLE
  ldrd    weights, scales, [r4, #WEIGHTS]
  ldr     r7, [r4, #OUTPUTS]
  add     r6, out, r6
  add     r7, out, r7
  str     r5, [sp, #FINISH]
  strd    r6, r7, [sp, #END]    // and LAST

block:
  ldmia   sp, {x, even0, both0, even2, both2, r10, turns}
  bx      r10

  .balign 4
inner_loop:
  group
  .if (. - inner_loop) != 1 << LOG2_GROUP_CODE_BYTES
  .error "ENTRY counts on the size of a group"
  .endif
  group
  group
  group
  subs    turns, turns, #1
  bne.w   inner_loop
  ldr     pc, [sp, #FINISH]

// The same for rows of one group each.
  .balign 4
short_rows_loop:
  ldr     x02, [x]
  ldr     x13, [sp, #ROW_GAP]
  add     x, x, x13
  products
  subs    turns, turns, #1
  bne     short_rows_loop
  ldr     pc, [sp, #FINISH]

  .balign 4
next_row:
  ldrd    r2, r3, [sp, #ROWS_LEFT]     // and ROW_GAP
  subs    r2, r2, #1
  beq     1f
  str     r2, [sp, #ROWS_LEFT]
  ldrd    r10, turns, [sp, #ENTRY]     // and TURNS
  add     x, x, r3
  bx      r10
1:
  ldr     r2, [sp, #ROWS_OF_BLOCK]
  str     r2, [sp, #ROWS_LEFT]
  ldr     pc, [sp, #ROWS_FINISH]

  .balign 4
finish_four_twice:
  finish_four 0, 0
  b       whole_blocks_done

  .balign 4
finish_four_twice_raised:
  finish_four 0, 1
  b       whole_blocks_done

  .balign 4
finish_four_once:
  finish_four 1, 1

whole_blocks_done:
  ldr     r3, [sp, #LAST]
  cmp     out, r3
  beq     position_done
  adr     r5, finish_any + 1
  str     r5, [sp, #FINISH]
  b       block

// What is rare: the last 1 to 3 outputs, and sums of more than 512 inputs: taken apart after each
// row and after each 512 in it.
  .balign 4
finish_any:
  split
  ldrd    r2, r3, [sp, #ODD1]   // and ODD3
  add     r2, r2, both0, asr #8
  add     r3, r3, both2, asr #8
  ldrd    r4, r5, [sp, #PARTS]  // and PARTS_LEFT
  adr     r10, inner_loop + 1
  mov     turns, #TURNS_AT_ONCE
  subs    r5, r5, #1
  bmi     1f
  str     r5, [sp, #PARTS_LEFT]
  b       2f
1:
  str     r4, [sp, #PARTS_LEFT]
  ldrd    r4, r5, [sp, #ROWS_OF_BLOCK]  // and ROWS_LEFT
  subs    r5, r5, #1
  beq     1f
  str     r5, [sp, #ROWS_LEFT]
  ldr     r5, [sp, #ROW_GAP]
  ldrd    r10, turns, [sp, #ENTRY]      // and TURNS
  add     x, x, r5
2:
  strd    r2, r3, [sp, #ODD1]
  mov     both0, even0
  mov     both2, even2
  bx      r10
1:
  mov     r5, #0
  str     r4, [sp, #ROWS_LEFT]
  strd    r5, r5, [sp, #ODD1]
  strd    even0, r2, [sp, #SUMS]
  strd    even2, r3, [sp, #SUMS + 8]
  ldrd    out, offset, [sp, #OUT]
  ldr     r10, [sp, #LAST]
  add     r3, out, #4
  cmp     r10, r3
  it      hi
  movhi   r10, r3               // end of these outputs
  ldr     r9, [sp, #PRODUCTS]
  ldrb    r9, [r9, #PRODUCTS_FINISH + ONCE]
  add     r8, sp, #SUMS
2:
  ldr     r7, [r8], #4
  cmp     r9, #0
  beq     3f
  finish  1, 1, r7
  b       4f
3:
  finish  0, 1, r7
4:
  cmp     out, r10
  bne     2b
  ldr     r3, [sp, #LAST]
  str     out, [sp, #OUT]
  cmp     out, r3
  bne     block

position_done:
  ldrd    r2, r3, [sp, #STEP]   // and POSITIONS
  ldr     r4, [sp, #X]
  subs    r3, r3, #1
  add     r4, r4, r2
  str     r3, [sp, #POSITIONS]
  str     r4, [sp, #X]
  bne     position

  ldr     r2, [sp, #PRODUCTS]
  ldr     r0, [sp, #OUT_ARGUMENT]
  sub     r1, out, r0
  add     r2, r2, #PRODUCTS_FINISH
  add     sp, sp, #FRAME_BYTES
  pop     {r4-r11, lr}
  b       tw_limit

// r2 are a row's groups, r3 the step to the next, r4 its parts, r11 rows, r10 ENTRY, r12 TURNS.
several_rows:
  sub     r6, r3, r2, lsl #2
  cmp     r2, #1
  bne     1f
  cmp     r11, #GROUPS_AT_ONCE
  bhi     1f
  str     r3, [sp, #ROW_GAP]
  adr     r10, short_rows_loop + 1
  mov     r12, r11              // turns
  mov     r2, r11               // groups
  mov     r11, #1               // one row
  b       rows_known
1:
  str     r6, [sp, #ROW_GAP]
  mul     r2, r2, r11
  b       rows_known
  .size tw_dot_pairs, . - tw_dot_pairs
