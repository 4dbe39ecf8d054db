// SPDX-License-Identifier: Apache-2.0
//
// What each driver says on the bus, and what it makes of the answers. Raw values are chosen so that
// each channel has a value of its own: a pair that is swapped or cut shows.

#include "../sensors/parts.h"
#include "bus.h"

static void expect_near(const float *values, const float *expected, uint8_t count) {
  for (uint8_t i = 0; i < count; i++) {
    const float apart = values[i] - expected[i];
    EXPECT(apart < 1e-3f && apart > -1e-3f);
  }
}

static void test_registers(void) {
  uint8_t bytes[2] = {0};
  CONVERSATION(true, tw_i2c_read(bus, 0x20, 7, bytes, 2), READS(0x20, 7, 1, 2));
  EXPECT(bytes[0] == 1 && bytes[1] == 2);
  CONVERSATION(false, tw_i2c_read(bus, 0x20, 7, bytes, 2), SILENT(0x20, 7));
  CONVERSATION(true, tw_i2c_write(bus, 0x20, 7, 9), WRITES(0x20, 7, 9));
  CONVERSATION(false, tw_i2c_write(bus, 0x20, 7, 9), SILENT_TO(0x20, 7, 9));
}

static void test_mpu6050(void) {
  float values[6];
  CONVERSATION(true, tw_mpu6050.probe(bus, 0x68), READS(0x68, 0x75, 0x68));
  CONVERSATION(false, tw_mpu6050.probe(bus, 0x69), READS(0x69, 0x75, 0x70));
  CONVERSATION(false, tw_mpu6050.probe(bus, 0x69), SILENT(0x69, 0x75));
  CONVERSATION(true, tw_mpu6500.probe(bus, 0x68), READS(0x68, 0x75, 0x70));
  CONVERSATION(false, tw_mpu6500.probe(bus, 0x68), READS(0x68, 0x75, 0x71));
  CONVERSATION(true, tw_mpu9250.probe(bus, 0x68), READS(0x68, 0x75, 0x73));
  CONVERSATION(false, tw_mpu9250.probe(bus, 0x68), SILENT(0x68, 0x75));
  CONVERSATION(true, tw_mpu6050.start(bus, 0x68, 100000), WRITES(0x68, 0x6b, 1), WAITS(50000),
               WRITES(0x68, 0x19, 9), WRITES(0x68, 0x1a, 3), WRITES(0x68, 0x1b, 0x18),
               WRITES(0x68, 0x1c, 0x08), WRITES(0x68, 0x1d, 3));
  CONVERSATION(true, tw_mpu6050.start(bus, 0x68, 1000), WRITES(0x68, 0x6b, 1), WAITS(50000),
               WRITES(0x68, 0x19, 255), WRITES(0x68, 0x1a, 6), WRITES(0x68, 0x1b, 0x18),
               WRITES(0x68, 0x1c, 0x08), WRITES(0x68, 0x1d, 6));
  CONVERSATION(false, tw_mpu6050.start(bus, 0x68, 100000), WRITES(0x68, 0x6b, 1), WAITS(50000),
               SILENT_TO(0x68, 0x19, 9));
  CONVERSATION(true, tw_mpu6050.read(bus, 0x68, values),
               READS(0x68, 0x3b, 0x20, 0x00, 0xe0, 0x00, 0x10, 0x01, 0x55, 0x55, 0x00, 0xa4, 0xff,
                     0x5c, 0x06, 0x68));
  expect_near(values, (float[]){1.0f, -1.0f, 0.500122f, 10.0f, -10.0f, 100.0f}, 6);
  CONVERSATION(false, tw_mpu6050.read(bus, 0x68, values), SILENT(0x68, 0x3b));
}

