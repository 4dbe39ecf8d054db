// SPDX-License-Identifier: Apache-2.0
//
// What the operators' checks refuse, and that whatever they accept stays within arena and weights:
// random damage to good records, run under the sanitizers in buffers of exactly the right size.

#include <stddef.h>

#include "oracle.h"

#define ARENA_BYTES 1024
#define WEIGHTS_BYTES 4096
#define SCALES 2048  // good ones from here to the end
#define MOST_WORK 2000000

static const tw_dense dense = {
    .head = {TW_DENSE, TW_ROWS, sizeof(tw_dense) / 4},
    .in = 0,
    .rows = 2,
    .inputs = 30,
    .out = 64,
    .outputs = 10,
    .weights = 16,
    .scales = SCALES,
    .low = -128,
    .high = 127,
};

static const tw_conv conv = {
    .head = {TW_CONV, TW_ROWS, sizeof(tw_conv) / 4},
    .in = 0,
    .in_h = 5,
    .in_w = 6,
    .in_c = 4,
    .out = 400,
    .out_h = 5,
    .out_w = 3,
    .out_c = 8,
    .kernel_h = 3,
    .kernel_w = 2,
    .stride_h = 1,
    .stride_w = 2,
    .dilation_h = 1,
    .dilation_w = 1,
    .pad_top = 1,
    .scratch = 800,
    .weights = 0,
    .scales = SCALES,
    .in_zero = -3,
    .low = -128,
    .high = 127,
};

static const tw_pool pool = {
    .head = {TW_MAX_POOL, 0, sizeof(tw_pool) / 4},
    .in = 0,
    .in_h = 5,
    .in_w = 6,
    .channels = 20,
    .out = 600,
    .out_h = 3,
    .out_w = 3,
    .kernel_h = 2,
    .kernel_w = 2,
    .stride_h = 2,
    .stride_w = 2,
    .low = -128,
    .high = 127,
};

static const tw_mean mean = {
    .head = {TW_MEAN, 0, sizeof(tw_mean) / 4},
    .in = 0,
    .outer = 2,
    .reduced = 10,
    .inner = 20,
    .out = 400,
    .multiplier = 1 << 30,
    .shift = 3,
};

static const tw_table table = {
    .head = {TW_TABLE, 0, sizeof(tw_table) / 4}, .in = 0, .count = 200, .out = 200, .table = 64};

static const tw_softmax softmax = {
    .head = {TW_SOFTMAX, 0, sizeof(tw_softmax) / 4},
    .in = 0,
    .rows = 3,
    .depth = 5,
    .out = 16,
    .table = 32,
    .entries = 200,
};

static const tw_binary binary = {
    .head = {TW_ADD, 0, sizeof(tw_binary) / 4},
    .a = 0,
    .b = 32 | TW_IN_WEIGHTS,
    .out = 512,
    .shape = {2, 3, 4, 5},
    .a_strides = {60, 20, 5, 1},
    .b_strides = {0, 0, 0, 1},
    .a_multiplier = 1 << 30,
    .b_multiplier = 1 << 30,
    .out_multiplier = 1 << 30,
    .out_shift = 18,
    .low = -128,
    .high = 127,
};

static const tw_copy copy = {
    .head = {TW_COPY, 0, sizeof(tw_copy) / 4},
    .in = 1,
    .out = 513,
    .counts = {2, 3, 4},
    .in_strides = {60, 20, 5},
    .out_strides = {120, 40, 10},
    .run = 5,
};

static const tw_fill fill = {
    .head = {TW_FILL, 0, sizeof(tw_fill) / 4}, .out = 8, .bytes = 100, .value = -7};

typedef struct {
  const tw_operator *operator;
  const void *record;
} subject;

static const subject subjects[] = {
    {&tw_dense_operator, &dense},       {&tw_conv_operator, &conv},
    {&tw_depthwise_operator, &conv},    {&tw_max_pool_operator, &pool},
    {&tw_average_pool_operator, &pool}, {&tw_mean_operator, &mean},
    {&tw_table_operator, &table},       {&tw_softmax_operator, &softmax},
    {&tw_add_operator, &binary},        {&tw_mul_operator, &binary},
    {&tw_copy_operator, &copy},         {&tw_fill_operator, &fill},
};
#define SUBJECTS (sizeof subjects / sizeof subjects[0])

