// SPDX-License-Identifier: Apache-2.0
//
// Windows that the host sends in sensor units: docs/protocol.md, "Windows in sensor units".

#include <string.h>

#include "app.h"

static char lower(char c) {
  return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

bool tw_same_name(tw_text wanted, const char *name, size_t bytes) {
  if (wanted.bytes != bytes) return false;
  for (size_t i = 0; i < bytes; i++) {
    if (lower(wanted.text[i]) != lower(name[i])) return false;
  }
  return true;
}

bool tw_same_unit(tw_text wanted, const char *unit, size_t bytes) {
  if (wanted.bytes == 0 || bytes == 0) return true;
  return wanted.bytes == bytes && memcmp(wanted.text, unit, bytes) == 0;
}

// Finds the first column of each of the model's channels; refuses by name where there is none.
static bool match_columns(tw_app *app, tw_sent_window *window, const uint8_t *names,
                          size_t names_bytes) {
  memset(window->target, TW_NO_CHANNEL, sizeof window->target);
  for (uint8_t wanted = 0; wanted < app->model.channels; wanted++) {
    const tw_channel *channel = &app->model.channel[wanted];
    tw_reader reader = tw_reader_of(names, names_bytes);
    bool found = false;
    for (uint8_t column = 0; column < window->columns && !found; column++) {
      const uint8_t name_bytes = tw_read_u8(&reader);
      const char *name = (const char *)tw_read_bytes(&reader, name_bytes);
      const uint8_t unit_bytes = tw_read_u8(&reader);
      const char *unit = (const char *)tw_read_bytes(&reader, unit_bytes);
      if (!tw_same_name(channel->name, name, name_bytes)) continue;
      if (!tw_same_unit(channel->unit, unit, unit_bytes)) {
        tw_refuse_for(app, (tw_reason){TW_UNIT_MISMATCH, "The model takes the channel ",
                                       channel->name, " in another unit."});
        return false;
      }
      window->target[column] = wanted;
      found = true;
    }
    if (!found) {
      tw_refuse_for(app, (tw_reason){TW_CHANNEL_MISMATCH, "The model needs the channel ",
                                     channel->name, "."});
      return false;
    }
  }
  return true;
}

// More than 1 % off.
static bool rates_differ(uint32_t a, uint32_t b) {
  const uint32_t apart = a > b ? a - b : b - a;
  return (uint64_t)apart * 100 > b;
}

void tw_window_begin(tw_app *app, tw_reader *request) {
  tw_sent_window window = {.begun = true};
  const uint32_t rate_mhz = tw_read_u32(request);
  const uint32_t samples = tw_read_u32(request);
  const uint8_t columns = tw_read_u8(request);
  const uint8_t *names = request->next;
  const size_t names_bytes = request->left;
  for (uint8_t i = 0; i < columns; i++) {
    (void)tw_read_bytes(request, tw_read_u8(request));
    (void)tw_read_bytes(request, tw_read_u8(request));
  }
  if (!tw_reader_ended(request) || columns == 0) {
    tw_refuse(app, TW_BAD_PAYLOAD, "WINDOW_BEGIN takes a rate, a length and channels.");
    return;
  }
  if (!app->model.loaded) {
    tw_refuse(app, TW_NO_PROGRAM, "No board program is stored.");
    return;
  }
  window.columns = columns;
  if (!match_columns(app, &window, names, names_bytes)) return;
  if (rates_differ(rate_mhz, app->model.rate_mhz)) {
    tw_refuse(app, TW_RATE_MISMATCH, "The model takes another rate.");
    return;
  }
  if (samples != app->model.samples) {
    tw_refuse(app, TW_LENGTH_MISMATCH, "The model takes windows of another length.");
    return;
  }
  window.values = samples * columns;
  app->window = window;  // not before: what is refused changes nothing
  tw_answer_nothing(app);
}

static float read_f32(tw_reader *reader) {
  const uint32_t bits = tw_read_u32(reader);
  float value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

void tw_window_data(tw_app *app, tw_reader *request) {
  tw_sent_window *window = &app->window;
  const uint32_t offset = tw_read_u32(request);
  const size_t count = request->left / sizeof(float);
  if (request->failed || request->left % sizeof(float) != 0) {
    tw_refuse(app, TW_BAD_PAYLOAD, "WINDOW_DATA takes an offset and values of 4 bytes.");
    return;
  }
  if (!window->begun) {
    tw_refuse(app, TW_NOT_BEGUN, "WINDOW_DATA comes after WINDOW_BEGIN.");
    return;
  }
  if (offset == window->received) {
    if (count > window->values - offset) {
      tw_refuse(app, TW_BAD_PAYLOAD, "More values than WINDOW_BEGIN has named.");
      return;
    }
    const uint64_t began_us = tw_board_micros();
    for (size_t i = 0; i < count; i++) {
      const uint32_t place = offset + (uint32_t)i;
      const uint8_t channel = window->target[place % window->columns];
      const float value = read_f32(request);
      if (channel == TW_NO_CHANNEL) continue;
      app->model.window[place / window->columns * app->model.channels + channel] =
          tw_model_quantise(&app->model, channel, value);
    }
    window->convert_us += tw_board_micros() - began_us;
    window->received += (uint32_t)count;
  }
  tw_writer payload = tw_begin_answer(app);
  tw_write_u32(&payload, window->received);
  tw_answer(app, &payload);
}

void tw_window_run(tw_app *app) {
  const tw_sent_window *window = &app->window;
  if (!window->begun) {
    tw_refuse(app, TW_NOT_BEGUN, "WINDOW_RUN comes after WINDOW_BEGIN.");
    return;
  }
  if (window->received != window->values) {
    tw_refuse(app, TW_LENGTH_MISMATCH, "The window has not come whole.");
    return;
  }
  tw_model_start(&app->model, 0);
  app->pending = TW_WINDOW;
}

void tw_window_turn(tw_app *app) {
  tw_model *model = &app->model;
  if (!tw_model_step(model)) return;
  tw_writer payload = tw_begin_answer(app);
  tw_write_u32(&payload, (uint32_t)(app->window.convert_us + model->busy_us));
  tw_write_u8(&payload, tw_model_top(model));
  tw_write_u8(&payload, model->outputs);
  tw_write_bytes(&payload, tw_output(&model->engine), model->outputs);
  tw_answer(app, &payload);
}
