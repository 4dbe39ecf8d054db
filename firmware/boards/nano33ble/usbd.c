// SPDX-License-Identifier: Apache-2.0
//
// The USB controller's packets and events (nRF52840 Product Specification, "USBD"), with the
// workarounds of Nordic's errata: 199 around every DMA, and by anomaly 104 the event EPDATA is not
// relied upon, only EPDATASTATUS. The controller's DMA goes between RAM and its own buffers, one
// transfer at a time, in a few microseconds; so each is waited for.

#include "usbd.h"
#include "../../application/board.h"
#include "registers.h"
#include "usb.h"

// Without a name in the specification; the erratum gives address and value.
#define ERRATUM_199 (USBD + 0xc1c)
#define ERRATUM_199_ON 0x82u

#define DMA_LIMIT_US 200u
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

void usbd_clear_events(void) {
  REG(EVENTS_USBRESET) = 0;
  REG(EVENTS_EP0DATADONE) = 0;
  REG(EVENTS_EP0SETUP) = 0;
  REG(EVENTS_USBEVENT) = 0;
  REG(EPDATASTATUS) = REG(EPDATASTATUS);
  REG(EVENTCAUSE) = CAUSE_SUSPEND | CAUSE_RESUME;
}

static bool take_event(uint32_t event) {
  if (REG(event) == 0) return false;
  REG(event) = 0;
  barrier();
  return true;
}

static void take_reset(void) {
  usbd_set_suspended(false);
  REG(EVENTS_EP0DATADONE) = 0;
  REG(EPDATASTATUS) = REG(EPDATASTATUS);
  usbd_reset_endpoints();
  usb_control_reset();
  usb_serial_reset();
}

static void take_cause(void) {
  const uint32_t causes = REG(EVENTCAUSE) & (CAUSE_SUSPEND | CAUSE_RESUME);
  REG(EVENTCAUSE) = causes;
  if (causes != 0) usbd_set_suspended((causes & CAUSE_RESUME) == 0);
}

// What was moved before a new request came belongs to the one that it ends.
static void take_control(void) {
  const bool moved = take_event(EVENTS_EP0DATADONE);
  if (take_event(EVENTS_EP0SETUP)) {
    const usb_setup setup = {setup_byte(0), setup_byte(1), setup_word(2), setup_word(4),
                             setup_word(6)};
    usbd_set_suspended(false);
    usb_control_setup(&setup);
  } else if (moved) {
    usb_control_moved();
  }
}

static void take_data(void) {
  const uint32_t status = REG(EPDATASTATUS) & (DATA_SENT(USB_DATA) | DATA_CAME(USB_DATA));
  if (status == 0) return;
  REG(EPDATASTATUS) = status;
  usbd_set_suspended(false);
  usb_serial_moved((status & DATA_SENT(USB_DATA)) != 0, (status & DATA_CAME(USB_DATA)) != 0);
}

void usb_poll(void) {
  usbd_follow_supply();
  if (!usbd_is_attached()) return;
  if (take_event(EVENTS_USBRESET)) take_reset();
  if (take_event(EVENTS_USBEVENT)) take_cause();
  take_control();
  take_data();
  usb_serial_pump();
}

uint32_t usb_frame_number(void) {
  return usbd_is_attached() ? REG(FRAMECNTR) : 0;
}
