// SPDX-License-Identifier: Apache-2.0
//
// ESP32 Technical Reference Manual, "UART Controllers". By an erratum of the chip its two buses are
// not equal: bytes are sent by the AHB address and received by the other, and when bytes are
// received so, only the receiver's two pointers tell how many there are.

#include "uart.h"

#include "../../application/board.h"
#include "clock.h"
#include "registers.h"

#define FIFO 0x00
#define INT_RAW 0x04
#define INT_ENA 0x0c
#define INT_CLR 0x10
#define CLKDIV 0x14
#define STATUS 0x1c
#define CONF0 0x20
#define CONF1 0x24
#define MEM_RX_STATUS 0x60

#define INT_RX_FULL BIT(0)
#define INT_FRAME_ERROR BIT(3)
#define INT_RX_OVERFLOW BIT(4)
#define INT_BREAK BIT(7)
#define INT_RX_QUIET BIT(8)
#define INT_GARBLED (INT_FRAME_ERROR | INT_BREAK)
#define CLOCK_IS_APB BIT(27)
#define EIGHT_BITS (3u << 2)
#define ONE_STOP_BIT (1u << 4)
#define RX_QUIET_ON BIT(31)
#define RX_QUIET_SHIFT 24
#define FIFO_BYTES 128u
#define FULL_AT 48u  // bytes: leaves 0.4 ms at 2,000,000 baud until the interrupt is served
#define QUIET_AFTER 2u

// Chapter "Interrupt Matrix".
#define UART_INTERRUPT_MAP (DPORT + 0x18c)
#define CPU_INTERRUPT 5u  // of level 1, by level

#define RX_BYTES 4096u
#define TX_BYTES 8192u

// Of both rings only the difference of the counts matters; they wrap.
static uint8_t rx[RX_BYTES], tx[TX_BYTES];
static volatile uint32_t rx_came, rx_lost;  // by the interrupt
static volatile uint32_t rx_taken;
static uint32_t tx_given, tx_sent;

// The speed on the line, and the one that is to be when `tx_sent` comes to `change_at`.
static uint32_t baud, next_baud, change_at;
static uint32_t garbled;

static uint32_t sending(void) {
  return reg_read(UART0 + STATUS) >> 16 & 0xff;
}

// Neither in the FIFO nor on the line.
static bool all_sent(void) {
  return (reg_read(UART0 + STATUS) & (0xffu << 16 | 0xfu << 24)) == 0;
}

void uart_wait_sent(void) {
  const uint32_t began = clock_cycles();
  while (sending() > 0 && clock_cycles() - began < 20u * 40000u) continue;
  clock_wait_us(100);  // the last byte is still on the line
}

uint32_t uart_clock_by_rom(void) {
  const uint32_t divisor = reg_read(UART0 + CLKDIV);
  const uint32_t sixteenths = (divisor & 0xfff) * 16 + (divisor >> 20 & 15);
  return sixteenths * (UART_BAUD / 16);
}

// The nearest divisor, which has four bits behind the point.
static void set_speed(uint32_t speed) {
  const uint32_t sixteenths = (clock_apb_hz() * 16u + speed / 2) / speed;
  reg_write(UART0 + CLKDIV, sixteenths >> 4 | (sixteenths & 15) << 20);
  reg_write(UART0 + INT_CLR, INT_GARBLED);
  baud = next_baud = speed;
}

void uart_start(void) {
  set_speed(UART_BAUD);
  reg_write(UART0 + CONF0, CLOCK_IS_APB | EIGHT_BITS | ONE_STOP_BIT);
  reg_write(UART0 + CONF1, RX_QUIET_ON | QUIET_AFTER << RX_QUIET_SHIFT | FULL_AT);
  reg_write(UART0 + INT_CLR, ~0u);
  reg_write(UART0 + INT_ENA, INT_RX_FULL | INT_RX_QUIET | INT_RX_OVERFLOW);
  reg_write(UART_INTERRUPT_MAP, CPU_INTERRUPT);
  interrupts_enable(1u << CPU_INTERRUPT);
}

static uint32_t waiting(void) {
  const uint32_t status = reg_read(UART0 + MEM_RX_STATUS);
  const uint32_t from = status >> 2 & 0x7ff;
  const uint32_t to = status >> 13 & 0x7ff;
  if (from == to) return (reg_read(UART0 + STATUS) & 0xff) > 0 ? FIFO_BYTES : 0;
  return (to - from) % FIFO_BYTES;
}

static void take(uint32_t count) {
  for (; count > 0; count--) {
    const uint8_t byte = (uint8_t)reg_read(UART0 + FIFO);
    if (rx_came - rx_taken < RX_BYTES) {
      rx[rx_came % RX_BYTES] = byte;
      rx_came++;
    } else {
      rx_lost++;
    }
  }
}

// What comes between taking and clearing is taken too: nothing would announce it again.
void uart_interrupt(void) {
  do {
    if ((reg_read(UART0 + INT_RAW) & INT_RX_OVERFLOW) != 0) rx_lost++;
    take(waiting());
    reg_write(UART0 + INT_CLR, INT_RX_FULL | INT_RX_QUIET | INT_RX_OVERFLOW);
  } while (waiting() > 0);
}

uint32_t uart_lost(void) {
  return rx_lost;
}

static void count_garbled(void) {
  if ((reg_read(UART0 + INT_RAW) & INT_GARBLED) == 0) return;
  reg_write(UART0 + INT_CLR, INT_GARBLED);
  garbled++;
}

void uart_poll(void) {
  count_garbled();
  if (next_baud != baud && tx_sent == change_at && all_sent()) set_speed(next_baud);
  const uint32_t until = next_baud != baud ? change_at : tx_given;
  const uint32_t held = sending();
  for (uint32_t room = held < FIFO_BYTES ? FIFO_BYTES - 1 - held : 0; room > 0; room--) {
    if (tx_sent == until) return;
    reg_write(UART0_AHB + FIFO, tx[tx_sent % TX_BYTES]);
    tx_sent++;
  }
}

size_t tw_board_receive(uint8_t *to, size_t room) {
  size_t count = 0;
  while (count < room && rx_taken != rx_came) {
    to[count++] = rx[rx_taken % RX_BYTES];
    rx_taken++;
  }
  return count;
}

uint32_t tw_board_link_speed(void) {
  return next_baud;
}

void tw_board_link_change(uint32_t speed) {
  next_baud = speed;
  change_at = tx_given;
}

uint32_t tw_board_link_garbled(void) {
  return garbled;
}

bool tw_board_send(const uint8_t *bytes, size_t length) {
  if (length > TX_BYTES - (tx_given - tx_sent)) return false;
  for (size_t i = 0; i < length; i++) tx[tx_given++ % TX_BYTES] = bytes[i];
  return true;
}
