// SPDX-License-Identifier: Apache-2.0
//
// The link: UART0, 8 data bits, no parity, one stop bit, at 115,200 baud to begin with.

#ifndef TINYWRIGHT_ESP32_UART_H
#define TINYWRIGHT_ESP32_UART_H

#include <stdbool.h>
#include <stdint.h>

#define UART_BAUD 115200u
#define UART_MOST_BAUD 2000000u

// Waits, 20 ms at most, until the ROM's last words are out. Before the clock changes.
void uart_wait_sent(void);

// The clock that the ROM, which prints at 115,200 baud, has made its divisor for.
uint32_t uart_clock_by_rom(void);

// From here on what comes is taken by an interrupt. Divisors are made from clock_apb_hz().
void uart_start(void);

// Gives the transmitter what it has room for.
void uart_poll(void);

// Bytes that came and were lost for want of room; an overflow of the receiver counts as one.
uint32_t uart_lost(void);

// From the vectors alone.
void uart_interrupt(void);

#endif
