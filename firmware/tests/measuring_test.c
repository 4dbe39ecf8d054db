// SPDX-License-Identifier: Apache-2.0
//
// What is found on a bus and on pins, and sampling on a clock that the test turns.

#include "../application/measuring.h"

#include "../application/board.h"
#include "trial.h"

static uint64_t now_us;
static bool motion_answers, light_answers;
static uint32_t started_at_mhz, starts;
static tw_i2c wires;

uint64_t tw_board_micros(void) {
  return now_us;
}

tw_i2c *tw_board_i2c(uint8_t sda, uint8_t scl) {
  return sda == scl ? 0 : &wires;
}

bool tw_board_analogue(uint8_t pin, float *volts) {
  *volts = 0.1f * pin;
  return true;
}

bool tw_board_touch(uint8_t pin, float *reading) {
  *reading = 100.0f + pin;
  return true;
}

static bool is_motion(tw_i2c *bus, uint8_t address) {
  EXPECT(bus == &wires);
  return motion_answers && address == 0x69;
}

static bool is_light(tw_i2c *bus, uint8_t address) {
  (void)bus;
  EXPECT(address == 0x39 || !motion_answers);  // never one that is taken
  return light_answers;
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)bus;
  (void)address;
  started_at_mhz = rate_mhz;
  starts++;
  return motion_answers;
}

static bool read_motion(tw_i2c *bus, uint8_t address, float *values) {
  (void)bus;
  EXPECT(address == 0x69);
  for (uint8_t i = 0; i < 2; i++) values[i] = (float)now_us + i;
  return motion_answers;
}

static const tw_sensor_channel motion_channels[] = {{"ax", "g"}, {"ay", "g"}};
static const tw_sensor_channel light_channels[] = {{"ax", "lx"}, {"light", "lx"}};
static const tw_sensor motion = {"M",    {0x68, 0x69}, 2,     motion_channels, 5000,
                                 200000, is_motion,    start, read_motion};
static const tw_sensor other = {"N",   {0x69, 0x39}, 2,     light_channels, 1000,
                                10000, is_light,     start, read_motion};
const tw_sensor *const tw_sensor_table[] = {&motion, &other};
const uint8_t tw_sensor_table_length = 2;

static const tw_settings pins = {.analogue = {32, 35},
                                 .analogue_count = 2,
                                 .touch = {4},
                                 .touch_count = 1,
                                 .i2c_sda = 21,
                                 .i2c_scl = 22};

static tw_measuring found(bool motion_there, bool light_there) {
  tw_measuring measuring;
  motion_answers = motion_there;
  light_answers = light_there;
  tw_measuring_find(&measuring, &pins);
  return measuring;
}

static void expect_names(const tw_measuring *measuring, const char *const *names, uint8_t count) {
  EXPECT(measuring->channels == count);
  for (uint8_t i = 0; i < count; i++) EXPECT(strcmp(measuring->channel[i].name, names[i]) == 0);
}

static void test_finding(void) {
  tw_measuring all = found(true, true);
  expect_names(&all, (const char *[]){"ax", "ay", "light", "adc32", "adc35", "touch4"}, 6);
  EXPECT(all.parts == 2 && all.address[0] == 0x69 && all.address[1] == 0x39);
  tw_measuring none = found(false, false);
  expect_names(&none, (const char *[]){"adc32", "adc35", "touch4"}, 3);
  const tw_settings no_bus = {0};
  tw_measuring_find(&none, &no_bus);
  EXPECT(none.channels == 0);
}

static void test_hiding(void) {
  tw_settings settings = pins;
  tw_measuring measuring;
  motion_answers = light_answers = true;
  settings.hidden_count = 2;
  settings.hidden[0] = (tw_text){"M2", 2};
  settings.hidden[1] = (tw_text){"M", 1};
  tw_measuring_find(&measuring, &settings);
  // What it measures under the same name as another is that one's then.
  expect_names(&measuring, (const char *[]){"ax", "light", "adc32", "adc35", "touch4"}, 5);
  EXPECT(strcmp(measuring.channel[0].part, "N") == 0 && measuring.channel[0].source == 1);
  EXPECT(measuring.parts == 2);
}

