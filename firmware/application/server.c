// SPDX-License-Identifier: Apache-2.0
//
// Requests and answers: docs/protocol.md, "Conversation".

#include <string.h>

#include "app.h"
#include "board.h"

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

void tw_add_reason(tw_words *words, tw_reason reason) {
  tw_add_text(words, reason.before);
  tw_add_piece(words, reason.name.text, reason.name.bytes);
  tw_add_text(words, reason.after);
}

void tw_refuse_for(tw_app *app, tw_reason reason) {
  char text[240];
  tw_words words = tw_words_in(text, sizeof text);
  tw_add_reason(&words, reason);
  tw_writer payload = tw_begin_answer(app);
  tw_write_u8(&payload, reason.status);
  tw_write_u8(&payload, app->request);
  tw_write_bytes(&payload, words.text, words.length);
  app->pending = TW_NOTHING;
  (void)send(app, TW_ERROR, app->tag, payload.bytes, payload.length);
}

void tw_refuse(tw_app *app, uint8_t status, const char *why) {
  tw_refuse_for(app, (tw_reason){status, why, {"", 0}, ""});
}

bool tw_send_event(tw_app *app, uint8_t type, const uint8_t *payload, size_t length) {
  return send(app, type, 0, payload, length);
}

void tw_log(tw_app *app, const char *text) {
  (void)tw_send_event(app, TW_EVENT_LOG, (const uint8_t *)text, strlen(text));
}

// --- requests ------------------------------------------------------------------------------------

// Which firmware this is, TW_FIRMWARE_VERSION and TW_FIRMWARE_BUILD, is given by the build.
static void identify(tw_app *app) {
  const tw_board *board = tw_board_facts();
  if (app->remark[0] != 0) tw_log(app, app->remark);
  tw_writer payload = tw_begin_answer(app);
  tw_write_u8(&payload, TW_PROTOCOL_VERSION);
  tw_write_u16(&payload, TW_MAX_PAYLOAD);
  tw_write_u8(&payload, TW_FLAG_SETTINGS | TW_FLAG_SELFTEST |
                            (board->link_most_baud > 0 ? TW_FLAG_LINK_SPEED : 0));
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

static void echo(tw_app *app, tw_reader *request) {
  const size_t length = request->left;
  if (length > TW_MAX_PAYLOAD - sizeof(uint64_t)) {
    tw_refuse(app, TW_BAD_PAYLOAD, "This is more than an answer can hold.");
    return;
  }
  tw_writer payload = tw_begin_answer(app);
  tw_write_u64(&payload, tw_board_micros());
  tw_write_bytes(&payload, tw_read_bytes(request, length), length);
  tw_answer(app, &payload);
}

// When a request is served; at any other time it is refused as BUSY.
typedef enum {
  ANY_TIME,
  UNOCCUPIED,  // while no other request is at work
  AT_REST,     // and the board neither streams nor runs
} tw_when;

typedef struct {
  uint8_t type;
  tw_when when;
  void (*plain)(tw_app *app);                      // for a request without a payload
  void (*serve)(tw_app *app, tw_reader *request);  // for one with a payload
} tw_handler;

static const tw_handler handlers[] = {
    {TW_IDENTIFY, ANY_TIME, identify, 0},
    {TW_SENSORS, ANY_TIME, sensors, 0},
    {TW_STREAM_START, UNOCCUPIED, 0, tw_stream_start},
    {TW_STREAM_STOP, ANY_TIME, tw_stream_stop, 0},
    {TW_LINK_SPEED, ANY_TIME, 0, tw_link_speed},
    {TW_ECHO, ANY_TIME, 0, echo},
    {TW_PROGRAM_BEGIN, AT_REST, 0, tw_program_begin},
    {TW_PROGRAM_DATA, AT_REST, 0, tw_program_data},
    {TW_PROGRAM_END, AT_REST, tw_program_end, 0},
    {TW_PROGRAM_INFO, ANY_TIME, tw_program_info, 0},
    {TW_PROGRAM_ERASE, AT_REST, tw_program_erase, 0},
    {TW_WINDOW_BEGIN, AT_REST, 0, tw_window_begin},
    {TW_WINDOW_DATA, AT_REST, 0, tw_window_data},
    {TW_WINDOW_RUN, AT_REST, tw_window_run, 0},
    {TW_RUN_START, UNOCCUPIED, 0, tw_run_start},
    {TW_RUN_STOP, ANY_TIME, tw_run_stop, 0},
    {TW_SETTINGS_READ, ANY_TIME, tw_settings_read, 0},
    {TW_SETTINGS_WRITE, AT_REST, 0, tw_settings_write},
    {TW_SELFTEST, AT_REST, 0, tw_selftest},
};

static const tw_handler *handler_of(uint8_t type) {
  for (uint8_t i = 0; i < sizeof handlers / sizeof handlers[0]; i++) {
    if (handlers[i].type == type) return &handlers[i];
  }
  return 0;
}

static void serve(tw_app *app, const tw_handler *handler, const tw_frame *request) {
  tw_reader payload = tw_reader_of(request->payload, request->payload_bytes);
  const bool at_rest = handler != 0 && handler->when == AT_REST;
  if (at_rest && app->run.by_itself && !app->stream.active) tw_run_end(app);
  if (handler == 0) {
    tw_refuse(app, TW_UNKNOWN_REQUEST, "This firmware does not know this request.");
  } else if (at_rest && (app->stream.active || app->run.active)) {
    tw_refuse(app, TW_BUSY, "Not while the board streams or runs.");
  } else if (handler->serve != 0) {
    handler->serve(app, &payload);
  } else if (request->payload_bytes == 0) {
    handler->plain(app);
  } else {
    tw_refuse(app, TW_BAD_PAYLOAD, "This request has no payload.");
  }
}

void tw_serve(tw_app *app, const tw_frame *request) {
  const tw_handler *handler = handler_of(request->type);
  const tw_pending_kind pending = app->pending;
  const uint8_t request_at_work = app->request, its_tag = app->tag;
  if (pending != TW_NOTHING && request->type == request_at_work && request->tag == its_tag) {
    return;  // a repetition: the answer will come
  }
  app->request = request->type;
  app->tag = request->tag;
  if (pending == TW_NOTHING) {
    serve(app, handler, request);
    return;
  }
  if (handler == 0 || handler->when == ANY_TIME) {
    serve(app, handler, request);
  } else {
    tw_refuse(app, TW_BUSY, "The board is working on another request.");
  }
  app->pending = pending;
  app->request = request_at_work;
  app->tag = its_tag;
}
