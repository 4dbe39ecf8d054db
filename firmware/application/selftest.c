// SPDX-License-Identifier: Apache-2.0
//
// SELFTEST: what a board can find out about itself, an item a request: first what only this board
// knows to test, then what all test alike.

#include "selftest.h"

#include <string.h>

#include "app.h"
#include "golden.h"

#define MOST_LATE_US 1000  // on average; more is a loop that is held up
#define PATTERN_BYTES 61u  // does not end with a word

// --- flash ---------------------------------------------------------------------------------------

static bool flash_is_done(void) {
  tw_flash_state state;
  while ((state = tw_board_flash_state()) == TW_FLASH_BUSY) tw_board_poll();
  return state == TW_FLASH_IDLE;
}

static bool flash_holds(const uint8_t *bytes) {
  uint8_t held[PATTERN_BYTES];
  return tw_board_flash_read(TW_FLASH_SCRATCH, 0, held, sizeof held) &&
         memcmp(held, bytes, sizeof held) == 0;
}

static bool erase_scratch(void) {
  uint8_t erased[PATTERN_BYTES];
  memset(erased, 0xff, sizeof erased);
  tw_board_flash_erase(TW_FLASH_SCRATCH, 0);
  return flash_is_done() && flash_holds(erased);
}

static bool test_flash(tw_app *app, tw_words *found) {
  (void)app;
  uint8_t pattern[PATTERN_BYTES];
  for (uint32_t i = 0; i < sizeof pattern; i++) pattern[i] = (uint8_t)(0x5a ^ i * 7);
  const uint64_t began_us = tw_board_micros();
  bool passed = erase_scratch();
  if (passed) {
    tw_board_flash_write(TW_FLASH_SCRATCH, 0, pattern, sizeof pattern);
    passed = flash_is_done() && flash_holds(pattern) && erase_scratch();
  }
  if (!passed) {
    tw_add_text(found, "A page cannot be erased, written and read.");
    return false;
  }
  tw_add_text(found, "A page was erased, written, read and erased again in ");
  tw_add_number(found, (uint32_t)((tw_board_micros() - began_us) / 1000));
  tw_add_text(found, " ms.");
  return true;
}

// --- the engine ----------------------------------------------------------------------------------

// Returns the number of the first window, from 1, with another answer than it must have; 0: none.
static uint8_t differing_window(const tw_golden *golden) {
  const tw_board *board = tw_board_facts();
  tw_engine engine;
  if (tw_load(&engine, golden->program, golden->program_bytes, board->arena, board->arena_bytes) !=
      TW_OK) {
    return 1;
  }
  const size_t in = tw_input_bytes(&engine), out = tw_output_bytes(&engine);
  for (uint8_t i = 0; i < golden->windows; i++) {
    memcpy(tw_input(&engine), golden->inputs + i * in, in);
    tw_start(&engine);
    while (tw_step(&engine, TW_SLICE_WORK)) tw_board_poll();
    if (memcmp(tw_output(&engine), golden->outputs + i * out, out) != 0) return (uint8_t)(i + 1);
  }
  return 0;
}

static bool test_engine(tw_app *app, tw_words *found) {
  uint32_t windows = 0;
  app->window.begun = false;  // the arena is shared
  const uint64_t began_us = tw_board_micros();
  for (uint8_t i = 0; i < tw_golden_runs_length; i++) {
    const uint8_t differs = differing_window(&tw_golden_runs[i]);
    if (differs != 0) {
      tw_add_text(found, "Network ");
      tw_add_number(found, i + 1u);
      tw_add_text(found, " gives other bytes than it must on window ");
      tw_add_number(found, differs);
      tw_add_text(found, ".");
      return false;
    }
    windows += tw_golden_runs[i].windows;
  }
  tw_add_number(found, tw_golden_runs_length);
  tw_add_text(found, " networks give the bytes that they must on ");
  tw_add_number(found, windows);
  tw_add_text(found, " windows, in ");
  tw_add_number(found, (uint32_t)(tw_board_micros() - began_us));
  tw_add_text(found, " us.");
  return true;
}

static bool test_model(tw_app *app, tw_words *found) {
  tw_model *model = &app->model;
  if (!model->loaded) {
    tw_add_text(found, "No model is stored.");
    return true;
  }
  memset(model->window, 0, (size_t)model->samples * model->channels);
  app->window.begun = false;
  tw_model_start(model, 0);
  while (!tw_model_step(model)) tw_board_poll();
  tw_add_text(found, "One window takes ");
  tw_add_number(found, (uint32_t)model->busy_us);
  tw_add_text(found, " us.");
  return true;
}

// --- measuring -----------------------------------------------------------------------------------

// Of the last stream or run: a host lets the board stream first.
static bool test_sampling(tw_app *app, tw_words *found) {
  const tw_measuring *measuring = &app->measuring;
  if (measuring->number == 0) {
    tw_add_text(found, "No sample was taken since the start.");
    return true;
  }
  const uint32_t mean_us = (uint32_t)(measuring->sum_late_us / measuring->number);
  tw_add_number(found, measuring->number);
  tw_add_text(found, " samples, on average ");
  tw_add_number(found, mean_us);
  tw_add_text(found, " us late, at worst ");
  tw_add_number(found, measuring->worst_late_us);
  tw_add_text(found, " us.");
  return mean_us <= MOST_LATE_US;
}

static bool test_sensors(tw_app *app, tw_words *found) {
  return tw_test_sensors(&app->measuring, found);
}

static bool test_pins(tw_app *app, tw_words *found) {
  return tw_test_pins(&app->settings, app->drive_pins, found);
}

static bool test_analogue(tw_app *app, tw_words *found) {
  return tw_test_analogue(&app->settings, found);
}

// --- the request ---------------------------------------------------------------------------------

typedef struct {
  const char *name;
  bool (*test)(tw_app *app, tw_words *found);
} shared_test;

static const shared_test shared_tests[] = {
    {"sampling", test_sampling}, {"sensors", test_sensors}, {"pins", test_pins},
    {"analogue", test_analogue}, {"flash", test_flash},     {"engine", test_engine},
    {"model", test_model},
};

void tw_selftest(tw_app *app, tw_reader *request) {
  char text[320];
  tw_words found = tw_words_in(text, sizeof text);
  const uint8_t item = tw_read_u8(request);
  const uint8_t drive = tw_read_u8(request);
  if (!tw_reader_ended(request) || drive > 1) {
    tw_refuse(app, TW_BAD_PAYLOAD, "SELFTEST takes an item, and whether pins may be driven.");
    return;
  }
  const bool own = item < tw_board_tests_length;
  const uint8_t place = (uint8_t)(own ? item : item - tw_board_tests_length);
  if (!own && place >= sizeof shared_tests / sizeof shared_tests[0]) {
    tw_refuse(app, TW_BAD_PAYLOAD, "There is no such item.");
    return;
  }
  app->drive_pins = drive != 0;
  const bool passed =
      own ? tw_board_tests[place].test(&found) : shared_tests[place].test(app, &found);
  tw_writer payload = tw_begin_answer(app);
  tw_write_u8(&payload, item);
  tw_write_u8(&payload, passed);
  tw_write_str(&payload, own ? tw_board_tests[place].name : shared_tests[place].name);
  tw_write_bytes(&payload, found.text, found.length);
  tw_answer(app, &payload);
}