static void test_rates(void) {
  const tw_measuring all = found(true, true);
  EXPECT(tw_measuring_rate(&all, 1, 100000) == 100000);
  EXPECT(tw_measuring_rate(&all, 1, 1) == 5000);
  EXPECT(tw_measuring_rate(&all, 1, UINT32_MAX) == 200000);
  EXPECT(tw_measuring_rate(&all, 1 | 4, 100000) == 10000);  // the slowest decides
}

// Turns until a sample comes; its number.
static uint32_t take(tw_measuring *measuring) {
  uint32_t number;
  uint64_t time_us;
  for (uint32_t turns = 0; turns < 1000000; turns++) {
    if (tw_measuring_turn(measuring, &number, &time_us)) {
      EXPECT(time_us == now_us);
      return number;
    }
    now_us++;
  }
  EXPECT(!"a sample came");
  return 0;
}

static void test_times(void) {
  tw_measuring measuring = found(true, false);
  now_us = 123456;
  EXPECT(tw_measuring_start(&measuring, 3, 130000));
  EXPECT(started_at_mhz == 130000);
  for (uint32_t i = 0; i < 1000; i++) {
    EXPECT(take(&measuring) == i);
    EXPECT(now_us == 123456 + (uint64_t)i * 1000000000u / 130000);  // no drift, whatever the rate
    EXPECT(measuring.value[0] == (float)now_us && measuring.value[1] == (float)now_us + 1.0f);
  }
  EXPECT(measuring.worst_late_us == 0);
}

static void test_missed(void) {
  tw_measuring measuring = found(true, false);
  now_us = 0;
  EXPECT(tw_measuring_start(&measuring, 1, 100000));
  EXPECT(take(&measuring) == 0);
  now_us = 57000;  // samples 1 to 4 passed by; 5 is 7 ms late
  EXPECT(take(&measuring) == 5 && now_us == 57000);
  EXPECT(measuring.worst_late_us == 7000 && measuring.sum_late_us == 7000);
  EXPECT(take(&measuring) == 6 && now_us == 60000);
  tw_measuring_stop(&measuring);
  uint32_t number;
  uint64_t time_us;
  now_us = 100000;
  EXPECT(!tw_measuring_turn(&measuring, &number, &time_us));
}

static void test_failing(void) {
  tw_measuring measuring = found(true, false);
  now_us = 1000;
  EXPECT(tw_measuring_start(&measuring, 1 | 4, 100000));  // ax and adc32
  (void)take(&measuring);
  const float last = measuring.value[0];
  motion_answers = false;
  now_us += 10000;
  (void)take(&measuring);
  EXPECT(measuring.failing == 1 && measuring.value[0] == last);
  EXPECT(measuring.value[2] > 3.19f && measuring.value[2] < 3.21f);
  motion_answers = true;
  now_us += 10000;
  (void)take(&measuring);
  EXPECT(measuring.failing == 0 && measuring.value[0] == (float)now_us);
  motion_answers = false;
  EXPECT(!tw_measuring_start(&measuring, 1, 100000) && measuring.rate_mhz == 0);
  EXPECT(tw_measuring_start(&measuring, 4, 100000));  // of which that part is none
}

// Whoever comes back after long may have lost its set-up; after a slip of the bus it has not.
static void test_coming_back(void) {
  tw_measuring measuring = found(true, false);
  now_us = 1000;
  starts = 0;
  EXPECT(tw_measuring_start(&measuring, 1, 100000) && starts == 1);
  for (uint32_t silence = 0; silence < 2; silence++) {
    motion_answers = false;
    now_us += 10000;
    (void)take(&measuring);
    now_us += silence == 0 ? 190000 : 210000;
    motion_answers = true;
    (void)take(&measuring);
    EXPECT(measuring.failing == 0 && starts == 1 + silence);
  }
  (void)take(&measuring);
  EXPECT(starts == 2);
}

// However short it was: nothing of what a part was told is left.
static void test_supply(void) {
  tw_measuring measuring = found(true, false);
  now_us = 1000000;
  starts = 0;
  EXPECT(tw_measuring_start(&measuring, 1, 100000) && starts == 1);
  (void)take(&measuring);
  tw_measuring_supply_failed(&measuring);
  (void)take(&measuring);
  (void)take(&measuring);
  EXPECT(measuring.failing == 0 && starts == 2);
}

int main(void) {
  test_finding();
  test_hiding();
  test_rates();
  test_times();
  test_missed();
  test_failing();
  test_coming_back();
  test_supply();
  return 0;
}
