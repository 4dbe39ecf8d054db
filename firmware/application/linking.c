// SPDX-License-Identifier: Apache-2.0
//
// LINK_SPEED, and the way back to the speed that every host begins with: docs/protocol.md, "Speed".

#include "app.h"
#include "board.h"

#define PROOF_US 1500000u  // within which a frame has to come after a change

// A host that speaks slower, as one that was just opened, asks IDENTIFY every 0.4 seconds: garbled
// bytes come in spells. Lightning comes in one.
#define SPELLS 3
#define SPELL_APART_US 150000u
#define SPELL_TOGETHER_US 1000000u

void tw_link_speed(tw_app *app, tw_reader *request) {
  const tw_board *board = tw_board_facts();
  uint32_t baud = tw_read_u32(request);
  if (!tw_reader_ended(request) || baud == 0) {
    tw_refuse(app, TW_BAD_PAYLOAD, "LINK_SPEED takes a speed in baud.");
    return;
  }
  if (board->link_most_baud == 0) {
    tw_refuse(app, TW_UNKNOWN_REQUEST, "The link of this board has no speed.");
    return;
  }
  if (baud < board->link_baud) baud = board->link_baud;
  if (baud > board->link_most_baud) baud = board->link_most_baud;
  tw_writer payload = tw_begin_answer(app);
  tw_write_u32(&payload, baud);
  tw_answer(app, &payload);
  if (baud == tw_board_link_speed()) return;
  tw_board_link_change(baud);
  app->link = (tw_link){
      .unproven = true, .since_us = tw_board_micros(), .garbled = tw_board_link_garbled()};
}

void tw_link_heard(tw_app *app) {
  app->link.unproven = false;
  app->link.spells = 0;
}

static void look_for_garbled(tw_link *link, uint64_t now_us) {
  const uint32_t garbled = tw_board_link_garbled();
  if (garbled == link->garbled) return;
  link->garbled = garbled;
  const uint64_t apart_us = now_us - link->spell_us;
  if (link->spells > 0 && apart_us < SPELL_APART_US) return;  // the same spell
  link->spells = link->spells > 0 && apart_us < SPELL_TOGETHER_US ? link->spells + 1 : 1;
  link->spell_us = now_us;
}

void tw_link_turn(tw_app *app) {
  const uint32_t home = tw_board_facts()->link_baud;
  tw_link *link = &app->link;
  if (tw_board_link_speed() == home) return;
  const uint64_t now_us = tw_board_micros();
  look_for_garbled(link, now_us);
  const bool unheard = link->unproven && now_us - link->since_us > PROOF_US;
  if (unheard || link->spells == SPELLS) tw_board_link_change(home);
}
