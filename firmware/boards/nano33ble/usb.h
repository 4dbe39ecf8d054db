// SPDX-License-Identifier: Apache-2.0
//
// The link: a USB serial port (CDC-ACM), polled. In layers: usbd.c and usbd_power.c drive the
// chip's controller, usb_control.c answers the host's control requests with usb_descriptors.c,
// usb_serial.c moves the bytes of the port.

#ifndef TINYWRIGHT_NANO33BLE_USB_H
#define TINYWRIGHT_NANO33BLE_USB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// --- for the board -------------------------------------------------------------------------------

// Once a turn of the loop and in every wait: follows the supply, answers what came. Takes some tens
// of microseconds at most.
void usb_poll(void);

// Restarts into the boot loader when the host has asked for it by the touch of 1200 baud: a call a
// turn of the loop.
void usb_serial_restart_when_asked(void);

// Whether the host that has configured the board sends nothing any more: then it may hardly draw
// current. Waits until the host is back, another comes, or the plug is pulled; the core and the
// crystal stand still meanwhile.
bool usb_is_suspended(void);
void usb_await_host(void);

bool usb_is_configured(void);
uint32_t usb_frame_number(void);  // of 2048, one a millisecond, by the host's clock

// --- between the layers --------------------------------------------------------------------------

#define USB_PACKET 64u  // the most a packet holds, on every endpoint
#define USB_NOTIFY 1u   // endpoints: notifications to the host, which never come,
#define USB_DATA 2u     // and the port's bytes, one each way
#define USB_TO_HOST 0x80u

typedef struct {
  uint8_t type, request;
  uint16_t value, index, length;
} usb_setup;

// The controller. An endpoint's address has USB_TO_HOST for its direction.
void usbd_reset_endpoints(void);                                          // only endpoint 0 answers
void usbd_enable_endpoints(void);                                         // all do
void usbd_send(uint8_t endpoint, const uint8_t *bytes, uint32_t length);  // a packet, from RAM
uint32_t usbd_receive(uint8_t endpoint, uint8_t *to);  // the packet that came: up to USB_PACKET
void usbd_set_halted(uint8_t address, bool halted);
bool usbd_is_halted(uint8_t address);
void usbd_allow_data(void);    // of a control request that brings some
void usbd_allow_status(void);  // ends a control request
void usbd_refuse(void);        // stalls it
void usbd_detach(void);

void usb_control_reset(void);
void usb_control_setup(const usb_setup *setup);
void usb_control_moved(void);  // a packet of endpoint 0 has been sent or has come

void usb_serial_reset(void);
void usb_serial_configured(void);
void usb_serial_released(uint8_t address);  // its halt was cleared
void usb_serial_moved(bool sent, bool came);
void usb_serial_pump(void);
void usb_serial_suspended(bool suspended);
#define USB_LINE_CODING 7u  // bytes
void usb_serial_set_line_coding(const uint8_t *coding);
void usb_serial_get_line_coding(uint8_t *coding);
void usb_serial_set_lines(bool ready);  // DTR

// The descriptor that `value` of a request names. 0 for none.
uint32_t usb_descriptor(uint16_t value, uint8_t *to, uint32_t room);

// The board's own number, 16 digits: the one that Arduino's core and its boot loader tell, so that
// a computer knows the board again whatever runs on it.
#define USB_SERIAL_LENGTH 16u
void usb_serial_number(char *to);

#endif
