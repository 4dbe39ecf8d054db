// SPDX-License-Identifier: Apache-2.0
//
// What goes into flash: the board program and the settings. A page is erased when its first byte
// comes, so that no request waits for more than the pages it touches; erasing goes on while the
// loop turns.

#include <string.h>

#include "../engine/crc.h"
#include "app.h"
#include "board.h"

// --- into flash ----------------------------------------------------------------------------------

static void store(tw_app *app, tw_flash_region region, uint32_t offset, const uint8_t *bytes,
                  uint32_t length, uint32_t erased_to) {
  app->storing = (tw_storing){
      .region = region, .offset = offset, .left = length, .bytes = bytes, .erased_to = erased_to};
  app->pending = TW_STORING;
}

static void stored(tw_app *app) {
  if (app->storing.refusal != 0) {
    tw_refuse(app, app->storing.refusal, app->storing.why);
    return;
  }
  switch (app->request) {
    case TW_PROGRAM_DATA: {
      tw_writer payload = tw_begin_answer(app);
      app->transfer.received = app->storing.offset;
      tw_write_u32(&payload, app->transfer.received);
      tw_answer(app, &payload);
      break;
    }
    case TW_SETTINGS_WRITE:
      app->remark[0] = 0;
      tw_load_settings(app);
      tw_measuring_find(&app->measuring, &app->settings);
      tw_answer_nothing(app);
      break;
    default:
      tw_answer_nothing(app);
  }
}

static void end_transfer(tw_app *app, uint8_t refusal, const char *why) {
  app->transfer = (tw_transfer){.refusal = refusal, .why = why};
}

void tw_storing_turn(tw_app *app) {
  tw_storing *job = &app->storing;
  const tw_flash_state state = tw_board_flash_state();
  if (state == TW_FLASH_BUSY) return;
  if (state == TW_FLASH_FAILED) {
    static const char why[] = "The board's flash cannot be written.";
    if (job->region == TW_FLASH_PROGRAM) end_transfer(app, TW_NO_ROOM, why);
    tw_refuse(app, TW_NO_ROOM, why);
    return;
  }
  if (job->left == 0) {
    stored(app);
    return;
  }
  if (job->offset >= job->erased_to) {
    tw_board_flash_erase(job->region, job->erased_to);
    job->erased_to += TW_FLASH_PAGE;
    if (job->erase_only) job->left = 0;
    return;
  }
  uint32_t length = TW_FLASH_WRITE - job->offset % TW_FLASH_WRITE;
  if (length > job->left) length = job->left;
  tw_board_flash_write(job->region, job->offset, job->bytes, length);
  job->offset += length;
  job->bytes += length;
  job->left -= length;
}

// --- the program ---------------------------------------------------------------------------------

// Why the engine refuses a program, by tw_status.
static const char *const reasons[] = {
    [TW_NOT_A_PROGRAM] = "This is no board program.",
    [TW_WRONG_VERSION] = "The program is of a format that this firmware does not know.",
    [TW_WRONG_LENGTH] = "The program is not as long as it says.",
    [TW_WRONG_CRC] = "The program is damaged.",
    [TW_BAD_SECTION] = "A section of the program is missing or misplaced.",
    [TW_UNKNOWN_OPERATOR] = "The program has an operator that this firmware lacks.",
    [TW_BAD_OPERATOR] = "An operator of the program has an argument out of range.",
    [TW_OUT_OF_BOUNDS] = "An operator of the program would leave its memory.",
    [TW_OVERLAP] = "An operator of the program would overwrite what it still reads.",
    [TW_MISALIGNED] = "The program is not aligned as it must be.",
    [TW_ARENA_TOO_SMALL] = "The model computes in more memory than the board has.",
};

// A program without its first page is none.
static void erase_first_page(tw_app *app) {
  store(app, TW_FLASH_PROGRAM, 0, 0, 1, 0);
  app->storing.erase_only = true;
}

// Refuses when nothing of a program is left in flash, so that none comes back at the next start.
static void refuse_program(tw_app *app, uint8_t status, const char *why) {
  tw_model_forget(&app->model);
  end_transfer(app, status, why);
  erase_first_page(app);
  app->storing.refusal = status;
  app->storing.why = why;
}

