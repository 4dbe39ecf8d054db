// SPDX-License-Identifier: Apache-2.0
//
// The stored board program, ready to run, and the one window it works on.

#ifndef TINYWRIGHT_MODEL_H
#define TINYWRIGHT_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "../engine/tinywright.h"

#define TW_MODEL_CHANNELS 32  // at most, of a program
#define TW_MODEL_OUTPUTS 64   // at most
#define TW_SLICE_WORK 2000    // multiply-accumulates between two looks at link and sensors

typedef struct {
  bool loaded;
  uint32_t crc;  // that ends the stored file
  tw_engine engine;
  uint8_t channels, outputs;
  uint32_t samples, rate_mhz;  // of a window
  tw_channel channel[TW_MODEL_CHANNELS];
  tw_meaning meaning;
  int8_t *window;    // samples x channels as int8, behind the engine's part of the arena
  uint64_t busy_us;  // spent on the inference under way
  bool running;      // an inference is under way
} tw_model;

// Takes what flash holds. On anything but TW_OK there is no model. *room tells whether it was
// refused for want of memory.
tw_status tw_model_load(tw_model *model, bool *no_room);
void tw_model_forget(tw_model *model);

// One value in sensor units as the int8 of a channel.
int8_t tw_model_quantise(const tw_model *model, uint8_t channel, float value);

// Begins an inference on `window`, whose oldest sample is number `first`: a ring may be turned.
void tw_model_start(tw_model *model, uint32_t first);

// Goes on for a slice. True when the answer has come.
bool tw_model_step(tw_model *model);

// The real value of an output, and of its 255ths as a score.
float tw_model_real(const tw_model *model, int8_t output);

// The index of the answer as the protocol has it: 255 for a regression.
uint8_t tw_model_top(const tw_model *model);

// The stored file's length, or 0 where flash holds none.
uint32_t tw_stored_program_bytes(void);

#endif
