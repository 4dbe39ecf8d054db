// SPDX-License-Identifier: Apache-2.0
//
// STREAM_START and its events.

#include "app.h"
#include "board.h"

// An event is sent when it is full or its first sample is this old.
#define OLDEST_US 20000u
#define DEFAULT_RATE_MHZ 100000u  // where neither the request nor the settings name one
#define SAMPLES_HEAD 13u          // bytes of the payload before the samples

bool tw_measure_for_all(tw_app *app, uint32_t rate_mhz) {
  uint32_t wanted = 0;
  if (app->stream.active) {
    for (uint8_t i = 0; i < app->stream.count; i++) wanted |= 1u << app->stream.channel[i];
  }
  if (app->run.active) {
    for (uint8_t i = 0; i < app->model.channels; i++) wanted |= 1u << app->run.source[i];
  }
  app->last_number = TW_NO_NUMBER;
  app->sensor_failed = false;
  if (wanted == 0) {
    tw_measuring_stop(&app->measuring);
    return true;
  }
  return tw_measuring_start(&app->measuring, wanted, rate_mhz);
}

// The highest whole rate at which the link carries `count` channels: four fifths of it are for
// samples and what is around them. A byte is ten bits on the line.
static uint32_t most_by_link(uint8_t count) {
  const uint32_t link = tw_board_link_speed() / 10;
  const uint32_t around = TW_WIRE_BYTES(SAMPLES_HEAD) * (1000000u / OLDEST_US);
  if (link == 0) return UINT32_MAX;
  return (link / 5 * 4 - around) / ((uint32_t)sizeof(float) * count) * 1000u;
}

void tw_stream_start(tw_app *app, tw_reader *request) {
  tw_stream *stream = &app->stream;
  uint8_t channel[TW_CHANNELS];
  uint32_t wanted = 0;
  uint32_t rate_mhz = tw_read_u32(request);
  const uint8_t count = tw_read_u8(request);
  bool known = count > 0 && count <= TW_CHANNELS;
  for (uint8_t i = 0; known && i < count; i++) {
    channel[i] = tw_read_u8(request);
    known = channel[i] < app->measuring.channels;
    if (known) wanted |= 1u << channel[i];
  }
  if (!known || !tw_reader_ended(request)) {
    tw_refuse(app, TW_BAD_PAYLOAD, "STREAM_START takes a rate and channels of the list.");
    return;
  }
  if (rate_mhz == 0) rate_mhz = app->settings.rate_mhz;
  if (rate_mhz == 0) rate_mhz = DEFAULT_RATE_MHZ;
  rate_mhz = tw_measuring_rate(&app->measuring, wanted, rate_mhz);
  if (rate_mhz > most_by_link(count)) rate_mhz = most_by_link(count);
  if (app->run.by_itself && rate_mhz != app->measuring.rate_mhz) tw_run_end(app);
  if (app->run.active && rate_mhz != app->measuring.rate_mhz) {
    tw_refuse(app, TW_BUSY, "The board runs its model at another rate.");
    return;
  }
  stream->active = true;
  stream->open = false;
  stream->count = count;
  stream->sequence = 0;
  for (uint8_t i = 0; i < count; i++) stream->channel[i] = channel[i];
  if (!tw_measure_for_all(app, rate_mhz)) {
    stream->active = false;
    (void)tw_measure_for_all(app, rate_mhz);  // a run goes on
    tw_refuse(app, TW_SENSOR_FAILED, "The sensor does not answer. Check its wires.");
    return;
  }
  tw_writer payload = tw_begin_answer(app);
  tw_write_u32(&payload, rate_mhz);
  tw_answer(app, &payload);
}

void tw_stream_stop(tw_app *app) {
  app->stream.active = false;
  if (!app->run.active) tw_measuring_stop(&app->measuring);
  tw_answer_nothing(app);
}

static void send_event(tw_app *app) {
  tw_stream *stream = &app->stream;
  stream->open = false;
  // What does not fit is lost whole: the numbers tell.
  (void)tw_send_event(app, TW_EVENT_SAMPLES, stream->event.bytes, stream->event.length);
}

void tw_stream_take(tw_app *app, uint64_t time_us) {
  tw_stream *stream = &app->stream;
  if (stream->open) {
    const bool full = stream->event.length + sizeof(float) * stream->count > stream->event.capacity;
    const bool gap = stream->sequence !=
                     stream->first_sequence + (uint32_t)((stream->event.length - SAMPLES_HEAD) /
                                                         (sizeof(float) * stream->count));
    if (full || gap) send_event(app);
  }
  if (!stream->open) {
    stream->open = true;
    stream->first_sequence = stream->sequence;
    stream->first_us = time_us;
    stream->event = tw_writer_of(stream->payload, sizeof stream->payload);
    tw_write_u32(&stream->event, stream->sequence);
    tw_write_u64(&stream->event, time_us);
    tw_write_u8(&stream->event, stream->count);
  }
  for (uint8_t i = 0; i < stream->count; i++) {
    tw_write_f32(&stream->event, app->measuring.value[stream->channel[i]]);
  }
  const uint64_t next_us = time_us + 1000000000u / app->measuring.rate_mhz;
  if (next_us - stream->first_us > OLDEST_US) send_event(app);
}
