// SPDX-License-Identifier: Apache-2.0
//
// The application that every board runs: a board's main() calls tw_app_start() once and
// tw_app_turn() for ever.

#ifndef TINYWRIGHT_APPLICATION_H
#define TINYWRIGHT_APPLICATION_H

void tw_app_start(void);

// One turn of the loop: link, samples that are due, one slice of inference, flash. About a
// millisecond at most.
void tw_app_turn(void);

// For a board that has switched its sensors off and on again.
void tw_app_sensors_restarted(void);

#endif
