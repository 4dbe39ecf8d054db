// SPDX-License-Identifier: Apache-2.0
//
// An ESP32's UART, its line and the host at the other end, at the times of bytes. Bytes at another
// speed than the receiver's are garbled, as a UART finds them: a framing error, and some other
// byte.

#ifndef TINYWRIGHT_ESP32_LINE_H
#define TINYWRIGHT_ESP32_LINE_H

#include "../boards/esp32/uart.h"
#include "esp32_chip.h"

#define UART_FIFO (UART0 + 0x00)
#define UART_FIFO_OUT (UART0_AHB + 0x00)
#define UART_INT_RAW (UART0 + 0x04)
#define UART_INT_ENA (UART0 + 0x0c)
#define UART_INT_CLR (UART0 + 0x10)
#define UART_CLKDIV (UART0 + 0x14)
#define UART_STATUS (UART0 + 0x1c)
#define UART_CONF1 (UART0 + 0x24)
#define UART_MEM_RX_STATUS (UART0 + 0x60)

#define LINE_FIFO 128u
#define LINE_BITS 10u
#define LINE_LATENCY_NS 2000u  // from a request of an interrupt to its first instruction
#define LINE_GARBAGE 0x80

typedef struct {
  uint8_t bytes[1 << 16];
  uint32_t from, to;
} line_bytes;

static struct {
  uint32_t host_baud;
  line_bytes to_board, to_host;  // bytes the host has yet to send; what it has received
  uint64_t host_sends_ns;        // the end of the byte that is on its way from the host
  uint8_t rx[LINE_FIFO], tx[LINE_FIFO];
  uint32_t rx_from, rx_to, tx_from, tx_to;  // both wrap
  uint64_t rx_quiet_ns;                     // when the last byte came
  uint64_t tx_ends_ns;                      // of the byte in the shift register, 0: none
  uint8_t tx_byte;
  uint32_t raised;         // bits of INT_RAW
  uint64_t asked_ns;       // since when an interrupt is asked for, 0: none
  uint64_t deaf_until_ns;  // the processor takes no interrupt until then
  uint32_t most_waiting;   // bytes in the FIFO at once
  uint32_t overflowed;
  bool handling, interrupts_on;
} line;

static inline void line_put(line_bytes *to, uint8_t byte) {
  EXPECT(to->to - to->from < sizeof to->bytes);
  to->bytes[to->to++ % sizeof to->bytes] = byte;
}

static inline uint8_t line_get(line_bytes *from) {
  return from->bytes[from->from++ % sizeof from->bytes];
}

static inline uint32_t line_held(const line_bytes *bytes) {
  return bytes->to - bytes->from;
}

// What the divisor makes of the clock at hand, in thousandths of a baud.
static inline uint64_t line_board_millibaud(void) {
  const uint32_t divisor = *chip_at(UART_CLKDIV);
  const uint32_t sixteenths = (divisor & 0xfffff) * 16 + (divisor >> 20 & 15);
  const uint64_t clock_hz = chip_mhz == 240 ? 80000000 : (uint64_t)chip_mhz * 1000000;
  return sixteenths == 0 ? 1 : clock_hz * 16000 / sixteenths;
}

static inline uint64_t line_byte_ns(uint64_t millibaud) {
  return LINE_BITS * 1000000000000u / millibaud;
}

static inline bool line_understood(void) {
  const uint64_t board = line_board_millibaud(), host = (uint64_t)line.host_baud * 1000;
  return (board > host ? board - host : host - board) * 33 < host;
}

static inline void line_receive(uint8_t byte) {
  line.rx_quiet_ns = chip_ns;
  if (!line_understood()) {
    line.raised |= BIT(3);
    byte = LINE_GARBAGE;
  }
  if (line.rx_to - line.rx_from == LINE_FIFO) {
    line.raised |= BIT(4);
    line.overflowed++;
    return;
  }
  line.rx[line.rx_to++ % LINE_FIFO] = byte;
  const uint32_t waiting = line.rx_to - line.rx_from;
  if (waiting > line.most_waiting) line.most_waiting = waiting;
}

