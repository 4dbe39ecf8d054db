// SPDX-License-Identifier: Apache-2.0
//
// What the self-test finds on pins and on the bus: shorts, defects, parts that are silent, stuck or
// mad.

#include "../application/selftest.h"

#include <math.h>

#include "../application/board.h"
#include "trial.h"

// --- a board with four free pins -----------------------------------------------------------------

typedef enum { FREE, LOW, HIGH, DEAD } wire;

enum { FIRST = 4, SDA = 6, SCL = 7 };
const uint8_t tw_board_free_pins[] = {4, 5, 6, 7};
const uint8_t tw_board_free_pins_length = sizeof tw_board_free_pins;

static wire wires[4];
static uint32_t driven[4];  // how often
static uint64_t now_us;

bool tw_board_try_pin(uint8_t pin, tw_pin_trial trial) {
  const wire at = wires[pin - FIRST];
  const bool drives = trial == TW_DRIVEN_LOW || trial == TW_DRIVEN_HIGH;
  if (drives) driven[pin - FIRST]++;
  if (at == LOW || at == HIGH) return at == HIGH;
  if (at == DEAD && drives) return false;
  return trial == TW_PULLED_HIGH || trial == TW_DRIVEN_HIGH;
}

const tw_board *tw_board_facts(void) {
  static const tw_board facts = {.i2c_sda = SDA, .i2c_scl = SCL};
  return &facts;
}

uint64_t tw_board_micros(void) {
  return now_us++;
}

void tw_board_poll(void) {
  now_us += 50;
}

bool tw_board_has_output(uint8_t pin) {
  return pin < 8;
}

bool tw_board_has_touch(uint8_t pin) {
  return pin < 4;
}

bool tw_board_has_analogue(uint8_t pin) {
  return pin < 3;
}

bool tw_board_analogue(uint8_t pin, float *volts) {
  *volts = 0.5f * (float)(pin + 1);
  return wires[0] != DEAD;
}

static char text[320];

// What an item found, as a string.
#define FOUND(passes, item, ...)                         \
  do {                                                   \
    tw_words found = tw_words_in(text, sizeof text - 1); \
    EXPECT((item)(__VA_ARGS__, &found) == (passes));     \
    text[found.length] = 0;                              \
  } while (0)

#define SAYS(wanted) EXPECT(strcmp(text, wanted) == 0)

static const tw_settings none = {.i2c_sda = TW_BOARDS_OWN_PIN, .i2c_scl = TW_BOARDS_OWN_PIN};
static const tw_settings bus_elsewhere = {.i2c_sda = 1, .i2c_scl = 2};

static void pins(void) {
  FOUND(true, tw_test_pins, &none, false);
  SAYS("Pulled, not driven. Pins that follow: 4 5.");  // 6 and 7 are the bus
  EXPECT(driven[0] == 0);
  FOUND(true, tw_test_pins, &bus_elsewhere, true);
  SAYS("Pulled and driven. Pins that follow: 4 5 6 7.");
  for (uint32_t i = 0; i < 4; i++) EXPECT(driven[i] == 2);
  memset(driven, 0, sizeof driven);
  wires[0] = LOW;
  wires[1] = HIGH;
  FOUND(false, tw_test_pins, &bus_elsewhere, true);
  SAYS(
      "Pulled and driven. Pins that follow: 6 7. Held low: 4. Held high: 5. Something is wired "
      "there, or it is a short.");
  EXPECT(driven[0] == 0 && driven[1] == 0);  // not against what holds them
  EXPECT(driven[2] == 2);
  wires[0] = wires[1] = FREE;
  wires[3] = DEAD;
  FOUND(true, tw_test_pins, &bus_elsewhere, false);
  FOUND(false, tw_test_pins, &bus_elsewhere, true);
  SAYS("Pulled and driven. Pins that follow: 4 5 6. Defective: 7.");
  wires[3] = FREE;
}

static void pins_in_use_are_left_alone(void) {
  const tw_settings used = {
      .analogue = {1},
      .analogue_count = 1,
      .touch = {4},
      .touch_count = 1,
      .i2c_sda = 5,
      .i2c_scl = 0,
      .action = {{.kind = TW_SET, .pin = 6}, {.kind = TW_PRINT, .pin = 7}},
      .actions = 2,
  };
  memset(driven, 0, sizeof driven);
  FOUND(true, tw_test_pins, &used, true);
  SAYS("Pulled and driven. Pins that follow: 7.");  // a print has no pin
  EXPECT(driven[0] == 0 && driven[1] == 0 && driven[2] == 0 && driven[3] == 2);
  FOUND(true, tw_test_analogue, &used);
  SAYS("Pin 2: 1.50 V.");
  FOUND(true, tw_test_analogue, &none);
  SAYS("Pin 0: 0.50 V, pin 1: 1.00 V, pin 2: 1.50 V.");
  wires[0] = DEAD;
  FOUND(false, tw_test_analogue, &none);
  SAYS("Pin 0 fails, pin 1 fails, pin 2 fails.");
  wires[0] = FREE;
}

