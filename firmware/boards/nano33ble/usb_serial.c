// SPDX-License-Identifier: Apache-2.0
//
// The port's bytes. To the host they go when it has opened the port (DTR); what does not fit is
// refused whole. From the host a packet is taken when there is room for all of it; until then the
// controller turns the host away, and nothing is lost.

#include <string.h>

#include "../../application/board.h"
#include "registers.h"
#include "usb.h"

#define TO_HOST_BYTES 8192u
#define FROM_HOST_BYTES 4096u
#define ANSWERS_BYTES 4608u  // two of the longest, and what events come between

#define TOUCH_BAUD 1200u
#define TOUCH_US 50000u                // until the host's request is through
#define GPREGRET_STAY_IN_LOADER 0xb0u  // as Arduino's core asks for it

static struct {
  // Of both rings only the difference of the counts matters; they wrap.
  uint8_t to_host[TO_HOST_BYTES], from_host[FROM_HOST_BYTES];
  uint32_t given, sent, came, taken;
  uint8_t packet[USB_PACKET];  // of the DMA
  bool sending;                // a packet is with the controller, the host has not fetched it
  bool owes_end;               // the last packet was a full one: the host waits for more
  bool waiting;                // a packet of the host is with the controller
  bool opened, suspended;
  uint64_t restart_us;  // into the boot loader; 0 for never
} port;

// 115200 baud, 1 stop bit, no parity, 8 bits.
static uint8_t line_coding[USB_LINE_CODING] = {0x00, 0xc2, 0x01, 0x00, 0, 0, 8};

void usb_serial_reset(void) {
  port.given = port.sent = 0;
  port.came = port.taken = 0;
  port.sending = port.owes_end = port.waiting = false;
  port.opened = port.suspended = false;
}

// The controller keeps a packet that it holds, and sends it under the new configuration.
void usb_serial_configured(void) {
  const bool sending = port.sending;
  usb_serial_reset();
  port.sending = sending;
}

void usb_serial_suspended(bool suspended) {
  port.suspended = suspended;
}

// A host that clears a halt has forgotten what was under way.
void usb_serial_released(uint8_t address) {
  if (address == (USB_TO_HOST | USB_DATA)) port.owes_end = false;
}

// --- lines ---------------------------------------------------------------------------------------

static uint32_t baud(void) {
  return line_coding[0] | (uint32_t)line_coding[1] << 8 | (uint32_t)line_coding[2] << 16 |
         (uint32_t)line_coding[3] << 24;
}

void usb_serial_set_line_coding(const uint8_t *coding) {
  memcpy(line_coding, coding, sizeof line_coding);
  if (baud() != TOUCH_BAUD) port.restart_us = 0;
}

void usb_serial_get_line_coding(uint8_t *coding) {
  memcpy(coding, line_coding, sizeof line_coding);
}

void usb_serial_set_lines(bool ready) {
  if (!ready) port.sent = port.given;  // nobody listens any more
  port.opened = ready;
  port.restart_us = !ready && baud() == TOUCH_BAUD ? tw_board_micros() + TOUCH_US : 0;
}

void usb_serial_restart_when_asked(void) {
  if (port.restart_us == 0 || tw_board_micros() < port.restart_us) return;
  usbd_detach();
  REG(GPREGRET) = GPREGRET_STAY_IN_LOADER;
  barrier();
  REG(SCB_AIRCR) = AIRCR_RESET;
  barrier();
  for (;;) continue;
}

// --- packets -------------------------------------------------------------------------------------

void usb_serial_moved(bool sent, bool came) {
  if (sent) port.sending = false;
  if (came) port.waiting = true;
}

static void send_packet(void) {
  const uint32_t left = port.given - port.sent;
  const uint32_t length = left < USB_PACKET ? left : USB_PACKET;
  for (uint32_t i = 0; i < length; i++) {
    port.packet[i] = port.to_host[(port.sent + i) % TO_HOST_BYTES];
  }
  port.sent += length;
  port.sending = true;
  port.owes_end = length == USB_PACKET;
  usbd_send(USB_DATA, port.packet, length);
}

static void take_packet(void) {
  const uint32_t length = usbd_receive(USB_DATA, port.packet);
  for (uint32_t i = 0; i < length; i++) {
    port.from_host[(port.came + i) % FROM_HOST_BYTES] = port.packet[i];
  }
  port.came += length;
  port.waiting = false;
}

void usb_serial_pump(void) {
  if (!usb_is_configured()) return;
  if (port.waiting && FROM_HOST_BYTES - (port.came - port.taken) >= USB_PACKET) take_packet();
  if (!port.sending && (port.given != port.sent || port.owes_end)) send_packet();
}

// --- for the application -------------------------------------------------------------------------

// Nothing, until answers to it are sure to fit: so none is lost, and the host has to wait.
size_t tw_board_receive(uint8_t *to, size_t room) {
  size_t count = 0;
  if (TO_HOST_BYTES - (port.given - port.sent) < ANSWERS_BYTES) return 0;
  for (; count < room && port.taken != port.came; port.taken++) {
    to[count++] = port.from_host[port.taken % FROM_HOST_BYTES];
  }
  return count;
}

bool tw_board_send(const uint8_t *bytes, size_t length) {
  if (!usb_is_configured() || !port.opened || port.suspended) return false;
  if (length > TO_HOST_BYTES - (port.given - port.sent)) return false;
  for (size_t i = 0; i < length; i++) port.to_host[port.given++ % TO_HOST_BYTES] = bytes[i];
  usb_serial_pump();
  return true;
}

// USB: whatever speed the host sets, the bus goes at its own.
uint32_t tw_board_link_speed(void) {
  return 0;
}

void tw_board_link_change(uint32_t baud) {
  (void)baud;
}

uint32_t tw_board_link_garbled(void) {
  return 0;
}
