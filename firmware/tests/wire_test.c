// SPDX-License-Identifier: Apache-2.0
//
// Fields written and read again, and what happens where bytes end too early.

#include "../protocol/wire.h"

#include "trial.h"

static void test_round_trip(void) {
  static const uint8_t expected[] = {0x12, 0x34, 0x12, 0x78, 0x56, 0x34, 0x12, 8, 7,   6,   5, 4,
                                     3,    2,    1,    0,    0,    0x80, 0xbf, 2, 'o', 'k', 9};
  uint8_t *bytes = new_bytes(sizeof expected);
  tw_writer writer = tw_writer_of(bytes, sizeof expected);
  tw_write_u8(&writer, 0x12);
  tw_write_u16(&writer, 0x1234);
  tw_write_u32(&writer, 0x12345678);
  tw_write_u64(&writer, 0x0102030405060708);
  tw_write_f32(&writer, -1.0f);
  tw_write_str(&writer, "ok");
  tw_write_bytes(&writer, (const uint8_t[]){9}, 1);
  EXPECT(!writer.failed && writer.length == sizeof expected);
  EXPECT(memcmp(bytes, expected, sizeof expected) == 0);

  tw_reader reader = tw_reader_of(bytes, sizeof expected);
  EXPECT(tw_read_u8(&reader) == 0x12);
  EXPECT(tw_read_u16(&reader) == 0x1234);
  EXPECT(tw_read_u32(&reader) == 0x12345678);
  EXPECT(tw_read_bytes(&reader, 12) == bytes + 7);
  EXPECT(!tw_reader_ended(&reader));
  EXPECT(tw_read_u8(&reader) == 2);
  EXPECT(tw_read_bytes(&reader, 3) == bytes + 20);
  EXPECT(tw_reader_ended(&reader));
  free(bytes);
}

static void test_reading_too_much(void) {
  uint8_t *bytes = new_bytes(3);
  tw_reader reader = tw_reader_of(bytes, 3);
  EXPECT(tw_read_u32(&reader) == 0 && reader.failed);
  EXPECT(tw_read_u8(&reader) == 0);  // though a byte is there: nothing after a failure counts
  EXPECT(!tw_reader_ended(&reader));
  reader = tw_reader_of(bytes, 3);
  EXPECT(tw_read_bytes(&reader, SIZE_MAX) == 0 && reader.failed);
  free(bytes);
}

static void test_writing_too_much(void) {
  uint8_t *bytes = new_bytes(5);
  tw_writer writer = tw_writer_of(bytes, 5);
  tw_write_u32(&writer, 1);
  tw_write_u16(&writer, 2);
  EXPECT(writer.failed && writer.length == 4);
  tw_write_u8(&writer, 3);  // there is room, but not for what should stand before it
  EXPECT(writer.failed && writer.length == 4);
  free(bytes);
}

static void test_long_text(void) {
  char text[301];
  uint8_t *bytes = new_bytes(256);
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = 0;
  tw_writer writer = tw_writer_of(bytes, 256);
  tw_write_str(&writer, text);
  EXPECT(!writer.failed && writer.length == 256 && bytes[0] == 255);
  free(bytes);
}

int main(void) {
  test_round_trip();
  test_reading_too_much();
  test_writing_too_much();
  test_long_text();
  return 0;
}