// --- parts on a bus ------------------------------------------------------------------------------

static float told[TW_SENSOR_CHANNELS];
static bool starts, noisy;
static uint32_t answers;  // so many before it falls silent
static uint32_t started_at_mhz;
static uint64_t began_us, first_us;

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)bus;
  EXPECT(address == 0x42);
  started_at_mhz = rate_mhz;
  began_us = now_us;
  first_us = 0;
  return starts;
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  (void)bus;
  EXPECT(address == 0x42);
  if (first_us == 0) first_us = now_us;
  if (answers == 0) return false;
  answers--;
  memcpy(values, told, sizeof told);
  if (noisy) values[0] += 0.001f * (float)(answers % 2);
  return true;
}

static const tw_sensor_channel motion[] = {{"ax", "g"},     {"ay", "g"},     {"az", "g"},
                                           {"gx", "deg/s"}, {"gy", "deg/s"}, {"gz", "deg/s"}};
static const tw_sensor_channel climate[] = {{"humidity", "%"}, {"temperature", "C"}};
static const tw_sensor_channel field[] = {{"mx", "uT"}, {"my", "uT"}, {"mz", "uT"}};

#define PART(name, list, least, most)                                                             \
  {                                                                                               \
    .part = name, .addresses = {0x42}, .channels = sizeof list / sizeof list[0], .channel = list, \
    .min_rate_mhz = least, .max_rate_mhz = most, .start = start, .read = read                     \
  }

static const tw_sensor moves = PART("MOVES", motion, 1000, 500000);
static const tw_sensor feels = PART("FEELS", climate, 100, 20000);
static const tw_sensor points = PART("POINTS", field, 200000, 800000);

static tw_measuring with(const tw_sensor *part) {
  tw_measuring measuring = {.part = {part}, .address = {0x42}, .parts = 1};
  measuring.channels = part->channels;
  starts = noisy = true;
  answers = 1000;
  return measuring;
}

static void tell(float x, float y, float z) {
  told[0] = x;
  told[1] = y;
  told[2] = z;
}

static void sensors(void) {
  tw_measuring measuring = with(&moves);
  tell(0.6f, 0.0f, -0.8f);
  FOUND(true, tw_test_sensors, &measuring);
  SAYS("1 sensors on the bus, 6 channels. MOVES 1.00 g.");
  EXPECT(started_at_mhz == 100000 && first_us - began_us >= 100000);
  EXPECT(now_us - began_us < 1000000);
  noisy = false;
  FOUND(false, tw_test_sensors, &measuring);
  SAYS("1 sensors on the bus, 6 channels. MOVES 1.00 g, always the same.");
  noisy = true;
  tell(0.0f, 0.0f, 0.1f);
  FOUND(false, tw_test_sensors, &measuring);
  SAYS("1 sensors on the bus, 6 channels. MOVES 0.10 g (cannot be).");
  tell(0.0f, 0.0f, NAN);
  FOUND(false, tw_test_sensors, &measuring);
  tell(0.0f, 0.0f, 1.0f);
  answers = 19;
  FOUND(false, tw_test_sensors, &measuring);
  SAYS("1 sensors on the bus, 6 channels. MOVES does not answer.");
  starts = false;
  FOUND(false, tw_test_sensors, &measuring);
  measuring = with(&feels);
  noisy = false;
  tell(45.0f, 21.5f, 0.0f);
  FOUND(true, tw_test_sensors, &measuring);
  SAYS("1 sensors on the bus, 2 channels. FEELS 45 % 21.5 C.");
  EXPECT(started_at_mhz == 20000);
  tell(120.0f, 21.5f, 0.0f);
  FOUND(false, tw_test_sensors, &measuring);
  SAYS("1 sensors on the bus, 2 channels. FEELS 120 % (cannot be) 21.5 C.");
  measuring = with(&points);
  tell(20.0f, 0.0f, 40.0f);
  FOUND(true, tw_test_sensors, &measuring);
  SAYS("1 sensors on the bus, 3 channels. POINTS 45 uT.");
  EXPECT(started_at_mhz == 200000);
  measuring = (tw_measuring){0};
  FOUND(true, tw_test_sensors, &measuring);
  SAYS("0 sensors on the bus, 0 channels.");
}

int main(void) {
  pins();
  pins_in_use_are_left_alone();
  sensors();
  return 0;
}
