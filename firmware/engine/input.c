// SPDX-License-Identifier: Apache-2.0
//
// The INPUT section, and the way from sensor units to int8: docs/board-program.md, "From sensor
// units to int8, in whole numbers".

#include "program.h"
#include "sections.h"
#include "tinywright.h"

#define MOST_VALUES (1u << 20)  // of a window
#define LARGEST_OFFSET (1 << 30)
#define LEAST_MULTIPLIER (1 << 30)
#define LEAST_FRACTION_BITS (-8)
#define MOST_FRACTION_BITS 60
#define LARGEST_SHIFT 62
#define SATURATION ((1 << 30) - 1)

// --- the section ---------------------------------------------------------------------------------

// Takes the channel at `*at` and moves `*at` to the next; false where the section ends before.
static bool take_channel(tw_section input, uint32_t *at, tw_channel *taken) {
  if (input.bytes - *at < sizeof(tw_input_channel)) return false;
  const tw_input_channel *channel = (const tw_input_channel *)(input.at + *at);
  *at += (uint32_t)sizeof *channel;
  taken->offset = channel->offset;
  taken->multiplier = channel->multiplier;
  taken->fraction_bits = channel->fraction_bits;
  taken->shift = channel->shift;
  taken->zero_point = ((const tw_input_head *)input.at)->zero_point;
  if (!tw_take_text(input, at, &taken->name) || !tw_take_text(input, at, &taken->unit)) {
    return false;
  }
  *at = (*at + 3) & ~3u;
  return *at <= input.bytes;
}

static bool in_range(const tw_channel *c) {
  return c->offset >= -LARGEST_OFFSET && c->offset <= LARGEST_OFFSET &&
         c->multiplier >= LEAST_MULTIPLIER && c->fraction_bits >= LEAST_FRACTION_BITS &&
         c->fraction_bits <= MOST_FRACTION_BITS && c->shift <= LARGEST_SHIFT;
}

tw_status tw_check_input(tw_section input, uint32_t *values) {
  const tw_input_head *head = (const tw_input_head *)input.at;
  if (input.bytes < sizeof *head || head->rate_mhz == 0 || head->window == 0 ||
      head->channels == 0 || (uint64_t)head->window * head->channels > MOST_VALUES ||
      !tw_is_scale(head->scale)) {
    return TW_BAD_SECTION;
  }
  uint32_t at = sizeof *head;
  for (uint32_t index = 0; index < head->channels; index++) {
    tw_channel channel;
    if (!take_channel(input, &at, &channel) || !in_range(&channel)) return TW_BAD_SECTION;
  }
  *values = head->window * head->channels;
  return at == input.bytes ? TW_OK : TW_BAD_SECTION;
}

static const tw_input_head *head_of(const tw_engine *engine) {
  return (const tw_input_head *)engine->input_section;
}

uint32_t tw_rate_mhz(const tw_engine *engine) {
  return head_of(engine)->rate_mhz;
}

uint32_t tw_window(const tw_engine *engine) {
  return head_of(engine)->window;
}

uint32_t tw_channels(const tw_engine *engine) {
  return head_of(engine)->channels;
}

tw_channel tw_channel_at(const tw_engine *engine, uint32_t index) {
  const tw_section input = {engine->input_section, UINT32_MAX};  // checked
  uint32_t at = sizeof(tw_input_head);
  tw_channel channel;
  do {
    take_channel(input, &at, &channel);
  } while (index-- > 0);
  return channel;
}

// --- the arithmetic ------------------------------------------------------------------------------

int8_t tw_quantise(const tw_channel *channel, int32_t value) {
  // Less than 2^63 for any value: 3 * 2^30 times 2^31.
  const int64_t product = ((int64_t)value - channel->offset) * channel->multiplier;
  const uint64_t half = channel->shift > 0 ? (uint64_t)1 << (channel->shift - 1) : 0;
  const uint64_t magnitude = (uint64_t)(product < 0 ? -product : product);
  const int64_t steps = (int64_t)((magnitude + half) >> channel->shift);
  const int64_t q = channel->zero_point + (product < 0 ? -steps : steps);
  return (int8_t)(q < -128 ? -128 : q > 127 ? 127 : q);
}

int32_t tw_fixed_from_float(uint32_t float_bits, int8_t fraction_bits) {
  const uint32_t exponent = (float_bits >> 23) & 0xff;
  const uint32_t fraction = float_bits & 0x7fffff;
  if (exponent == 0xff && fraction != 0) return 0;  // NaN
  // The value is mantissa * 2^shift, the mantissa below 2^24.
  const uint32_t mantissa = exponent == 0 ? fraction : fraction | 0x800000;
  const int32_t shift = (exponent == 0 ? 1 : (int32_t)exponent) - 150 + fraction_bits;
  uint32_t magnitude = 0;
  if (shift > 6) {
    magnitude = mantissa == 0 ? 0 : SATURATION;
  } else if (shift >= 0) {
    magnitude = mantissa << shift;
  } else if (shift >= -24) {
    magnitude = (mantissa + (1u << (-shift - 1))) >> -shift;
  }
  return (float_bits >> 31) != 0 ? -(int32_t)magnitude : (int32_t)magnitude;
}
