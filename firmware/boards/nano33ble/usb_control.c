// SPDX-License-Identifier: Apache-2.0
//
// Control requests: Universal Serial Bus Specification 2.0, chapter 9, and USB Class Definitions
// for Communication Devices 1.2, PSTN subclass. What is not known is stalled. SET_ADDRESS is the
// controller's own affair.

#include <string.h>

#include "usb.h"

#define RECIPIENT_MASK 0x1fu
#define TO_DEVICE 0u
#define TO_INTERFACE 1u
#define TO_ENDPOINT 2u
#define KIND_MASK 0x60u
#define STANDARD 0x00u
#define OF_CLASS 0x20u

enum {
  GET_STATUS = 0,
  CLEAR_FEATURE = 1,
  SET_FEATURE = 3,
  SET_ADDRESS = 5,
  GET_DESCRIPTOR = 6,
  GET_CONFIGURATION = 8,
  SET_CONFIGURATION = 9,
  GET_INTERFACE = 10,
  SET_INTERFACE = 11,
};
enum { ENDPOINT_HALT = 0, CONFIGURATIONS = 1, INTERFACES = 2 };
enum {
  SET_LINE_CODING = 0x20,
  GET_LINE_CODING = 0x21,
  SET_CONTROL_LINE_STATE = 0x22,
  SEND_BREAK = 0x23,
};

typedef enum { REFUSED, DONE, REPLY, WANTS_DATA } outcome;

static struct {
  uint8_t configuration;
  enum { NOTHING, SENDING, TAKING } doing;
  uint8_t bytes[256];  // of the request at work; read and written by DMA
  uint32_t length, sent;
  bool ends_short;  // the host can tell the end without a packet of nothing
} control;

bool usb_is_configured(void) {
  return control.configuration != 0;
}

void usb_control_reset(void) {
  control.configuration = 0;
  control.doing = NOTHING;
}

// --- what is asked -------------------------------------------------------------------------------

static outcome reply(const void *bytes, uint32_t length) {
  memcpy(control.bytes, bytes, length);
  control.length = length;
  return REPLY;
}

static outcome reply_u8(uint8_t value) {
  return reply(&value, sizeof value);
}

static outcome reply_u16(uint16_t value) {
  return reply(&value, sizeof value);
}

static outcome configure(uint16_t number) {
  if (number > CONFIGURATIONS) return REFUSED;
  control.configuration = (uint8_t)number;
  usbd_reset_endpoints();
  usb_serial_configured();
  if (number != 0) usbd_enable_endpoints();
  return DONE;
}

static outcome serve_device(const usb_setup *setup) {
  switch (setup->request) {
    case GET_STATUS:
      return reply_u16(0);  // supplied by the bus, wakes nobody
    case GET_DESCRIPTOR:
      control.length = usb_descriptor(setup->value, control.bytes, sizeof control.bytes);
      return control.length == 0 ? REFUSED : REPLY;
    case GET_CONFIGURATION:
      return reply_u8(control.configuration);
    case SET_CONFIGURATION:
      return configure(setup->value);
    default:
      return REFUSED;
  }
}

static outcome serve_interface(const usb_setup *setup) {
  if (!usb_is_configured() || setup->index >= INTERFACES) return REFUSED;
  switch (setup->request) {
    case GET_STATUS:
      return reply_u16(0);
    case GET_INTERFACE:
      return reply_u8(0);
    case SET_INTERFACE:
      return setup->value == 0 ? DONE : REFUSED;
    default:
      return REFUSED;
  }
}

static bool is_endpoint(uint16_t address) {
  return address == (USB_TO_HOST | USB_NOTIFY) || address == (USB_TO_HOST | USB_DATA) ||
         address == USB_DATA;
}

static outcome serve_endpoint(const usb_setup *setup) {
  const uint8_t address = (uint8_t)setup->index;
  if ((setup->index & 0xff7fu) == 0) return setup->request == GET_STATUS ? reply_u16(0) : REFUSED;
  if (!usb_is_configured() || !is_endpoint(setup->index)) return REFUSED;
  if (setup->request == GET_STATUS) return reply_u16(usbd_is_halted(address));
  if (setup->value != ENDPOINT_HALT) return REFUSED;
  if (setup->request != SET_FEATURE && setup->request != CLEAR_FEATURE) return REFUSED;
  usbd_set_halted(address, setup->request == SET_FEATURE);
  if (setup->request == CLEAR_FEATURE) usb_serial_released(address);
  return DONE;
}

static outcome serve_class(const usb_setup *setup) {
  uint8_t coding[USB_LINE_CODING];
  if (!usb_is_configured() || setup->index >= INTERFACES) return REFUSED;
  switch (setup->request) {
    case SET_LINE_CODING:
      return setup->length == USB_LINE_CODING ? WANTS_DATA : REFUSED;
    case GET_LINE_CODING:
      usb_serial_get_line_coding(coding);
      return reply(coding, sizeof coding);
    case SET_CONTROL_LINE_STATE:
      usb_serial_set_lines((setup->value & 1) != 0);
      return DONE;
    case SEND_BREAK:
      return DONE;
    default:
      return REFUSED;
  }
}

static outcome serve(const usb_setup *setup) {
  const uint8_t recipient = setup->type & RECIPIENT_MASK;
  if ((setup->type & KIND_MASK) == OF_CLASS && recipient == TO_INTERFACE) return serve_class(setup);
  if ((setup->type & KIND_MASK) != STANDARD) return REFUSED;
  if (recipient == TO_DEVICE) return serve_device(setup);
  if (recipient == TO_INTERFACE) return serve_interface(setup);
  return recipient == TO_ENDPOINT ? serve_endpoint(setup) : REFUSED;
}

// Data go the way that the request says, or not at all.
static bool fits_direction(const usb_setup *setup, outcome result) {
  const bool to_host = (setup->type & USB_TO_HOST) != 0;
  if (result == REPLY) return to_host && setup->length > 0;
  if (result == WANTS_DATA) return !to_host;
  return result == DONE && setup->length == 0;
}

// --- packets -------------------------------------------------------------------------------------

static void send_next(void) {
  const uint32_t left = control.length - control.sent;
  const uint32_t packet = left < USB_PACKET ? left : USB_PACKET;
  if (packet < USB_PACKET) control.ends_short = true;
  usbd_send(0, control.bytes + control.sent, packet);
  control.sent += packet;
}

void usb_control_setup(const usb_setup *setup) {
  control.doing = NOTHING;
  if (setup->type == (STANDARD | TO_DEVICE) && setup->request == SET_ADDRESS) return;
  const outcome result = serve(setup);
  if (!fits_direction(setup, result)) {
    usbd_refuse();
  } else if (result == DONE) {
    usbd_allow_status();
  } else if (result == WANTS_DATA) {
    control.doing = TAKING;
    usbd_allow_data();
  } else {
    control.doing = SENDING;
    control.sent = 0;
    // Only a reply that is shorter than asked for needs a short packet at its end.
    control.ends_short = control.length >= setup->length;
    if (control.length > setup->length) control.length = setup->length;
    send_next();
  }
}

void usb_control_moved(void) {
  if (control.doing == SENDING) {
    if (control.sent < control.length || !control.ends_short) {
      send_next();
      return;
    }
  } else if (control.doing == TAKING) {
    const uint32_t came = usbd_receive(0, control.bytes);
    if (came == USB_LINE_CODING) usb_serial_set_line_coding(control.bytes);
  } else {
    return;
  }
  control.doing = NOTHING;
  usbd_allow_status();
}
