// SPDX-License-Identifier: Apache-2.0
//
// What a build without a target's own kernels runs: every packing.

#include "kernels.h"

tw_dot *const tw_dots[TW_PACKINGS] = {tw_dot_rows, tw_dot_pairs, tw_dot_quads};

tw_depthwise *const tw_depthwises[TW_PACKINGS] = {tw_depthwise_rows, tw_depthwise_pairs,
                                                  tw_depthwise_rows};
