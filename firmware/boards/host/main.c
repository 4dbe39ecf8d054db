// SPDX-License-Identifier: Apache-2.0
//
// A board in a process, for tests of what all boards share: standard input and output are its link,
// a file is its flash, four pins measure slow waves. Flash behaves like flash: erasing sets ones,
// writing clears them, both take their time.
//
//   board FLASH_FILE
//
// Where its link is a pseudo-terminal it has a speed, as a UART: at another one than the host has
// set there, neither understands the other.
//
// On pins 2 (SDA) and 3 (SCL) there is a bus with an accelerometer, which is unplugged while there
// is a file FLASH_FILE.unplugged.

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "../../application/application.h"
#include "../../application/board.h"
#include "bus.h"

enum {
  PROGRAM_BYTES = 512 * 1024,
  SETTINGS_BYTES = TW_SETTINGS_PAGES * TW_FLASH_PAGE,
  FLASH_BYTES = PROGRAM_BYTES + SETTINGS_BYTES + TW_FLASH_PAGE,
  ARENA_BYTES = 128 * 1024,
  SEND_BYTES = 64 * 1024,
  PINS = 4,
  OUTPUTS = 8,
  SDA = 2,
  SCL = 3,
  NONE = 255,  // a bus is where settings say so
  MOST_PASSED_US = 2000,
  ERASE_US = 20000,
  WRITE_US = 500,
  BAUD = 115200,
  MOST_BAUD = 2000000,
  GARBAGE = 0x80,
};

static _Alignas(16) uint8_t arena[ARENA_BYTES];
static _Alignas(16) uint8_t mapped[PROGRAM_BYTES];
static uint8_t *flash;
static uint64_t flash_busy_until_us;
static uint8_t sending[SEND_BYTES];
static size_t sent_from, sent_to;
static bool link_closed;
static uint32_t baud = BAUD, next_baud = BAUD, garbled;

const tw_board *tw_board_facts(void) {
  static const tw_board facts = {
      .id = "host",
      .serial = "0",
      .clock_hz = 1000000000,
      .program_capacity = PROGRAM_BYTES,
      .arena = arena,
      .arena_bytes = ARENA_BYTES,
      .link_baud = BAUD,
      .link_most_baud = MOST_BAUD,
      .i2c_sda = NONE,
      .i2c_scl = NONE,
  };
  return &facts;
}

// Stands still while the computer does other things: between two calls at most MOST_PASSED_US pass,
// so that what a test sees of sampling does not depend on how busy its computer is.
uint64_t tw_board_micros(void) {
  static uint64_t counted_us, last_us;
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  const uint64_t now_us = (uint64_t)now.tv_sec * 1000000u + (uint64_t)now.tv_nsec / 1000u;
  const uint64_t passed_us = last_us == 0 ? 0 : now_us - last_us;
  counted_us += passed_us < MOST_PASSED_US ? passed_us : MOST_PASSED_US;
  last_us = now_us;
  return counted_us;
}

// Whether the host has set its end of the line to another speed.
static bool speeds_differ(void) {
  static const struct {
    speed_t code;
    uint32_t baud;
  } speeds[] = {{B115200, 115200},   {B230400, 230400},   {B460800, 460800},  {B921600, 921600},
                {B1000000, 1000000}, {B1500000, 1500000}, {B2000000, 2000000}};
  struct termios line;
  if (tcgetattr(0, &line) != 0) return false;  // no line: a pipe
  for (size_t i = 0; i < sizeof speeds / sizeof speeds[0]; i++) {
    if (speeds[i].code == cfgetospeed(&line)) return speeds[i].baud != baud;
  }
  return true;
}

size_t tw_board_receive(uint8_t *to, size_t room) {
  struct pollfd ready = {.fd = 0, .events = POLLIN};
  if (poll(&ready, 1, 0) <= 0) return 0;
  const ssize_t count = read(0, to, room);
  if (count == 0) link_closed = true;
  if (count > 0 && speeds_differ()) {
    garbled++;
    memset(to, GARBAGE, (size_t)count);
  }
  return count > 0 ? (size_t)count : 0;
}

bool tw_board_send(const uint8_t *bytes, size_t length) {
  if (length > SEND_BYTES - (sent_to - sent_from)) return false;
  memmove(sending, sending + sent_from, sent_to - sent_from);
  sent_to -= sent_from;
  sent_from = 0;
  memcpy(sending + sent_to, bytes, length);
  sent_to += length;
  return true;
}

uint32_t tw_board_link_speed(void) {
  return next_baud;
}

void tw_board_link_change(uint32_t speed) {
  next_baud = speed;
}

uint32_t tw_board_link_garbled(void) {
  return garbled;
}

void tw_board_poll(void) {
  if (sent_from == sent_to) {
    baud = next_baud;
    return;
  }
  if (speeds_differ()) memset(sending + sent_from, GARBAGE, sent_to - sent_from);
  const ssize_t count = write(1, sending + sent_from, sent_to - sent_from);
  if (count > 0) sent_from += (size_t)count;
}

// --- flash ---------------------------------------------------------------------------------------

