// SPDX-License-Identifier: Apache-2.0

#include <string.h>

#include "board.h"
#include "selftest.h"

// --- sensors -------------------------------------------------------------------------------------

#define RATE_MHZ 100000u
#define SETTLED_US 100000u
#define BETWEEN_US 10000u
#define READINGS 20u

// What a channel can reasonably be, by its unit; along three axes: the length of the vector.
typedef struct {
  const char *unit;
  bool along_axes;
  float least, most;
  uint8_t decimals;
} plausible;

static const plausible limits[] = {
    {"g", true, 0.5f, 1.5f, 2},         {"uT", true, 5.0f, 1000.0f, 0},
    {"C", false, -40.0f, 85.0f, 1},     {"%", false, 0.0f, 100.0f, 0},
    {"hPa", false, 300.0f, 1250.0f, 0},
};

static const plausible *limits_of(const char *unit) {
  for (uint8_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
    if (strcmp(limits[i].unit, unit) == 0) return &limits[i];
  }
  return 0;
}

static void pass_time(uint32_t us) {
  const uint64_t until_us = tw_board_micros() + us;
  while (tw_board_micros() < until_us) tw_board_poll();
}

// Newton's way; 0 for 0.
static float root_of(float square) {
  float root = square > 1.0f ? square : 1.0f;
  for (uint8_t i = 0; i < 40; i++) root = 0.5f * (root + square / root);
  return root;
}

static bool judge(const plausible *limit, float value, tw_words *found) {
  const bool can_be = value >= limit->least && value <= limit->most;
  tw_add_text(found, " ");
  tw_add_real(found, value, limit->decimals);
  tw_add_text(found, " ");
  tw_add_text(found, limit->unit);
  if (!can_be) tw_add_text(found, " (cannot be)");
  return can_be;
}

static bool judge_means(const tw_sensor *part, const float *mean, tw_words *found) {
  bool all = true;
  for (uint8_t i = 0; i < part->channels; i++) {
    const plausible *limit = limits_of(part->channel[i].unit);
    if (limit == 0) continue;
    if (!limit->along_axes) {
      all &= judge(limit, mean[i], found);
    } else if (i + 2 < part->channels) {
      const float *v = mean + i;
      all &= judge(limit, root_of(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]), found);
      i += 2;
    }
  }
  return all;
}

// The rate for a trial: one that the part can do.
static uint32_t rate_for(const tw_sensor *part) {
  if (part->min_rate_mhz > RATE_MHZ) return part->min_rate_mhz;
  return part->max_rate_mhz < RATE_MHZ ? part->max_rate_mhz : RATE_MHZ;
}

// Reads a part for a while: the channels' means, and whether any of them moved as noise does.
static bool read_for_a_while(tw_i2c *bus, const tw_sensor *part, uint8_t address, float *mean,
                             bool *moved) {
  float first[TW_SENSOR_CHANNELS] = {0}, values[TW_SENSOR_CHANNELS] = {0};
  if (!part->start(bus, address, rate_for(part))) return false;
  pass_time(SETTLED_US);
  *moved = false;
  for (uint8_t i = 0; i < TW_SENSOR_CHANNELS; i++) mean[i] = 0.0f;
  for (uint32_t reading = 0; reading < READINGS; reading++) {
    if (!part->read(bus, address, values)) return false;
    for (uint8_t i = 0; i < part->channels; i++) {
      if (reading == 0) first[i] = values[i];
      if (values[i] != first[i]) *moved = true;
      mean[i] += values[i] / READINGS;
    }
    pass_time(BETWEEN_US);
  }
  return true;
}