void tw_program_begin(tw_app *app, tw_reader *request) {
  const uint32_t length = tw_read_u32(request);
  const uint32_t crc = tw_read_u32(request);
  if (!tw_reader_ended(request)) {
    tw_refuse(app, TW_BAD_PAYLOAD, "PROGRAM_BEGIN takes a length and a check sum.");
    return;
  }
  tw_model_forget(&app->model);
  app->window.begun = false;
  app->transfer = (tw_transfer){.begun = true, .length = length, .crc = crc};
  if (length > tw_board_facts()->program_capacity) {
    refuse_program(app, TW_NO_ROOM, "The program is larger than the flash kept for it.");
    return;
  }
  erase_first_page(app);
}

// Refuses where it has not, or has ended by a refusal.
static bool has_begun(tw_app *app) {
  const tw_transfer *transfer = &app->transfer;
  if (transfer->begun) return true;
  if (transfer->refusal != 0) {
    tw_refuse(app, transfer->refusal, transfer->why);
  } else {
    tw_refuse(app, TW_NOT_BEGUN, "PROGRAM_BEGIN comes first.");
  }
  return false;
}

void tw_program_data(tw_app *app, tw_reader *request) {
  const uint32_t offset = tw_read_u32(request);
  const uint32_t length = (uint32_t)request->left;
  const uint8_t *bytes = tw_read_bytes(request, length);
  if (request->failed) {
    tw_refuse(app, TW_BAD_PAYLOAD, "PROGRAM_DATA takes an offset and bytes.");
    return;
  }
  const tw_transfer *transfer = &app->transfer;
  if (!has_begun(app)) return;
  if (offset != transfer->received) {
    tw_writer payload = tw_begin_answer(app);
    tw_write_u32(&payload, transfer->received);
    tw_answer(app, &payload);
    return;
  }
  if (length > transfer->length - transfer->received) {
    tw_refuse(app, TW_BAD_PAYLOAD, "More bytes than PROGRAM_BEGIN has named.");
    return;
  }
  memcpy(app->kept, bytes, length);
  uint32_t erased_to = (offset + TW_FLASH_PAGE - 1) / TW_FLASH_PAGE * TW_FLASH_PAGE;
  if (offset == 0) erased_to = TW_FLASH_PAGE;  // at PROGRAM_BEGIN
  store(app, TW_FLASH_PROGRAM, offset, app->kept, length, erased_to);
}

void tw_program_info(tw_app *app) {
  const tw_model *model = &app->model;
  if (!model->loaded) {
    tw_refuse(app, TW_NO_PROGRAM, "No board program is stored.");
    return;
  }
  tw_writer payload = tw_begin_answer(app);
  tw_write_u32(&payload, model->crc);
  tw_write_u32(&payload, model->samples);
  tw_write_u32(&payload, model->rate_mhz);
  tw_write_u8(&payload, model->channels);
  tw_write_u8(&payload, model->outputs);
  tw_write_u32(&payload, (uint32_t)((const uint8_t *)model->window - tw_board_facts()->arena));
  tw_answer(app, &payload);
}

void tw_program_end(tw_app *app) {
  const tw_transfer *transfer = &app->transfer;
  if (app->model.loaded && (!transfer->begun || app->model.crc == transfer->crc)) {
    tw_program_info(app);  // asked again
    return;
  }
  if (!has_begun(app)) return;
  if (transfer->received != transfer->length) {
    tw_refuse(app, TW_BAD_PROGRAM, "The program has not come whole.");
    return;
  }
  bool no_room;
  const tw_status status = tw_model_load(&app->model, &no_room);
  if (status == TW_OK && app->model.crc == transfer->crc) {
    tw_program_info(app);
    return;
  }
  if (no_room) {
    refuse_program(app, TW_NO_ROOM, reasons[TW_ARENA_TOO_SMALL]);
  } else if (status == TW_OK) {
    refuse_program(app, TW_BAD_PROGRAM, "The program has another check sum than announced.");
  } else {
    refuse_program(app, TW_BAD_PROGRAM, reasons[status]);
  }
}

void tw_program_erase(tw_app *app) {
  tw_model_forget(&app->model);
  end_transfer(app, 0, 0);
  app->window.begun = false;
  erase_first_page(app);
}

// --- settings ------------------------------------------------------------------------------------

