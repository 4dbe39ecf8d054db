// SPDX-License-Identifier: Apache-2.0

#include "measuring.h"

#include <string.h>

#include "board.h"
#include "words.h"

// What the pins themselves can do; the loop is what limits them.
#define PIN_MIN_RATE_MHZ 100u
#define PIN_MAX_RATE_MHZ 1000000u

static bool named_already(const tw_measuring *measuring, const char *name) {
  for (uint8_t i = 0; i < measuring->channels; i++) {
    if (strcmp(measuring->channel[i].name, name) == 0) return true;
  }
  return false;
}

static tw_measured *add_channel(tw_measuring *measuring, const char *name) {
  if (measuring->channels == TW_CHANNELS || named_already(measuring, name)) return 0;
  tw_measured *channel = &measuring->channel[measuring->channels++];
  strncpy(channel->name, name, sizeof channel->name - 1);
  channel->name[sizeof channel->name - 1] = 0;
  return channel;
}

static void add_part(tw_measuring *measuring, const tw_sensor *part, uint8_t address, bool hidden) {
  const uint8_t index = measuring->parts++;
  measuring->part[index] = part;
  measuring->address[index] = address;
  if (hidden) return;
  for (uint8_t i = 0; i < part->channels; i++) {
    tw_measured *channel = add_channel(measuring, part->channel[i].name);
    if (channel == 0) continue;
    channel->unit = part->channel[i].unit;
    channel->part = part->part;
    channel->min_rate_mhz = part->min_rate_mhz;
    channel->max_rate_mhz = part->max_rate_mhz;
    channel->source = index;
    channel->pin = i;
  }
}

static bool is_hidden(const tw_settings *settings, const char *part) {
  for (uint8_t i = 0; i < settings->hidden_count; i++) {
    const tw_text *hidden = &settings->hidden[i];
    if (hidden->bytes == strlen(part) && memcmp(hidden->text, part, hidden->bytes) == 0)
      return true;
  }
  return false;
}

static void find_parts(tw_measuring *measuring, const tw_settings *settings) {
  uint8_t taken[TW_PARTS] = {0};
  for (uint8_t row = 0; row < tw_sensor_table_length; row++) {
    const tw_sensor *part = tw_sensor_table[row];
    for (uint8_t i = 0; i < sizeof part->addresses && measuring->parts < TW_PARTS; i++) {
      const uint8_t address = part->addresses[i];
      if (address == 0 || memchr(taken, address, sizeof taken) != 0) continue;
      if (!part->probe(measuring->bus, address)) continue;
      taken[measuring->parts] = address;
      add_part(measuring, part, address, is_hidden(settings, part->part));
      break;
    }
  }
}

static void add_pins(tw_measuring *measuring, const char *kind, const char *unit, uint8_t source,
                     const uint8_t *pins, uint8_t count) {
  for (uint8_t i = 0; i < count; i++) {
    char name[TW_MEASURED_NAME] = {0};
    tw_words words = tw_words_in(name, sizeof name - 1);
    tw_add_text(&words, kind);
    tw_add_number(&words, pins[i]);
    tw_measured *channel = add_channel(measuring, name);
    if (channel == 0) continue;
    channel->unit = unit;
    channel->part = kind;
    channel->min_rate_mhz = PIN_MIN_RATE_MHZ;
    channel->max_rate_mhz = PIN_MAX_RATE_MHZ;
    channel->source = source;
    channel->pin = pins[i];
  }
}

void tw_measuring_find(tw_measuring *measuring, const tw_settings *settings) {
  memset(measuring, 0, sizeof *measuring);
  measuring->bus = tw_board_i2c(settings->i2c_sda, settings->i2c_scl);
  if (measuring->bus != 0) find_parts(measuring, settings);
  add_pins(measuring, "adc", "V", TW_SOURCE_ANALOGUE, settings->analogue, settings->analogue_count);
  add_pins(measuring, "touch", "", TW_SOURCE_TOUCH, settings->touch, settings->touch_count);
}

uint32_t tw_measuring_rate(const tw_measuring *measuring, uint32_t wanted, uint32_t rate_mhz) {
  uint32_t least = 0;
  uint32_t most = UINT32_MAX;
  for (uint8_t i = 0; i < measuring->channels; i++) {
    const tw_measured *channel = &measuring->channel[i];
    if ((wanted >> i & 1) == 0) continue;
    if (channel->min_rate_mhz > least) least = channel->min_rate_mhz;
    if (channel->max_rate_mhz < most) most = channel->max_rate_mhz;
  }
  if (rate_mhz < least) rate_mhz = least;
  return rate_mhz > most ? most : rate_mhz;
}

