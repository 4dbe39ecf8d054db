// SPDX-License-Identifier: Apache-2.0
//
// Frames of the board protocol (docs/protocol.md): COBS and a CRC-32 between two zero bytes. Pure:
// bytes in, frames out, and the other way; no port and no clock. app/capture/frames.py is the PC's
// side.

#ifndef TINYWRIGHT_FRAMES_H
#define TINYWRIGHT_FRAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// type, tag and CRC around a payload
#define TW_FRAME_OVERHEAD 6

// The most bytes of a frame with `payload` bytes of payload, without and with its two zero bytes.
#define TW_ENCODED_BYTES(payload) \
  ((payload) + TW_FRAME_OVERHEAD + ((payload) + TW_FRAME_OVERHEAD) / 254 + 1)
#define TW_WIRE_BYTES(payload) (TW_ENCODED_BYTES(payload) + 2)

typedef struct {
  uint8_t type;
  uint8_t tag;
  const uint8_t *payload;
  size_t payload_bytes;
} tw_frame;

// Finds frames in a stream. Text around them and whatever is damaged is passed over.
typedef struct {
  uint8_t *buffer;  // the caller's, TW_ENCODED_BYTES of the longest payload
  size_t capacity;
  size_t held;
  bool inside;  // after a zero byte that has closed no frame
} tw_receiver;

void tw_receiver_start(tw_receiver *receiver, uint8_t *buffer, size_t capacity);

// Takes the next byte. True when it closes a valid frame, which then lies in the receiver's buffer
// until the next call.
bool tw_receiver_take(tw_receiver *receiver, uint8_t byte, tw_frame *frame);

// Writes a frame as it goes over the wire, both zero bytes included, into `to`, which has room for
// TW_WIRE_BYTES(frame->payload_bytes). Returns its length. `to` and the payload do not overlap.
size_t tw_frame_encode(const tw_frame *frame, uint8_t *to);

#endif