static trial_memory new_memory(void) {
  trial_memory m = {0, 0, ARENA_BYTES, WEIGHTS_BYTES};
  make_memory(&m);
  tw_channel_scale *scales = (tw_channel_scale *)(void *)(m.weights + SCALES);
  fill_scales(scales, (WEIGHTS_BYTES - SCALES) / sizeof *scales, 64);
  int32_t *exps = (int32_t *)(void *)(m.weights + softmax.table);
  exps[0] = INT32_MAX;
  for (uint32_t d = 1; d < softmax.entries; d++) exps[d] = INT32_MAX >> (d / 8);
  return m;
}

// One word of a good record changed, and what its check must say of it.
typedef struct {
  const tw_operator *operator;
  const void *record;
  size_t offset;
  uint32_t value;
  tw_status status;
} refusal;

static const refusal refusals[] = {
    {&tw_dense_operator, &dense, offsetof(tw_dense, in), 2, TW_MISALIGNED},
    {&tw_dense_operator, &dense, offsetof(tw_dense, in), 1024 - 60, TW_OUT_OF_BOUNDS},
    {&tw_dense_operator, &dense, offsetof(tw_dense, in), TW_NONE - 3, TW_OUT_OF_BOUNDS},
    {&tw_dense_operator, &dense, offsetof(tw_dense, in), 48, TW_OVERLAP},
    {&tw_dense_operator, &dense, offsetof(tw_dense, rows), 0, TW_BAD_OPERATOR},
    {&tw_dense_operator, &dense, offsetof(tw_dense, rows), 0x80000000u, TW_BAD_OPERATOR},
    {&tw_dense_operator, &dense, offsetof(tw_dense, inputs), 0, TW_BAD_OPERATOR},
    {&tw_dense_operator, &dense, offsetof(tw_dense, inputs), 33, TW_OVERLAP},
    {&tw_dense_operator, &dense, offsetof(tw_dense, inputs), 1 << 20, TW_OUT_OF_BOUNDS},
    {&tw_dense_operator, &dense, offsetof(tw_dense, outputs), 0, TW_BAD_OPERATOR},
    {&tw_dense_operator, &dense, offsetof(tw_dense, outputs), 171, TW_OUT_OF_BOUNDS},
    {&tw_dense_operator, &dense, offsetof(tw_dense, out), 62, TW_MISALIGNED},
    {&tw_dense_operator, &dense, offsetof(tw_dense, out), 1008, TW_OUT_OF_BOUNDS},
    {&tw_dense_operator, &dense, offsetof(tw_dense, out), 56, TW_OVERLAP},
    {&tw_dense_operator, &dense, offsetof(tw_dense, weights), 8, TW_MISALIGNED},
    {&tw_dense_operator, &dense, offsetof(tw_dense, weights), 4096 - 288, TW_OUT_OF_BOUNDS},
    {&tw_dense_operator, &dense, offsetof(tw_dense, scales), SCALES + 2, TW_MISALIGNED},
    {&tw_dense_operator, &dense, offsetof(tw_dense, scales), 4096 - 116, TW_OUT_OF_BOUNDS},
    {&tw_dense_operator, &dense, offsetof(tw_dense, out_zero), 128, TW_BAD_OPERATOR},
    {&tw_dense_operator, &dense, offsetof(tw_dense, low), (uint32_t)-129, TW_BAD_OPERATOR},
    {&tw_dense_operator, &dense, offsetof(tw_dense, high), (uint32_t)-129, TW_BAD_OPERATOR},
    {&tw_dense_operator, &dense, offsetof(tw_dense, high), 128, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, in), 1024 - 120, TW_OUT_OF_BOUNDS},
    {&tw_conv_operator, &conv, offsetof(tw_conv, in_h), 0, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, in_h), 3, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, in_w), 0xffffffffu, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, in_c), 0, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, in_c), 14, TW_OVERLAP},
    {&tw_conv_operator, &conv, offsetof(tw_conv, out_h), 7, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, out_w), 4, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, out_c), 100, TW_OUT_OF_BOUNDS},
    {&tw_conv_operator, &conv, offsetof(tw_conv, kernel_h), 0, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, kernel_w), (1 << 20) + 1, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, stride_h), 0, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, stride_w), 0x40000000u, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, dilation_h), 0, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, dilation_w), 0, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, pad_top), 3, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, pad_left), 0xffffffffu, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, scratch), TW_NONE, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, scratch), 801, TW_MISALIGNED},
    {&tw_conv_operator, &conv, offsetof(tw_conv, scratch), 1000, TW_OUT_OF_BOUNDS},
    {&tw_conv_operator, &conv, offsetof(tw_conv, scratch), 116, TW_OVERLAP},
    {&tw_conv_operator, &conv, offsetof(tw_conv, scratch), 376, TW_OVERLAP},
    {&tw_conv_operator, &conv, offsetof(tw_conv, in_zero), 128, TW_BAD_OPERATOR},
    {&tw_conv_operator, &conv, offsetof(tw_conv, out), 116, TW_OVERLAP},
    {&tw_conv_operator, &conv, offsetof(tw_conv, weights), 4096 - 176, TW_OUT_OF_BOUNDS},
    {&tw_depthwise_operator, &conv, offsetof(tw_conv, out_c), 7, TW_BAD_OPERATOR},
    {&tw_depthwise_operator, &conv, offsetof(tw_conv, in_c), 3, TW_BAD_OPERATOR},
    {&tw_depthwise_operator, &conv, offsetof(tw_conv, out_c), 2, TW_BAD_OPERATOR},
    {&tw_depthwise_operator, &conv, offsetof(tw_conv, weights), 4096 - 32, TW_OUT_OF_BOUNDS},
    {&tw_depthwise_operator, &conv, offsetof(tw_conv, scratch), TW_NONE, TW_BAD_OPERATOR},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, kernel_h), 0, TW_BAD_OPERATOR},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, stride_w), 3, TW_BAD_OPERATOR},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, pad_left), 2, TW_BAD_OPERATOR},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, pad_top), 1, TW_OK},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, in), 4, TW_OVERLAP},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, out), 0, TW_OK},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, out), 4, TW_OVERLAP},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, channels), 27, TW_OVERLAP},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, channels), 30, TW_OVERLAP},
    {&tw_max_pool_operator, &pool, offsetof(tw_pool, low), (uint32_t)-200, TW_BAD_OPERATOR},
    {&tw_average_pool_operator, &pool, offsetof(tw_pool, in_w), 4, TW_BAD_OPERATOR},
    {&tw_average_pool_operator, &pool, offsetof(tw_pool, out_h), 4, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, outer), 0, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, reduced), 0, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, reduced), 11, TW_OVERLAP},
    {&tw_mean_operator, &mean, offsetof(tw_mean, inner), 1 << 21, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, shift), 32, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, shift), 31 << 8, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, shift), 1 << 8 | 1, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, shift), 1 << 16, TW_BAD_OPERATOR},
    {&tw_mean_operator, &mean, offsetof(tw_mean, out), 0, TW_OVERLAP},
    {&tw_mean_operator, &mean, offsetof(tw_mean, in_zero), (uint32_t)-129, TW_BAD_OPERATOR},
    {&tw_table_operator, &table, offsetof(tw_table, count), 0, TW_BAD_OPERATOR},
    {&tw_table_operator, &table, offsetof(tw_table, count), 825, TW_OUT_OF_BOUNDS},
    {&tw_table_operator, &table, offsetof(tw_table, out), 0, TW_OK},
    {&tw_table_operator, &table, offsetof(tw_table, out), 196, TW_OVERLAP},
    {&tw_table_operator, &table, offsetof(tw_table, table), 66, TW_MISALIGNED},
    {&tw_table_operator, &table, offsetof(tw_table, table), 4096 - 252, TW_OUT_OF_BOUNDS},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, rows), 0, TW_BAD_OPERATOR},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, depth), 0, TW_BAD_OPERATOR},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, depth), 512, TW_BAD_OPERATOR},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, depth), 6, TW_OVERLAP},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, entries), 0, TW_BAD_OPERATOR},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, entries), 257, TW_BAD_OPERATOR},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, table), 64, TW_BAD_OPERATOR},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, table), 4096 - 796, TW_OUT_OF_BOUNDS},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, out), 0, TW_OK},
    {&tw_softmax_operator, &softmax, offsetof(tw_softmax, out), 4, TW_OVERLAP},
    {&tw_add_operator, &binary, offsetof(tw_binary, a), 396, TW_OVERLAP},
    {&tw_add_operator, &binary, offsetof(tw_binary, a), 512, TW_OK},
    {&tw_add_operator, &binary, offsetof(tw_binary, a), (4096 - 116) | TW_IN_WEIGHTS,
     TW_OUT_OF_BOUNDS},
    {&tw_add_operator, &binary, offsetof(tw_binary, a), 1024 - 116, TW_OUT_OF_BOUNDS},
    {&tw_add_operator, &binary, offsetof(tw_binary, b), 2 | TW_IN_WEIGHTS, TW_MISALIGNED},
    {&tw_add_operator, &binary, offsetof(tw_binary, b), 512, TW_OVERLAP},
    {&tw_add_operator, &binary, offsetof(tw_binary, shape[0]), 0, TW_BAD_OPERATOR},
    {&tw_add_operator, &binary, offsetof(tw_binary, shape[3]), 1 << 20, TW_BAD_OPERATOR},
    {&tw_add_operator, &binary, offsetof(tw_binary, a_strides[0]), 0xffffffffu, TW_BAD_OPERATOR},
    {&tw_add_operator, &binary, offsetof(tw_binary, a_strides[2]), 1 << 24, TW_OUT_OF_BOUNDS},
    {&tw_add_operator, &binary, offsetof(tw_binary, a_strides[1]), 240, TW_OVERLAP},
    {&tw_add_operator, &binary, offsetof(tw_binary, a_shift), 40, TW_BAD_OPERATOR},
    {&tw_add_operator, &binary, offsetof(tw_binary, out_shift), 40, TW_BAD_OPERATOR},
    {&tw_add_operator, &binary, offsetof(tw_binary, a_zero), 300, TW_BAD_OPERATOR},
    {&tw_add_operator, &binary, offsetof(tw_binary, high), 200, TW_BAD_OPERATOR},
    {&tw_mul_operator, &binary, offsetof(tw_binary, b_shift), 40, TW_BAD_OPERATOR},
    {&tw_copy_operator, &copy, offsetof(tw_copy, run), 0, TW_BAD_OPERATOR},
    {&tw_copy_operator, &copy, offsetof(tw_copy, run), 0xffffffffu, TW_OUT_OF_BOUNDS},
    {&tw_copy_operator, &copy, offsetof(tw_copy, counts[0]), 0, TW_BAD_OPERATOR},
    {&tw_copy_operator, &copy, offsetof(tw_copy, counts[1]), 1 << 20, TW_BAD_OPERATOR},
    {&tw_copy_operator, &copy, offsetof(tw_copy, in_strides[0]), 453, TW_OVERLAP},
    {&tw_copy_operator, &copy, offsetof(tw_copy, out_strides[0]), 397, TW_OUT_OF_BOUNDS},
    {&tw_copy_operator, &copy, offsetof(tw_copy, out_strides[1]), 0x01000001u, TW_BAD_OPERATOR},
    {&tw_copy_operator, &copy, offsetof(tw_copy, out), 3, TW_OVERLAP},
    {&tw_copy_operator, &copy, offsetof(tw_copy, in), 0xffffffffu, TW_OUT_OF_BOUNDS},
    {&tw_fill_operator, &fill, offsetof(tw_fill, value), 128, TW_BAD_OPERATOR},
    {&tw_fill_operator, &fill, offsetof(tw_fill, bytes), 1017, TW_OUT_OF_BOUNDS},
    {&tw_fill_operator, &fill, offsetof(tw_fill, bytes), 0xffffffffu, TW_OUT_OF_BOUNDS},
    {&tw_fill_operator, &fill, offsetof(tw_fill, out), 6, TW_MISALIGNED},
};

