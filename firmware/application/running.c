// SPDX-License-Identifier: Apache-2.0
//
// The stored program on the board's own sensors: RUN_START, or by itself from power-up; its events
// or text lines, and the actions.

#include <string.h>

#include "app.h"

#define OWN_ANSWERS_MHZ 5000u  // of a run that began by itself, as of the studio's

// Finds the measured channel for each of the model's.
static tw_reason match_sources(tw_app *app, uint32_t *wanted) {
  *wanted = 0;
  for (uint8_t i = 0; i < app->model.channels; i++) {
    const tw_channel *channel = &app->model.channel[i];
    uint8_t source = 0;
    while (source < app->measuring.channels &&
           !tw_same_name(channel->name, app->measuring.channel[source].name,
                         strlen(app->measuring.channel[source].name))) {
      source++;
    }
    if (source == app->measuring.channels) {
      return (tw_reason){TW_CHANNEL_MISMATCH, "No sensor here measures ", channel->name,
                         ", which the model needs."};
    }
    const char *unit = app->measuring.channel[source].unit;
    if (!tw_same_unit(channel->unit, unit, strlen(unit))) {
      return (tw_reason){TW_UNIT_MISMATCH, "The sensor here measures ", channel->name,
                         " in another unit than the model takes."};
    }
    app->run.source[i] = source;
    *wanted |= 1u << source;
  }
  return TW_DONE;
}

static tw_reason because(uint8_t status, const char *why) {
  return (tw_reason){status, why, {"", 0}, ""};
}

static tw_reason begin(tw_app *app, uint32_t stride, tw_told told) {
  tw_run_state *run = &app->run;
  uint32_t wanted;
  if (!app->model.loaded) return because(TW_NO_PROGRAM, "No board program is stored.");
  const tw_reason mismatch = match_sources(app, &wanted);
  if (mismatch.status != 0) return mismatch;
  const uint32_t rate_mhz = tw_measuring_rate(&app->measuring, wanted, app->model.rate_mhz);
  const uint32_t apart = rate_mhz > app->model.rate_mhz ? rate_mhz - app->model.rate_mhz
                                                        : app->model.rate_mhz - rate_mhz;
  if ((uint64_t)apart * 100 > app->model.rate_mhz) {
    return because(TW_RATE_MISMATCH, "The sensor cannot measure at the model's rate.");
  }
  if (app->stream.active && app->measuring.rate_mhz != rate_mhz) {
    return because(TW_BUSY, "The board streams at another rate.");
  }
  app->window.begun = false;
  app->model.running = false;
  run->active = true;
  run->by_itself = false;
  run->told = told;
  run->stride = stride;
  run->samples = 0;
  if (!tw_measure_for_all(app, rate_mhz)) {
    tw_run_end(app);
    (void)tw_measure_for_all(app, rate_mhz);  // a stream goes on
    return because(TW_SENSOR_FAILED, "The sensor does not answer. Check its wires.");
  }
  tw_actions_start(&app->actions, &app->settings);
  return TW_DONE;
}

void tw_run_start(tw_app *app, tw_reader *request) {
  const uint32_t stride = tw_read_u32(request);
  const uint8_t format = tw_read_u8(request);
  if (!tw_reader_ended(request) || stride == 0 || format > TW_TELLS_LINES) {
    tw_refuse(app, TW_BAD_PAYLOAD, "RUN_START takes a stride of 1 or more and a format.");
    return;
  }
  const tw_reason reason = begin(app, stride, (tw_told)format);
  if (reason.status != 0) {
    tw_refuse_for(app, reason);
    return;
  }
  tw_writer payload = tw_begin_answer(app);
  tw_write_u32(&payload, app->measuring.rate_mhz);
  tw_answer(app, &payload);
}

void tw_run_by_itself(tw_app *app) {
  const uint32_t stride = (app->model.rate_mhz + OWN_ANSWERS_MHZ / 2) / OWN_ANSWERS_MHZ;
  const bool prints = (app->settings.flags & TW_PRINTS_ANSWERS) != 0;
  const tw_reason reason =
      begin(app, stride > 0 ? stride : 1, prints ? TW_TELLS_LINES : TW_TELLS_NOTHING);
  app->run.by_itself = app->run.active;
  if (reason.status == 0) return;
  tw_words words = tw_words_in(app->remark, sizeof app->remark - 1);
  tw_add_text(&words, "The board was to run its model by itself and cannot. ");
  tw_add_reason(&words, reason);
  app->remark[words.length] = 0;
}

void tw_run_end(tw_app *app) {
  app->run.active = false;
  app->run.by_itself = false;
  app->model.running = false;
  tw_actions_end(&app->actions);
  if (!app->stream.active) tw_measuring_stop(&app->measuring);
}

