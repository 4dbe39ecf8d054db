// SPDX-License-Identifier: Apache-2.0
//
// Analogue pins.

#ifndef TINYWRIGHT_ESP32_ADC_H
#define TINYWRIGHT_ESP32_ADC_H

// Where the chip's calibration comes from, in words.
const char *adc_calibration(void);

#endif
