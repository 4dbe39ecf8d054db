// SPDX-License-Identifier: Apache-2.0
//
// nRF52840 Product Specification, "USBD", with the workarounds of Nordic's errata for the chip: 187
// and 171 while it is switched on, 199 around every DMA, and by anomaly 104 the event EPDATA is not
// relied upon, only EPDATASTATUS. The controller's DMA goes between RAM and its own buffers, one
// transfer at a time, in a few microseconds; so each is waited for.

#include "../../application/board.h"
#include "clock.h"
#include "registers.h"
#include "usb.h"

#define USBREGSTATUS (POWER + 0x438)
#define VBUS_THERE BIT(0)
#define REGULATOR_READY BIT(1)

#define TASKS_STARTEPIN(n) (USBD + 0x004 + 4u * (n))
#define TASKS_STARTEPOUT(n) (USBD + 0x028 + 4u * (n))
#define TASKS_EP0RCVOUT (USBD + 0x04c)
#define TASKS_EP0STATUS (USBD + 0x050)
#define TASKS_EP0STALL (USBD + 0x054)
#define EVENTS_USBRESET (USBD + 0x100)
#define EVENTS_STARTED (USBD + 0x104)
#define EVENTS_ENDEPIN(n) (USBD + 0x108 + 4u * (n))
#define EVENTS_EP0DATADONE (USBD + 0x128)
#define EVENTS_ENDEPOUT(n) (USBD + 0x130 + 4u * (n))
#define EVENTS_USBEVENT (USBD + 0x158)
#define EVENTS_EP0SETUP (USBD + 0x15c)
#define SHORTS (USBD + 0x200)
#define INTENCLR (USBD + 0x308)
#define EVENTCAUSE (USBD + 0x400)
#define CAUSE_SUSPEND BIT(8)
#define CAUSE_RESUME BIT(9)
#define CAUSE_READY BIT(11)
#define HALTED_IN(n) (USBD + 0x420 + 4u * (n))
#define HALTED_OUT(n) (USBD + 0x444 + 4u * (n))
#define EPDATASTATUS (USBD + 0x46c)
#define DATA_SENT(n) BIT(n)
#define DATA_CAME(n) BIT(16u + (n))
#define BMREQUESTTYPE (USBD + 0x480)  // and the seven bytes after it, a word each
#define SIZE_EPOUT(n) (USBD + 0x4a0 + 4u * (n))
#define ENABLE (USBD + 0x500)
#define USBPULLUP (USBD + 0x504)
#define DTOGGLE (USBD + 0x50c)
#define DTOGGLE_DATA0 (1u << 8)
#define EPINEN (USBD + 0x510)
#define EPOUTEN (USBD + 0x514)
#define EPSTALL (USBD + 0x518)
#define EPSTALL_STALL (1u << 8)
#define FRAMECNTR (USBD + 0x520)
#define EPIN_PTR(n) (USBD + 0x600 + 20u * (n))
#define EPIN_MAXCNT(n) (USBD + 0x604 + 20u * (n))
#define EPOUT_PTR(n) (USBD + 0x700 + 20u * (n))
#define EPOUT_MAXCNT(n) (USBD + 0x704 + 20u * (n))

// Without names in the specification; the errata give address and value.
#define ERRATA_KEY 0x4006ec00u
#define ERRATA_KEY_VALUE 0x9375u
#define ERRATUM_171 0x4006ec14u
#define ERRATUM_171_ON 0xc0u
#define ERRATUM_187 0x4006ed14u
#define ERRATUM_187_ON 3u
#define ERRATUM_199 (USBD + 0xc1c)
#define ERRATUM_199_ON 0x82u

#define DMA_LIMIT_US 200u
#define DETACHED_US 20000u      // until the host has seen that another device comes
#define READY_LIMIT_US 100000u  // then it is switched off and on

static enum { OFF, SWITCHED_ON, ATTACHED } state;
static uint64_t detached_until_us, ready_until_us;

// --- supply --------------------------------------------------------------------------------------

static void set_errata(bool on) {
  const bool locked = REG(ERRATA_KEY) == 0;
  if (locked) REG(ERRATA_KEY) = ERRATA_KEY_VALUE;
  REG(ERRATUM_187) = on ? ERRATUM_187_ON : 0;
  REG(ERRATUM_171) = on ? ERRATUM_171_ON : 0;
  if (locked) REG(ERRATA_KEY) = ERRATA_KEY_VALUE;
}

