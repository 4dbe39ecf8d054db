// SPDX-License-Identifier: Apache-2.0
//
// The engine on a PC: one program, many windows a call. The host owns the memory: it puts program,
// arena, inputs and answers where no two overlap (in WebAssembly from __heap_base on, and lets the
// memory grow as it needs) and passes their addresses, the program's and the arena's aligned to 16.
// Built for WebAssembly, and as a shared library for the tests of the PC's own compiler.

#include "board.h"

#include "bytes.h"

static tw_engine engine;

uint32_t program_arena(const uint8_t *program, uint32_t bytes) {
  return tw_program_arena(program, bytes);
}

tw_status load(const uint8_t *program, uint32_t bytes, uint8_t *arena, uint32_t arena_bytes) {
  return tw_load(&engine, program, bytes, arena, arena_bytes);
}

uint32_t input_bytes(void) {
  return tw_input_bytes(&engine);
}

uint32_t output_bytes(void) {
  return tw_output_bytes(&engine);
}

void quantise(const uint32_t *float_bits, int8_t *quantised, uint32_t samples) {
  const uint32_t channels = tw_channels(&engine);
  for (uint32_t c = 0; c < channels; c++) {
    const tw_channel channel = tw_channel_at(&engine, c);
    for (uint32_t at = c; at < samples * channels; at += channels) {
      const int32_t value = tw_fixed_from_float(float_bits[at], channel.fraction_bits);
      quantised[at] = tw_quantise(&channel, value);
    }
  }
}

void run_batch(const int8_t *inputs, int8_t *outputs, uint32_t windows) {
  const uint32_t in = tw_input_bytes(&engine), out = tw_output_bytes(&engine);
  for (; windows > 0; windows--, inputs += in, outputs += out) {
    memcpy(tw_input(&engine), inputs, in);
    tw_run(&engine);
    memcpy(outputs, tw_output(&engine), out);
  }
}
