// SPDX-License-Identifier: Apache-2.0
//
//   esp32_stream PROGRAM SETTINGS MHZ BAUD RATE_MHZ PART STRIDE SECONDS SLOWER
//
// An ESP32's firmware on a clock of its own: it streams, runs its model and answers a host all the
// while, at a line that takes its time for every byte. Time passes by looking at registers, and for
// what a PC computes in no time by so many cycles as the chip was found to need; so the outcome is
// the same on every PC, however busy; SLOWER times as many cycles show what too slow a chip loses.
// The first six channels are streamed: those of an MPU6050 where PART is 1, of SETTINGS' pins where
// it is 0. Prints what came of it, a name and a number a line.

#include "esp32_firmware.h"

// Cycles of what takes its time: 1.5 for each instruction counted on the emulated chip, rounded up
// (docs/hardware.md).
#define TURN_CYCLES 2700u      // of a turn that fills the transmitter, beside what follows
#define SAMPLE_CYCLES 6000u    // six touch pins measured, taken by the model and by the stream
#define REQUEST_CYCLES 10000u  // a request that asks for what is known
#define BYTE_CYCLES 20u        // of a frame's payload: check sum and stuffing
#define MAC_THOUSANDTHS 5400u  // of a multiply-accumulate, in the dearest slice of M3

// Of a bit on the sensors' bus, whose waits are by the clock: what the processor takes beside them.
#define BUS_BIT_CYCLES 120u

#define ASK_EVERY_NS 20000000u
#define CHANNELS 6u
#define WHO_AM_I 0x75

static uint32_t slower;

static void spend(uint64_t cycles) {
  line_pass(cycles * slower * 1000 / chip_mhz);
}

static void turn_passes(void) {
  spend(TURN_CYCLES);
}

// What the linker puts in the place of these functions, to let their time pass.
bool __real_tw_step(tw_engine *engine, uint32_t work);
bool __wrap_tw_step(tw_engine *engine, uint32_t work);
bool __wrap_tw_step(tw_engine *engine, uint32_t work) {
  const uint32_t longest = tw_longest_row(engine);
  spend((uint64_t)(work > longest ? work : longest) * MAC_THOUSANDTHS / 1000);
  return __real_tw_step(engine, work);
}

void __real_tw_serve(tw_app *app, const tw_frame *request);
void __wrap_tw_serve(tw_app *app, const tw_frame *request);
void __wrap_tw_serve(tw_app *app, const tw_frame *request) {
  spend(REQUEST_CYCLES);
  __real_tw_serve(app, request);
}

void __real_tw_stream_take(tw_app *app, uint64_t time_us);
void __wrap_tw_stream_take(tw_app *app, uint64_t time_us);
void __wrap_tw_stream_take(tw_app *app, uint64_t time_us) {
  spend(SAMPLE_CYCLES);
  __real_tw_stream_take(app, time_us);
}

size_t __real_tw_frame_encode(const tw_frame *frame, uint8_t *to);
size_t __wrap_tw_frame_encode(const tw_frame *frame, uint8_t *to);
size_t __wrap_tw_frame_encode(const tw_frame *frame, uint8_t *to) {
  spend(frame->payload_bytes * BYTE_CYCLES);
  return __real_tw_frame_encode(frame, to);
}

static size_t read_file(const char *path, uint8_t *to, size_t room) {
  FILE *file = fopen(path, "rb");
  EXPECT(file != 0);
  const size_t bytes = fread(to, 1, room, file);
  EXPECT(bytes > 0 && fclose(file) == 0);
  return bytes;
}

static void start(const char *program_path, const char *settings_path, uint32_t baud) {
  uint8_t record[TW_SETTINGS_BYTES];
  memset(settings, 0xff, sizeof settings);
  (void)read_file(program_path, program, sizeof program);
  firmware_start(baud);
  ask(TW_SETTINGS_WRITE, record, read_file(settings_path, record, sizeof record));
}

static uint32_t begin(uint32_t rate_mhz, uint32_t stride) {
  uint8_t bytes[64];
  tw_writer stream = tw_writer_of(bytes, sizeof bytes);
  tw_write_u32(&stream, rate_mhz);
  tw_write_u8(&stream, CHANNELS);
  for (uint8_t i = 0; i < CHANNELS; i++) tw_write_u8(&stream, i);
  host.sample_bytes = 4u * CHANNELS;
  ask(TW_STREAM_START, bytes, stream.length);
  const uint32_t granted_mhz = answered_u32();
  if (stride == 0) return granted_mhz;
  tw_writer run = tw_writer_of(bytes, sizeof bytes);
  tw_write_u32(&run, stride);
  tw_write_u8(&run, 0);
  ask(TW_RUN_START, bytes, run.length);
  return granted_mhz;
}

static void tell(const char *name, uint64_t value) {
  printf("%s %llu\n", name, (unsigned long long)value);
}

int main(int count, char **arguments) {
  static const uint8_t asked[] = {TW_IDENTIFY, TW_SENSORS, TW_PROGRAM_INFO, TW_SETTINGS_READ};
  if (count != 10) return 1;
  uint32_t numbers[10];
  for (int i = 3; i < count; i++) numbers[i] = (uint32_t)strtoul(arguments[i], 0, 10);
  pll_mhz = numbers[3];
  slower = numbers[9];
  part.there = numbers[6] == 1;
  part.registers[WHO_AM_I] = 0x68;
  start(arguments[1], arguments[2], numbers[4]);
  tell("clock_hz", clock_hz());
  part.hold_ns = BUS_BIT_CYCLES * slower * 1000 / chip_mhz;
  tell("rate_mhz", begin(numbers[5], numbers[7]));
  host.slowest_ns = 0;
  const uint64_t until_ns = chip_ns + (uint64_t)numbers[8] * 1000000000u;
  uint64_t last_turn_ns = chip_ns, longest_turn_ns = 0, next_ask_ns = chip_ns;
  for (uint32_t i = 0; chip_ns < until_ns; i++) {
    if (host.type == 0 && chip_ns >= next_ask_ns) {
      send_frame(asked[host.answers % sizeof asked], 0, 0);
      next_ask_ns = chip_ns + ASK_EVERY_NS;
    }
    EXPECT(host.type == 0 || chip_ns - host.asked_ns < GIVE_UP_NS);
    turn();
    if (chip_ns - last_turn_ns > longest_turn_ns) longest_turn_ns = chip_ns - last_turn_ns;
    last_turn_ns = chip_ns;
  }
  tell("samples", host.samples);
  tell("lost_samples", host.lost_samples);
  tell("results", host.results);
  tell("lost_windows", host.lost_windows);
  tell("answers", host.answers);
  tell("slowest_answer_us", host.slowest_ns / 1000);
  tell("longest_turn_us", longest_turn_ns / 1000);
  tell("lost_bytes", uart_lost());
  tell("most_waiting", line.most_waiting);
  ask(TW_RUN_STOP, 0, 0);
  ask(TW_STREAM_STOP, 0, 0);
  const uint8_t sampling[] = {0, 0};
  ask(TW_SELFTEST, sampling, sizeof sampling);
  const size_t head = 3u + host.answer[2];
  printf("%.*s\n", (int)(host.answer_bytes - head), host.answer + head);
  return 0;
}