static bool part_is_wanted(const tw_measuring *measuring, uint8_t part) {
  for (uint8_t i = 0; i < measuring->channels; i++) {
    if ((measuring->wanted >> i & 1) != 0 && measuring->channel[i].source == part) return true;
  }
  return false;
}

static bool start_part(const tw_measuring *measuring, uint8_t part) {
  return measuring->part[part]->start(measuring->bus, measuring->address[part],
                                      measuring->rate_mhz);
}

bool tw_measuring_start(tw_measuring *measuring, uint32_t wanted, uint32_t rate_mhz) {
  measuring->wanted = wanted;
  measuring->rate_mhz = rate_mhz;
  memset(measuring->silent_since_us, 0, sizeof measuring->silent_since_us);
  for (uint8_t i = 0; i < measuring->parts; i++) {
    if (!part_is_wanted(measuring, i) || start_part(measuring, i)) continue;
    measuring->failing = (uint8_t)(i + 1);
    measuring->rate_mhz = 0;
    return false;
  }
  measuring->failing = 0;
  measuring->began_us = tw_board_micros();
  measuring->number = 0;
  measuring->worst_late_us = 0;
  measuring->sum_late_us = 0;
  return true;
}

void tw_measuring_stop(tw_measuring *measuring) {
  measuring->rate_mhz = 0;
}

// A part that comes back after this long may have been without its supply: it is set up anew.
#define SILENT_US 200000u
#define LONG_AGO_US 1u

void tw_measuring_supply_failed(tw_measuring *measuring) {
  for (uint8_t i = 0; i < measuring->parts; i++) measuring->silent_since_us[i] = LONG_AGO_US;
}

static bool read_part(tw_measuring *measuring, uint8_t part, uint64_t now_us, float *values) {
  const tw_sensor *sensor = measuring->part[part];
  const uint8_t address = measuring->address[part];
  uint64_t *since_us = &measuring->silent_since_us[part];
  bool answers = sensor->read(measuring->bus, address, values);
  if (answers && *since_us != 0 && now_us - *since_us > SILENT_US) {
    answers = start_part(measuring, part) && sensor->read(measuring->bus, address, values);
  }
  if (answers) {
    *since_us = 0;
  } else if (*since_us == 0) {
    *since_us = now_us;
  }
  return answers;
}

static void read_parts(tw_measuring *measuring, uint64_t now_us) {
  measuring->failing = 0;
  for (uint8_t part = 0; part < measuring->parts; part++) {
    float values[TW_SENSOR_CHANNELS];
    if (!part_is_wanted(measuring, part)) continue;
    if (!read_part(measuring, part, now_us, values)) {
      measuring->failing = (uint8_t)(part + 1);  // its channels keep their last values
      continue;
    }
    for (uint8_t i = 0; i < measuring->channels; i++) {
      const tw_measured *channel = &measuring->channel[i];
      if (channel->source == part) measuring->value[i] = values[channel->pin];
    }
  }
}

static void read_pins(tw_measuring *measuring) {
  for (uint8_t i = 0; i < measuring->channels; i++) {
    const tw_measured *channel = &measuring->channel[i];
    if ((measuring->wanted >> i & 1) == 0) continue;
    if (channel->source == TW_SOURCE_ANALOGUE) {
      (void)tw_board_analogue(channel->pin, &measuring->value[i]);
    } else if (channel->source == TW_SOURCE_TOUCH) {
      (void)tw_board_touch(channel->pin, &measuring->value[i]);
    }
  }
}

bool tw_measuring_turn(tw_measuring *measuring, uint32_t *number, uint64_t *time_us) {
  if (measuring->rate_mhz == 0) return false;
  const uint64_t now_us = tw_board_micros();
  const uint64_t due_us =
      measuring->began_us + (uint64_t)measuring->number * 1000000000u / measuring->rate_mhz;
  if (now_us < due_us) return false;
  const uint64_t passed = (now_us - measuring->began_us) * measuring->rate_mhz / 1000000000u;
  if (passed > measuring->number) measuring->number = (uint32_t)passed;  // missed ones
  const uint64_t late_us = now_us - measuring->began_us -
                           (uint64_t)measuring->number * 1000000000u / measuring->rate_mhz;
  measuring->sum_late_us += late_us;
  if (late_us > measuring->worst_late_us) measuring->worst_late_us = (uint32_t)late_us;
  read_parts(measuring, now_us);
  read_pins(measuring);
  *number = measuring->number++;
  *time_us = now_us;
  return true;
}
