// SPDX-License-Identifier: Apache-2.0
//
// Requests and answers: docs/protocol.md, "Conversation".

#include <string.h>

#include "app.h"
#include "board.h"
#include "build.h"

// --- answers -------------------------------------------------------------------------------------

static bool send(tw_app *app, uint8_t type, uint8_t tag, const uint8_t *payload, size_t length) {
  const tw_frame frame = {type, tag, payload, length};
  return tw_board_send(app->wire, tw_frame_encode(&frame, app->wire));
}

tw_writer tw_begin_answer(tw_app *app) {
  return tw_writer_of(app->answer, sizeof app->answer);
}

void tw_answer(tw_app *app, const tw_writer *payload) {
  app->pending = TW_NOTHING;
  // What does not fit is lost whole; the host asks again.
  (void)send(app, app->request | TW_ANSWER, app->tag, payload->bytes, payload->length);
}

void tw_answer_nothing(tw_app *app) {
  const tw_writer payload = tw_begin_answer(app);
  tw_answer(app, &payload);
}

static void refuse(tw_app *app, uint8_t request, uint8_t tag, uint8_t status, const tw_words *why) {
  tw_writer payload = tw_begin_answer(app);
  tw_write_u8(&payload, status);
  tw_write_u8(&payload, request);
  tw_write_bytes(&payload, why->text, why->length);
  (void)send(app, TW_ERROR, tag, payload.bytes, payload.length);
}

void tw_refuse_naming(tw_app *app, uint8_t status, const char *before, const char *name,
                      size_t name_bytes, const char *after) {
  char text[240];
  tw_words words = tw_words_in(text, sizeof text);
  tw_add_text(&words, before);
  tw_add_piece(&words, name, name_bytes);
  tw_add_text(&words, after);
  app->pending = TW_NOTHING;
  refuse(app, app->request, app->tag, status, &words);
}

void tw_refuse(tw_app *app, uint8_t status, const char *why) {
  tw_refuse_naming(app, status, why, "", 0, "");
}

bool tw_send_event(tw_app *app, uint8_t type, const uint8_t *payload, size_t length) {
  return send(app, type, 0, payload, length);
}

void tw_log(tw_app *app, const char *text) {
  (void)tw_send_event(app, TW_EVENT_LOG, (const uint8_t *)text, strlen(text));
}

// --- requests ------------------------------------------------------------------------------------

static void identify(tw_app *app) {
  const tw_board *board = tw_board_facts();
  tw_writer payload = tw_begin_answer(app);
  tw_write_u8(&payload, TW_PROTOCOL_VERSION);
  tw_write_u16(&payload, TW_MAX_PAYLOAD);
  tw_write_u8(&payload, TW_FLAG_SETTINGS | TW_FLAG_SELFTEST);
  tw_write_u32(&payload, board->program_capacity);
  tw_write_u32(&payload, board->arena_bytes);
  tw_write_u32(&payload, app->model.crc);
  tw_write_u32(&payload, board->clock_hz);
  tw_write_str(&payload, board->id);
  tw_write_str(&payload, TW_FIRMWARE_VERSION);
  tw_write_str(&payload, TW_FIRMWARE_BUILD);
  tw_write_str(&payload, board->serial);
  tw_answer(app, &payload);
}

static void sensors(tw_app *app) {
  tw_writer payload = tw_begin_answer(app);
  tw_write_u8(&payload, app->measuring.channels);
  for (uint8_t i = 0; i < app->measuring.channels; i++) {
    const tw_measured *channel = &app->measuring.channel[i];
    tw_write_u32(&payload, channel->min_rate_mhz);
    tw_write_u32(&payload, channel->max_rate_mhz);
    tw_write_str(&payload, channel->name);
    tw_write_str(&payload, channel->unit);
    tw_write_str(&payload, channel->part);
  }
  tw_answer(app, &payload);
}

static bool needs_quiet(uint8_t type) {
  switch (type) {
    case TW_PROGRAM_BEGIN:
    case TW_PROGRAM_DATA:
    case TW_PROGRAM_END:
    case TW_PROGRAM_ERASE:
    case TW_WINDOW_BEGIN:
    case TW_WINDOW_DATA:
    case TW_WINDOW_RUN:
    case TW_SETTINGS_WRITE:
    case TW_SELFTEST:
      return true;
    default:
      return false;
  }
}

static bool has_payload(uint8_t type) {
  switch (type) {
    case TW_STREAM_START:
    case TW_PROGRAM_BEGIN:
    case TW_PROGRAM_DATA:
    case TW_WINDOW_BEGIN:
    case TW_WINDOW_DATA:
    case TW_RUN_START:
    case TW_SETTINGS_WRITE:
    case TW_SELFTEST:
      return true;
    default:
      return false;
  }
}

static void dispatch(tw_app *app, tw_reader *request) {
  switch (app->request) {
    case TW_IDENTIFY:
      identify(app);
      break;
    case TW_SENSORS:
      sensors(app);
      break;
    case TW_STREAM_START:
      tw_stream_start(app, request);
      break;
    case TW_STREAM_STOP:
      tw_stream_stop(app);
      break;
    case TW_PROGRAM_BEGIN:
      tw_program_begin(app, request);
      break;
    case TW_PROGRAM_DATA:
      tw_program_data(app, request);
      break;
    case TW_PROGRAM_END:
      tw_program_end(app);
      break;
    case TW_PROGRAM_INFO:
      tw_program_info(app);
      break;
    case TW_PROGRAM_ERASE:
      tw_program_erase(app);
      break;
    case TW_WINDOW_BEGIN:
      tw_window_begin(app, request);
      break;
    case TW_WINDOW_DATA:
      tw_window_data(app, request);
      break;
    case TW_WINDOW_RUN:
      tw_window_run(app);
      break;
    case TW_RUN_START:
      tw_run_start(app, request);
      break;
    case TW_RUN_STOP:
      tw_run_stop(app);
      break;
    case TW_SETTINGS_READ:
      tw_settings_read(app);
      break;
    case TW_SETTINGS_WRITE:
      tw_settings_write(app, request);
      break;
    case TW_SELFTEST:
      tw_selftest(app, request);
      break;
    default:
      tw_refuse(app, TW_UNKNOWN_REQUEST, "This firmware does not know this request.");
  }
}

void tw_serve(tw_app *app, const tw_frame *request) {
  if (app->pending != TW_NOTHING) {
    if (request->type == app->request && request->tag == app->tag) return;  // a repetition
    static char busy[] = "The board is working on another request.";
    const tw_words why = {busy, sizeof busy - 1, sizeof busy - 1};
    refuse(app, request->type, request->tag, TW_BUSY, &why);
    return;
  }
  app->request = request->type;
  app->tag = request->tag;
  if (needs_quiet(request->type) && (app->stream.active || app->run.active)) {
    tw_refuse(app, TW_BUSY, "Not while the board streams or runs.");
    return;
  }
  if (request->payload_bytes > 0 && !has_payload(request->type) && request->type <= TW_SELFTEST) {
    tw_refuse(app, TW_BAD_PAYLOAD, "This request has no payload.");
    return;
  }
  tw_reader payload = tw_reader_of(request->payload, request->payload_bytes);
  dispatch(app, &payload);
}
