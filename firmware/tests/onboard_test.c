// SPDX-License-Identifier: Apache-2.0
//
// The conversations with parts that come soldered to boards.

#include "../sensors/bmi270.h"
#include "../sensors/parts.h"
#include "bus.h"

// Not Bosch's bytes: as many as show how they are cut.
const uint8_t tw_bmi270_configuration[] = {1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12,
                                           13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24,
                                           25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36};
const uint32_t tw_bmi270_configuration_bytes = sizeof tw_bmi270_configuration;

static void expect_near(const float *values, const float *expected, uint8_t count) {
  for (uint8_t i = 0; i < count; i++) {
    const float apart = values[i] - expected[i];
    EXPECT(apart < 1e-3f && apart > -1e-3f);
  }
}

static void test_hts221(void) {
  float values[2];
  CONVERSATION(true, tw_hts221.probe(bus, 0x5f), READS(0x5f, 0x0f, 0xbc));
  CONVERSATION(false, tw_hts221.probe(bus, 0x5f), SILENT(0x5f, 0x0f));
  CONVERSATION(true, tw_hts221.start(bus, 0x5f, 1000), WRITES(0x5f, 0x20, 0x87), WAITS(80000));
  // 20 % at 0, 80 % at 1000; 10 C at 100, 40 C at 400; now 500 and 250
  CONVERSATION(
      true, tw_hts221.read(bus, 0x5f, values),
      READS(0x5f, 0xb0, 40, 160, 80, 0x40, 0, 0x04, 0, 0, 0, 0, 0xe8, 0x03, 100, 0, 0x90, 0x01),
      READS(0x5f, 0xa8, 0xf4, 0x01, 250, 0));
  expect_near(values, (float[]){50.0f, 25.0f}, 2);
  // calibrated by nobody: no line goes through equal points
  CONVERSATION(true, tw_hts221.read(bus, 0x5f, values),
               READS(0x5f, 0xb0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
               READS(0x5f, 0xa8, 1, 1, 1, 1));
  expect_near(values, (float[]){0.0f, 0.0f}, 2);
  CONVERSATION(false, tw_hts221.read(bus, 0x5f, values), SILENT(0x5f, 0xb0));
}

static void test_lps22hb(void) {
  float values[2];
  CONVERSATION(true, tw_lps22hb.probe(bus, 0x5c), READS(0x5c, 0x0f, 0xb1));
  CONVERSATION(true, tw_lps22hb.start(bus, 0x5c, 1000), WRITES(0x5c, 0x10, 0x52), WAITS(14000));
  CONVERSATION(true, tw_lps22hb.read(bus, 0x5c, values),
               READS(0x5c, 0x28, 0x00, 0x54, 0x3f, 0xc4, 0x09));
  expect_near(values, (float[]){1013.25f, 25.0f}, 2);
  CONVERSATION(false, tw_lps22hb.read(bus, 0x5c, values), SILENT(0x5c, 0x28));
}

static void test_hs3003(void) {
  float values[2] = {0};
  CONVERSATION(true, tw_hs3003.probe(bus, 0x44), GIVES(0x44, 0x20, 0, 0x64, 0xd8));
  CONVERSATION(false, tw_hs3003.probe(bus, 0x44), GIVES(0x44, 0xa0, 0, 0, 0));
  CONVERSATION(true, tw_hs3003.start(bus, 0x44, 1000), WRITES(0x44, 0), WAITS(35000));
  CONVERSATION(true, tw_hs3003.read(bus, 0x44, values), GIVES(0x44, 0x20, 0, 0x64, 0xd8),
               WRITES(0x44, 0));
  expect_near(values, (float[]){50.00305f, 25.0f}, 2);
  CONVERSATION(true, tw_hs3003.read(bus, 0x44, values),  // stale: it still measures
               GIVES(0x44, 0x40, 0, 0x64, 0xd8));
  expect_near(values, (float[]){0.0f, 25.0f}, 2);
  CONVERSATION(false, tw_hs3003.read(bus, 0x44, values), GIVES(0x44, 0x3f, 0xff, 0, 0));
  CONVERSATION(false, tw_hs3003.start(bus, 0x44, 1000), SILENT_TO(0x44, 0));
}

static void test_apds9960(void) {
  float values[5];
  CONVERSATION(true, tw_apds9960.probe(bus, 0x39), READS(0x39, 0x92, 0xab));
  CONVERSATION(false, tw_apds9960.probe(bus, 0x39), READS(0x39, 0x92, 0x12));
  CONVERSATION(true, tw_apds9960.start(bus, 0x39, 1000), WRITES(0x39, 0x80, 0),
               WRITES(0x39, 0x81, 252), WRITES(0x39, 0x8e, 0x8f), WRITES(0x39, 0x8f, 2),
               WRITES(0x39, 0x80, 7), WAITS(25000));
  CONVERSATION(true, tw_apds9960.read(bus, 0x39, values),
               READS(0x39, 0x94, 0x04, 0x10, 1, 0, 2, 0, 3, 0, 200));
  expect_near(values, (float[]){4100.0f, 1.0f, 2.0f, 3.0f, 200.0f}, 5);
}

static void test_bmi270(void) {
  float values[6];
  CONVERSATION(true, tw_bmi270.probe(bus, 0x68), READS(0x68, 0x00, 0x24));
  CONVERSATION(false, tw_bmi270.probe(bus, 0x68), READS(0x68, 0x00, 0xd1));
  CONVERSATION(true, tw_bmi270.start(bus, 0x68, 100000), READS(0x68, 0x21, 0x00),
               WRITES(0x68, 0x7c, 0), WAITS(450), WRITES(0x68, 0x59, 0), WRITES(0x68, 0x5b, 0, 0),
               WRITES(0x68, 0x5e, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
                      20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32),
               WRITES(0x68, 0x5b, 0, 1), WRITES(0x68, 0x5e, 33, 34, 35, 36), WRITES(0x68, 0x59, 1),
               WAITS(20000), READS(0x68, 0x21, 0x11), WRITES(0x68, 0x7d, 0x06),
               WRITES(0x68, 0x40, 0xa8), WRITES(0x68, 0x41, 1), WRITES(0x68, 0x42, 0xe8),
               WRITES(0x68, 0x43, 0), WAITS(50000));
  CONVERSATION(true, tw_bmi270.start(bus, 0x68, 500000),  // configured since its supply came
               READS(0x68, 0x21, 0x01), WRITES(0x68, 0x7d, 0x06), WRITES(0x68, 0x40, 0xab),
               WRITES(0x68, 0x41, 1), WRITES(0x68, 0x42, 0xeb), WRITES(0x68, 0x43, 0),
               WAITS(50000));
  CONVERSATION(
      true, tw_bmi270.read(bus, 0x68, values),
      READS(0x68, 0x0c, 0x00, 0x20, 0x00, 0xe0, 0x00, 0x10, 0x00, 0x01, 0x00, 0x02, 0x00, 0x04));
  // x and y change places and signs
  expect_near(values, (float[]){1.0f, -1.0f, 0.5f, -31.25f, -15.625f, 62.5f}, 6);
  CONVERSATION(false, tw_bmi270.read(bus, 0x68, values), SILENT(0x68, 0x0c));
}

static void test_bmi270_that_does_not_take_its_configuration(void) {
  CONVERSATION(false, tw_bmi270.start(bus, 0x68, 100000), READS(0x68, 0x21, 0x02),
               WRITES(0x68, 0x7c, 0), WAITS(450), WRITES(0x68, 0x59, 0), WRITES(0x68, 0x5b, 0, 0),
               WRITES(0x68, 0x5e, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19,
                      20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32),
               WRITES(0x68, 0x5b, 0, 1), WRITES(0x68, 0x5e, 33, 34, 35, 36), WRITES(0x68, 0x59, 1),
               WAITS(20000), READS(0x68, 0x21, 0x02));
}

static void test_bmm150(void) {
  float values[3];
  CONVERSATION(true, tw_bmm150.probe(bus, 0x10), WRITES(0x10, 0x4b, 1), WAITS(3000),
               READS(0x10, 0x40, 0x32));
  CONVERSATION(false, tw_bmm150.probe(bus, 0x10), SILENT_TO(0x10, 0x4b, 1));
  CONVERSATION(true, tw_bmm150.start(bus, 0x10, 1000), WRITES(0x10, 0x4b, 1), WAITS(3000),
               WRITES(0x10, 0x51, 4), WRITES(0x10, 0x52, 14), WRITES(0x10, 0x4c, 0x38),
               WAITS(34000));
  // A plate of 1000 as when it was trimmed: 5/16 uT a step across; along 131072 / (4 * 2000) / 16.
  CONVERSATION(true, tw_bmm150.read(bus, 0x10, values), READS(0x10, 0x5d, 0, 0),
               READS(0x10, 0x62, 0, 0, 0, 0),
               READS(0x10, 0x68, 0xe8, 0x03, 0x00, 0x80, 0xe8, 0x03, 0, 0, 0, 0),
               READS(0x10, 0x42, 0x80, 0x00, 0x81, 0xff, 0xc8, 0x00, 0xa0, 0x0f));
  expect_near(values, (float[]){5.0f, -5.0f, 102.4f}, 3);
  // Warmer, and trimmed: Bosch's formulas worked out by hand for a plate of 1100.
  CONVERSATION(true, tw_bmm150.read(bus, 0x10, values), READS(0x10, 0x5d, 3, 0xfe),
               READS(0x10, 0x62, 10, 0, 26, 0xf0),
               READS(0x10, 0x68, 0xe8, 0x03, 0x00, 0x40, 0xe8, 0x03, 20, 0, 0xfd, 29),
               READS(0x10, 0x42, 0x40, 0x06, 0xc0, 0xf9, 0xd0, 0x07, 0x30, 0x11));
  expect_near(values, (float[]){73.40098f, -56.66527f, 1308.0573f}, 3);
  // An overflow, and a plate that was not measured.
  CONVERSATION(true, tw_bmm150.read(bus, 0x10, values), READS(0x10, 0x5d, 0, 0),
               READS(0x10, 0x62, 0, 0, 0, 0),
               READS(0x10, 0x68, 0xe8, 0x03, 0x00, 0x80, 0xe8, 0x03, 0, 0, 0, 0),
               READS(0x10, 0x42, 0x00, 0x80, 0x80, 0x00, 0x00, 0x80, 0x00, 0x00));
  expect_near(values, (float[]){0.0f, 0.0f, 0.0f}, 3);
}

static void test_lsm9ds1(void) {
  float values[6];
  CONVERSATION(true, tw_lsm9ds1.probe(bus, 0x6b), READS(0x6b, 0x0f, 0x68));
  CONVERSATION(false, tw_lsm9ds1.probe(bus, 0x6b), READS(0x6b, 0x0f, 0x6c));
  CONVERSATION(true, tw_lsm9ds1.start(bus, 0x6b, 100000), WRITES(0x6b, 0x22, 0x44),
               WRITES(0x6b, 0x20, 0x70), WRITES(0x6b, 0x10, 0x78), WAITS(80000));
  CONVERSATION(true, tw_lsm9ds1.start(bus, 0x6b, 500000), WRITES(0x6b, 0x22, 0x44),
               WRITES(0x6b, 0x20, 0xd0), WRITES(0x6b, 0x10, 0xd8), WAITS(80000));
  CONVERSATION(true, tw_lsm9ds1.read(bus, 0x6b, values),
               READS(0x6b, 0x28, 0x05, 0x20, 0xfb, 0xdf, 0x02, 0x10),
               READS(0x6b, 0x18, 0x64, 0x00, 0x9c, 0xff, 0xe8, 0x03));
  expect_near(values, (float[]){1.000034f, -1.000034f, 0.499956f, 7.0f, -7.0f, 70.0f}, 6);
  CONVERSATION(false, tw_lsm9ds1.read(bus, 0x6b, values), SILENT(0x6b, 0x28));
}

static void test_lsm9ds1_magnetometer(void) {
  float values[3];
  CONVERSATION(true, tw_lsm9ds1_magnetometer.probe(bus, 0x1e), READS(0x1e, 0x0f, 0x3d));
  CONVERSATION(true, tw_lsm9ds1_magnetometer.start(bus, 0x1e, 1000), WRITES(0x1e, 0x20, 0xfc),
               WRITES(0x1e, 0x21, 0), WRITES(0x1e, 0x23, 0x0c), WRITES(0x1e, 0x24, 0x40),
               WRITES(0x1e, 0x22, 0), WAITS(13000));
  CONVERSATION(true, tw_lsm9ds1_magnetometer.read(bus, 0x1e, values),
               READS(0x1e, 0xa8, 0xe8, 0x03, 0x18, 0xfc, 0x64, 0x00));
  expect_near(values, (float[]){14.0f, -14.0f, 1.4f}, 3);
  CONVERSATION(false, tw_lsm9ds1_magnetometer.read(bus, 0x1e, values), SILENT(0x1e, 0xa8));
}

int main(void) {
  test_lsm9ds1();
  test_lsm9ds1_magnetometer();
  test_hts221();
  test_lps22hb();
  test_hs3003();
  test_apds9960();
  test_bmi270();
  test_bmi270_that_does_not_take_its_configuration();
  test_bmm150();
  return 0;
}
