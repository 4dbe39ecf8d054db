// SPDX-License-Identifier: Apache-2.0
//
// The chip's USB controller: its registers (nRF52840 Product Specification, "USBD" and "POWER"),
// and what usbd.c (packets, events) and usbd_power.c (supply, low power) offer one another.

#ifndef TINYWRIGHT_NANO33BLE_USBD_H
#define TINYWRIGHT_NANO33BLE_USBD_H

#include <stdbool.h>

#include "registers.h"

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
#define EVENTS_SOF (USBD + 0x154)
#define EVENTS_USBEVENT (USBD + 0x158)
#define EVENTS_EP0SETUP (USBD + 0x15c)
#define SHORTS (USBD + 0x200)
#define INTENSET (USBD + 0x304)
#define INTENCLR (USBD + 0x308)
#define INTERRUPT_USBRESET BIT(0)
#define INTERRUPT_SOF BIT(21)
#define INTERRUPT_USBEVENT BIT(22)
#define EVENTCAUSE (USBD + 0x400)
#define CAUSE_SUSPEND BIT(8)
#define CAUSE_RESUME BIT(9)
#define CAUSE_AWAKE BIT(10)  // "USBWUALLOWED"
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
#define LOWPOWER (USBD + 0x52c)
#define EPIN_PTR(n) (USBD + 0x600 + 20u * (n))
#define EPIN_MAXCNT(n) (USBD + 0x604 + 20u * (n))
#define EPOUT_PTR(n) (USBD + 0x700 + 20u * (n))
#define EPOUT_MAXCNT(n) (USBD + 0x704 + 20u * (n))

bool usbd_is_attached(void);
void usbd_follow_supply(void);
void usbd_set_suspended(bool suspended);
void usbd_clear_events(void);  // of an earlier connection

#endif
