// SPDX-License-Identifier: Apache-2.0
//
// What the engine's build for a PC exports; app/deploy/wasm_board.py is the other side.

#ifndef TINYWRIGHT_WASM_BOARD_H
#define TINYWRIGHT_WASM_BOARD_H

#include <stdint.h>

#include "tinywright.h"

// tw_program_arena()
uint32_t program_arena(const uint8_t *program, uint32_t bytes);

// tw_load(); the functions below are for a program that it accepted.
tw_status load(const uint8_t *program, uint32_t bytes, uint8_t *arena, uint32_t arena_bytes);

// Bytes of one window's input and answer.
uint32_t input_bytes(void);
uint32_t output_bytes(void);

// `samples` samples of all channels, as the bits of floats in sensor units, to int8; windows one
// after another are no more than their samples.
void quantise(const uint32_t *float_bits, int8_t *quantised, uint32_t samples);

// The answers to `windows` int8 inputs that lie one after another.
void run_batch(const int8_t *inputs, int8_t *outputs, uint32_t windows);

#endif