static uint32_t read_u32(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

// Two pages take turns, so that the settings in force stay until the new ones are whole. A page
// holds the check sum of all behind it, the record's length, the number of the write, the record.
enum { CRC_AT, LENGTH_AT = 4, NUMBER_AT = 8, RECORD_AT = 12 };
#define NEVER_WRITTEN 0xffffffffu  // flash that is erased

typedef enum { PAGE_EMPTY, PAGE_DAMAGED, PAGE_WHOLE } page_state;

static page_state read_page(tw_app *app, uint32_t page) {
  const uint32_t at = page * TW_FLASH_PAGE;
  if (!tw_board_flash_read(TW_FLASH_SETTINGS, at, app->record, RECORD_AT)) return PAGE_DAMAGED;
  const uint32_t crc = read_u32(app->record + CRC_AT);
  const uint32_t length = read_u32(app->record + LENGTH_AT);
  if (crc == NEVER_WRITTEN && length == NEVER_WRITTEN) return PAGE_EMPTY;
  if (length > TW_SETTINGS_BYTES ||
      !tw_board_flash_read(TW_FLASH_SETTINGS, at + RECORD_AT, app->record + RECORD_AT, length)) {
    return PAGE_DAMAGED;
  }
  const uint32_t covered = RECORD_AT - LENGTH_AT + length;
  return tw_crc32(0, app->record + LENGTH_AT, covered) == crc ? PAGE_WHOLE : PAGE_DAMAGED;
}

// Takes what flash holds. False, with a reason where there is something that is no use. A damaged
// page beside a whole one is what a write that was interrupted leaves.
static bool read_stored(tw_app *app, const char **why) {
  page_state state[TW_SETTINGS_PAGES];
  uint32_t number[TW_SETTINGS_PAGES];
  for (uint32_t page = 0; page < TW_SETTINGS_PAGES; page++) {
    state[page] = read_page(app, page);
    number[page] = read_u32(app->record + NUMBER_AT);
  }
  const bool second_is_newer = state[0] != PAGE_WHOLE || (int32_t)(number[1] - number[0]) > 0;
  const uint32_t newest = state[1] == PAGE_WHOLE && second_is_newer ? 1 : 0;
  app->next_page = 0;
  app->next_number = 0;
  if (state[newest] != PAGE_WHOLE) {
    *why = state[0] == PAGE_EMPTY && state[1] == PAGE_EMPTY ? 0 : "They are damaged.";
    return false;
  }
  app->next_page = 1 - newest;
  app->next_number = number[newest] + 1;
  *why = "They are damaged.";
  if (read_page(app, newest) != PAGE_WHOLE) return false;
  app->record_bytes = read_u32(app->record + LENGTH_AT);
  return tw_settings_parse(app->record + RECORD_AT, app->record_bytes, &app->settings, why);
}

void tw_load_settings(tw_app *app) {
  const char *why;
  if (read_stored(app, &why)) return;
  if (why != 0) {
    tw_words words = tw_words_in(app->remark, sizeof app->remark - 1);
    tw_add_text(&words,
                "The stored settings cannot be used; the board does as if there were none. ");
    tw_add_text(&words, why);
    app->remark[words.length] = 0;
  }
  app->record_bytes = (uint32_t)tw_default_settings_bytes;
  memcpy(app->record + RECORD_AT, tw_default_settings, tw_default_settings_bytes);
  (void)tw_settings_parse(app->record + RECORD_AT, app->record_bytes, &app->settings, &why);
}

void tw_settings_read(tw_app *app) {
  tw_writer payload = tw_begin_answer(app);
  tw_write_bytes(&payload, app->record + RECORD_AT, app->record_bytes);
  tw_answer(app, &payload);
}

void tw_settings_write(tw_app *app, tw_reader *request) {
  static tw_settings checked;
  const char *why = 0;
  const uint32_t length = (uint32_t)request->left;
  if (length > TW_SETTINGS_BYTES) {
    tw_refuse(app, TW_NO_ROOM, "The settings are longer than this board can keep.");
    return;
  }
  memcpy(app->kept + RECORD_AT, request->next, length);
  if (!tw_settings_parse(app->kept + RECORD_AT, length, &checked, &why)) {
    tw_refuse(app, TW_BAD_PAYLOAD, why);
    return;
  }
  tw_writer head = tw_writer_of(app->kept + LENGTH_AT, RECORD_AT - LENGTH_AT);
  tw_write_u32(&head, length);
  tw_write_u32(&head, app->next_number);
  head = tw_writer_of(app->kept, LENGTH_AT);
  tw_write_u32(&head, tw_crc32(0, app->kept + LENGTH_AT, RECORD_AT - LENGTH_AT + length));
  const uint32_t at = app->next_page * TW_FLASH_PAGE;
  store(app, TW_FLASH_SETTINGS, at, app->kept, RECORD_AT + length, at);
}
