// SPDX-License-Identifier: Apache-2.0
//
// An Arduino Nano 33 BLE, Sense or Sense Rev2 as a Tinywright board: what it is, how it takes the
// chip over from the boot loader, and its loop.

#include "../../application/application.h"
#include "../../application/board.h"
#include "clock.h"
#include "flash.h"
#include "pads.h"
#include "registers.h"
#include "restart.h"
#include "sleep.h"
#include "usb.h"

#define UARTE_TASKS_STOPRX (UARTE0 + 0x004)
#define UARTE_TASKS_STOPTX (UARTE0 + 0x00c)
#define UARTE_INTENCLR (UARTE0 + 0x308)
#define UARTE_ENABLE (UARTE0 + 0x500)
#define RTC_TASKS_STOP (RTC1 + 0x004)
#define RTC_INTENCLR (RTC1 + 0x308)
#define RTC_EVTENCLR (RTC1 + 0x348)
#define CLOCK_INTENCLR (CLOCK + 0x308)
#define TRACECONFIG (CLOCK + 0x55c)

#define SENSORS_START_US 10000u  // from supply to answers
#define FAULT_MARK 0xfau         // in GPREGRET2, which outlasts a restart

extern uint8_t arena_start[], arena_end[];

void fault_restart(void);
int main(void);

// --- who this is ---------------------------------------------------------------------------------

const tw_board *tw_board_facts(void) {
  static char serial[USB_SERIAL_LENGTH + 1];
  static tw_board facts = {
      .id = "nano33ble",
      .serial = serial,
      .clock_hz = CLOCK_HZ,
      .program_capacity = FLASH_PROGRAM_BYTES,
      .arena = arena_start,
      .i2c_sda = PIN_SDA1,
      .i2c_scl = PIN_SCL1,
  };
  if (facts.arena_bytes == 0) {
    usb_serial_number(serial);
    facts.arena_bytes = (uint32_t)(arena_end - arena_start);
  }
  return &facts;
}

// --- faults --------------------------------------------------------------------------------------

static bool by_fault;

bool restarted_by_fault(void) {
  return by_fault;
}

void fault_restart(void) {
  REG(GPREGRET2) = FAULT_MARK;
  barrier();
  REG(SCB_AIRCR) = AIRCR_RESET;
  barrier();
  for (;;) continue;
}

static void recall_fault(void) {
  by_fault = (REG(GPREGRET2) & 0xff) == FAULT_MARK;
  REG(GPREGRET2) = 0;
}

// --- start ---------------------------------------------------------------------------------------

// The loader leaves its serial port, its tick and the PWM of its LED switched on, pins of its own
// driven, and perhaps interrupts pending.
static void stop_what_runs(void) {
  static const uint32_t pwms[] = {PWM0, PWM1, PWM2, PWM3};
  REG(SYST_CSR) = 0;
  REG(CLOCK_INTENCLR) = ~0u;
  REG(RTC_TASKS_STOP) = 1;
  REG(RTC_INTENCLR) = ~0u;
  REG(RTC_EVTENCLR) = ~0u;
  REG(UARTE_INTENCLR) = ~0u;
  if (REG(UARTE_ENABLE) != 0) {
    REG(UARTE_TASKS_STOPRX) = 1;
    REG(UARTE_TASKS_STOPTX) = 1;
    REG(UARTE_ENABLE) = 0;
  }
  for (uint32_t i = 0; i < sizeof pwms / sizeof pwms[0]; i++) {
    REG(PWM_INTENCLR(pwms[i])) = ~0u;
    REG(PWM_ENABLE(pwms[i])) = 0;
    for (uint32_t n = 0; n < PWM_CHANNELS; n++) REG(PWM_PSEL(pwms[i], n)) = PWM_NO_PIN;
  }
  for (uint8_t pin = 0; pin < PIN_LED_RED; pin++) pad_release(pad_of(pin));
  for (uint32_t i = 0; i < NVIC_WORDS; i++) {
    REG(NVIC_ICER + 4 * i) = ~0u;
    REG(NVIC_ICPR + 4 * i) = ~0u;
  }
  barrier();
}

// The pull-ups of the sensors' bus hang on the pin that tracing would use.
static void set_up_pads(void) {
  REG(SCB_DEMCR) = 0;
  REG(TRACECONFIG) = 0;
  pad_to_output(PAD_POWER_LED);
  pad_to_strong_output(PAD_SENSOR_POWER);
  pad_to_output(PAD_I2C_PULL_UPS);
  for (uint8_t pin = PIN_LED_RED; pin <= PIN_LED_BLUE; pin++) (void)tw_board_pin_write(pin, false);
}

// The light beside the plug, the sensors, and the pull-ups of their bus.
static void supply(bool on) {
  pad_write(PAD_POWER_LED, on);
  pad_write(PAD_SENSOR_POWER, on);
  pad_write(PAD_I2C_PULL_UPS, on);
}

static void wait_for_sensors(void) {
  const uint64_t until_us = tw_board_micros() + SENSORS_START_US;
  while (tw_board_micros() < until_us) usb_poll();
}

// --- the loop ------------------------------------------------------------------------------------

// While the computer sleeps.
static void sleep(void) {
  pins_switch(false);
  i2c_switch(false);
  supply(false);
  usb_await_host();
  supply(true);
  i2c_switch(true);
  pins_switch(true);
  wait_for_sensors();
  tw_app_sensors_restarted();
}

void tw_board_poll(void) {
  usb_poll();
  if (usb_is_suspended()) sleep();
  usb_serial_restart_when_asked();
}

int main(void) {
  clock_start();
  stop_what_runs();
  recall_fault();
  flash_start();
  set_up_pads();
  supply(true);
  wait_for_sensors();
  tw_app_start();
  for (;;) tw_app_turn();
}
