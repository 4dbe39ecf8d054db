// SPDX-License-Identifier: Apache-2.0
//
// The board program as C sees it: the file, the heads of its sections, and in PLAN one struct an
// operator, each field a 32-bit word. docs/board-program.md is the written format;
// app/deploy/program_file.py, program_sections.py and compiler/records.py are the other side.

#ifndef TINYWRIGHT_PROGRAM_H
#define TINYWRIGHT_PROGRAM_H

#include <stdint.h>

#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "board programs are little-endian and read in place"
#endif

// --- the file ------------------------------------------------------------------------------------

typedef struct {
  uint32_t magic;
  uint16_t version, sections;
  uint32_t length;
  uint32_t program_id;
  uint32_t arena_bytes;
  uint8_t target, reserved[11];
} tw_file_head;

typedef struct {
  uint32_t kind, offset, length, crc;
} tw_file_section;

enum { TW_INPUT = 1, TW_OUTPUT = 2, TW_PLAN = 4, TW_WEIGHTS = 5, TW_SECTION_KINDS };

// What a program was compiled for: 0 generic, 1 cortex-m4f, 2 esp32.
#define TW_TARGETS 3

// --- INPUT and OUTPUT ----------------------------------------------------------------------------

typedef struct {
  uint32_t rate_mhz, window;
  uint16_t channels;
  int8_t zero_point;
  uint8_t reserved;
  uint32_t scale;  // the bits of a float
} tw_input_head;

// Followed by name and unit, and bytes up to a multiple of 4.
typedef struct {
  int32_t offset, multiplier;
  int8_t fraction_bits;
  uint8_t shift;
  uint16_t reserved;
} tw_input_channel;

enum { TW_CLASSES = 0, TW_BINARY = 1, TW_REGRESSION = 2 };

// Followed by the labels.
typedef struct {
  uint8_t task, labels;
  int8_t zero_point;
  uint8_t reserved;
  uint32_t scale;  // the bits of a float
} tw_output_head;

// --- PLAN ----------------------------------------------------------------------------------------

enum {
  TW_DENSE = 1,
  TW_CONV = 2,
  TW_DEPTHWISE = 3,
  TW_MAX_POOL = 4,
  TW_AVERAGE_POOL = 5,
  TW_MEAN = 6,
  TW_TABLE = 7,
  TW_SOFTMAX = 8,
  TW_ADD = 9,
  TW_MUL = 10,
  TW_COPY = 11,
  TW_FILL = 12,
};

// How the weights of DENSE, CONV and DEPTHWISE lie (docs/board-program.md, "Packings").
enum {
  TW_ROWS = 0,   // generic: one row of int8 an output
  TW_PAIRS = 1,  // cortex-m4f
  TW_QUADS = 2,  // esp32
  TW_PACKINGS
};

// In place of an arena offset: there is none.
#define TW_NONE 0xffffffffu
// In an operand of ADD and MUL: the rest is an offset into WEIGHTS, not into the arena.
#define TW_IN_WEIGHTS 0x80000000u

typedef struct {
  uint8_t kind;
  uint8_t packing;
  uint16_t words;  // of the whole record, this one included
} tw_head;

// At the start of PLAN.
typedef struct {
  uint32_t input, input_bytes;
  uint32_t output, output_bytes;
  uint32_t operators;
} tw_plan;

// What an output channel needs: the bias with the input's zero point folded in, and the scale.
typedef struct {
  int32_t bias;
  int32_t multiplier;  // 0 or 2^30 to 2^31 - 1
  uint32_t shift;      // bits 0-7: to the right, 0 to 31; bits 8-15: to the left, 0 to 30
} tw_channel_scale;

typedef struct {
  tw_head head;
  uint32_t in, rows, inputs;  // `rows` vectors of `inputs` values, one after another
  uint32_t out, outputs;      // as many of `outputs` values
  uint32_t weights, scales;
  int32_t out_zero, low, high;
} tw_dense;

typedef struct {
  tw_head head;
  uint32_t in, in_h, in_w, in_c;
  uint32_t out, out_h, out_w, out_c;
  uint32_t kernel_h, kernel_w;
  uint32_t stride_h, stride_w;
  uint32_t dilation_h, dilation_w;
  uint32_t pad_top, pad_left;
  uint32_t scratch;  // where a window and 3 bytes are gathered, or TW_NONE
  uint32_t weights, scales;
  int32_t in_zero, out_zero, low, high;
} tw_conv;  // and DEPTHWISE, whose output channel o reads input channel o / (out_c / in_c)

typedef struct {
  tw_head head;
  uint32_t in, in_h, in_w, channels;
  uint32_t out, out_h, out_w;
  uint32_t kernel_h, kernel_w;
  uint32_t stride_h, stride_w;
  uint32_t pad_top, pad_left;
  int32_t low, high;
} tw_pool;

typedef struct {
  tw_head head;
  uint32_t in, outer, reduced, inner;
  uint32_t out;
  int32_t in_zero, out_zero;
  int32_t multiplier;
  uint32_t shift;  // as in tw_channel_scale
} tw_mean;

typedef struct {
  tw_head head;
  uint32_t in, count;
  uint32_t out;
  uint32_t table;  // 256 bytes, the answer to -128 first
} tw_table;

typedef struct {
  tw_head head;
  uint32_t in, rows, depth;
  uint32_t out;
  uint32_t table, entries;  // int32 each: exp of a difference of 0, -1, ... as Q0.31
} tw_softmax;

typedef struct {
  tw_head head;
  uint32_t a, b, out;
  uint32_t shape[4];
  uint32_t a_strides[4], b_strides[4];  // 0 along a broadcast axis
  int32_t a_zero, b_zero, out_zero;
  int32_t a_multiplier;  // of a and b: ADD only
  uint32_t a_shift;
  int32_t b_multiplier;
  uint32_t b_shift;
  int32_t out_multiplier;
  uint32_t out_shift;
  int32_t low, high;
} tw_binary;

typedef struct {
  tw_head head;
  uint32_t in, out;
  uint32_t counts[3];
  uint32_t in_strides[3], out_strides[3];
  uint32_t run;  // bytes moved at once
} tw_copy;

typedef struct {
  tw_head head;
  uint32_t out, bytes;
  int32_t value;
} tw_fill;

#endif
