// SPDX-License-Identifier: Apache-2.0

#include "application.h"

#include "app.h"
#include "board.h"

static tw_app the_app;

void tw_app_start(void) {
  tw_app *app = &the_app;
  bool no_room;
  tw_receiver_start(&app->receiver, app->received, sizeof app->received);
  app->pending = TW_NOTHING;
  app->last_number = TW_NO_NUMBER;
  tw_load_settings(app);
  tw_measuring_find(&app->measuring, &app->settings);
  (void)tw_model_load(&app->model, &no_room);
  if ((app->settings.flags & TW_RUNS_BY_ITSELF) != 0) tw_run_by_itself(app);
}

void tw_app_sensors_restarted(void) {
  tw_measuring_supply_failed(&the_app.measuring);
}

// The next byte from the link. False when there is none.
static bool take_byte(tw_app *app, uint8_t *byte) {
  if (app->taken == app->came) {
    app->came = tw_board_receive(app->bytes, sizeof app->bytes);
    app->taken = 0;
    if (app->came == 0) return false;
  }
  *byte = app->bytes[app->taken++];
  return true;
}

// One request a turn: a host that asks without a pause does not keep the network waiting.
static void take_what_came(tw_app *app) {
  uint8_t byte;
  tw_frame frame;
  while (take_byte(app, &byte)) {
    if (!tw_receiver_take(&app->receiver, byte, &frame)) continue;
    tw_link_heard(app);
    tw_serve(app, &frame);
    return;
  }
}

static void tell_failing(tw_app *app, const char *part) {
  char text[120];
  tw_words words = tw_words_in(text, sizeof text - 1);
  tw_add_text(&words, "The ");
  tw_add_text(&words, part);
  tw_add_text(&words, " does not answer: its last values are repeated. Check its wires.");
  text[words.length] = 0;
  tw_log(app, text);
}

static void take_sample(tw_app *app) {
  uint32_t number;
  uint64_t time_us;
  if (!tw_measuring_turn(&app->measuring, &number, &time_us)) return;
  const uint32_t advance = app->last_number == TW_NO_NUMBER ? 1 : number - app->last_number;
  app->last_number = number;
  if (app->measuring.failing != 0 && !app->sensor_failed) {
    tell_failing(app, app->measuring.part[app->measuring.failing - 1]->part);
  }
  app->sensor_failed = app->measuring.failing != 0;
  app->stream.sequence += advance - 1;
  if (app->stream.active) tw_stream_take(app, time_us);
  app->stream.sequence++;
  if (app->run.active) tw_run_take(app, advance, time_us);
}

void tw_app_turn(void) {
  tw_app *app = &the_app;
  tw_board_poll();
  take_what_came(app);
  tw_link_turn(app);
  take_sample(app);
  tw_actions_turn(&app->actions, tw_board_micros());
  tw_run_turn(app);
  if (app->pending == TW_STORING) tw_storing_turn(app);
  if (app->pending == TW_WINDOW) tw_window_turn(app);
}