static uint8_t *flash_at(tw_flash_region region, uint32_t offset) {
  static const uint32_t begin[] = {[TW_FLASH_PROGRAM] = 0,
                                   [TW_FLASH_SETTINGS] = PROGRAM_BYTES,
                                   [TW_FLASH_SCRATCH] = PROGRAM_BYTES + SETTINGS_BYTES};
  return flash + begin[region] + offset;
}

void tw_board_flash_erase(tw_flash_region region, uint32_t offset) {
  memset(flash_at(region, offset), 0xff, TW_FLASH_PAGE);
  flash_busy_until_us = tw_board_micros() + ERASE_US;
}

void tw_board_flash_write(tw_flash_region region, uint32_t offset, const uint8_t *bytes,
                          uint32_t length) {
  uint8_t *to = flash_at(region, offset);
  for (uint32_t i = 0; i < length; i++) to[i] &= bytes[i];
  flash_busy_until_us = tw_board_micros() + WRITE_US;
}

tw_flash_state tw_board_flash_state(void) {
  return tw_board_micros() < flash_busy_until_us ? TW_FLASH_BUSY : TW_FLASH_IDLE;
}

bool tw_board_flash_read(tw_flash_region region, uint32_t offset, uint8_t *to, uint32_t length) {
  memcpy(to, flash_at(region, offset), length);
  return true;
}

const uint8_t *tw_board_flash_map(uint32_t length) {
  if (length > PROGRAM_BYTES) return 0;
  memcpy(mapped, flash, length);
  return mapped;
}

// --- pins ----------------------------------------------------------------------------------------

tw_i2c *tw_board_i2c(uint8_t sda, uint8_t scl) {
  return sda == SDA && scl == SCL ? host_bus() : 0;
}

bool tw_board_has_analogue(uint8_t pin) {
  return pin < PINS;
}

bool tw_board_has_touch(uint8_t pin) {
  return pin < PINS;
}

bool tw_board_has_output(uint8_t pin) {
  return pin < OUTPUTS;
}

// A triangle of `pin + 1` hertz between 0 and 3 volts.
bool tw_board_analogue(uint8_t pin, float *volts) {
  const uint32_t phase = (uint32_t)(tw_board_micros() / 1000u * (pin + 1u) % 1000u);
  *volts = 0.006f * (float)(phase < 500 ? phase : 1000 - phase);
  return pin < PINS;
}

bool tw_board_touch(uint8_t pin, float *reading) {
  *reading = (float)(100 * pin);
  return pin < PINS;
}

static bool tell_pin(uint8_t pin, unsigned permille) {
  fprintf(stderr, "pin %u %u\n", pin, permille);
  return pin < OUTPUTS;
}

bool tw_board_pin_write(uint8_t pin, bool high) {
  return tell_pin(pin, high ? 1000 : 0);
}

bool tw_board_pin_pwm(uint8_t pin, uint16_t permille) {
  return tell_pin(pin, permille);
}

const uint8_t tw_board_free_pins[] = {4, 5, 6, 7};
const uint8_t tw_board_free_pins_length = sizeof tw_board_free_pins;

// Nothing is wired to any.
bool tw_board_try_pin(uint8_t pin, tw_pin_trial trial) {
  const bool driven = trial == TW_DRIVEN_HIGH || trial == TW_DRIVEN_LOW;
  const bool high = trial == TW_DRIVEN_HIGH || trial == TW_PULLED_HIGH;
  if (driven) (void)tell_pin(pin, high ? 1000 : 0);
  return high;
}

static bool test_clock(tw_words *found) {
  tw_add_text(found, "The host has a clock.");
  return true;
}

const tw_board_test tw_board_tests[] = {{"clock", test_clock}};
const uint8_t tw_board_tests_length = sizeof tw_board_tests / sizeof tw_board_tests[0];

// --- start ---------------------------------------------------------------------------------------

static bool open_flash(const char *path) {
  const int file = open(path, O_RDWR | O_CREAT, 0600);
  if (file < 0) return false;
  const off_t had = lseek(file, 0, SEEK_END);
  if (ftruncate(file, FLASH_BYTES) != 0) return false;
  flash = mmap(0, FLASH_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
  if (flash == MAP_FAILED) return false;
  if (had < FLASH_BYTES) memset(flash + had, 0xff, (size_t)(FLASH_BYTES - had));
  return true;
}

int main(int count, char **arguments) {
  if (count != 2 || !open_flash(arguments[1])) {
    fprintf(stderr, "usage: board FLASH_FILE: %s\n", strerror(errno));
    return 1;
  }
  static char unplugged[1024];
  snprintf(unplugged, sizeof unplugged, "%s.unplugged", arguments[1]);
  host_bus_unplugged_by(unplugged);
  setvbuf(stderr, 0, _IOLBF, BUFSIZ);
  fcntl(1, F_SETFL, fcntl(1, F_GETFL) | O_NONBLOCK);
  tw_app_start();
  while (!link_closed) {
    struct pollfd ready = {.fd = 0, .events = POLLIN};
    poll(&ready, 1, 1);  // gives the processor back for a millisecond
    tw_app_turn();
  }
  return 0;
}
