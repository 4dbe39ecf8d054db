// SPDX-License-Identifier: Apache-2.0
//
// The sensors' bus by TWIM1 (nRF52840 Product Specification, "TWIM"). Its DMA reads RAM only, so
// what is sent is copied. At 400 kHz the controller breaks the bus's timing (published anomaly
// 219), at 390 it keeps it.

#include "../../sensors/i2c.h"

#include <string.h>

#include "../../application/board.h"
#include "pads.h"
#include "registers.h"
#include "sleep.h"
#include "usb.h"

#define TASKS_STARTRX (TWIM1 + 0x000)
#define TASKS_STARTTX (TWIM1 + 0x008)
#define TASKS_STOP (TWIM1 + 0x014)
#define TASKS_RESUME (TWIM1 + 0x020)
#define EVENTS_STOPPED (TWIM1 + 0x104)
#define EVENTS_ERROR (TWIM1 + 0x124)
#define SHORTS (TWIM1 + 0x200)
#define LASTTX_STARTRX BIT(7)
#define LASTTX_STOP BIT(9)
#define LASTRX_STOP BIT(12)
#define INTENCLR (TWIM1 + 0x308)
#define ERRORSRC (TWIM1 + 0x4c4)
#define ENABLE (TWIM1 + 0x500)
#define ENABLED 6u
#define PSEL_SCL (TWIM1 + 0x508)
#define PSEL_SDA (TWIM1 + 0x50c)
#define FREQUENCY (TWIM1 + 0x524)
#define AT_390_KHZ 0x06200000u
#define RXD_PTR (TWIM1 + 0x534)
#define RXD_MAXCNT (TWIM1 + 0x538)
#define RXD_AMOUNT (TWIM1 + 0x53c)
#define RXD_LIST (TWIM1 + 0x540)
#define TXD_PTR (TWIM1 + 0x544)
#define TXD_MAXCNT (TWIM1 + 0x548)
#define TXD_AMOUNT (TWIM1 + 0x54c)
#define TXD_LIST (TWIM1 + 0x550)
#define ADDRESS (TWIM1 + 0x588)

#define MOST_BYTES 64u
#define TRANSFER_LIMIT_US 10000u
#define STOP_LIMIT_US 1000u

static struct {
  tw_i2c bus;
  uint8_t sda, scl;                         // pads
  uint8_t out[MOST_BYTES], in[MOST_BYTES];  // of the DMA
} i2c;

// Waits for the end of a transfer, and keeps USB going meanwhile.
static bool wait_stopped(uint32_t limit_us) {
  const uint64_t limit = tw_board_micros() + limit_us;
  while (REG(EVENTS_STOPPED) == 0) {
    if (tw_board_micros() > limit) return false;
    usb_poll();
  }
  return true;
}

// Ends what went wrong. A controller that does not even stop is switched off and on.
static void give_up(void) {
  REG(TASKS_RESUME) = 1;
  REG(TASKS_STOP) = 1;
  if (!wait_stopped(STOP_LIMIT_US)) {
    REG(ENABLE) = 0;
    REG(ENABLE) = ENABLED;
  }
}

static bool wait_end(void) {
  const uint64_t limit = tw_board_micros() + TRANSFER_LIMIT_US;
  while (REG(EVENTS_STOPPED) == 0) {
    if (REG(EVENTS_ERROR) != 0 || tw_board_micros() > limit) {
      give_up();
      return false;
    }
    usb_poll();
  }
  return REG(EVENTS_ERROR) == 0;
}

static bool transfer(tw_i2c *bus, uint8_t address, const uint8_t *out, size_t sent, uint8_t *in,
                     size_t received) {
  (void)bus;
  if (sent > MOST_BYTES || received > MOST_BYTES || sent + received == 0) return false;
  memcpy(i2c.out, out, sent);
  REG(EVENTS_STOPPED) = 0;
  REG(EVENTS_ERROR) = 0;
  REG(ERRORSRC) = ~0u;
  REG(ADDRESS) = address;
  REG(TXD_PTR) = (uint32_t)(uintptr_t)i2c.out;
  REG(TXD_MAXCNT) = (uint32_t)sent;
  REG(RXD_PTR) = (uint32_t)(uintptr_t)i2c.in;
  REG(RXD_MAXCNT) = (uint32_t)received;
  REG(SHORTS) = received == 0 ? LASTTX_STOP : (sent > 0 ? LASTTX_STARTRX : 0) | LASTRX_STOP;
  barrier();
  REG(sent > 0 ? TASKS_STARTTX : TASKS_STARTRX) = 1;
  if (!wait_end()) return false;
  if (sent > 0 && REG(TXD_AMOUNT) != sent) return false;
  if (received > 0 && REG(RXD_AMOUNT) != received) return false;
  barrier();
  memcpy(in, i2c.in, received);
  return true;
}

static void wait_us(tw_i2c *bus, uint32_t us) {
  (void)bus;
  const uint64_t until_us = tw_board_micros() + us;
  while (tw_board_micros() < until_us) usb_poll();
}

tw_i2c *tw_board_i2c(uint8_t sda, uint8_t scl) {
  const uint8_t sda_pad = pad_of(sda == 255 ? PIN_SDA1 : sda);
  const uint8_t scl_pad = pad_of(scl == 255 ? PIN_SCL1 : scl);
  if (sda_pad == PAD_NONE || scl_pad == PAD_NONE || sda_pad == scl_pad) return 0;
  i2c.sda = sda_pad;
  i2c.scl = scl_pad;
  REG(ENABLE) = 0;
  REG(PSEL_SDA) = sda_pad;
  REG(PSEL_SCL) = scl_pad;
  REG(FREQUENCY) = AT_390_KHZ;
  REG(INTENCLR) = ~0u;
  REG(RXD_LIST) = 0;
  REG(TXD_LIST) = 0;
  i2c.bus = (tw_i2c){transfer, wait_us};
  i2c_switch(true);
  return &i2c.bus;
}

void i2c_switch(bool on) {
  void (*const set_pad)(uint8_t pad) = on ? pad_to_open_drain : pad_release;
  if (i2c.bus.transfer == 0) return;  // there is none yet
  REG(ENABLE) = 0;
  set_pad(i2c.sda);
  set_pad(i2c.scl);
  if (on) REG(ENABLE) = ENABLED;
}
