// SPDX-License-Identifier: Apache-2.0

#include "actions.h"

#include <string.h>

#include "board.h"

static void clear_pins(const tw_settings *settings) {
  for (uint8_t i = 0; i < settings->actions; i++) {
    const tw_action *action = &settings->action[i];
    if (action->kind != TW_PRINT) (void)tw_board_pin_write(action->pin, false);
  }
}

void tw_actions_start(tw_actions *actions, const tw_settings *settings) {
  memset(actions, 0, sizeof *actions);
  actions->settings = settings;
  clear_pins(settings);
}

void tw_actions_end(tw_actions *actions) {
  if (actions->settings != 0) clear_pins(actions->settings);
  actions->settings = 0;
}

static void forget_pulses(tw_actions *actions, uint8_t pin) {
  for (uint8_t i = 0; i < actions->settings->actions; i++) {
    if (actions->settings->action[i].pin == pin) actions->pulse_until_us[i] = 0;
  }
}

static void take_place(tw_actions *actions, uint8_t index, uint64_t now_us,
                       void (*print)(const char *text, size_t length)) {
  const tw_action *action = &actions->settings->action[index];
  if (action->kind != TW_PRINT) forget_pulses(actions, action->pin);
  switch ((tw_action_kind)action->kind) {
    case TW_SET:
      (void)tw_board_pin_write(action->pin, true);
      break;
    case TW_CLEAR:
      (void)tw_board_pin_write(action->pin, false);
      break;
    case TW_PULSE:
      (void)tw_board_pin_write(action->pin, true);
      actions->pulse_until_us[index] = now_us + (uint64_t)action->value * 1000;
      break;
    case TW_PWM:
      (void)tw_board_pin_pwm(action->pin, action->value);
      break;
    case TW_PRINT:
      print(action->text, action->text_bytes);
      break;
  }
}

void tw_actions_answer(tw_actions *actions, uint8_t classes, const uint8_t *score, uint64_t now_us,
                       void (*print)(const char *text, size_t length)) {
  for (uint8_t i = 0; i < actions->settings->actions; i++) {
    const tw_action *action = &actions->settings->action[i];
    if (action->class >= classes || score[action->class] < action->threshold) {
      actions->row[i] = 0;
    } else if (actions->row[i] < action->windows) {
      actions->row[i]++;
      if (actions->row[i] == action->windows) take_place(actions, i, now_us, print);
    }
  }
}

void tw_actions_turn(tw_actions *actions, uint64_t now_us) {
  if (actions->settings == 0) return;
  for (uint8_t i = 0; i < actions->settings->actions; i++) {
    if (actions->pulse_until_us[i] == 0 || now_us < actions->pulse_until_us[i]) continue;
    actions->pulse_until_us[i] = 0;
    (void)tw_board_pin_write(actions->settings->action[i].pin, false);
  }
}
