// SPDX-License-Identifier: Apache-2.0
//
// What a build for an ESP32 runs.

#include "kernels.h"

tw_dot *const tw_dots[TW_PACKINGS] = {[TW_ROWS] = tw_dot_rows, [TW_QUADS] = tw_dot_quads};

tw_depthwise *const tw_depthwises[TW_PACKINGS] = {[TW_ROWS] = tw_depthwise_rows};
