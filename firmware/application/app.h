// SPDX-License-Identifier: Apache-2.0
//
// The state of the application, one struct, and what its files offer one another. application.h is
// what a board calls.

#ifndef TINYWRIGHT_APP_H
#define TINYWRIGHT_APP_H

#include "../protocol/frames.h"
#include "../protocol/messages.h"
#include "../protocol/wire.h"
#include "actions.h"
#include "board.h"
#include "measuring.h"
#include "model.h"
#include "settings.h"
#include "words.h"

#define TW_MAX_PAYLOAD 2048

// A request that is answered later than in the turn that brought it.
typedef enum { TW_NOTHING, TW_STORING, TW_WINDOW } tw_pending_kind;

// Bytes on their way into flash, a page erased before the first byte of it.
typedef struct {
  tw_flash_region region;
  uint32_t offset;  // of the next byte
  uint32_t left;
  const uint8_t *bytes;
  uint32_t erased_to;  // pages below are erased
  bool erase_only;
  uint8_t refusal;  // the status with which the request is refused when it is done, or 0
  const char *why;
} tw_storing;

typedef struct {
  bool active;
  uint8_t count;
  uint8_t channel[TW_CHANNELS];
  uint32_t sequence;        // of the next sample
  uint32_t first_sequence;  // of the event that is put together
  uint64_t first_us;
  uint8_t payload[TW_MAX_PAYLOAD];
  tw_writer event;
  bool open;  // an event is being put together
} tw_stream;

// What a run tells of its answers. The first two are the protocol's.
typedef enum { TW_TELLS_FRAMES, TW_TELLS_LINES, TW_TELLS_NOTHING } tw_told;

typedef struct {
  bool active;
  bool by_itself;  // nobody asked for it: it ends where a request needs the board at rest
  tw_told told;
  uint32_t stride;
  uint8_t source[TW_MODEL_CHANNELS];  // of each channel of the model, the measured one
  uint64_t samples;                   // since the start
  uint32_t sequence;                  // of the window under way
  uint64_t time_us;                   // of its last sample
} tw_run_state;

// Why something cannot be done; `name` stands between the two texts. A status of 0: it was done.
typedef struct {
  uint8_t status;
  const char *before;
  tw_text name;
  const char *after;
} tw_reason;

#define TW_DONE ((tw_reason){0, "", {"", 0}, ""})

typedef struct {
  bool begun;
  uint8_t columns;
  uint8_t target[255];  // of each column sent: the model's channel, or TW_NO_CHANNEL
  uint32_t received;    // values
  uint32_t values;
  uint64_t convert_us;
} tw_sent_window;

#define TW_NO_CHANNEL 0xff

// While the link is faster than at the start.
typedef struct {
  bool unproven;      // no frame has come since the change
  uint64_t since_us;  // of the change
  uint32_t garbled;   // as the board counts it, at the last look
  uint8_t spells;     // of garbled bytes, one after another, with no frame between them
  uint64_t spell_us;  // when the newest of them came
} tw_link;

typedef struct {
  bool begun;
  uint32_t length, crc;
  uint32_t received;
  uint8_t refusal;  // the status with which it was refused, or 0: a repetition is refused alike
  const char *why;
} tw_transfer;

typedef struct {
  tw_settings settings;
  uint8_t record[TW_SETTINGS_BYTES + 16];  // as stored: what stands before the record, and it
  uint32_t record_bytes;
  uint32_t next_page, next_number;  // of the next settings that are stored
  tw_measuring measuring;
  tw_model model;
  tw_actions actions;
  tw_stream stream;
  tw_run_state run;
  tw_sent_window window;
  tw_transfer transfer;
  tw_link link;
  tw_storing storing;
  uint32_t last_number;  // of the newest sample, TW_NO_NUMBER before the first
  bool sensor_failed;    // and has been told
  char remark[240];      // on how it started, told with IDENTIFY; "" for none
  bool drive_pins;       // the SELFTEST at work may

  tw_pending_kind pending;
  uint8_t request, tag;  // of the request at work
  uint8_t bytes[16];     // from the link, in part taken: two requests at most
  size_t came, taken;
  tw_receiver receiver;
  uint8_t received[TW_ENCODED_BYTES(TW_MAX_PAYLOAD)];
  uint8_t answer[TW_MAX_PAYLOAD];
  uint8_t kept[TW_MAX_PAYLOAD];  // what is on its way into flash
  uint8_t wire[TW_WIRE_BYTES(TW_MAX_PAYLOAD)];
} tw_app;

#define TW_NO_NUMBER UINT32_MAX

// --- answers -------------------------------------------------------------------------------------

// A writer over the answer's buffer; give it to tw_answer() when it is full.
tw_writer tw_begin_answer(tw_app *app);
void tw_answer(tw_app *app, const tw_writer *payload);
void tw_answer_nothing(tw_app *app);
void tw_refuse(tw_app *app, uint8_t status, const char *why);
void tw_refuse_for(tw_app *app, tw_reason reason);
void tw_add_reason(tw_words *words, tw_reason reason);
bool tw_send_event(tw_app *app, uint8_t type, const uint8_t *payload, size_t length);
void tw_log(tw_app *app, const char *text);

// --- requests, a file each -----------------------------------------------------------------------

void tw_serve(tw_app *app, const tw_frame *request);

void tw_link_speed(tw_app *app, tw_reader *request);
void tw_link_heard(tw_app *app);  // a frame has come
void tw_link_turn(tw_app *app);

void tw_program_begin(tw_app *app, tw_reader *request);
void tw_program_data(tw_app *app, tw_reader *request);
void tw_program_end(tw_app *app);
void tw_program_info(tw_app *app);
void tw_program_erase(tw_app *app);
void tw_settings_read(tw_app *app);
void tw_settings_write(tw_app *app, tw_reader *request);
void tw_storing_turn(tw_app *app);
void tw_load_settings(tw_app *app);

void tw_window_begin(tw_app *app, tw_reader *request);
void tw_window_data(tw_app *app, tw_reader *request);
void tw_window_run(tw_app *app);
void tw_window_turn(tw_app *app);

void tw_stream_start(tw_app *app, tw_reader *request);
void tw_stream_stop(tw_app *app);
void tw_stream_take(tw_app *app, uint64_t time_us);

void tw_run_start(tw_app *app, tw_reader *request);
void tw_run_stop(tw_app *app);
void tw_run_by_itself(tw_app *app);
void tw_run_end(tw_app *app);
void tw_run_take(tw_app *app, uint32_t advance, uint64_t time_us);
void tw_run_turn(tw_app *app);

void tw_selftest(tw_app *app, tw_reader *request);

// Measures what stream and run want now. False when a part cannot be set up.
bool tw_measure_for_all(tw_app *app, uint32_t rate_mhz);

// Whether the model's channel meets a channel named so: as docs/protocol.md, "Windows in sensor
// units".
bool tw_same_name(tw_text wanted, const char *name, size_t bytes);
bool tw_same_unit(tw_text wanted, const char *unit, size_t bytes);

#endif
