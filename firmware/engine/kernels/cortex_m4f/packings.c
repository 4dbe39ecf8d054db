// SPDX-License-Identifier: Apache-2.0
//
// What a Cortex-M4F's build runs: its own packing, and ROWS.

#include "kernels.h"

tw_dot *const tw_dots[TW_PACKINGS] = {tw_dot_rows, tw_dot_pairs, 0};

tw_depthwise *const tw_depthwises[TW_PACKINGS] = {tw_depthwise_rows, tw_depthwise_pairs, 0};
