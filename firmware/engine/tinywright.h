// SPDX-License-Identifier: Apache-2.0
//
// Tinywright's inference engine: runs a board program (docs/board-program.md), an int8 network
// compiled on a PC, with the bytes of TensorFlow Lite's reference kernels.
//
// C99. No heap, no libc beyond memcpy and memset, no floating point, no writable statics. The
// caller owns all memory:
//
//   - the program: aligned to 16, constant while the engine is in use; flash will do where it can
//     be read by bytes, halves and words;
//   - the arena: tw_program_arena() bytes, aligned to 16; nothing in it is kept between windows;
//   - the tw_engine: a small struct, to be treated as opaque.
//
// A program is not trusted. tw_load() checks everything that the kernels rely on, once; a program
// it refuses never runs, and one it accepts reads only itself and the arena and writes only the
// arena.
//
//   static _Alignas(16) uint8_t arena[4096];
//   tw_engine engine;
//   if (tw_load(&engine, program, program_bytes, arena, sizeof arena) != TW_OK) return;
//   memcpy(tw_input(&engine), window, tw_input_bytes(&engine));
//   tw_start(&engine);
//   while (tw_step(&engine, 2000)) poll_the_link();
//   answer = tw_output(&engine);
//
// No function is for two threads at once on one engine; engines share nothing.

#ifndef TINYWRIGHT_H
#define TINYWRIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// The version of the board program's format that this engine runs.
#define TW_FORMAT_VERSION 2

// What a board needs of alignment for the program and the arena, bytes.
#define TW_ALIGNMENT 16

// Why a program was refused. Values are stable: the board protocol carries them.
typedef enum {
  TW_OK = 0,
  TW_NOT_A_PROGRAM = 1,     // no magic, or shorter than its header
  TW_WRONG_VERSION = 2,     // a format version this engine does not know
  TW_WRONG_LENGTH = 3,      // not as long as its header says
  TW_WRONG_CRC = 4,         // damaged
  TW_BAD_SECTION = 5,       // a section is missing, misplaced, there twice or malformed
  TW_UNKNOWN_OPERATOR = 6,  // an operator or packing that this build does not have
  TW_BAD_OPERATOR = 7,      // an argument out of range, or a record of the wrong size
  TW_OUT_OF_BOUNDS = 8,     // an operator would leave the arena or the weights
  TW_OVERLAP = 9,           // an operator would overwrite what it still reads
  TW_MISALIGNED = 10,       // program, arena or an offset is not aligned as it must be
  TW_ARENA_TOO_SMALL = 11,  // the arena given is smaller than the program needs
} tw_status;

// One network, ready to run. Opaque; its size is part of no format.
typedef struct {
  const uint8_t *program;
  const uint8_t *input_section;
  const uint8_t *output_section;
  const uint8_t *plan;     // the PLAN section
  const uint8_t *weights;  // the WEIGHTS section
  uint8_t *arena;
  const uint8_t *record;    // of the operator at work, 0 when there is none
  uint32_t operators_left;  // after the one at work
  uint32_t row;             // of the operator at work, the next to be computed
} tw_engine;

// Bytes of arena that a program asks for, or 0 where it is none of this version. Trusts nothing but
// that `bytes` bytes can be read.
uint32_t tw_program_arena(const void *program, size_t bytes);

// Checks a program and makes `engine` ready for it. On any status but TW_OK the engine must not be
// used. Takes time in proportion to the program's length (its CRC).
tw_status tw_load(tw_engine *engine, const void *program, size_t bytes, void *arena,
                  size_t arena_bytes);

// Where the int8 input of one window goes, and how many bytes it is: samples one after another, the
// channels of a sample side by side. Valid from tw_load() to the next tw_start(): the network may
// compute over it.
int8_t *tw_input(const tw_engine *engine);
uint32_t tw_input_bytes(const tw_engine *engine);

// Begins an inference on the input given.
void tw_start(tw_engine *engine);

// Goes on for about `work` multiply-accumulates and a small excess: at least one row of an
// operator, the longest of which tw_longest_row() tells. Returns whether more is to be done.
bool tw_step(tw_engine *engine, uint32_t work);

// The multiply-accumulates of the largest indivisible piece of work in this program.
uint32_t tw_longest_row(const tw_engine *engine);

// An inference from start to end.
void tw_run(tw_engine *engine);

// The int8 answer, valid from the end of an inference to the next write into the arena.
const int8_t *tw_output(const tw_engine *engine);
uint32_t tw_output_bytes(const tw_engine *engine);

// --- what the program says of sensors and answers ------------------------------------------------

// A text inside the program: UTF-8 as the compiler writes it (the engine does not look), not
// terminated.
typedef struct {
  const char *text;
  uint8_t bytes;
} tw_text;

// One channel of the input and its way from sensor units to int8.
typedef struct {
  int32_t offset;
  int32_t multiplier;
  int8_t fraction_bits;
  uint8_t shift;
  int8_t zero_point;
  tw_text name;
  tw_text unit;
} tw_channel;

uint32_t tw_rate_mhz(const tw_engine *engine);  // samples a 1000 seconds
uint32_t tw_window(const tw_engine *engine);    // samples
uint32_t tw_channels(const tw_engine *engine);
uint32_t tw_program_id(const tw_engine *engine);

// The channel at `index` < tw_channels(). Walks the section: read it once, not once a sample.
tw_channel tw_channel_at(const tw_engine *engine, uint32_t index);

// How many labels there are, 0 for a regression, and the one at `index`.
uint32_t tw_labels(const tw_engine *engine);
tw_text tw_label_at(const tw_engine *engine, uint32_t index);

// What the answers are: `task` 0 classes, 1 binary, 2 regression, and a value q meaning
// scale * (q - zero_point), the scale as the bits of an IEEE 754 single.
typedef struct {
  uint8_t task;
  int8_t zero_point;
  uint32_t scale;
} tw_meaning;

tw_meaning tw_answers_mean(const tw_engine *engine);

// A sensor's value as the int8 the network takes. `value` is in sensor units times
// 2^fraction_bits, as tw_fixed_from_float() gives it or a driver computes it.
int8_t tw_quantise(const tw_channel *channel, int32_t value);

// round_half_away(x * 2^fraction_bits), saturated to +-(2^30 - 1), from the bits of an IEEE 754
// single; NaN counts as 0. Whole numbers only.
int32_t tw_fixed_from_float(uint32_t float_bits, int8_t fraction_bits);

#ifdef __cplusplus
}
#endif

#endif
