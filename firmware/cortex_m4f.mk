# SPDX-License-Identifier: Apache-2.0
#
# The engine for a Cortex-M4F, as boards ship it, and what measures it under an emulator.
#
#   make -f cortex_m4f.mk BUILD=DIRECTORY engine|bench
#
# engine makes libtinywright.a. bench makes bench.elf, which runs board programs, kernels_test.elf,
# which compares kernels, and engine.elf, which holds the whole engine and tells its size.

M4F_CC ?= arm-none-eabi-gcc
M4F_AR ?= arm-none-eabi-ar
BUILD ?= build/cortex_m4f

HERE := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
ENGINE := $(HERE)engine
BENCH := $(HERE)bench
M4F_BENCH := $(BENCH)/cortex_m4f

# -fbuiltin: to copy a word is one instruction, not a call of memcpy().
M4F_FLAGS := -mcpu=cortex-m4 -mthumb -mfpu=fpv4-sp-d16 -mfloat-abi=hard \
  -O2 -std=c99 -ffreestanding -fbuiltin -ffunction-sections -fdata-sections \
  -Wall -Wextra -Wconversion -Werror -I$(ENGINE) -I$(BENCH)
M4F_LINK := -nostartfiles -Wl,--gc-sections -T $(M4F_BENCH)/mps2_an386.ld

# A kernel of the target's own stands in for the portable one of the same name; QUADS are not for
# this target.
M4F_OWN := $(wildcard $(ENGINE)/kernels/cortex_m4f/*.[cS])
M4F_PORTABLE := $(filter-out $(patsubst %,$(ENGINE)/kernels/%.c,$(basename $(notdir $(M4F_OWN))) dot_quads), \
  $(wildcard $(ENGINE)/kernels/*.c))
M4F_SOURCES := $(wildcard $(ENGINE)/*.c) $(wildcard $(ENGINE)/operators/*.c) $(M4F_PORTABLE) $(M4F_OWN)
M4F_HEADERS := $(wildcard $(ENGINE)/*.h $(ENGINE)/*/*.h $(ENGINE)/kernels/cortex_m4f/*.inc $(BENCH)/*.h $(M4F_BENCH)/*.h)
M4F_OBJECTS := $(patsubst $(ENGINE)/%,$(BUILD)/engine/%.o,$(M4F_SOURCES))
M4F_HOST := $(patsubst %,$(BUILD)/bench/%.c.o,start host counter)

# The portable definitions beside the target's own, for comparison.
M4F_COMPARED := dot_pairs depthwise_pairs largest sums
M4F_PLAIN := $(patsubst %,$(BUILD)/plain/%.o,$(M4F_COMPARED))

.PHONY: engine bench
engine: $(BUILD)/libtinywright.a
bench: $(addprefix $(BUILD)/,bench.elf kernels_test.elf engine.elf)

$(BUILD)/libtinywright.a: $(M4F_OBJECTS)
	rm -f $@
	$(M4F_AR) rcsD $@ $^

$(BUILD)/bench.elf: $(BUILD)/bench/bench.c.o $(M4F_HOST) $(BUILD)/libtinywright.a
	$(M4F_CC) $(M4F_FLAGS) $(M4F_LINK) $^ -o $@

$(BUILD)/kernels_test.elf: $(BUILD)/bench/kernels_test.c.o $(BUILD)/bench/trials.c.o $(M4F_HOST) $(M4F_PLAIN) $(BUILD)/libtinywright.a
	$(M4F_CC) $(M4F_FLAGS) $(M4F_LINK) $^ -o $@

$(BUILD)/engine.elf: $(BUILD)/libtinywright.a
	$(M4F_CC) $(M4F_FLAGS) -nostartfiles -Wl,-e,tw_run \
	  -Wl,--whole-archive $^ -Wl,--no-whole-archive -o $@

$(BUILD)/engine/%.o: $(ENGINE)/% $(M4F_HEADERS)
	@mkdir -p $(@D)
	$(M4F_CC) $(M4F_FLAGS) -c $< -o $@

$(BUILD)/bench/bench.c.o $(BUILD)/bench/trials.c.o: $(BUILD)/bench/%.c.o: $(BENCH)/%.c $(M4F_HEADERS)
	@mkdir -p $(@D)
	$(M4F_CC) $(M4F_FLAGS) -I$(M4F_BENCH) -c $< -o $@

$(BUILD)/bench/%.o: $(M4F_BENCH)/% $(M4F_HEADERS)
	@mkdir -p $(@D)
	$(M4F_CC) $(M4F_FLAGS) -c $< -o $@

$(BUILD)/plain/%.o: $(ENGINE)/kernels/%.c $(M4F_HEADERS)
	@mkdir -p $(@D)
	$(M4F_CC) $(M4F_FLAGS) -Dtw_$*=plain_$* -c $< -o $@
