// SPDX-License-Identifier: Apache-2.0

#include "settings.h"

#include <string.h>

#include "../protocol/wire.h"
#include "board.h"

const uint8_t tw_default_settings[] = {
    TW_SETTINGS_VERSION, 0, 0, 0, 0, 0, 0, 0, 0, TW_BOARDS_OWN_PIN, TW_BOARDS_OWN_PIN, 0,
};
const size_t tw_default_settings_bytes = sizeof tw_default_settings;

static bool names_are_equal(tw_text a, tw_text b) {
  return a.bytes == b.bytes && memcmp(a.text, b.text, a.bytes) == 0;
}

static bool read_hidden(tw_reader *reader, tw_settings *settings) {
  settings->hidden_count = tw_read_u8(reader);
  if (settings->hidden_count > TW_HIDDEN_PARTS) return false;
  for (uint8_t i = 0; i < settings->hidden_count; i++) {
    tw_text *name = &settings->hidden[i];
    name->bytes = tw_read_u8(reader);
    name->text = (const char *)tw_read_bytes(reader, name->bytes);
    if (reader->failed) return true;  // said once, at the end
    if (name->bytes == 0) return false;
    for (uint8_t other = 0; other < i; other++) {
      if (names_are_equal(settings->hidden[other], *name)) return false;
    }
  }
  return true;
}

static bool read_pins(tw_reader *reader, uint8_t *pins, uint8_t *count, bool (*has)(uint8_t pin)) {
  *count = tw_read_u8(reader);
  if (*count > TW_PINS) return false;
  for (uint8_t i = 0; i < *count; i++) {
    pins[i] = tw_read_u8(reader);
    if (!reader->failed && !has(pins[i])) return false;
    for (uint8_t other = 0; other < i; other++) {
      if (pins[other] == pins[i]) return false;
    }
  }
  return true;
}

// A zero byte would begin a frame, a line feed another line.
static bool is_one_line(const char *text, uint8_t bytes) {
  for (uint8_t i = 0; i < bytes; i++) {
    if ((uint8_t)text[i] < ' ') return false;
  }
  return true;
}

static bool read_action(tw_reader *reader, tw_action *action) {
  action->class = tw_read_u8(reader);
  action->threshold = tw_read_u8(reader);
  action->windows = tw_read_u8(reader);
  action->kind = tw_read_u8(reader);
  action->pin = tw_read_u8(reader);
  action->value = tw_read_u16(reader);
  action->text_bytes = tw_read_u8(reader);
  action->text = (const char *)tw_read_bytes(reader, action->text_bytes);
  if (reader->failed) return true;  // said once, at the end
  if (action->windows == 0 || action->kind > TW_PRINT) return false;
  if (action->kind == TW_PWM && action->value > 1000) return false;
  if (action->kind == TW_PRINT) return is_one_line(action->text, action->text_bytes);
  return tw_board_has_output(action->pin);
}

// How often `pin` is measured, or a line of the bus.
static uint32_t uses_of(const tw_settings *settings, uint8_t pin) {
  uint32_t uses = 0;
  if (settings->i2c_sda == pin || settings->i2c_scl == pin) uses++;
  for (uint8_t i = 0; i < settings->analogue_count; i++) uses += settings->analogue[i] == pin;
  for (uint8_t i = 0; i < settings->touch_count; i++) uses += settings->touch[i] == pin;
  return uses;
}

static bool has_bus(const tw_settings *settings) {
  const uint8_t sda = settings->i2c_sda, scl = settings->i2c_scl;
  if (sda == TW_BOARDS_OWN_PIN && scl == TW_BOARDS_OWN_PIN) return true;
  return sda != scl && tw_board_has_output(sda) && tw_board_has_output(scl);
}

// Whether each pin has one use only; two actions may share one.
static bool is_consistent(const tw_settings *settings) {
  for (uint8_t i = 0; i < settings->analogue_count; i++) {
    if (uses_of(settings, settings->analogue[i]) > 1) return false;
  }
  for (uint8_t i = 0; i < settings->touch_count; i++) {
    if (uses_of(settings, settings->touch[i]) > 1) return false;
  }
  for (uint8_t i = 0; i < settings->actions; i++) {
    const tw_action *action = &settings->action[i];
    if (action->kind != TW_PRINT && uses_of(settings, action->pin) > 0) return false;
  }
  return true;
}

bool tw_settings_parse(const uint8_t *record, size_t length, tw_settings *settings,
                       const char **why) {
  tw_reader reader = tw_reader_of(record, length);
  if (tw_read_u8(&reader) != TW_SETTINGS_VERSION) {
    *why = "These settings are of a version that this firmware does not know.";
    return false;
  }
  settings->flags = tw_read_u8(&reader);
  if ((settings->flags & ~(TW_RUNS_BY_ITSELF | TW_PRINTS_ANSWERS)) != 0) {
    *why = "The settings ask for something that this firmware does not know.";
    return false;
  }
  settings->rate_mhz = tw_read_u32(&reader);
  if (!read_hidden(&reader, settings)) {
    *why = "There are more sensors to leave out than this board can keep, or one is named twice.";
    return false;
  }
  if (!read_pins(&reader, settings->analogue, &settings->analogue_count, tw_board_has_analogue)) {
    *why = "One of the analogue pins cannot be measured on this board, or is named twice.";
    return false;
  }
  if (!read_pins(&reader, settings->touch, &settings->touch_count, tw_board_has_touch)) {
    *why = "One of the touch pins cannot be measured on this board, or is named twice.";
    return false;
  }
  settings->i2c_sda = tw_read_u8(&reader);
  settings->i2c_scl = tw_read_u8(&reader);
  if (!reader.failed && !has_bus(settings)) {
    *why = "The sensor bus cannot be on these pins.";
    return false;
  }
  settings->actions = tw_read_u8(&reader);
  if (settings->actions > TW_ACTIONS) {
    *why = "There are more actions than this board can keep.";
    return false;
  }
  for (uint8_t i = 0; i < settings->actions; i++) {
    if (!read_action(&reader, &settings->action[i])) {
      *why =
          "An action has a number out of range, a pin that must not be driven, or no plain text.";
      return false;
    }
  }
  if (!tw_reader_ended(&reader)) {
    *why = "The settings are shorter or longer than they say.";
    return false;
  }
  if (!is_consistent(settings)) {
    *why = "A pin has two uses at once.";
    return false;
  }
  return true;
}

static bool is_line_of_bus(const tw_settings *settings, uint8_t pin) {
  const tw_board *board = tw_board_facts();
  const bool own = settings->i2c_sda == TW_BOARDS_OWN_PIN;
  return pin == (own ? board->i2c_sda : settings->i2c_sda) ||
         pin == (own ? board->i2c_scl : settings->i2c_scl);
}

bool tw_settings_use(const tw_settings *settings, uint8_t pin) {
  if (is_line_of_bus(settings, pin) || uses_of(settings, pin) > 0) return true;
  for (uint8_t i = 0; i < settings->actions; i++) {
    const tw_action *action = &settings->action[i];
    if (action->kind != TW_PRINT && action->pin == pin) return true;
  }
  return false;
}
