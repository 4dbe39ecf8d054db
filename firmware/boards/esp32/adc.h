// SPDX-License-Identifier: Apache-2.0
//
// Analogue pins.

#ifndef TINYWRIGHT_ESP32_ADC_H
#define TINYWRIGHT_ESP32_ADC_H

// Takes the calibration from the chip's fuses; done before the first conversion.
void adc_calibrate(void);

// Where the chip's calibration comes from, in words.
const char *adc_calibration(void);

#endif
