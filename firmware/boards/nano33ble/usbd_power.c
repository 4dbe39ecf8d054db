// SPDX-License-Identifier: Apache-2.0
//
// The USB controller's supply and sleep (nRF52840 Product Specification, "USBD" and "POWER"), with
// the workarounds of Nordic's errata: 187 and 171 while it is switched on, 171 while it wakes. That
// of 211 (a host that begins its frames again without the signal of resuming is noticed late) costs
// current in suspend, and hosts give that signal.

#include "../../application/board.h"
#include "clock.h"
#include "registers.h"
#include "usb.h"
#include "usbd.h"

#define POWER_EVENTS_USBREMOVED (POWER + 0x120)
#define POWER_INTENSET (POWER + 0x304)
#define POWER_INTENCLR (POWER + 0x308)
#define INTERRUPT_USBREMOVED BIT(8)
#define POWER_IRQ 0u
#define USBD_IRQ 39u

// Without names in the specification; the errata give address and value.
#define ERRATA_KEY 0x4006ec00u
#define ERRATA_KEY_VALUE 0x9375u
#define ERRATUM_171 0x4006ec14u
#define ERRATUM_171_ON 0xc0u
#define ERRATUM_187 0x4006ed14u
#define ERRATUM_187_ON 3u

#define DETACHED_US 20000u      // until the host has seen that another device comes
#define READY_LIMIT_US 100000u  // then it is switched off and on
#define AWAKE_LIMIT_US 1000u

static enum { OFF, SWITCHED_ON, ATTACHED } state;
static uint64_t detached_until_us, ready_until_us;
static bool suspended;

bool usbd_is_attached(void) {
  return state == ATTACHED;
}

// --- supply --------------------------------------------------------------------------------------

// Writes behind the lock of these registers.
static void set_erratum(uint32_t which, uint32_t value) {
  const bool locked = REG(ERRATA_KEY) == 0;
  if (locked) REG(ERRATA_KEY) = ERRATA_KEY_VALUE;
  REG(which) = value;
  if (locked) REG(ERRATA_KEY) = ERRATA_KEY_VALUE;
}

static void set_errata(bool on) {
  set_erratum(ERRATUM_187, on ? ERRATUM_187_ON : 0);
  set_erratum(ERRATUM_171, on ? ERRATUM_171_ON : 0);
}

static void switch_off(void) {
  REG(USBPULLUP) = 0;
  REG(INTENCLR) = ~0u;
  REG(SHORTS) = 0;
  barrier();
  REG(ENABLE) = 0;
  state = OFF;
  suspended = false;
  usb_control_reset();
  usb_serial_reset();
}

static void switch_on(void) {
  REG(EVENTCAUSE) = CAUSE_READY;
  set_errata(true);
  REG(ENABLE) = 1;
  ready_until_us = tw_board_micros() + READY_LIMIT_US;
  state = SWITCHED_ON;
}

static void attach_when_ready(void) {
  if ((REG(EVENTCAUSE) & CAUSE_READY) == 0) {
    if (tw_board_micros() > ready_until_us) {
      set_errata(false);
      usbd_detach();
    }
    return;
  }
  // A controller without its crystal keeps no time on the line.
  if ((REG(USBREGSTATUS) & REGULATOR_READY) == 0 || !clock_is_crystal()) return;
  REG(EVENTCAUSE) = CAUSE_READY;
  set_errata(false);
  REG(INTENCLR) = ~0u;
  REG(SHORTS) = 0;
  usbd_clear_events();
  usbd_reset_endpoints();
  REG(USBPULLUP) = 1;
  state = ATTACHED;
}

void usbd_detach(void) {
  switch_off();
  detached_until_us = tw_board_micros() + DETACHED_US;
}

// The controller as the boot loader left it, perhaps at work.
static void take_over(void) {
  static bool taken;
  if (taken) return;
  taken = true;
  if ((REG(ENABLE) & 1) != 0) usbd_detach();
}

void usbd_follow_supply(void) {
  take_over();
  const bool supplied = (REG(USBREGSTATUS) & VBUS_THERE) != 0;
  if (!supplied) {
    if (state == SWITCHED_ON) set_errata(false);
    if (state != OFF) switch_off();
  } else if (state == OFF) {
    if (tw_board_micros() >= detached_until_us) switch_on();
  } else if (state == SWITCHED_ON) {
    attach_when_ready();
  }
}

// --- sleep ---------------------------------------------------------------------------------------

void usbd_set_suspended(bool now) {
  suspended = now;
  usb_serial_suspended(now);
}

// A charger suspends everything too; there nobody has configured the board, and it goes on.
bool usb_is_suspended(void) {
  return suspended && usb_is_configured();
}

static bool host_is_back(void) {
  return (REG(EVENTCAUSE) & CAUSE_RESUME) != 0 || REG(EVENTS_USBRESET) != 0 ||
         REG(EVENTS_SOF) != 0 || (REG(USBREGSTATUS) & VBUS_THERE) == 0;
}

// The core stands still until the controller or its supply has something to tell. Interrupts are
// masked: one that is enabled here wakes the core and goes nowhere.
static void stand_still(void) {
  REG(NVIC_ISER + 4 * (POWER_IRQ / 32)) = BIT(POWER_IRQ % 32);
  REG(NVIC_ISER + 4 * (USBD_IRQ / 32)) = BIT(USBD_IRQ % 32);
  __asm__ volatile("vmsr fpscr, %0" ::"r"(0));  // anomaly 87: a flag in it keeps the core awake
  barrier();
  __asm__ volatile("wfi" ::: "memory");
  for (uint32_t i = 0; i < NVIC_WORDS; i++) {
    REG(NVIC_ICER + 4 * i) = ~0u;
    REG(NVIC_ICPR + 4 * i) = ~0u;
  }
  barrier();
}

static void enter_low_power(void) {
  REG(EVENTS_SOF) = 0;
  REG(LOWPOWER) = 1;
  barrier();
  clock_stop_crystal();
  REG(POWER_EVENTS_USBREMOVED) = 0;
  REG(POWER_INTENSET) = INTERRUPT_USBREMOVED;
  REG(INTENSET) = INTERRUPT_USBRESET | INTERRUPT_SOF | INTERRUPT_USBEVENT;
}

static void leave_low_power(void) {
  REG(INTENCLR) = ~0u;
  REG(POWER_INTENCLR) = ~0u;
  clock_start_crystal();
  REG(EVENTCAUSE) = CAUSE_AWAKE;
  set_erratum(ERRATUM_171, ERRATUM_171_ON);
  REG(LOWPOWER) = 0;
  const uint64_t limit_us = tw_board_micros() + AWAKE_LIMIT_US;
  while ((REG(EVENTCAUSE) & CAUSE_AWAKE) == 0 && tw_board_micros() < limit_us) continue;
  set_erratum(ERRATUM_171, 0);
}

void usb_await_host(void) {
  enter_low_power();
  while (!host_is_back()) stand_still();
  leave_low_power();
  usbd_set_suspended(false);
}
