// SPDX-License-Identifier: Apache-2.0
//
// SELFTEST: what a board can find out about itself, an item a request.

#include <string.h>

#include "app.h"

enum { SENSORS_ITEM, SAMPLING_ITEM, MODEL_ITEM, BOARD_ITEMS };

#define MOST_LATE_US 1000  // on average; more is a loop that is held up

static bool test_sensors(tw_app *app, tw_words *words) {
  tw_add_number(words, app->measuring.parts);
  tw_add_text(words, " sensors on the bus, ");
  tw_add_number(words, app->measuring.channels);
  tw_add_text(words, " channels.");
  for (uint8_t i = 0; i < app->measuring.parts; i++) {
    float values[TW_SENSOR_CHANNELS];
    const tw_sensor *part = app->measuring.part[i];
    const uint8_t address = app->measuring.address[i];
    tw_add_text(words, " ");
    tw_add_text(words, part->part);
    if (!part->start(app->measuring.bus, address, part->min_rate_mhz) ||
        !part->read(app->measuring.bus, address, values)) {
      tw_add_text(words, " does not answer.");
      return false;
    }
    tw_add_text(words, " answers.");
  }
  return true;
}

// Of the last stream or run: a host lets the board stream first.
static bool test_sampling(const tw_measuring *measuring, tw_words *words) {
  if (measuring->number == 0) {
    tw_add_text(words, "No sample was taken since the start.");
    return true;
  }
  const uint32_t mean_us = (uint32_t)(measuring->sum_late_us / measuring->number);
  tw_add_number(words, measuring->number);
  tw_add_text(words, " samples, on average ");
  tw_add_number(words, mean_us);
  tw_add_text(words, " us late, at worst ");
  tw_add_number(words, measuring->worst_late_us);
  tw_add_text(words, " us.");
  return mean_us <= MOST_LATE_US;
}

static bool test_model(tw_app *app, tw_words *words) {
  tw_model *model = &app->model;
  if (!model->loaded) {
    tw_add_text(words, "No model is stored.");
    return true;
  }
  memset(model->window, 0, (size_t)model->samples * model->channels);
  app->window.begun = false;
  tw_model_start(model, 0);
  while (!tw_model_step(model)) tw_board_poll();
  tw_add_text(words, "One window takes ");
  tw_add_number(words, (uint32_t)model->busy_us);
  tw_add_text(words, " us.");
  return true;
}

void tw_selftest(tw_app *app, tw_reader *request) {
  char text[200];
  tw_words words = tw_words_in(text, sizeof text);
  const uint8_t item = tw_read_u8(request);
  bool passed;
  if (!tw_reader_ended(request)) {
    tw_refuse(app, TW_BAD_PAYLOAD, "SELFTEST takes the number of an item.");
    return;
  }
  if (item == SENSORS_ITEM) {
    passed = test_sensors(app, &words);
  } else if (item == SAMPLING_ITEM) {
    passed = test_sampling(&app->measuring, &words);
  } else if (item == MODEL_ITEM) {
    passed = test_model(app, &words);
  } else {
    bool known = false;
    passed = tw_board_selftest((uint8_t)(item - BOARD_ITEMS), &known, text, sizeof text);
    if (!known) {
      tw_refuse(app, TW_BAD_PAYLOAD, "There is no such item.");
      return;
    }
    words.length = strlen(text);
  }
  tw_writer payload = tw_begin_answer(app);
  tw_write_u8(&payload, item);
  tw_write_u8(&payload, passed);
  tw_write_bytes(&payload, words.text, words.length);
  tw_answer(app, &payload);
}
