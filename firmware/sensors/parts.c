// SPDX-License-Identifier: Apache-2.0

#include "parts.h"

const tw_sensor_channel tw_motion_channels[6] = {
    {"ax", "g"}, {"ay", "g"}, {"az", "g"}, {"gx", "deg/s"}, {"gy", "deg/s"}, {"gz", "deg/s"},
};

const tw_sensor_channel tw_field_channels[3] = {{"mx", "uT"}, {"my", "uT"}, {"mz", "uT"}};

uint8_t tw_rate_code_for(const tw_rate_code *rates, uint8_t count, uint32_t rate_mhz) {
  uint8_t i = 0;
  while (i + 1 < count && rates[i].rate_mhz < rate_mhz) i++;
  return rates[i].code;
}

bool tw_identified(tw_i2c *bus, uint8_t address, uint8_t reg, uint8_t value) {
  uint8_t found;
  return tw_i2c_read(bus, address, reg, &found, 1) && found == value;
}

bool tw_i2c_set_up(tw_i2c *bus, uint8_t address, const tw_register_write *writes, uint8_t count) {
  for (uint8_t i = 0; i < count; i++) {
    if (!tw_i2c_write(bus, address, writes[i].reg, writes[i].value)) return false;
    if (writes[i].wait_us > 0) bus->wait_us(bus, writes[i].wait_us);
  }
  return true;
}

void tw_scale_three(const uint8_t *bytes, float scale, float *values) {
  for (uint8_t i = 0; i < 3; i++) {
    values[i] = scale * (float)(int16_t)(uint16_t)(bytes[2 * i] | bytes[2 * i + 1] << 8);
  }
}
