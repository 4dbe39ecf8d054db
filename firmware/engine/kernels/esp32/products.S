// SPDX-License-Identifier: Apache-2.0
//
// Sums of products on the LX6's multiply-accumulator, and their way to int8: instructions that the
// assembler does not know, by their encoding.
//
// A loop has to begin at 1 or 2 above a multiple of 4, so that the first instruction in it does not
// cross one. So functions begin at a multiple of 4 and stay as they are written; places are noted
// on the right. An instruction has 3 bytes, or 2 where it ends in .n.
//
// What a board has to see to: loops repeat only while PS.EXCM is 0, as it is outside of handlers.
// LCOUNT, LBEG, LEND, ACCLO, ACCHI and m0 to m3 are kept over an interrupt only by a handler that
// saves them, or uses none of this.
//
// Each sum loads one word past the last that it uses.

  .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  .set number_a\n, \n
  .endr

// Repeats what is before `end`, `count` times, not at all for 0.
  .macro loop_times count, end
9:
  .byte 0x76, 0x90 | number_\count, \end - 9b - 4
  .endm

// The low 32 bits of the accumulator. The upper 8 are never needed.
  .macro read_sum to
  .byte number_\to << 4, 0x10, 0x03
  .endm
  .macro write_sum from
  .byte number_\from << 4, 0x10, 0x13
  .endm

// m\n = the next word after `pointer`, which then points to it.
  .macro load n, pointer
  .byte 4, \n << 4 | number_\pointer, 0x80
  .endm

// sum += one half (low, high) of m\a (0 or 1) * one half of m\b (2 or 3); then, in two of them, load.
  .macro add_low_low_load n, pointer, a, b
  .byte (\b - 2) << 6 | 4, (\n | \a << 2) << 4 | number_\pointer, 0x08
  .endm
  .macro add_high_high_load n, pointer, a, b
  .byte (\b - 2) << 6 | 4, (\n | \a << 2) << 4 | number_\pointer, 0x0b
  .endm
  .macro add_low_low a, b
  .byte (\b - 2) << 6 | 4, \a << 6, 0x28
  .endm
  .macro add_high_high a, b
  .byte (\b - 2) << 6 | 4, \a << 6, 0x2b
  .endm

// The same with a register instead of m\b.
  .macro add_low_by_low_load n, pointer, a, by
  .byte number_\by << 4 | 4, (\n | \a << 2) << 4 | number_\pointer, 0x48
  .endm
  .macro add_low_by_low a, by
  .byte number_\by << 4 | 4, \a << 6, 0x68
  .endm
  .macro add_high_by_low a, by
  .byte number_\by << 4 | 4, \a << 6, 0x69
  .endm
  .macro add_high_by_high a, by
  .byte number_\by << 4 | 4, \a << 6, 0x6b
  .endm

  .macro signed_half to, from
  .byte 0x80, number_\to << 4 | number_\from, 0x23
  .endm
  .macro smaller to, a, b
  .byte number_\b << 4, number_\to << 4 | number_\a, 0x43
  .endm
  .macro larger to, a, b
  .byte number_\b << 4, number_\to << 4 | number_\a, 0x53
  .endm

  .macro function name
  .section .text.\name, "ax"
  .align 4
  .global \name
  .type \name, @function
\name:
  .begin no-transform
  .endm
  .macro end_function name
  .end no-transform
  .size \name, . - \name
  .endm

// Adds the products of halves from after `x` and `w` on: 2 words a turn, and one more where the
// number of words is odd. To be put at a multiple of 4 or 3 above; 30 bytes.
  .macro add_products x, w, words, turns
  load 0, \x
  load 2, \w
  loop_times \turns, 1f
  add_low_low_load 1, \x, 0, 2
  add_high_high_load 3, \w, 0, 2
  add_low_low_load 0, \x, 1, 3
  add_high_high_load 2, \w, 1, 3
1:
  bbci \words, 0, 2f
  add_low_low 0, 2
  add_high_high 0, 2
2:
  .endm

// uint32_t tw_lx6_offset(const uint32_t *x, uint32_t words)
  function tw_lx6_offset
  addi a2, a2, -4              // 0
  movi a5, -128
  srli a4, a3, 1
  movi.n a6, 0                 // 9
  write_sum a6
  load 0, a2
  loop_times a4, 1f            // 17
  add_low_by_low_load 1, a2, 0, a5
  add_high_by_low 0, a5
  add_low_by_low_load 0, a2, 1, a5
  add_high_by_low 1, a5
1:
  bbci a3, 0, 2f
  add_low_by_low 0, a5
  add_high_by_low 0, a5
2:
  read_sum a2
  ret.n
  end_function tw_lx6_offset

// void tw_lx6_add_outputs(const uint32_t *x, uint32_t words, uint32_t offset,
//                         const uint32_t *quads, uint32_t block, uint32_t *sums, uint32_t outputs)
//
// a8 end of the sums · a9 turns · a10 low bytes · a11 x · a12 quads · a13, a14 at work
  function tw_lx6_add_outputs
  l32i.n a8, a1, 0             // 0
  addi a1, a1, -16
  s32i a12, a1, 0              // 5
  s32i a13, a1, 4
  s32i a14, a1, 8
  addx4 a8, a8, a7             // 14
  srli a9, a3, 1
  movi a10, 0xff
  slli a11, a10, 16
  or a10, a10, a11
  addi a2, a2, -4              // 29
