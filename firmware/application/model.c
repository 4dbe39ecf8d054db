// SPDX-License-Identifier: Apache-2.0

#include "model.h"

#include <string.h>

#include "board.h"

enum { LENGTH_AT = 8, HEADER_BYTES = 32, CRC_BYTES = 4, REGRESSION_TOP = 255 };
enum { CLASSES = 0, BINARY = 1, REGRESSION = 2 };

static uint32_t read_u32(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

uint32_t tw_stored_program_bytes(void) {
  static const uint8_t magic[4] = {'T', 'W', 'B', 'P'};
  uint8_t header[HEADER_BYTES];
  if (!tw_board_flash_read(TW_FLASH_PROGRAM, 0, header, sizeof header)) return 0;
  if (memcmp(header, magic, sizeof magic) != 0) return 0;
  const uint32_t length = read_u32(header + LENGTH_AT);
  return length <= tw_board_facts()->program_capacity ? length : 0;
}

void tw_model_forget(tw_model *model) {
  model->loaded = false;
  model->running = false;
  model->crc = 0;
}

tw_status tw_model_load(tw_model *model, bool *no_room) {
  const tw_board *board = tw_board_facts();
  tw_model_forget(model);
  *no_room = false;
  const uint32_t length = tw_stored_program_bytes();
  if (length < HEADER_BYTES + CRC_BYTES) return TW_NOT_A_PROGRAM;
  const uint8_t *program = tw_board_flash_map(length);
  if (program == 0) return TW_NOT_A_PROGRAM;
  const tw_status status =
      tw_load(&model->engine, program, length, board->arena, board->arena_bytes);
  if (status != TW_OK) {
    *no_room = status == TW_ARENA_TOO_SMALL;
    return status;
  }
  const uint32_t arena = tw_program_arena(program, length);
  const uint32_t channels = tw_channels(&model->engine);
  const uint32_t outputs = tw_output_bytes(&model->engine);
  const uint32_t values = tw_input_bytes(&model->engine);
  if (channels > TW_MODEL_CHANNELS || outputs > TW_MODEL_OUTPUTS ||
      values > board->arena_bytes - arena) {
    *no_room = true;
    return TW_ARENA_TOO_SMALL;
  }
  model->channels = (uint8_t)channels;
  model->outputs = (uint8_t)outputs;
  model->samples = tw_window(&model->engine);
  model->rate_mhz = tw_rate_mhz(&model->engine);
  for (uint32_t i = 0; i < channels; i++) model->channel[i] = tw_channel_at(&model->engine, i);
  model->meaning = tw_answers_mean(&model->engine);
  model->window = (int8_t *)(board->arena + arena);
  model->crc = read_u32(program + length - CRC_BYTES);
  model->loaded = true;
  return TW_OK;
}

int8_t tw_model_quantise(const tw_model *model, uint8_t channel, float value) {
  uint32_t bits;
  memcpy(&bits, &value, sizeof bits);
  const tw_channel *scaling = &model->channel[channel];
  return tw_quantise(scaling, tw_fixed_from_float(bits, scaling->fraction_bits));
}

void tw_model_start(tw_model *model, uint32_t first) {
  const uint32_t row = model->channels;
  const uint32_t turned = first * row;
  const uint32_t rest = (model->samples - first) * row;
  int8_t *input = tw_input(&model->engine);
  memcpy(input, model->window + turned, rest);
  memcpy(input + rest, model->window, turned);
  tw_start(&model->engine);
  model->busy_us = 0;
  model->running = true;
}

bool tw_model_step(tw_model *model) {
  const uint64_t began_us = tw_board_micros();
  model->running = tw_step(&model->engine, TW_SLICE_WORK);
  model->busy_us += tw_board_micros() - began_us;
  return !model->running;
}

float tw_model_real(const tw_model *model, int8_t output) {
  float scale;
  memcpy(&scale, &model->meaning.scale, sizeof scale);
  return scale * (float)(output - model->meaning.zero_point);
}

uint8_t tw_model_top(const tw_model *model) {
  const int8_t *output = tw_output(&model->engine);
  if (model->meaning.task == REGRESSION) return REGRESSION_TOP;
  if (model->meaning.task == BINARY) return tw_model_real(model, output[0]) >= 0.5f;
  uint8_t top = 0;
  for (uint8_t i = 1; i < model->outputs; i++) {
    if (output[i] > output[top]) top = i;
  }
  return top;
}