static void switch_off(void) {
  REG(USBPULLUP) = 0;
  REG(INTENCLR) = ~0u;
  REG(SHORTS) = 0;
  barrier();
  REG(ENABLE) = 0;
  state = OFF;
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

static void clear_events(void) {
  REG(EVENTS_USBRESET) = 0;
  REG(EVENTS_EP0DATADONE) = 0;
  REG(EVENTS_EP0SETUP) = 0;
  REG(EVENTS_USBEVENT) = 0;
  REG(EPDATASTATUS) = REG(EPDATASTATUS);
  REG(EVENTCAUSE) = CAUSE_SUSPEND | CAUSE_RESUME;
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
  clear_events();
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

static void follow_supply(void) {
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

// --- packets -------------------------------------------------------------------------------------

static void run_dma(uint32_t task, uint32_t end) {
  REG(end) = 0;
  REG(ERRATUM_199) = ERRATUM_199_ON;
  barrier();
  REG(task) = 1;
  const uint64_t limit_us = tw_board_micros() + DMA_LIMIT_US;
  while (REG(end) == 0 && tw_board_micros() < limit_us) continue;
  REG(ERRATUM_199) = 0;
  REG(end) = 0;
  REG(EVENTS_STARTED) = 0;
  barrier();
}

void usbd_send(uint8_t endpoint, const uint8_t *bytes, uint32_t length) {
  REG(EPIN_PTR(endpoint)) = (uint32_t)(uintptr_t)bytes;
  REG(EPIN_MAXCNT(endpoint)) = length;
  run_dma(TASKS_STARTEPIN(endpoint), EVENTS_ENDEPIN(endpoint));
}

uint32_t usbd_receive(uint8_t endpoint, uint8_t *to) {
  const uint32_t length = REG(SIZE_EPOUT(endpoint));
  REG(EPOUT_PTR(endpoint)) = (uint32_t)(uintptr_t)to;
  REG(EPOUT_MAXCNT(endpoint)) = length;
  run_dma(TASKS_STARTEPOUT(endpoint), EVENTS_ENDEPOUT(endpoint));
  return length;
}

void usbd_allow_data(void) {
  REG(TASKS_EP0RCVOUT) = 1;
}

void usbd_allow_status(void) {
  REG(TASKS_EP0STATUS) = 1;
}

void usbd_refuse(void) {
  REG(TASKS_EP0STALL) = 1;
}

// --- endpoints -----------------------------------------------------------------------------------

void usbd_reset_endpoints(void) {
  REG(EPINEN) = BIT(0);
  REG(EPOUTEN) = BIT(0);
}

void usbd_enable_endpoints(void) {
  static const uint8_t addresses[] = {USB_TO_HOST | USB_NOTIFY, USB_TO_HOST | USB_DATA, USB_DATA};
  REG(EPINEN) = BIT(0) | BIT(USB_NOTIFY) | BIT(USB_DATA);
  REG(EPOUTEN) = BIT(0) | BIT(USB_DATA);
  for (uint32_t i = 0; i < sizeof addresses; i++) usbd_set_halted(addresses[i], false);
  REG(SIZE_EPOUT(USB_DATA)) = 0;  // takes the first packet
}

void usbd_set_halted(uint8_t address, bool halted) {
  REG(EPSTALL) = (halted ? EPSTALL_STALL : 0) | address;
  if (!halted) {
    REG(DTOGGLE) = address;  // which endpoint, then what
    REG(DTOGGLE) = DTOGGLE_DATA0 | address;
  }
}

bool usbd_is_halted(uint8_t address) {
  const uint32_t endpoint = address & 7;
  return REG((address & USB_TO_HOST) != 0 ? HALTED_IN(endpoint) : HALTED_OUT(endpoint)) != 0;
}

// --- events --------------------------------------------------------------------------------------

static uint8_t setup_byte(uint32_t n) {
  return (uint8_t)REG(BMREQUESTTYPE + 4 * n);
}

static uint16_t setup_word(uint32_t n) {
  return (uint16_t)(setup_byte(n) | setup_byte(n + 1) << 8);
}

static bool take_event(uint32_t event) {
  if (REG(event) == 0) return false;
  REG(event) = 0;
  barrier();
  return true;
}

static void take_reset(void) {
  REG(EVENTS_EP0DATADONE) = 0;
  REG(EPDATASTATUS) = REG(EPDATASTATUS);
  usbd_reset_endpoints();
  usb_control_reset();
  usb_serial_reset();
}

static void take_cause(void) {
  const uint32_t causes = REG(EVENTCAUSE) & (CAUSE_SUSPEND | CAUSE_RESUME);
  REG(EVENTCAUSE) = causes;
  if (causes != 0) usb_serial_suspended((causes & CAUSE_RESUME) == 0);
}

// What was moved before a new request came belongs to the one that it ends.
static void take_control(void) {
  const bool moved = take_event(EVENTS_EP0DATADONE);
  if (take_event(EVENTS_EP0SETUP)) {
    const usb_setup setup = {setup_byte(0), setup_byte(1), setup_word(2), setup_word(4),
                             setup_word(6)};
    usb_serial_suspended(false);
    usb_control_setup(&setup);
  } else if (moved) {
    usb_control_moved();
  }
}

static void take_data(void) {
  const uint32_t status = REG(EPDATASTATUS) & (DATA_SENT(USB_DATA) | DATA_CAME(USB_DATA));
  if (status == 0) return;
  REG(EPDATASTATUS) = status;
  usb_serial_suspended(false);
  usb_serial_moved((status & DATA_SENT(USB_DATA)) != 0, (status & DATA_CAME(USB_DATA)) != 0);
}

void usb_poll(void) {
  follow_supply();
  if (state != ATTACHED) return;
  if (take_event(EVENTS_USBRESET)) take_reset();
  if (take_event(EVENTS_USBEVENT)) take_cause();
  take_control();
  take_data();
  usb_serial_pump();
}

uint32_t usb_frame_number(void) {
  return state == ATTACHED ? REG(FRAMECNTR) : 0;
}
