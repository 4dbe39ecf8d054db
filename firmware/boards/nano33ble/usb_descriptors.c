// SPDX-License-Identifier: Apache-2.0
//
// What the board tells a host about itself: a serial port of the communication class, which
// Windows, macOS and Linux drive by themselves, with Arduino's ids for this board running a sketch.
// Universal Serial Bus Specification 2.0, chapter 9; the functional descriptors after USB Class
// Definitions for Communication Devices 1.2; the interface association after its engineering change
// notice.

#include <string.h>

#include "registers.h"
#include "usb.h"

#define LOW(value) ((value)&0xff)
#define HIGH(value) ((value) >> 8)

#define VENDOR 0x2341
#define PRODUCT 0x805a
#define RELEASE 0x0100
#define DEVICEADDR(n) (FICR + 0x0a4 + 4u * (n))

enum { DEVICE = 1, CONFIGURATION = 2, STRING = 3, INTERFACE = 4, ENDPOINT = 5, ASSOCIATION = 11 };
enum { FUNCTIONAL = 0x24, BULK = 2, INTERRUPT = 3 };
enum { MANUFACTURER_TEXT = 1, PRODUCT_TEXT, SERIAL_TEXT, PORT_TEXT };
enum { CONFIGURATION_BYTES = 75, ENGLISH = 0x0409, NOTIFY_BYTES = 16, NOTIFY_MS = 16 };

// clang-format off
static const uint8_t device[] = {
    18, DEVICE,
    0x00, 0x02,        // USB 2.0
    0xef, 0x02, 0x01,  // interfaces belong together as associations say
    USB_PACKET,
    LOW(VENDOR), HIGH(VENDOR), LOW(PRODUCT), HIGH(PRODUCT), LOW(RELEASE), HIGH(RELEASE),
    MANUFACTURER_TEXT, PRODUCT_TEXT, SERIAL_TEXT,
    1,  // configuration
};

static const uint8_t configuration[] = {
    9, CONFIGURATION, CONFIGURATION_BYTES, 0, 2, 1, 0, 0x80, 250,  // bus-powered, up to 500 mA
    8, ASSOCIATION, 0, 2, 0x02, 0x02, 0x01, PORT_TEXT,
    9, INTERFACE, 0, 0, 1, 0x02, 0x02, 0x01, 0,  // communication: abstract control model
    5, FUNCTIONAL, 0x00, 0x10, 0x01,             // header: release 1.10
    5, FUNCTIONAL, 0x01, 0x00, 1,                // call management: none
    4, FUNCTIONAL, 0x02, 0x06,                   // line coding, line state, break
    5, FUNCTIONAL, 0x06, 0, 1,                   // union
    7, ENDPOINT, USB_TO_HOST | USB_NOTIFY, INTERRUPT, NOTIFY_BYTES, 0, NOTIFY_MS,
    9, INTERFACE, 1, 0, 2, 0x0a, 0x00, 0x00, 0,  // data
    7, ENDPOINT, USB_DATA, BULK, USB_PACKET, 0, 0,
    7, ENDPOINT, USB_TO_HOST | USB_DATA, BULK, USB_PACKET, 0, 0,
};
// clang-format on
_Static_assert(sizeof device == 18, "a device descriptor");
_Static_assert(sizeof configuration == CONFIGURATION_BYTES, "says its own length");

static uint32_t copy(const void *bytes, uint32_t length, uint8_t *to, uint32_t room) {
  if (length > room) return 0;
  memcpy(to, bytes, length);
  return length;
}

static uint32_t text(const char *letters, uint8_t *to, uint32_t room) {
  const uint32_t length = 2 + 2 * (uint32_t)strlen(letters);
  if (length > room) return 0;
  to[0] = (uint8_t)length;
  to[1] = STRING;
  for (uint32_t i = 0; letters[i] != 0; i++) {
    to[2 + 2 * i] = (uint8_t)letters[i];
    to[3 + 2 * i] = 0;
  }
  return length;
}

void usb_serial_number(char *to) {
  static const char digits[] = "0123456789ABCDEF";
  const uint32_t id[2] = {REG(DEVICEADDR(1)), REG(DEVICEADDR(0))};
  for (uint32_t i = 0; i < USB_SERIAL_LENGTH; i++)
    to[i] = digits[id[i / 8] >> (28 - i % 8 * 4) & 15];
}

static uint32_t string_descriptor(uint8_t index, uint8_t *to, uint32_t room) {
  static const uint8_t languages[] = {4, STRING, LOW(ENGLISH), HIGH(ENGLISH)};
  char serial[USB_SERIAL_LENGTH + 1] = {0};
  switch (index) {
    case 0:
      return copy(languages, sizeof languages, to, room);
    case MANUFACTURER_TEXT:
      return text("Arduino", to, room);
    case PRODUCT_TEXT:
      return text("Nano 33 BLE", to, room);
    case PORT_TEXT:
      return text("Tinywright sensors and networks", to, room);
    case SERIAL_TEXT:
      usb_serial_number(serial);
      return text(serial, to, room);
    default:
      return 0;
  }
}

uint32_t usb_descriptor(uint16_t value, uint8_t *to, uint32_t room) {
  switch (HIGH(value)) {
    case DEVICE:
      return copy(device, sizeof device, to, room);
    case CONFIGURATION:
      return LOW(value) == 0 ? copy(configuration, sizeof configuration, to, room) : 0;
    case STRING:
      return string_descriptor((uint8_t)LOW(value), to, room);
    default:
      return 0;
  }
}