static void expect_refusals(const trial_memory *m) {
  for (uint32_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
    const refusal *r = &refusals[i];
    uint32_t words[64];
    memcpy(words, r->record, r->operator->record_bytes);
    words[r->offset / 4] = r->value;
    const tw_status status = check_record(r->operator, m, words);
    if (status != r->status) {
      fprintf(stderr, "refusal %u: status %d instead of %d\n", i, (int)status, (int)r->status);
    }
    EXPECT(status == r->status);
  }
}

static void expect_packings_known(const trial_memory *m) {
  tw_dense strange = dense;
  strange.head.packing = TW_PACKINGS;
  EXPECT(check_record(&tw_dense_operator, m, &strange) == TW_UNKNOWN_OPERATOR);
  tw_conv stranger = conv;
  stranger.head.packing = 255;
  EXPECT(check_record(&tw_conv_operator, m, &stranger) == TW_UNKNOWN_OPERATOR);
  EXPECT(check_record(&tw_depthwise_operator, m, &stranger) == TW_UNKNOWN_OPERATOR);
  stranger.head.packing = TW_PAIRS;  // with two outputs an input
  EXPECT(check_record(&tw_depthwise_operator, m, &stranger) == TW_BAD_OPERATOR);
}

static uint32_t hostile_word(uint32_t word) {
  const uint32_t extremes[] = {0, 1, 2, 3, 4, 127, 1 << 16, 1 << 20, 1 << 24, TW_NONE};
  switch (below(5)) {
    case 0:
      return extremes[below(sizeof extremes / sizeof extremes[0])];
    case 1:
      return word + (uint32_t)between(-8, 8);
    case 2:
      return word ^ 1u << below(32);
    case 3:
      return below(ARENA_BYTES) & ~3u;
    default:
      return below(40);
  }
}

