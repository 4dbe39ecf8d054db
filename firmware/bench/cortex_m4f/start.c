// SPDX-License-Identifier: Apache-2.0
//
// From reset to main() on a Cortex-M4. A fault ends the run with a message.

#include <stdint.h>

#include "host.h"

int main(void);
void reset(void);

extern uint32_t bss_start[], bss_end[], stack_top[];

void reset(void) {
  for (uint32_t *word = bss_start; word < bss_end; word++) *word = 0;
  host_exit(main());
}

static void fault(void) {
  host_print("fault\n");
  host_exit(1);
}

__attribute__((section(".vectors"), used)) static const void *const vectors[] = {
    stack_top,           (const void *)reset, (const void *)fault, (const void *)fault,
    (const void *)fault, (const void *)fault, (const void *)fault,
};
