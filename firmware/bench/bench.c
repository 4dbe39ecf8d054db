// SPDX-License-Identifier: Apache-2.0
//
// Runs one board program on the vectors it is given and prints, a line each, what came of it:
//
//   load 12345             instructions of tw_load()
//   inference 67890        instructions of tw_run() on the last vector
//   operator CONV 34567    instructions of each operator, in the plan's order
//   load-stack 208         bytes of stack that tw_load() needs
//   inference-stack 256    and tw_run()
//   different 0            bytes of all answers that are not as expected
//   overrun 0              bytes next to the arena that were written
//
// The emulator's loader puts a job into memory before the start: a header (bench_job), then the
// program, the vectors and the expected answers, each from a multiple of 16 on.

#include "counter.h"
#include "host.h"
#include "operators.h"
#include "program.h"
#include "tinywright.h"

typedef struct {
  uint32_t magic;  // JOB_MAGIC
  uint32_t program_bytes;
  uint32_t vectors;
  uint32_t input_bytes, output_bytes;  // of one vector
} bench_job;

extern const uint8_t job_start[];  // where the linker script says

#define JOB ((const bench_job *)(const void *)job_start)
#define JOB_MAGIC 0x424a5754u  // "TWJB"

// The arena, and bytes before and behind it that nobody may write.
#define GUARD_BYTES 64
#define MOST_ARENA (1u << 20)
static _Alignas(TW_ALIGNMENT) uint8_t memory[GUARD_BYTES + MOST_ARENA + GUARD_BYTES];
static uint8_t *const arena = memory + GUARD_BYTES;
static tw_engine engine;

static const char *const names[] = {
    [TW_DENSE] = "DENSE",
    [TW_CONV] = "CONV",
    [TW_DEPTHWISE] = "DEPTHWISE",
    [TW_MAX_POOL] = "MAX_POOL",
    [TW_AVERAGE_POOL] = "AVERAGE_POOL",
    [TW_MEAN] = "MEAN",
    [TW_TABLE] = "TABLE",
    [TW_SOFTMAX] = "SOFTMAX",
    [TW_ADD] = "ADD",
    [TW_MUL] = "MUL",
    [TW_COPY] = "COPY",
    [TW_FILL] = "FILL",
};

static uint32_t padded(uint32_t bytes) {
  return (bytes + 15) & ~15u;
}

static void print_line(const char *name, uint32_t number) {
  char digits[] = "0000000000";
  char *first = digits + sizeof digits - 1;
  do {
    *--first = (char)('0' + number % 10);
    number /= 10;
  } while (number > 0);
  host_print(name);
  host_print(" ");
  host_print(first);
  host_print("\n");
}

// How many bytes of stack `function` uses: as many as lose their paint.
static uint32_t stack_of(void (*function)(void)) {
  enum { WORDS = 2048, PAINT = 0x5aa55aa5 };
  uint32_t *top;
  __asm__ volatile("mov %0, sp" : "=r"(top));
  for (uint32_t word = 1; word <= WORDS; word++) *(volatile uint32_t *)(top - word) = PAINT;
  function();
  volatile uint32_t *lowest = top - WORDS;
  while (lowest < top && *lowest == PAINT) lowest++;
  return (uint32_t)(top - lowest) * sizeof(uint32_t);
}

// --- the job -------------------------------------------------------------------------------------

static const uint8_t *program(void) {
  return (const uint8_t *)JOB + padded(sizeof *JOB);
}

static const int8_t *vector(uint32_t index) {
  return (const int8_t *)program() + padded(JOB->program_bytes) + index * JOB->input_bytes;
}

static const int8_t *expected(uint32_t index) {
  const int8_t *first = vector(0) + padded(JOB->vectors * JOB->input_bytes);
  return first + index * JOB->output_bytes;
}

// --- the guards ----------------------------------------------------------------------------------

static uint8_t guard(uint32_t place) {
  return (uint8_t)(0xa5 + 7 * place);
}

static uint8_t *arena_end(void) {
  return arena + tw_program_arena(program(), JOB->program_bytes);
}

static void set_guards(void) {
  for (uint32_t i = 0; i < GUARD_BYTES; i++) memory[i] = arena_end()[i] = guard(i);
}

static uint32_t guards_written(void) {
  uint32_t written = 0;
  for (uint32_t i = 0; i < GUARD_BYTES; i++) {
    written += memory[i] != guard(i) ? 1 : 0;
    written += arena_end()[i] != guard(i) ? 1 : 0;
  }
  return written;
}

// --- running -------------------------------------------------------------------------------------

static tw_status status;

static void load(void) {
  status = tw_load(&engine, program(), JOB->program_bytes, arena, MOST_ARENA);
}

static void run(void) {
  tw_run(&engine);
}

static void set_input(uint32_t index) {
  int8_t *input = tw_input(&engine);
  for (uint32_t i = 0; i < JOB->input_bytes; i++) input[i] = vector(index)[i];
}

// Returns whether every answer is as expected.
static bool run_vectors(void) {
  uint32_t different = 0, instructions = 0;
  for (uint32_t v = 0; v < JOB->vectors; v++) {
    set_input(v);
    const uint32_t before = counter_ticks();
    tw_run(&engine);
    instructions = counter_instructions(before, counter_ticks());
    const int8_t *output = tw_output(&engine);
    for (uint32_t o = 0; o < JOB->output_bytes; o++) different += output[o] != expected(v)[o];
  }
  print_line("inference", instructions);
  print_line("different", different);
  return different == 0;
}

static void time_operators(void) {
  const tw_plan *plan = (const tw_plan *)engine.plan;
  const uint8_t *record = engine.plan + sizeof *plan;
  set_input(0);
  for (uint32_t place = 0; place < plan->operators; place++) {
    const tw_head *head = (const tw_head *)record;
    const tw_operator *functions = tw_operator_of(head->kind);
    const uint32_t rows = functions->extent(record).rows;
    const uint32_t before = counter_ticks();
    functions->run(engine.arena, engine.weights, record, 0, rows);
    const uint32_t after = counter_ticks();
    host_print("operator ");
    print_line(names[head->kind], counter_instructions(before, after));
    record += head->words * sizeof(uint32_t);
  }
}

static int fail(const char *why) {
  host_print(why);
  host_print("\n");
  return 1;
}

int main(void) {
  if (!counter_start()) return fail("the timer does not count instructions exactly");
  if (JOB->magic != JOB_MAGIC) return fail("there is no job");

  const uint32_t before = counter_ticks();
  load();
  const uint32_t after = counter_ticks();
  if (status != TW_OK) {
    print_line("refused with status", status);
    return 1;
  }
  if (tw_input_bytes(&engine) != JOB->input_bytes ||
      tw_output_bytes(&engine) != JOB->output_bytes) {
    return fail("the vectors are not of this program");
  }
  print_line("load", counter_instructions(before, after));
  print_line("load-stack", stack_of(load));
  set_guards();
  const bool good = run_vectors();
  print_line("inference-stack", stack_of(run));
  time_operators();
  print_line("overrun", guards_written());
  return good ? 0 : 1;
}
