// SPDX-License-Identifier: Apache-2.0
//
// Renesas' HS3003, humidity and temperature, after its data sheet. It has no identity register:
// what answers at its address with a plausible sample is taken for one, so only a board that
// carries one has it in its table.

#include "parts.h"

enum { FRESH = 0, STALE = 1 };  // the two highest bits of a sample

#define MEASURES_US 35000
#define FULL_SCALE 16383.0f
#define FULL_SCALE_RAW 0x3fff  // of no sample

static const tw_sensor_channel channels[] = {{"humidity", "%"}, {"temperature", "C"}};

typedef struct {
  uint8_t status;
  uint16_t humidity, temperature;
} sample;

static bool fetch(tw_i2c *bus, uint8_t address, sample *to) {
  uint8_t bytes[4];
  if (!bus->transfer(bus, address, 0, 0, bytes, sizeof bytes)) return false;
  to->status = bytes[0] >> 6;
  to->humidity = (uint16_t)((bytes[0] & 0x3f) << 8 | bytes[1]);
  to->temperature = (uint16_t)((bytes[2] << 8 | bytes[3]) >> 2);
  return to->status <= STALE;
}

// Lets it measure; the sample can be fetched after MEASURES_US.
static bool request(tw_i2c *bus, uint8_t address) {
  const uint8_t anything = 0;
  return bus->transfer(bus, address, &anything, 1, 0, 0);
}

static bool is_hs3003(tw_i2c *bus, uint8_t address) {
  sample found;
  return fetch(bus, address, &found);
}

static bool start(tw_i2c *bus, uint8_t address, uint32_t rate_mhz) {
  (void)rate_mhz;
  if (!request(bus, address)) return false;
  bus->wait_us(bus, MEASURES_US);
  return true;
}

static bool read(tw_i2c *bus, uint8_t address, float *values) {
  sample last;
  if (!fetch(bus, address, &last)) return false;
  if (last.humidity == FULL_SCALE_RAW || last.temperature == FULL_SCALE_RAW) return false;
  values[0] = (float)last.humidity * (100.0f / FULL_SCALE);
  values[1] = (float)last.temperature * (165.0f / FULL_SCALE) - 40.0f;
  // A stale one means that it is still at the next.
  return last.status != FRESH || request(bus, address);
}

const tw_sensor tw_hs3003 = {
    .part = "HS3003",
    .addresses = {0x44},
    .channels = 2,
    .channel = channels,
    .min_rate_mhz = TW_CLIMATE_MIN_RATE_MHZ,
    .max_rate_mhz = TW_CLIMATE_MAX_RATE_MHZ,
    .probe = is_hs3003,
    .start = start,
    .read = read,
};
