// SPDX-License-Identifier: Apache-2.0
//
// A two-wire bus for tests: a test states the whole conversation, transfer by transfer; what
// differs from it, and what is left over at the end, fails.

#ifndef TINYWRIGHT_BUS_H
#define TINYWRIGHT_BUS_H

#include "../sensors/i2c.h"
#include "trial.h"

#define BUS_BYTES 64

typedef enum { BUS_TRANSFER, BUS_WAIT } bus_kind;

typedef struct {
  bus_kind kind;
  uint8_t address;
  uint8_t sent, received;
  uint8_t out[BUS_BYTES], in[BUS_BYTES];
  bool refused;  // nobody acknowledges
  uint32_t wait_us;
} bus_step;

#define BUS_COUNT(...) ((uint8_t)sizeof((uint8_t[]){__VA_ARGS__}))

// What one step of a conversation may be.
#define WRITES(to, ...)                                                   \
  {                                                                       \
    .address = to, .sent = BUS_COUNT(__VA_ARGS__), .out = { __VA_ARGS__ } \
  }
#define READS(from, reg, ...)                                                             \
  {                                                                                       \
    .address = from, .sent = 1, .out = {reg}, .received = BUS_COUNT(__VA_ARGS__), .in = { \
      __VA_ARGS__                                                                         \
    }                                                                                     \
  }
#define GIVES(from, ...)                                                       \
  {                                                                            \
    .address = from, .received = BUS_COUNT(__VA_ARGS__), .in = { __VA_ARGS__ } \
  }
#define SILENT(at, reg) \
  { .address = at, .sent = 1, .out = {reg}, .refused = true }
#define SILENT_TO(to, ...) \
  { .address = to, .sent = BUS_COUNT(__VA_ARGS__), .out = {__VA_ARGS__}, .refused = true }
#define WAITS(us) \
  { .kind = BUS_WAIT, .wait_us = us }

typedef struct {
  tw_i2c bus;  // first: a driver's bus is the test's
  const bus_step *steps;
  uint32_t count, next;
} bus_script;

static inline const bus_step *bus_next(bus_script *script, bus_kind kind) {
  EXPECT(script->next < script->count);
  const bus_step *step = &script->steps[script->next++];
  EXPECT(step->kind == kind);
  return step;
}

static inline bool bus_transfer(tw_i2c *bus, uint8_t address, const uint8_t *out, size_t sent,
                                uint8_t *in, size_t received) {
  const bus_step *step = bus_next((bus_script *)bus, BUS_TRANSFER);
  EXPECT(step->address == address);
  EXPECT(step->sent == sent);
  EXPECT(sent == 0 || memcmp(step->out, out, sent) == 0);
  if (step->refused) return false;
  EXPECT(step->received == received);
  if (received > 0) memcpy(in, step->in, received);
  return true;
}

static inline void bus_wait(tw_i2c *bus, uint32_t us) {
  EXPECT(bus_next((bus_script *)bus, BUS_WAIT)->wait_us == us);
}

static inline bus_script bus_of(const bus_step *steps, uint32_t count) {
  return (bus_script){{bus_transfer, bus_wait}, steps, count, 0};
}

// `ask` is what a driver is asked, an expression in which `bus` is its bus; what it answers must be
// `answer`, and the rest are the steps of the conversation.
#define CONVERSATION(answer, ask, ...)                                 \
  do {                                                                 \
    static const bus_step steps[] = {__VA_ARGS__};                     \
    bus_script script = bus_of(steps, sizeof steps / sizeof steps[0]); \
    tw_i2c *const bus = &script.bus;                                   \
    EXPECT((ask) == (answer));                                         \
    EXPECT(script.next == script.count);                               \
  } while (0)

#endif
