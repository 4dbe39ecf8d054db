// SPDX-License-Identifier: Apache-2.0
//
//   run PROGRAM INPUTS ANSWERS [WORK]
//
// Runs a board program on the int8 inputs in one file and writes their answers to another; with
// WORK in steps of so many multiply-accumulates. Ends with 0, with 1 where a file fails it, or with
// 16 + tw_status for a program that is refused. The memory it gives the engine ends where it must,
// so that a sanitizer sees every byte too far.

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tinywright.h"

// A program that asks for more is refused.
#define MOST_ARENA (1u << 28)

typedef struct {
  uint8_t *bytes;
  size_t size;
} contents;

static uint8_t *new_aligned(size_t bytes) {
  void *memory = 0;
  if (posix_memalign(&memory, TW_ALIGNMENT, bytes > 0 ? bytes : 1) != 0) abort();
  return memory;
}

static contents read_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (file == 0 || fseek(file, 0, SEEK_END) != 0) {
    perror(path);
    exit(1);
  }
  contents read = {0, (size_t)ftell(file)};
  read.bytes = new_aligned(read.size);
  rewind(file);
  if (fread(read.bytes, 1, read.size, file) != read.size) {
    perror(path);
    exit(1);
  }
  fclose(file);
  return read;
}

static void infer(tw_engine *engine, uint32_t work) {
  if (work == 0) {
    tw_run(engine);
    return;
  }
  tw_start(engine);
  while (tw_step(engine, work)) continue;
}

// Runs the engine on all windows of a file; 0 or 1, as main() ends.
static int infer_all(tw_engine *engine, contents inputs, const char *path, uint32_t work) {
  FILE *answers = fopen(path, "wb");
  if (answers == 0) {
    perror(path);
    return 1;
  }
  const size_t window = tw_input_bytes(engine);
  for (size_t at = 0; at + window <= inputs.size; at += window) {
    memcpy(tw_input(engine), inputs.bytes + at, window);
    infer(engine, work);
    fwrite(tw_output(engine), 1, tw_output_bytes(engine), answers);
  }
  return fclose(answers) == 0 ? 0 : 1;
}

int main(int count, char **arguments) {
  if (count < 4) {
    fprintf(stderr, "usage: run PROGRAM INPUTS ANSWERS [WORK]\n");
    return 1;
  }
  const contents program = read_file(arguments[1]), inputs = read_file(arguments[2]);
  const uint32_t work = count > 4 ? (uint32_t)strtoul(arguments[4], 0, 10) : 0;
  uint32_t arena_bytes = tw_program_arena(program.bytes, program.size);
  if (arena_bytes > MOST_ARENA) arena_bytes = 0;
  uint8_t *arena = new_aligned(arena_bytes);
  tw_engine engine;
  const tw_status status = tw_load(&engine, program.bytes, program.size, arena, arena_bytes);
  const int ended =
      status != TW_OK ? 16 + (int)status : infer_all(&engine, inputs, arguments[3], work);
  free(program.bytes);
  free(inputs.bytes);
  free(arena);
  return ended;
}