// Constants that no compiler writes, but for what the checks look at.
static void damage_constants(const trial_memory *m) {
  tw_channel_scale *scale = (tw_channel_scale *)(void *)(m->weights + SCALES);
  for (uint32_t i = 0; i < (WEIGHTS_BYTES - SCALES) / sizeof *scale; i++, scale++) {
    scale->bias = chance(2) ? INT32_MIN : INT32_MAX;
    scale->multiplier = chance(2) ? INT32_MIN : INT32_MAX;
    scale->shift = chance(2) ? below(32) : below(31) << 8;
  }
}

// Returns whether the damaged record was accepted.
static bool try_damage(const trial_memory *m, const subject *subject) {
  uint32_t words[64];
  const uint32_t count = subject->operator->record_bytes / 4;
  memcpy(words, subject->record, 4 * count);
  if (chance(3)) ((tw_head *)words)->packing = (uint8_t)below(4);
  for (uint32_t damages = 1 + below(4); damages > 0; damages--) {
    const uint32_t i = 1 + below(count - 1);
    words[i] = hostile_word(words[i]);
  }
  if (check_record(subject->operator, m, words) != TW_OK) return false;
  const tw_extent extent = subject->operator->extent(words);
  if ((uint64_t)extent.rows * (extent.work + 1) > MOST_WORK) return false;
  run_record(subject->operator, m, words);
  return true;
}

int main(void) {
  const trial_memory m = new_memory();
  for (uint32_t i = 0; i < SUBJECTS; i++) {
    EXPECT(check_record(subjects[i].operator, & m, subjects[i].record) == TW_OK);
  }
  expect_refusals(&m);
  expect_packings_known(&m);
  for (uint32_t trial = 0; trial < 2; trial++) {
    uint32_t accepted = 0;
    for (uint32_t i = 0; i < 60000; i++) accepted += try_damage(&m, &subjects[i % SUBJECTS]);
    EXPECT(accepted > 5000);
    damage_constants(&m);
  }
  free_memory(&m);
  return 0;
}
