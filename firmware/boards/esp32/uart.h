// SPDX-License-Identifier: Apache-2.0
//
// The link: UART0 at 115,200 baud, 8 data bits, no parity, one stop bit.

#ifndef TINYWRIGHT_ESP32_UART_H
#define TINYWRIGHT_ESP32_UART_H

#include <stdbool.h>
#include <stdint.h>

#define UART_BAUD 115200u

// Waits, 20 ms at most, until the ROM's last words are out. Before the clock changes.
void uart_wait_sent(void);

// From here on what comes is taken by an interrupt. The divisor is made from clock_apb_hz().
void uart_start(void);

// Gives the transmitter what it has room for.
void uart_poll(void);

// Bytes that came and were lost for want of room; an overflow of the receiver counts as one.
uint32_t uart_lost(void);

// From the vectors alone.
void uart_interrupt(void);

#endif