// Its scale by its fuses: whole at 128, half at 0.
static void test_ak8963(void) {
  float values[3];
  CONVERSATION(true, tw_ak8963.probe(bus, 0x0c), READS(0x68, 0x75, 0x71), WRITES(0x68, 0x6a, 0),
               WRITES(0x68, 0x37, 2), READS(0x0c, 0x00, 0x48));
  CONVERSATION(true, tw_ak8963.probe(bus, 0x0c), SILENT(0x68, 0x75), READS(0x69, 0x75, 0x73),
               WRITES(0x69, 0x6a, 0), WRITES(0x69, 0x37, 2), READS(0x0c, 0x00, 0x48));
  // No other part is written to.
  CONVERSATION(false, tw_ak8963.probe(bus, 0x0c), READS(0x68, 0x75, 0x68), SILENT(0x69, 0x75));
  CONVERSATION(false, tw_ak8963.probe(bus, 0x0c), READS(0x68, 0x75, 0x71), WRITES(0x68, 0x6a, 0),
               WRITES(0x68, 0x37, 2), SILENT(0x0c, 0x00));
  CONVERSATION(true, tw_ak8963.start(bus, 0x0c, 50000), READS(0x68, 0x75, 0x71),
               WRITES(0x68, 0x6a, 0), WRITES(0x68, 0x37, 2), WRITES(0x0c, 0x0a, 0x00), WAITS(100),
               WRITES(0x0c, 0x0a, 0x0f), WAITS(100), READS(0x0c, 0x10, 128, 0, 192),
               WRITES(0x0c, 0x0a, 0x00), WAITS(100), WRITES(0x0c, 0x0a, 0x16), WAITS(10000));
  CONVERSATION(true, tw_ak8963.read(bus, 0x0c, values),
               READS(0x0c, 0x03, 0x64, 0x00, 0x9c, 0xff, 0x90, 0x01, 0x10));
  expect_near(values, (float[]){15.0f, -7.5f, 75.0f}, 3);
  CONVERSATION(false, tw_ak8963.read(bus, 0x0c, values), SILENT(0x0c, 0x03));
  CONVERSATION(false, tw_ak8963.start(bus, 0x0c, 50000), SILENT(0x68, 0x75), SILENT(0x69, 0x75));
}

static void test_lsm6ds(void) {
  float values[6];
  CONVERSATION(true, tw_lsm6ds3.probe(bus, 0x6a), READS(0x6a, 0x0f, 0x69));
  CONVERSATION(true, tw_lsm6dsl.probe(bus, 0x6b), READS(0x6b, 0x0f, 0x6a));
  CONVERSATION(true, tw_lsm6dso.probe(bus, 0x6b), READS(0x6b, 0x0f, 0x6c));
  CONVERSATION(false, tw_lsm6dso.probe(bus, 0x6b), READS(0x6b, 0x0f, 0x68));
  CONVERSATION(true, tw_lsm6dso.start(bus, 0x6a, 100000), WRITES(0x6a, 0x12, 0x44),
               WRITES(0x6a, 0x10, 0x48), WRITES(0x6a, 0x11, 0x4c), WAITS(80000));
  CONVERSATION(true, tw_lsm6dso.start(bus, 0x6a, 500000), WRITES(0x6a, 0x12, 0x44),
               WRITES(0x6a, 0x10, 0x78), WRITES(0x6a, 0x11, 0x7c), WAITS(80000));
  CONVERSATION(true, tw_lsm6dso.start(bus, 0x6a, 1000), WRITES(0x6a, 0x12, 0x44),
               WRITES(0x6a, 0x10, 0x18), WRITES(0x6a, 0x11, 0x1c), WAITS(80000));
  CONVERSATION(false, tw_lsm6dso.start(bus, 0x6a, 1000), SILENT_TO(0x6a, 0x12, 0x44));
  CONVERSATION(
      true, tw_lsm6ds3.read(bus, 0x6a, values),
      READS(0x6a, 0x22, 0x64, 0x00, 0x9c, 0xff, 0xe8, 0x03, 0x05, 0x20, 0xfb, 0xdf, 0x02, 0x10));
  expect_near(values, (float[]){1.000034f, -1.000034f, 0.499956f, 7.0f, -7.0f, 70.0f}, 6);
  CONVERSATION(false, tw_lsm6ds3.read(bus, 0x6a, values), SILENT(0x6a, 0x22));
}