.Ltwo:
  mov.n a11, a2                // 32
  mov.n a12, a5
  load 0, a11
  write_sum a4
  loop_times a9, 1f            // 42
  l32i.n a13, a12, 0
  l32i.n a14, a12, 4
  and a13, a13, a10
  add_low_by_low_load 1, a11, 0, a13
  add_high_by_high 0, a13
  and a14, a14, a10
  add_low_by_low_load 0, a11, 1, a14
  add_high_by_high 1, a14
  addi.n a12, a12, 8
1:
  bbci a3, 0, 2f               // 69
  l32i.n a13, a12, 0
  and a13, a13, a10
  add_low_by_low 0, a13
  add_high_by_high 0, a13
2:
  l32i.n a13, a7, 0            // 83
  read_sum a14
  add.n a13, a13, a14
  s32i.n a13, a7, 0
  sub a14, a4, a14             // 92
  write_sum a14
  mov.n a11, a2
  addi a12, a5, -4             // 100
  add_products a11, a12, a3, a9
  read_sum a14                 // 133
  l32i.n a13, a7, 4
  srai a14, a14, 8
  add.n a13, a13, a14
  s32i.n a13, a7, 4
  addi.n a7, a7, 8
  add.n a5, a5, a6
  bne a7, a8, .Ltwo
  l32i.n a12, a1, 0
  l32i.n a13, a1, 4
  l32i.n a14, a1, 8
  addi a1, a1, 16
  ret.n
  end_function tw_lx6_add_outputs

// void tw_lx6_two_outputs(const tw_lx6_tile *tile, const uint32_t *quads, uint32_t *low_bytes,
//                         uint32_t *sums)
//
// a2 x · a6 offsets · a7 words · a8 turns · a9 step · a10 positions left · a11 x at work ·
// a12 quads at work · a13 -even · a14 at work
  function tw_lx6_two_outputs
  addi a1, a1, -16             // 0
  s32i.n a12, a1, 0
  s32i.n a13, a1, 4
  s32i.n a14, a1, 8
  l32i.n a7, a2, 4             // 9
  srli a8, a7, 1
  movi a9, 0xff
  slli a10, a9, 16
  or a9, a9, a10
  or a10, a3, a3               // 23
  or a11, a4, a4
  loop_times a8, 1f            // 29
  l32i.n a12, a10, 0
  l32i.n a13, a10, 4
  and a12, a12, a9
  and a13, a13, a9
  s32i.n a12, a11, 0
  s32i.n a13, a11, 4
  addi.n a10, a10, 8
  addi.n a11, a11, 8
1:
  bbci a7, 0, 2f               // 50
  l32i.n a12, a10, 0
  and a12, a12, a9
  s32i.n a12, a11, 0
2:
  l32i a6, a2, 16              // 60
  l32i a9, a2, 12
  l32i a10, a2, 0
  l32i.n a2, a2, 8
  addi a2, a2, -4              // 71
  addi a3, a3, -4
  addi a4, a4, -4
.Lposition:
  l32i.n a13, a6, 0            // 80
  addi.n a6, a6, 4
  write_sum a13
  mov.n a11, a2
  mov.n a12, a4
  add_products a11, a12, a7, a8  // 91
  read_sum a14
  s32i.n a14, a5, 0
  sub a13, a13, a14
  write_sum a13
  mov.n a11, a2
  mov.n a12, a3
  add_products a11, a12, a7, a8  // 136
  read_sum a14
  srai a14, a14, 8
  s32i.n a14, a5, 4
  addi.n a5, a5, 8
  add.n a2, a2, a9
  addi.n a10, a10, -1
  bnez a10, .Lposition
  l32i.n a12, a1, 0
  l32i.n a13, a1, 4
  l32i.n a14, a1, 8
  addi a1, a1, 16
  ret.n
  end_function tw_lx6_two_outputs

// void tw_lx6_finish(const uint32_t *sums, uint32_t positions, const tw_channel_scale *scale,
//                    const lx6_range *range, uint32_t out_step, int8_t *out)
//
// lx6_finished() of finish.h.
// a4 low · a5 high · a8 bias · a9 m_high · a10 offset · a11 m_low · a12 to a14 at work
  function tw_lx6_finish
  addi a1, a1, -16             // 0
  s32i.n a12, a1, 0
  s32i.n a13, a1, 4
  s32i.n a14, a1, 8
  l32i.n a8, a4, 0             // 9
  l32i.n a9, a4, 4
  l32i.n a10, a4, 8
  ssr a10                      // 15
  signed_half a11, a9
  sub a9, a9, a11
  extui a9, a9, 16, 16
  l32i.n a10, a5, 0            // 27
  l32i.n a4, a5, 4
  l32i.n a5, a5, 8
  loop_times a3, 1f            // 33
  l32i.n a12, a2, 0
  add.n a12, a12, a8
  signed_half a13, a12         // a_low
  sub a12, a12, a13
  srai a12, a12, 16            // a_high
  mull a14, a13, a11
  mull a13, a13, a9
  srai a14, a14, 16
  add.n a13, a13, a14
  mull a14, a12, a11
  mull a12, a12, a9            // high
  add.n a13, a13, a14          // middle
  addmi a13, a13, 0x4000
  srai a13, a13, 15
  addx2 a12, a12, a13          // rounded
  srai a13, a12, 31
  addx2 a12, a12, a13          // doubled
  sra a12, a12
  add.n a12, a12, a10
  srai a12, a12, 1
  smaller a12, a12, a5
  larger a12, a12, a4
  s8i a12, a7, 0
  addi.n a2, a2, 8
  add.n a7, a7, a6
1:
  l32i.n a12, a1, 0
  l32i.n a13, a1, 4
  l32i.n a14, a1, 8
  addi a1, a1, 16
  ret.n
  end_function tw_lx6_finish
