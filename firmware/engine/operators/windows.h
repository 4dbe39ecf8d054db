// SPDX-License-Identifier: Apache-2.0
//
// Windows that slide over an image: CONV, DEPTHWISE and the pools.

#ifndef TINYWRIGHT_WINDOWS_H
#define TINYWRIGHT_WINDOWS_H

#include <stdbool.h>
#include <stdint.h>

#include "checks.h"
#include "program.h"

// One axis of an image, its output and the window.
typedef struct {
  uint32_t in, out, kernel, stride, dilation, pad;
} tw_axis;

// Whether the first window ends, and the last begins, inside the image, and no coordinate leaves
// 31 bits. Then so do all windows, and one without dilation has an element inside.
bool tw_axis_fits(tw_axis axis);

// The windows of CONV and DEPTHWISE one after another.
typedef struct {
  const tw_conv *record;
  int32_t top, left;            // of the window at hand, negative in the padding
  int32_t end_left;             // where a row of windows has ended
  int32_t last_top, last_left;  // of the windows inside the image
} tw_windows;

tw_windows tw_windows_from(const tw_conv *record, uint32_t position);

static inline bool tw_window_inside(const tw_windows *w) {
  return w->top >= 0 && w->top <= w->last_top && w->left >= 0 && w->left <= w->last_left;
}

// Goes on by `count` windows, at most to the next row of windows.
static inline void tw_skip_windows(tw_windows *w, uint32_t count) {
  w->left += (int32_t)(count * w->record->stride_w);
  if (w->left != w->end_left) return;
  w->left = -(int32_t)w->record->pad_left;
  w->top += (int32_t)w->record->stride_h;
}

// How many windows from the one at hand on lie inside the image, in the same row of windows.
static inline uint32_t tw_windows_inside(const tw_windows *w) {
  if (!tw_window_inside(w)) return 0;
  const uint32_t stride = w->record->stride_w;
  const uint32_t inside = (uint32_t)(w->last_left - w->left) / stride + 1;
  const uint32_t in_row = (uint32_t)(w->end_left - w->left) / stride;
  return inside < in_row ? inside : in_row;
}

// The first value of a window inside the image.
static inline const int8_t *tw_window_at(const tw_windows *w, const uint8_t *arena) {
  const tw_conv *r = w->record;
  const uint32_t pixel = (uint32_t)w->top * r->in_w + (uint32_t)w->left;
  return (const int8_t *)arena + r->in + pixel * r->in_c;
}

// Copies the window at hand into `scratch`, height by width by channels, in_zero outside of the
// image, and returns it there. Up to TW_SLACK bytes behind it are written.
const int8_t *tw_gather(const tw_windows *w, uint8_t *arena);

// What CONV and DEPTHWISE check alike; `needs_scratch` where not even windows inside the image do
// without.
tw_status tw_check_windows(const tw_limits *limits, const tw_conv *record, bool needs_scratch);

#endif
