// SPDX-License-Identifier: Apache-2.0
//
// Weights as PAIRS: for 4 outputs and 4 inputs 16 bytes, in halves of w[even] + 256 * w[odd].
//
// Two sums serve two outputs. The inputs times the halves give even + 256 * odd, times their low
// bytes even alone, and odd is an 256th of the difference while it stays below 2^23: so odd is
// taken out every 512 inputs. 16 instructions do 16 multiply-accumulates.

#include "finish.h"
#include "kernels.h"

#define GROUPS_AT_ONCE 128u  // of 4 inputs

// xa becomes inputs 0 and 2, xb inputs 1 and 3.
#define ONE_GROUP                           \
  "ldr    %[xa], [%[x]], #4           \n"   \
  "ldmia  %[w]!, {r2, r3, r4, r5}     \n"   \
  "sxtb16 %[xb], %[xa], ror #8        \n"   \
  "sxtb16 %[xa], %[xa]                \n"   \
  "smlad  %[both0], %[xa], r2, %[both0] \n" \
  "sxtb16 r2, r2                      \n"   \
  "smlad  %[even0], %[xa], r2, %[even0] \n" \
  "smlad  %[both0], %[xb], r3, %[both0] \n" \
  "sxtb16 r3, r3                      \n"   \
  "smlad  %[even0], %[xb], r3, %[even0] \n" \
  "smlad  %[both2], %[xa], r4, %[both2] \n" \
  "sxtb16 r4, r4                      \n"   \
  "smlad  %[even2], %[xa], r4, %[even2] \n" \
  "smlad  %[both2], %[xb], r5, %[both2] \n" \
  "sxtb16 r5, r5                      \n"   \
  "smlad  %[even2], %[xb], r5, %[even2] \n"

// The last 1 to 3 outputs.
static void finish_rest(const uint32_t *sums, uint32_t outputs, const tw_channel_scale *scales,
                        const tw_finish *finish, int8_t *out) {
  const int32_t offset = finish_offset(finish);
  for (uint32_t o = 0; o < outputs; o++) out[o] = finished(sums[o], &scales, finish->once, offset);
}

void tw_dot_pairs(const int8_t *x, uint32_t inputs, const uint8_t *weights,
                  const tw_channel_scale *scales, uint32_t outputs, const tw_finish *finish,
                  int8_t *out) {
  const int32_t offset = finish_offset(finish);
  const uint8_t *w = weights;
  int8_t *next = out;
  for (uint32_t outputs_left = outputs;; outputs_left -= 4) {
    uint32_t even0 = 0, odd1 = 0, even2 = 0, odd3 = 0;
    uint32_t groups_left = (inputs + 3) / 4;
    const int8_t *at = x;
    do {
      int32_t groups = (int32_t)(groups_left < GROUPS_AT_ONCE ? groups_left : GROUPS_AT_ONCE);
      uint32_t both0 = even0, both2 = even2, xa, xb;
      groups_left -= (uint32_t)groups;
      __asm__ volatile(
          "subs %[groups], #4 \n"
          "blt  2f            \n"
          "1:                 \n" ONE_GROUP ONE_GROUP ONE_GROUP ONE_GROUP
          "subs %[groups], #4 \n"
          "bge  1b            \n"
          "2:                 \n"
          "adds %[groups], #4 \n"
          "beq  4f            \n"
          "3:                 \n" ONE_GROUP
          "subs %[groups], #1 \n"
          "bne  3b            \n"
          "4:                 \n"
          : [x] "+r"(at), [w] "+r"(w), [even0] "+r"(even0), [both0] "+r"(both0),
            [even2] "+r"(even2), [both2] "+r"(both2), [groups] "+r"(groups), [xa] "=&r"(xa),
            [xb] "=&r"(xb)
          :
          : "r2", "r3", "r4", "r5", "cc", "memory");
      odd1 += (uint32_t)((int32_t)(both0 - even0) >> 8);
      odd3 += (uint32_t)((int32_t)(both2 - even2) >> 8);
    } while (groups_left > 0);
    if (outputs_left < 4) {
      finish_rest((uint32_t[]){even0, odd1, even2}, outputs_left, scales, finish, next);
      break;
    }
    if (finish->once) {
      next[0] = finished(even0, &scales, true, offset);
      next[1] = finished(odd1, &scales, true, offset);
      next[2] = finished(even2, &scales, true, offset);
      next[3] = finished(odd3, &scales, true, offset);
    } else {
      next[0] = finished(even0, &scales, false, offset);
      next[1] = finished(odd1, &scales, false, offset);
      next[2] = finished(even2, &scales, false, offset);
      next[3] = finished(odd3, &scales, false, offset);
    }
    next += 4;
    if (outputs_left == 4) break;
  }
  limit(out, outputs, finish);
}
