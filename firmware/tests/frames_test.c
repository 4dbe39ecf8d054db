// SPDX-License-Identifier: Apache-2.0
//
// Frames through the encoder and back, in the midst of text and damaged.
//
//   frames_test          tries that on random frames
//   frames_test PAYLOAD  reads a stream from standard input, with payloads of at most so many
//   bytes,
//                        and prints each frame that is found: type, tag, payload and how the
//                        encoder writes it, in hexadecimal
//
// The latter is how tests hold it against tests/data/protocol/golden.json.

#include "../protocol/frames.h"

#include "trial.h"

#define LONGEST 700

typedef struct {
  tw_receiver receiver;
  uint8_t *buffer;
  uint32_t frames;  // found so far
  tw_frame last;
  uint8_t payload[LONGEST];
} listener;

static listener new_listener(size_t payload) {
  listener l = {.buffer = new_bytes((uint32_t)TW_ENCODED_BYTES(payload))};
  tw_receiver_start(&l.receiver, l.buffer, TW_ENCODED_BYTES(payload));
  return l;
}

static void hear(listener *l, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (!tw_receiver_take(&l->receiver, bytes[i], &l->last)) continue;
    l->frames++;
    EXPECT(l->last.payload_bytes <= LONGEST);
    memcpy(l->payload, l->last.payload, l->last.payload_bytes);
  }
}

// --- random frames -------------------------------------------------------------------------------

typedef struct {
  tw_frame frame;
  uint8_t *payload, *wire;
  size_t length;
} written;

// Few zeros, many, or none: what the stuffing's runs depend on.
static written new_written(void) {
  const uint32_t bytes = below(3) == 0 ? below(8) : below(LONGEST + 1);
  const uint32_t zeros = 1 + below(300);
  written w = {.payload = new_bytes(bytes > 0 ? bytes : 1)};
  for (uint32_t i = 0; i < bytes; i++) {
    w.payload[i] = chance(zeros) ? 0 : (uint8_t)(1 + below(255));
  }
  w.frame = (tw_frame){(uint8_t)below(256), (uint8_t)below(256), w.payload, bytes};
  w.wire = new_bytes((uint32_t)TW_WIRE_BYTES(bytes));
  w.length = tw_frame_encode(&w.frame, w.wire);
  return w;
}

static void drop(const written *w) {
  free(w->payload);
  free(w->wire);
}

static bool came_whole(const listener *l, const written *w) {
  return l->last.type == w->frame.type && l->last.tag == w->frame.tag &&
         l->last.payload_bytes == w->frame.payload_bytes &&
         memcmp(l->payload, w->payload, w->frame.payload_bytes) == 0;
}

static void expect_wire(const written *w) {
  EXPECT(w->length <= TW_WIRE_BYTES(w->frame.payload_bytes));
  EXPECT(w->wire[0] == 0 && w->wire[w->length - 1] == 0);
  for (size_t i = 1; i + 1 < w->length; i++) EXPECT(w->wire[i] != 0);
}

static void try_frame(listener *l) {
  const written w = new_written();
  const uint8_t text[] = "boot: 0x12\r\n";
  const uint32_t before = l->frames;
  expect_wire(&w);
  hear(l, text, sizeof text - 1);
  hear(l, w.wire, w.length);
  EXPECT(l->frames == before + 1);
  EXPECT(came_whole(l, &w));
  drop(&w);
}

// One damaged byte costs one frame: of the next two the second comes for certain.
static void try_damage(listener *l) {
  const written damaged = new_written(), first = new_written(), second = new_written();
  damaged.wire[below((uint32_t)damaged.length)] ^= (uint8_t)(1 << below(8));
  const uint32_t before = l->frames;
  hear(l, damaged.wire, damaged.length);
  EXPECT(l->frames == before);
  hear(l, first.wire, first.length);
  hear(l, second.wire, second.length);
  EXPECT(l->frames > before);
  EXPECT(came_whole(l, &second));
  drop(&damaged);
  drop(&first);
  drop(&second);
}

// Anything at all: the buffer's end is where the sanitizer looks.
static void try_garbage(listener *l) {
  const uint32_t bytes = 1 + below(3 * LONGEST);
  uint8_t *garbage = new_bytes(bytes);
  hear(l, garbage, bytes);
  free(garbage);
  tw_receiver_start(&l->receiver, l->receiver.buffer, l->receiver.capacity);
}

static void test_longest(void) {
  listener exact = new_listener(254);
  listener small = new_listener(200);
  uint8_t payload[254], wire[TW_WIRE_BYTES(254)];
  memset(payload, 0x55, sizeof payload);
  const size_t length = tw_frame_encode(&(tw_frame){1, 2, payload, sizeof payload}, wire);
  hear(&exact, wire, length);
  hear(&small, wire, length);
  EXPECT(exact.frames == 1 && small.frames == 0);
  hear(&small, wire, tw_frame_encode(&(tw_frame){1, 2, payload, 200}, wire));
  EXPECT(small.frames == 1);  // right after one that was too long
  free(exact.buffer);
  free(small.buffer);
}

// --- a stream from outside -----------------------------------------------------------------------

static void print_bytes(const uint8_t *bytes, size_t length) {
  putchar(' ');
  for (size_t i = 0; i < length; i++) printf("%02x", bytes[i]);
}

static int print_frames(size_t payload) {
  uint8_t *buffer = new_bytes((uint32_t)TW_ENCODED_BYTES(payload));
  uint8_t *wire = new_bytes((uint32_t)TW_WIRE_BYTES(payload));
  tw_receiver receiver;
  tw_frame frame;
  tw_receiver_start(&receiver, buffer, TW_ENCODED_BYTES(payload));
  for (int byte = getchar(); byte != EOF; byte = getchar()) {
    if (!tw_receiver_take(&receiver, (uint8_t)byte, &frame)) continue;
    printf("%u %u", frame.type, frame.tag);
    print_bytes(frame.payload, frame.payload_bytes);
    print_bytes(wire, tw_frame_encode(&frame, wire));
    putchar('\n');
  }
  free(buffer);
  free(wire);
  return 0;
}

int main(int count, char **arguments) {
  if (count > 1) return print_frames(strtoul(arguments[1], 0, 10));
  listener l = new_listener(LONGEST);
  for (uint32_t i = 0; i < 2000; i++) {
    try_frame(&l);
    try_damage(&l);
    try_garbage(&l);
  }
  test_longest();
  free(l.buffer);
  return 0;
}
