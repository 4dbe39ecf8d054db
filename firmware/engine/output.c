// SPDX-License-Identifier: Apache-2.0
//
// The OUTPUT section: what the answers are called.

#include "program.h"
#include "sections.h"
#include "tinywright.h"

bool tw_take_text(tw_section section, uint32_t *at, tw_text *taken) {
  if (*at >= section.bytes) return false;
  const uint8_t bytes = section.at[*at];
  if (section.bytes - *at - 1 < bytes) return false;
  *taken = (tw_text){(const char *)section.at + *at + 1, bytes};
  *at += 1u + bytes;
  return true;
}

// Whether so many labels suit a task of so many outputs.
static bool labels_suit(uint8_t task, uint32_t labels, uint32_t outputs) {
  switch (task) {
    case TW_CLASSES:
      return labels >= 2 && labels == outputs;
    case TW_BINARY:
      return labels == 2 && outputs == 1;
    case TW_REGRESSION:
      return labels == 0 && outputs >= 1;
    default:
      return false;
  }
}

tw_status tw_check_output(tw_section output, uint32_t outputs) {
  const tw_output_head *head = (const tw_output_head *)output.at;
  if (output.bytes < sizeof *head || !tw_is_scale(head->scale) ||
      !labels_suit(head->task, head->labels, outputs)) {
    return TW_BAD_SECTION;
  }
  uint32_t at = sizeof *head;
  for (uint32_t index = 0; index < head->labels; index++) {
    tw_text label;
    if (!tw_take_text(output, &at, &label)) return TW_BAD_SECTION;
  }
  return at == output.bytes ? TW_OK : TW_BAD_SECTION;
}

tw_meaning tw_answers_mean(const tw_engine *engine) {
  const tw_output_head *head = (const tw_output_head *)engine->output_section;
  return (tw_meaning){head->task, head->zero_point, head->scale};
}

uint32_t tw_labels(const tw_engine *engine) {
  return ((const tw_output_head *)engine->output_section)->labels;
}

tw_text tw_label_at(const tw_engine *engine, uint32_t index) {
  const tw_section output = {engine->output_section, UINT32_MAX};  // checked
  uint32_t at = sizeof(tw_output_head);
  tw_text label;
  do {
    tw_take_text(output, &at, &label);
  } while (index-- > 0);
  return label;
}
