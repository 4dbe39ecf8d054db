// SPDX-License-Identifier: Apache-2.0
//
// MAX_POOL and AVERAGE_POOL against the loops of their definition, in place where that is allowed.

#include "oracle.h"

static uint32_t random_axis(uint32_t in, uint32_t *kernel, uint32_t *stride, uint32_t *pad) {
  *kernel = 1 + below(5);
  *stride = 1 + below(4);
  *pad = 0;
  if (*kernel <= in && chance(2)) return (in - *kernel) / *stride + 1;
  const uint32_t out = (in + *stride - 1) / *stride;
  const uint32_t covered = (out - 1) * *stride + *kernel;
  if (covered > in) *pad = (covered - in) / 2;
  return out;
}

static int8_t pooled(const tw_pool *r, const int8_t *image, bool average, uint32_t y, uint32_t x,
                     uint32_t c) {
  int32_t sum = 0, count = 0, largest = -128;
  for (uint32_t h = 0; h < r->kernel_h; h++) {
    for (uint32_t v = 0; v < r->kernel_w; v++) {
      const int32_t row = (int32_t)(y * r->stride_h + h) - (int32_t)r->pad_top;
      const int32_t column = (int32_t)(x * r->stride_w + v) - (int32_t)r->pad_left;
      if (row < 0 || row >= (int32_t)r->in_h || column < 0 || column >= (int32_t)r->in_w) continue;
      const int8_t value = image[((uint32_t)row * r->in_w + (uint32_t)column) * r->channels + c];
      sum += value;
      count++;
      if (value > largest) largest = value;
    }
  }
  const int32_t magnitude = (2 * (sum < 0 ? -sum : sum) + count) / (2 * count);
  int32_t value = !average ? largest : sum < 0 ? -magnitude : magnitude;
  if (value < r->low) value = r->low;
  if (value > r->high) value = r->high;
  return (int8_t)value;
}

static void try_pool(bool average) {
  tw_pool r = {.in_h = 1 + below(9), .in_w = chance(4) ? 1 : 1 + below(9)};
  r.channels = 1 + below(chance(3) ? 40 : 9);
  r.out_h = random_axis(r.in_h, &r.kernel_h, &r.stride_h, &r.pad_top);
  r.out_w = random_axis(r.in_w, &r.kernel_w, &r.stride_w, &r.pad_left);
  r.low = chance(2) ? -128 : between(-128, 0);
  r.high = chance(2) ? 127 : between(0, 127);
  const bool padded = r.pad_top > 0 || r.pad_left > 0, in_place = chance(2);
  const uint32_t in_bytes = r.in_h * r.in_w * r.channels;
  const uint32_t out_bytes = r.out_h * r.out_w * r.channels;
  trial_memory m = {0, 0, 0, 0};
  r.in = take_arena(&m, in_bytes);
  r.out = in_place ? r.in : take_arena(&m, out_bytes);
  make_memory(&m);
  const tw_operator *operator= average ? &tw_average_pool_operator : & tw_max_pool_operator;
  if (in_place && padded) {
    EXPECT(check_record(operator, & m, &r) == TW_OVERLAP);
    free_memory(&m);
    return;
  }
  uint8_t *before = copy_of_arena(&m);
  run_record(operator, & m, &r);
  EXPECT(rest_is_untouched(&m, before, r.out, out_bytes, 0, 0));
  const int8_t *image = (const int8_t *)before + r.in, *out = arena_at(&m, r.out);
  for (uint32_t y = 0; y < r.out_h; y++) {
    for (uint32_t x = 0; x < r.out_w; x++) {
      for (uint32_t c = 0; c < r.channels; c++) {
        EXPECT(*out++ == pooled(&r, image, average, y, x, c));
      }
    }
  }
  free(before);
  free_memory(&m);
}

// The largest sum there is.
static void try_largest_mean(void) {
  const uint32_t height = 1 << 11, width = 1 << 12;
  tw_pool r = {.in_h = height, .in_w = width, .channels = 1, .out_h = 1, .out_w = 1};
  r.kernel_h = height;
  r.kernel_w = width;
  r.stride_h = r.stride_w = 1;
  r.low = -128;
  r.high = 127;
  trial_memory m = {0, 0, 0, 0};
  r.in = take_arena(&m, height * width);
  r.out = take_arena(&m, 1);
  make_memory(&m);
  memset(arena_at(&m, r.in), -128, height * width);
  run_record(&tw_average_pool_operator, &m, &r);
  EXPECT(*arena_at(&m, r.out) == -128);
  free_memory(&m);
  r.in_h++;
  m.arena_bytes = UINT32_MAX;
  EXPECT(check_record(&tw_average_pool_operator, &m, &r) == TW_BAD_OPERATOR);
}

int main(void) {
  try_largest_mean();
  for (uint32_t trial = 0; trial < 6000; trial++) try_pool(trial % 2 == 0);
  return 0;
}