static void test_adxl345(void) {
  float values[3];
  CONVERSATION(true, tw_adxl345.probe(bus, 0x53), READS(0x53, 0x00, 0xe5));
  CONVERSATION(false, tw_adxl345.probe(bus, 0x1d), READS(0x1d, 0x00, 0xe4));
  CONVERSATION(true, tw_adxl345.start(bus, 0x53, 100000), WRITES(0x53, 0x2c, 10),
               WRITES(0x53, 0x31, 0x09), WRITES(0x53, 0x2d, 0x08), WAITS(11100));
  CONVERSATION(true, tw_adxl345.start(bus, 0x53, 101000), WRITES(0x53, 0x2c, 11),
               WRITES(0x53, 0x31, 0x09), WRITES(0x53, 0x2d, 0x08), WAITS(11100));
  CONVERSATION(true, tw_adxl345.read(bus, 0x53, values),
               READS(0x53, 0x32, 0x00, 0x01, 0x00, 0xff, 0x80, 0x00));
  expect_near(values, (float[]){1.0f, -1.0f, 0.5f}, 3);
  CONVERSATION(false, tw_adxl345.read(bus, 0x53, values), SILENT(0x53, 0x32));
}

static void test_bmi160(void) {
  float values[6];
  CONVERSATION(true, tw_bmi160.probe(bus, 0x69), READS(0x69, 0x00, 0xd1));
  CONVERSATION(false, tw_bmi160.probe(bus, 0x68), READS(0x68, 0x00, 0x24));
  CONVERSATION(true, tw_bmi160.start(bus, 0x69, 100000), WRITES(0x69, 0x7e, 0x11), WAITS(5000),
               WRITES(0x69, 0x7e, 0x15), WAITS(81000), WRITES(0x69, 0x40, 0x28),
               WRITES(0x69, 0x41, 0x05), WRITES(0x69, 0x42, 0x28), WRITES(0x69, 0x43, 0x00));
  CONVERSATION(
      true, tw_bmi160.read(bus, 0x69, values),
      READS(0x69, 0x0c, 0xa4, 0x00, 0x5c, 0xff, 0x68, 0x06, 0x00, 0x20, 0x00, 0xe0, 0x01, 0x10));
  expect_near(values, (float[]){1.0f, -1.0f, 0.500122f, 10.0f, -10.0f, 100.0f}, 6);
  CONVERSATION(false, tw_bmi160.read(bus, 0x69, values), SILENT(0x69, 0x0c));
}

// A table that would mislead the search: a part without an address, a rate that makes no sense, a
// channel whose name does not fit into a list of channels.
static void test_table(void) {
  EXPECT(tw_sensor_table_length > 0);
  for (uint8_t i = 0; i < tw_sensor_table_length; i++) {
    const tw_sensor *part = tw_sensor_table[i];
    EXPECT(part->addresses[0] != 0 && part->addresses[0] < 0x78 && part->addresses[1] < 0x78);
    EXPECT(part->channels > 0 && part->channels <= TW_SENSOR_CHANNELS);
    EXPECT(part->min_rate_mhz > 0 && part->min_rate_mhz <= part->max_rate_mhz);
    for (uint8_t c = 0; c < part->channels; c++) EXPECT(strlen(part->channel[c].name) < 12);
    for (uint8_t other = 0; other < i; other++) {
      EXPECT(strcmp(part->part, tw_sensor_table[other]->part) != 0);
    }
  }
}

int main(void) {
  test_registers();
  test_mpu6050();
  test_ak8963();
  test_lsm6ds();
  test_adxl345();
  test_bmi160();
  test_table();
  return 0;
}