static inline void line_from_host(void) {
  const uint64_t byte_ns = line_byte_ns((uint64_t)line.host_baud * 1000);
  while (line_held(&line.to_board) > 0) {
    if (line.host_sends_ns == 0) line.host_sends_ns = chip_ns + byte_ns;
    if (chip_ns < line.host_sends_ns) return;
    line.host_sends_ns += byte_ns;
    line_receive(line_get(&line.to_board));
  }
  line.host_sends_ns = 0;
}

static inline void line_from_board(void) {
  const uint64_t byte_ns = line_byte_ns(line_board_millibaud());
  while (line.tx_ends_ns != 0 && chip_ns >= line.tx_ends_ns) {
    line_put(&line.to_host, line_understood() ? line.tx_byte : LINE_GARBAGE);
    const bool more = line.tx_from != line.tx_to;
    line.tx_ends_ns = more ? line.tx_ends_ns + byte_ns : 0;
    if (more) line.tx_byte = line.tx[line.tx_from++ % LINE_FIFO];
  }
}

static inline void line_interrupt(void) {
  const uint32_t waiting = line.rx_to - line.rx_from;
  const uint32_t conf = *chip_at(UART_CONF1);
  const uint64_t quiet_ns = (conf >> 24 & 0x7f) * line_byte_ns(line_board_millibaud());
  if (waiting >= (conf & 0x7f)) line.raised |= BIT(0);
  if (waiting > 0 && chip_ns - line.rx_quiet_ns >= quiet_ns) line.raised |= BIT(8);
  if (line.handling || (line.raised & *chip_at(UART_INT_ENA)) == 0) return;
  if (line.asked_ns == 0) line.asked_ns = chip_ns + LINE_LATENCY_NS;
  if (!line.interrupts_on || chip_ns < line.asked_ns || chip_ns < line.deaf_until_ns) return;
  line.asked_ns = 0;
  line.handling = true;
  uart_interrupt();
  line.handling = false;
}

static void line_passes(void) {
  line_from_host();
  line_from_board();
  line_interrupt();
}

void interrupts_enable(uint32_t numbers) {
  line.interrupts_on = numbers != 0;
}

// For on_read() and on_write() of a test.
static inline uint32_t line_read(uint32_t address, uint32_t value) {
  switch (address) {
    case UART_FIFO:
      EXPECT(line.rx_from != line.rx_to);
      return line.rx[line.rx_from++ % LINE_FIFO];
    case UART_INT_RAW:
      return line.raised;
    case UART_STATUS:
      return (line.rx_to - line.rx_from) | (line.tx_to - line.tx_from) << 16 |
             (line.tx_ends_ns != 0 ? 4u << 24 : 0);
    case UART_MEM_RX_STATUS:
      return (line.rx_from % LINE_FIFO) << 2 | (line.rx_to % LINE_FIFO) << 13;
    default:
      return value;
  }
}

static inline void line_write(uint32_t address, uint32_t value) {
  if (address == UART_INT_CLR) line.raised &= ~value;
  if (address != UART_FIFO_OUT) return;
  EXPECT(line.tx_to - line.tx_from < LINE_FIFO);
  line.tx[line.tx_to++ % LINE_FIFO] = (uint8_t)value;
  if (line.tx_ends_ns != 0) return;
  line.tx_byte = line.tx[line.tx_from++ % LINE_FIFO];
  line.tx_ends_ns = chip_ns + line_byte_ns(line_board_millibaud());
}

// A new line, with a board at the beginning of its firmware.
static inline void line_start(uint32_t host_baud) {
  memset(&line, 0, sizeof line);
  line.host_baud = host_baud;
  chip_passed = line_passes;
}

// Time in which the processor does other things than look at registers.
static inline void line_pass(uint64_t ns) {
  for (; ns > 1000; ns -= 1000) chip_pass(1000);
  chip_pass((uint32_t)ns);
}

#endif
