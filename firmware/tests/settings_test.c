// SPDX-License-Identifier: Apache-2.0
//
// Settings records that are right, wrong in one place, cut, and random.

#include "../application/settings.h"

#include "../application/board.h"
#include "trial.h"

// A board with analogue pins 32 to 35, touch pins 2 to 4, and outputs 2, 13, 21, 22 and 32.
bool tw_board_has_analogue(uint8_t pin) {
  return pin >= 32 && pin <= 35;
}

bool tw_board_has_touch(uint8_t pin) {
  return pin >= 2 && pin <= 4;
}

bool tw_board_has_output(uint8_t pin) {
  return pin == 2 || pin == 13 || pin == 21 || pin == 22 || pin == 32;
}

const tw_board *tw_board_facts(void) {
  static const tw_board facts = {.i2c_sda = 30, .i2c_scl = 31};
  return &facts;
}

static const uint8_t good[] = {
    2,  3,                                              // version, flags
    36, 244, 0,   0,                                    // 62.5 Hz
    2,  1,   'M', 2,        'M', 'N',                   // hidden
    2,  32,  35,                                        // analogue
    1,  3,                                              // touch
    21, 22,                                             // bus
    3,                                                  // actions
    0,  200, 3,   TW_PULSE, 13,  0xf4, 1, 0,            // 500 ms
    1,  128, 1,   TW_PWM,   2,   0xe8, 3, 0,            // 1000 thousandths
    2,  0,   255, TW_PRINT, 99,  0,    0, 2, 'h', 'i',  // its pin is nothing to it
};

// Parsed from memory of exactly its size.
static bool parse(const uint8_t *record, size_t length, tw_settings *settings) {
  const char *why = 0;
  uint8_t *copy = new_bytes((uint32_t)(length > 0 ? length : 1));
  memcpy(copy, record, length);
  const bool parsed = tw_settings_parse(copy, length, settings, &why);
  EXPECT(parsed == (why == 0));
  free(copy);
  return parsed;
}

static void test_good(void) {
  tw_settings settings;
  const char *why;
  EXPECT(tw_settings_parse(good, sizeof good, &settings, &why));
  EXPECT(settings.flags == (TW_RUNS_BY_ITSELF | TW_PRINTS_ANSWERS));
  EXPECT(settings.rate_mhz == 62500 && settings.hidden_count == 2);
  EXPECT(settings.hidden[1].bytes == 2 && memcmp(settings.hidden[1].text, "MN", 2) == 0);
  EXPECT(settings.analogue_count == 2 && settings.analogue[1] == 35);
  EXPECT(settings.touch_count == 1 && settings.touch[0] == 3);
  EXPECT(settings.i2c_sda == 21 && settings.i2c_scl == 22 && settings.actions == 3);
  EXPECT(settings.action[0].windows == 3 && settings.action[0].threshold == 200);
  EXPECT(settings.action[0].value == 500 && settings.action[0].pin == 13);
  EXPECT(settings.action[1].class == 1 && settings.action[1].value == 1000);
  EXPECT(settings.action[2].text_bytes == 2 && memcmp(settings.action[2].text, "hi", 2) == 0);
}

static void test_default(void) {
  tw_settings settings;
  EXPECT(parse(tw_default_settings, tw_default_settings_bytes, &settings));
  EXPECT(settings.flags == 0 && settings.rate_mhz == 0 && settings.hidden_count == 0);
  EXPECT(settings.analogue_count == 0 && settings.touch_count == 0 && settings.actions == 0);
  EXPECT(settings.i2c_sda == TW_BOARDS_OWN_PIN && settings.i2c_scl == TW_BOARDS_OWN_PIN);
}

// One byte changed, and all that must be refused for it.
static void test_wrong(void) {
  static const struct {
    uint8_t at, value;
  } wrong[] = {
      {0, 1},     // version
      {1, 4},     // a flag that nobody knows
      {6, 9},     // more hidden parts than there may be
      {7, 0},     // a part without a name
      {9, 1},     // named twice
      {12, 9},    // more analogue pins than there may be
      {13, 31},   // no analogue pin
      {14, 32},   // named twice
      {16, 5},    // no touch pin
      {17, 255},  // one line of the bus only
      {17, 22},   // both lines on one pin
      {18, 23},   // no output
      {18, 32},   // measured too
      {24, 32},   // measured and driven
      {32, 21},   // the bus, driven
      {19, 17},   // more actions than there may be
      {19, 2},    // something left over
      {22, 0},    // no windows
      {23, 5},    // no such kind
      {24, 12},   // no output
      {34, 4},    // more than 1000 thousandths
      {43, 3},    // a text that is cut
      {44, 0},    // a text that would begin a frame
      {45, 10},   // a text of two lines
  };
  tw_settings settings;
  for (uint32_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
    uint8_t record[sizeof good];
    memcpy(record, good, sizeof good);
    record[wrong[i].at] = wrong[i].value;
    if (parse(record, sizeof record, &settings)) fprintf(stderr, "case %u\n", i);
    EXPECT(!parse(record, sizeof record, &settings));
  }
  for (size_t length = 0; length < sizeof good; length++) EXPECT(!parse(good, length, &settings));
}

static void test_named_twice(void) {
  static const uint8_t record[] = {2, 0, 0, 0, 0, 0, 2, 1, 'M', 1, 'M', 0, 0, 255, 255, 0};
  tw_settings settings;
  uint8_t other[sizeof record];
  memcpy(other, record, sizeof record);
  other[10] = 'N';
  EXPECT(!parse(record, sizeof record, &settings));
  EXPECT(parse(other, sizeof other, &settings));
}

static void test_random(void) {
  tw_settings settings;
  uint32_t accepted = 0;
  for (uint32_t i = 0; i < 50000; i++) {
    uint8_t record[sizeof good];
    memcpy(record, good, sizeof good);
    for (uint32_t damages = 1 + below(3); damages > 0; damages--) {
      record[below(sizeof good)] = (uint8_t)below(chance(2) ? 8 : 256);
    }
    if (!parse(record, sizeof record, &settings)) continue;
    accepted++;
    EXPECT(settings.actions <= TW_ACTIONS && settings.analogue_count <= TW_PINS);
  }
  EXPECT(accepted > 1000);
}

int main(void) {
  test_good();
  test_default();
  test_wrong();
  test_named_twice();
  test_random();
  return 0;
}
