// SPDX-License-Identifier: Apache-2.0
//
// What a Nano 33 BLE can find out about itself.

#include "../../application/board.h"
#include "clock.h"
#include "registers.h"
#include "restart.h"
#include "usb.h"

#define FRAMES 50u  // milliseconds by the host's clock
#define FRAME_NUMBERS 2048u
#define FRAMES_LIMIT_US 200000u
#define OFF_LIMIT_US 100u  // in FRAMES, of both clocks together: 2 in 1,000

// The time from one frame of the host to the FRAMESth after it, by the board's clock; 0 when the
// host sends none.
static uint32_t time_frames(void) {
  const uint64_t limit_us = tw_board_micros() + FRAMES_LIMIT_US;
  uint32_t passed = 0;
  uint32_t last = usb_frame_number();
  uint64_t began_us = 0;
  while (passed <= FRAMES && tw_board_micros() < limit_us) {
    usb_poll();
    const uint32_t frame = usb_frame_number();
    const uint32_t step = (frame - last) % FRAME_NUMBERS;
    if (step == 0) continue;
    last = frame;
    if (began_us == 0) {
      began_us = tw_board_micros();
      passed = 1;
    } else {
      passed += step;
    }
  }
  return passed > FRAMES ? (uint32_t)((tw_board_micros() - began_us) / (passed - 1) * FRAMES) : 0;
}

static bool test_clock(tw_words *words) {
  const uint32_t frames_us = time_frames();
  tw_add_text(words, clock_is_crystal() ? "64 MHz by the crystal; " : "The crystal does not run; ");
  tw_add_number(words, FRAMES);
  tw_add_text(words, " frames of the computer take ");
  tw_add_number(words, frames_us);
  tw_add_text(words, " us.");
  const uint32_t wanted_us = FRAMES * 1000u;
  const uint32_t off_us = frames_us > wanted_us ? frames_us - wanted_us : wanted_us - frames_us;
  return clock_is_crystal() && off_us <= OFF_LIMIT_US;
}

static bool test_restart(tw_words *words) {
  tw_add_text(words, restarted_by_fault() ? "The firmware failed and restarted itself."
                                          : "The firmware has not failed since it was started.");
  return !restarted_by_fault();
}

const tw_board_test tw_board_tests[] = {
    {"clock", test_clock},
    {"restart", test_restart},
};
const uint8_t tw_board_tests_length = sizeof tw_board_tests / sizeof tw_board_tests[0];
