// SPDX-License-Identifier: Apache-2.0
//
// When actions take place, and what is left of them, on pins that keep a diary.

#include "../application/actions.h"

#include "../application/board.h"
#include "trial.h"

static char diary[200];

static void note(const char *what, unsigned pin, unsigned value) {
  const size_t had = strlen(diary);
  snprintf(diary + had, sizeof diary - had, "%s%u=%u ", what, pin, value);
}

bool tw_board_pin_write(uint8_t pin, bool high) {
  note("pin", pin, high);
  return true;
}

bool tw_board_pin_pwm(uint8_t pin, uint16_t permille) {
  note("pwm", pin, permille);
  return true;
}

static void print(const char *text, size_t length) {
  const size_t had = strlen(diary);
  snprintf(diary + had, sizeof diary - had, "%.*s ", (int)length, text);
}

static void expect_diary(const char *expected) {
  if (strcmp(diary, expected) != 0) fprintf(stderr, "\"%s\", not \"%s\"\n", diary, expected);
  EXPECT(strcmp(diary, expected) == 0);
  diary[0] = 0;
}

static void answer(tw_actions *actions, uint8_t first, uint8_t second, uint64_t now_us) {
  tw_actions_answer(actions, 2, (const uint8_t[]){first, second}, now_us, print);
}

static tw_actions started(const tw_settings *settings) {
  tw_actions actions;
  tw_actions_start(&actions, settings);
  diary[0] = 0;
  return actions;
}

static void test_windows_in_a_row(void) {
  const tw_settings settings = {
      .action = {{.class = 1, .threshold = 200, .windows = 3, .kind = TW_SET, .pin = 13}},
      .actions = 1,
  };
  tw_actions actions = started(&settings);
  answer(&actions, 0, 200, 0);
  answer(&actions, 0, 255, 0);
  answer(&actions, 0, 199, 0);  // the row begins anew
  answer(&actions, 0, 200, 0);
  answer(&actions, 0, 200, 0);
  expect_diary("");
  answer(&actions, 0, 200, 0);
  expect_diary("pin13=1 ");
  for (uint32_t i = 0; i < 600; i++) answer(&actions, 0, 255, 0);
  expect_diary("");  // once, until the class was gone
  answer(&actions, 255, 0, 0);
  for (uint32_t i = 0; i < 3; i++) answer(&actions, 0, 255, 0);
  expect_diary("pin13=1 ");
}

static void test_kinds(void) {
  const tw_settings settings = {
      .action = {{.windows = 1, .threshold = 1, .kind = TW_SET, .pin = 1},
                 {.windows = 1, .threshold = 1, .kind = TW_CLEAR, .pin = 2},
                 {.windows = 1, .threshold = 1, .kind = TW_PWM, .pin = 3, .value = 250},
                 {.windows = 1, .threshold = 1, .kind = TW_PRINT, .text_bytes = 3, .text = "hello"},
                 {.class = 1, .windows = 1, .threshold = 1, .kind = TW_SET, .pin = 4},
                 {.class = 2, .windows = 1, .threshold = 0, .kind = TW_SET, .pin = 5}},
      .actions = 6,
  };
  tw_actions actions = started(&settings);
  answer(&actions, 255, 0, 0);
  expect_diary("pin1=1 pin2=0 pwm3=250 hel ");  // the network has no class 2
}

static void test_pulse(void) {
  const tw_settings settings = {
      .action = {{.windows = 1, .threshold = 128, .kind = TW_PULSE, .pin = 7, .value = 20}},
      .actions = 1,
  };
  tw_actions actions = started(&settings);
  answer(&actions, 128, 0, 5000);
  expect_diary("pin7=1 ");
  tw_actions_turn(&actions, 24999);
  expect_diary("");
  tw_actions_turn(&actions, 25000);
  expect_diary("pin7=0 ");
  tw_actions_turn(&actions, 90000);
  expect_diary("");
}

static void test_start_and_end(void) {
  const tw_settings settings = {
      .action = {{.windows = 1, .threshold = 1, .kind = TW_SET, .pin = 1},
                 {.windows = 1, .threshold = 1, .kind = TW_PULSE, .pin = 2, .value = 20},
                 {.windows = 1, .threshold = 1, .kind = TW_PRINT, .pin = 3},
                 {.class = 1, .windows = 1, .threshold = 1, .kind = TW_PWM, .pin = 4, .value = 9}},
      .actions = 4,
  };
  tw_actions actions = {0};
  tw_actions_turn(&actions, 1);  // nothing has begun
  tw_actions_end(&actions);
  expect_diary("");
  tw_actions_start(&actions, &settings);
  expect_diary("pin1=0 pin2=0 pin4=0 ");
  answer(&actions, 255, 255, 0);
  expect_diary("pin1=1 pin2=1  pwm4=9 ");
  tw_actions_end(&actions);
  expect_diary("pin1=0 pin2=0 pin4=0 ");
  tw_actions_turn(&actions, 1000000);
  tw_actions_end(&actions);
  expect_diary("");
}

static void test_the_last_action_on_a_pin_holds(void) {
  const tw_settings settings = {
      .action =
          {{.windows = 1, .threshold = 1, .kind = TW_PULSE, .pin = 7, .value = 20},
           {.class = 1, .windows = 1, .threshold = 1, .kind = TW_PULSE, .pin = 7, .value = 50},
           {.class = 2, .windows = 1, .threshold = 1, .kind = TW_SET, .pin = 7}},
      .actions = 3,
  };
  tw_actions actions = started(&settings);
  tw_actions_answer(&actions, 3, (const uint8_t[]){9, 0, 0}, 0, print);
  tw_actions_answer(&actions, 3, (const uint8_t[]){0, 9, 0}, 10000, print);
  expect_diary("pin7=1 pin7=1 ");
  tw_actions_turn(&actions, 59999);
  expect_diary("");
  tw_actions_turn(&actions, 60000);
  expect_diary("pin7=0 ");
  tw_actions_answer(&actions, 3, (const uint8_t[]){9, 0, 0}, 70000, print);
  tw_actions_answer(&actions, 3, (const uint8_t[]){0, 0, 9}, 80000, print);
  tw_actions_turn(&actions, 1000000);
  expect_diary("pin7=1 pin7=1 ");
}

int main(void) {
  test_windows_in_a_row();
  test_kinds();
  test_pulse();
  test_start_and_end();
  test_the_last_action_on_a_pin_holds();
  return 0;
}