void tw_run_stop(tw_app *app) {
  tw_run_end(app);
  tw_answer_nothing(app);
}

// One sample into the ring; begins an inference when a window is full.
static void take(tw_app *app, uint64_t time_us) {
  tw_run_state *run = &app->run;
  tw_model *model = &app->model;
  const uint32_t row = (uint32_t)(run->samples % model->samples);
  for (uint8_t i = 0; i < model->channels; i++) {
    model->window[row * model->channels + i] =
        tw_model_quantise(model, i, app->measuring.value[run->source[i]]);
  }
  run->samples++;
  if (run->samples < model->samples || (run->samples - model->samples) % run->stride != 0) return;
  if (model->running) return;  // no time for this window: it keeps its number
  run->sequence = (uint32_t)((run->samples - model->samples) / run->stride);
  run->time_us = time_us;
  tw_model_start(model, (uint32_t)(run->samples % model->samples));
}

void tw_run_take(tw_app *app, uint32_t advance, uint64_t time_us) {
  // A sample that was missed is taken to be as the next one.
  if (advance > app->model.samples) {
    app->run.samples += advance - app->model.samples;
    advance = app->model.samples;
  }
  for (; advance > 0; advance--) take(app, time_us);
}

// --- answers -------------------------------------------------------------------------------------

static void add_label(tw_words *line, tw_text label) {
  for (uint8_t i = 0; i < label.bytes; i++) {
    const char c = label.text[i];
    const bool parts =
        c == ':' || c == ',' || c == ';' || c == '=' || c == ' ' || (c >= '\t' && c <= '\r');
    tw_add_piece(line, parts ? "_" : &c, 1);
  }
  tw_add_text(line, ":");
}

static void send_line(tw_app *app, const int8_t *output) {
  const tw_model *model = &app->model;
  static char text[1024];
  tw_words line = tw_words_in(text, sizeof text - 2);
  if (model->meaning.task == 2) {
    tw_add_text(&line, "value:");
    tw_add_real(&line, tw_model_real(model, output[0]), 4);
  } else {
    const uint32_t labels = tw_labels(&model->engine);
    for (uint32_t i = 0; i < labels; i++) {
      float real = tw_model_real(model, output[model->meaning.task == 1 ? 0 : i]);
      if (model->meaning.task == 1 && i == 0) real = 1.0f - real;
      if (i > 0) tw_add_text(&line, ",");
      add_label(&line, tw_label_at(&model->engine, i));
      tw_add_real(&line, real, 4);
    }
  }
  text[line.length++] = '\r';
  text[line.length++] = '\n';
  (void)tw_board_send((const uint8_t *)text, line.length);
}

static void send_result(tw_app *app, const int8_t *output) {
  uint8_t bytes[32 + TW_MODEL_OUTPUTS];
  tw_writer payload = tw_writer_of(bytes, sizeof bytes);
  tw_write_u32(&payload, app->run.sequence);
  tw_write_u64(&payload, app->run.time_us);
  tw_write_u32(&payload, (uint32_t)app->model.busy_us);
  tw_write_u8(&payload, tw_model_top(&app->model));
  tw_write_u8(&payload, app->model.outputs);
  tw_write_bytes(&payload, output, app->model.outputs);
  (void)tw_send_event(app, TW_EVENT_RESULT, payload.bytes, payload.length);
}

static uint8_t score_of(float real) {
  if (!(real > 0.0f)) return 0;
  return real >= 1.0f ? 255 : (uint8_t)(real * 255.0f + 0.5f);
}

// At once, so that what does not fit is lost whole.
static void print_text(const char *text, size_t length) {
  char line[UINT8_MAX + 2];
  tw_words words = tw_words_in(line, sizeof line);
  tw_add_piece(&words, text, length);
  tw_add_text(&words, "\r\n");
  (void)tw_board_send((const uint8_t *)line, words.length);
}

static void act(tw_app *app, const int8_t *output) {
  const tw_model *model = &app->model;
  uint8_t score[TW_MODEL_OUTPUTS] = {0};
  uint8_t classes = model->outputs;
  if (model->meaning.task == 2) return;
  for (uint8_t i = 0; i < model->outputs; i++) score[i] = score_of(tw_model_real(model, output[i]));
  if (model->meaning.task == 1) {
    score[1] = score[0];
    score[0] = (uint8_t)(255 - score[1]);
    classes = 2;
  }
  tw_actions_answer(&app->actions, classes, score, tw_board_micros(), print_text);
}

void tw_run_turn(tw_app *app) {
  if (!app->run.active || !app->model.running) return;
  if (!tw_model_step(&app->model)) return;
  const int8_t *output = tw_output(&app->model.engine);
  if (app->run.told == TW_TELLS_LINES) send_line(app, output);
  if (app->run.told == TW_TELLS_FRAMES) send_result(app, output);
  act(app, output);
}
