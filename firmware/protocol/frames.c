// SPDX-License-Identifier: Apache-2.0

#include "frames.h"

#include "../engine/crc.h"

enum { HEADER_BYTES = 2, CRC_BYTES = 4, LONGEST_RUN = 254 };

void tw_receiver_start(tw_receiver *receiver, uint8_t *buffer, size_t capacity) {
  receiver->buffer = buffer;
  receiver->capacity = capacity;
  receiver->held = 0;
  receiver->inside = false;
}

// Takes the stuffing out in place: what is read is never behind what is written. Returns the
// length, or 0 for bytes that no encoder writes.
static size_t unstuff(uint8_t *bytes, size_t length) {
  size_t from = 0;
  size_t to = 0;
  while (from < length) {
    const uint8_t code = bytes[from++];
    if (code - 1u > length - from) return 0;
    for (uint8_t left = code; left > 1; left--) bytes[to++] = bytes[from++];
    if (code != LONGEST_RUN + 1 && from < length) bytes[to++] = 0;
  }
  return to;
}

static uint32_t read_u32(const uint8_t *bytes) {
  return bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static bool decode(uint8_t *bytes, size_t length, tw_frame *frame) {
  const size_t body = unstuff(bytes, length);
  if (body < TW_FRAME_OVERHEAD) return false;
  if (tw_crc32(0, bytes, body - CRC_BYTES) != read_u32(bytes + body - CRC_BYTES)) return false;
  frame->type = bytes[0];
  frame->tag = bytes[1];
  frame->payload = bytes + HEADER_BYTES;
  frame->payload_bytes = body - TW_FRAME_OVERHEAD;
  return true;
}

bool tw_receiver_take(tw_receiver *receiver, uint8_t byte, tw_frame *frame) {
  if (byte != 0) {
    if (!receiver->inside) return false;
    if (receiver->held < receiver->capacity) {
      receiver->buffer[receiver->held++] = byte;
    } else {
      receiver->inside = false;  // longer than any frame: the bytes are given up
      receiver->held = 0;
    }
    return false;
  }
  const size_t length = receiver->held;
  const bool valid = receiver->inside && length > 0 && decode(receiver->buffer, length, frame);
  receiver->held = 0;
  receiver->inside = !valid;  // the zero that closes a valid frame opens no other
  return valid;
}

// Where the next body byte goes, and the code byte that counts its run.
typedef struct {
  uint8_t *code;
  uint8_t *next;
} stuffing;

static void begin_run(stuffing *to) {
  to->code = to->next++;
}

static void end_run(stuffing *to) {
  *to->code = (uint8_t)(to->next - to->code);
}

static void stuff(stuffing *to, const uint8_t *bytes, size_t length) {
  for (size_t i = 0; i < length; i++) {
    if (to->next - to->code == LONGEST_RUN + 1) {  // only now is it known that more follows
      end_run(to);
      begin_run(to);
    }
    if (bytes[i] != 0) {
      *to->next++ = bytes[i];
    } else {
      end_run(to);
      begin_run(to);
    }
  }
}

size_t tw_frame_encode(const tw_frame *frame, uint8_t *to) {
  const uint8_t header[HEADER_BYTES] = {frame->type, frame->tag};
  uint32_t crc = tw_crc32(0, header, HEADER_BYTES);
  crc = tw_crc32(crc, frame->payload, frame->payload_bytes);
  const uint8_t trailer[CRC_BYTES] = {(uint8_t)crc, (uint8_t)(crc >> 8), (uint8_t)(crc >> 16),
                                      (uint8_t)(crc >> 24)};
  stuffing body = {0, to};
  *body.next++ = 0;
  begin_run(&body);
  stuff(&body, header, HEADER_BYTES);
  stuff(&body, frame->payload, frame->payload_bytes);
  stuff(&body, trailer, CRC_BYTES);
  end_run(&body);
  *body.next++ = 0;
  return (size_t)(body.next - to);
}
