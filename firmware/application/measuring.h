// SPDX-License-Identifier: Apache-2.0
//
// What this board can measure, and measuring it at a steady rate.

#ifndef TINYWRIGHT_MEASURING_H
#define TINYWRIGHT_MEASURING_H

#include <stdbool.h>
#include <stdint.h>

#include "../sensors/sensor.h"
#include "settings.h"

#define TW_CHANNELS 32  // at most, of a board
#define TW_PARTS 6      // at most, on the bus
#define TW_MEASURED_NAME 12

typedef struct {
  char name[TW_MEASURED_NAME];
  const char *unit;
  const char *part;
  uint32_t min_rate_mhz, max_rate_mhz;
  uint8_t source;  // a part's index, or one of the two below
  uint8_t pin;     // or the channel's index within the part
} tw_measured;

enum { TW_SOURCE_ANALOGUE = 0xfe, TW_SOURCE_TOUCH = 0xff };

typedef struct {
  tw_i2c *bus;
  const tw_sensor *part[TW_PARTS];
  uint8_t address[TW_PARTS];
  uint8_t parts;
  tw_measured channel[TW_CHANNELS];
  uint8_t channels;

  float value[TW_CHANNELS];  // of the newest sample, where it was wanted
  uint32_t wanted;           // a bit a channel
  uint32_t rate_mhz;         // 0 while nothing is measured
  uint64_t began_us;
  uint32_t number;         // of the next sample since the beginning
  uint32_t worst_late_us;  // of a sample, since the beginning
  uint64_t sum_late_us;
  uint8_t failing;  // 1 + the index of the part that did not answer last time, or 0
  uint64_t silent_since_us[TW_PARTS];  // 0 for one that answers
} tw_measuring;

// Looks for sensors on the bus and makes the list of channels, without those of parts that the
// settings hide. Ends measuring.
void tw_measuring_find(tw_measuring *measuring, const tw_settings *settings);

// The nearest rate to `rate_mhz` at which all of `wanted` can be measured.
uint32_t tw_measuring_rate(const tw_measuring *measuring, uint32_t wanted, uint32_t rate_mhz);

// Begins anew, with the first sample at once. False when a part cannot be set up.
bool tw_measuring_start(tw_measuring *measuring, uint32_t wanted, uint32_t rate_mhz);
void tw_measuring_stop(tw_measuring *measuring);

// All parts have been without their supply: those in use are set up anew before their next sample.
void tw_measuring_supply_failed(tw_measuring *measuring);

// Takes the sample that is due, if one is. True when one was taken: its number and its time are
// then in *number and *time_us. Numbers that are passed over were missed.
bool tw_measuring_turn(tw_measuring *measuring, uint32_t *number, uint64_t *time_us);

#endif