static bool test_part(tw_i2c *bus, const tw_sensor *part, uint8_t address, tw_words *found) {
  float mean[TW_SENSOR_CHANNELS];
  bool moved;
  tw_add_text(found, " ");
  tw_add_text(found, part->part);
  if (!read_for_a_while(bus, part, address, mean, &moved)) {
    tw_add_text(found, " does not answer.");
    return false;
  }
  const bool can_be = judge_means(part, mean, found);
  // Motion is never still to the last bit; what changes slowly may be.
  const bool stuck = !moved && strcmp(part->channel[0].unit, "g") == 0;
  tw_add_text(found, stuck ? ", always the same." : ".");
  return can_be && !stuck;
}

bool tw_test_sensors(const tw_measuring *measuring, tw_words *found) {
  bool all = true;
  tw_add_number(found, measuring->parts);
  tw_add_text(found, " sensors on the bus, ");
  tw_add_number(found, measuring->channels);
  tw_add_text(found, " channels.");
  for (uint8_t i = 0; i < measuring->parts; i++) {
    all &= test_part(measuring->bus, measuring->part[i], measuring->address[i], found);
  }
  return all;
}

// --- pins ----------------------------------------------------------------------------------------

typedef enum { FOLLOWS, HELD_LOW, HELD_HIGH, FAILS } pin_state;

static pin_state try_pin(uint8_t pin, bool drive) {
  if (!tw_board_try_pin(pin, TW_PULLED_HIGH)) return HELD_LOW;
  if (tw_board_try_pin(pin, TW_PULLED_LOW)) return HELD_HIGH;
  if (!drive) return FOLLOWS;
  const bool driven =
      tw_board_try_pin(pin, TW_DRIVEN_HIGH) && !tw_board_try_pin(pin, TW_DRIVEN_LOW);
  return driven ? FOLLOWS : FAILS;
}

// Names the pins of a state; nothing where there are none.
static bool name_pins(const uint8_t *pins, const pin_state *states, uint8_t count, pin_state state,
                      const char *title, tw_words *found) {
  bool any = false;
  for (uint8_t i = 0; i < count; i++) {
    if (states[i] != state) continue;
    if (!any) tw_add_text(found, title);
    tw_add_text(found, " ");
    tw_add_number(found, pins[i]);
    any = true;
  }
  if (any) tw_add_text(found, ".");
  return any;
}

#define MOST_PINS 32

bool tw_test_pins(const tw_settings *settings, bool drive, tw_words *found) {
  uint8_t pins[MOST_PINS], count = 0;
  pin_state states[MOST_PINS];
  for (uint8_t i = 0; i < tw_board_free_pins_length && count < MOST_PINS; i++) {
    if (tw_settings_use(settings, tw_board_free_pins[i])) continue;
    pins[count] = tw_board_free_pins[i];
    states[count] = try_pin(pins[count], drive);
    count++;
  }
  tw_add_text(found, drive ? "Pulled and driven." : "Pulled, not driven.");
  (void)name_pins(pins, states, count, FOLLOWS, " Pins that follow:", found);
  const bool low = name_pins(pins, states, count, HELD_LOW, " Held low:", found);
  const bool high = name_pins(pins, states, count, HELD_HIGH, " Held high:", found);
  const bool fails = name_pins(pins, states, count, FAILS, " Defective:", found);
  if (low || high) tw_add_text(found, " Something is wired there, or it is a short.");
  return !low && !high && !fails;
}

bool tw_test_analogue(const tw_settings *settings, tw_words *found) {
  bool all = true, any = false;
  for (uint32_t pin = 0; pin < TW_BOARDS_OWN_PIN; pin++) {
    float volts = 0.0f;
    if (!tw_board_has_analogue((uint8_t)pin) || tw_settings_use(settings, (uint8_t)pin)) continue;
    const bool converted = tw_board_analogue((uint8_t)pin, &volts);
    tw_add_text(found, any ? ", pin " : "Pin ");
    tw_add_number(found, pin);
    tw_add_text(found, converted ? ": " : " fails");
    if (converted) tw_add_real(found, volts, 2);
    if (converted) tw_add_text(found, " V");
    all &= converted;
    any = true;
  }
  tw_add_text(found, any ? "." : "No analogue pin is free.");
  return all;
}
