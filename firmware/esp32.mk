# SPDX-License-Identifier: Apache-2.0
#
# The ESP32: its engine, what measures that under an emulator, and the whole firmware.
#
#   make -f esp32.mk BUILD=DIRECTORY engine|bench|image
#
# engine makes libtinywright.a. image makes esp32.bin, which the chip's ROM loads from 0x1000 of its
# flash, by way of esp32.elf; it takes ESPTOOL, and tells what memory it needs. bench makes bench.elf,
# which runs board programs, kernels_test.elf, which compares kernels, and engine.elf, which holds the
# whole engine and tells its size.

ESP32_CC ?= xtensa-lx106-elf-gcc
ESP32_AR ?= xtensa-lx106-elf-ar
ESP32_SIZE ?= xtensa-lx106-elf-size
ESPTOOL ?= python3 -m esptool
BUILD ?= build/esp32

HERE := $(dir $(abspath $(lastword $(MAKEFILE_LIST))))
ENGINE := $(HERE)engine
BENCH := $(HERE)bench
ESP32_BENCH := $(BENCH)/esp32

# There is no C library: a loop is not to become a call of one.
ESP32_FLAGS := -mlongcalls -mtext-section-literals \
  -O2 -std=c99 -ffreestanding -fbuiltin -fno-tree-loop-distribute-patterns \
  -ffunction-sections -fdata-sections \
  -Wall -Wextra -Wconversion -Werror -I$(ENGINE) -I$(BENCH)
ESP32_LINK := -nostdlib -Wl,--gc-sections -T $(ESP32_BENCH)/sim_dc233c.ld

# A kernel of the target's own stands in for the portable one of the same name; PAIRS are not for
# this target.
ESP32_OWN := $(wildcard $(ENGINE)/kernels/esp32/*.[cS])
ESP32_PORTABLE := $(filter-out $(patsubst %,$(ENGINE)/kernels/%.c,$(basename $(notdir $(ESP32_OWN))) dot_pairs depthwise_pairs), \
  $(wildcard $(ENGINE)/kernels/*.c))
ESP32_SOURCES := $(wildcard $(ENGINE)/*.c) $(wildcard $(ENGINE)/operators/*.c) $(ESP32_PORTABLE) $(ESP32_OWN)
ESP32_HEADERS := $(wildcard $(ENGINE)/*.h $(ENGINE)/*/*.h $(ENGINE)/kernels/esp32/*.h $(BENCH)/*.h $(ESP32_BENCH)/*.h)
ESP32_OBJECTS := $(patsubst $(ENGINE)/%,$(BUILD)/engine/%.o,$(ESP32_SOURCES))
ESP32_HOST := $(BUILD)/bench/start.S.o $(BUILD)/bench/host.c.o $(BUILD)/bench/counter.c.o

# The portable definitions beside the target's own, for comparison.
ESP32_COMPARED := dot_quads depthwise_rows largest sums
ESP32_PLAIN := $(patsubst %,$(BUILD)/plain/%.o,$(ESP32_COMPARED))

.PHONY: engine bench image
engine: $(BUILD)/libtinywright.a
bench: $(addprefix $(BUILD)/,bench.elf kernels_test.elf engine.elf)

$(BUILD)/libtinywright.a: $(ESP32_OBJECTS)
	rm -f $@
	$(ESP32_AR) rcsD $@ $^

$(BUILD)/bench.elf: $(BUILD)/bench/bench.c.o $(ESP32_HOST) $(BUILD)/libtinywright.a
	$(ESP32_CC) $(ESP32_FLAGS) $(ESP32_LINK) $^ -lgcc -o $@

$(BUILD)/kernels_test.elf: $(BUILD)/bench/kernels_test.c.o $(BUILD)/bench/trials.c.o $(ESP32_HOST) $(ESP32_PLAIN) $(BUILD)/libtinywright.a
	$(ESP32_CC) $(ESP32_FLAGS) $(ESP32_LINK) $^ -lgcc -o $@

$(BUILD)/engine.elf: $(BUILD)/libtinywright.a
	$(ESP32_CC) $(ESP32_FLAGS) -nostdlib -Wl,-e,tw_run \
	  -Wl,--whole-archive $^ -Wl,--no-whole-archive -lgcc -o $@

$(BUILD)/engine/%.o: $(ENGINE)/% $(ESP32_HEADERS)
	@mkdir -p $(@D)
	$(ESP32_CC) $(ESP32_FLAGS) -c $< -o $@

$(BUILD)/bench/bench.c.o $(BUILD)/bench/trials.c.o: $(BUILD)/bench/%.c.o: $(BENCH)/%.c $(ESP32_HEADERS)
	@mkdir -p $(@D)
	$(ESP32_CC) $(ESP32_FLAGS) -I$(ESP32_BENCH) -c $< -o $@

$(BUILD)/bench/%.o: $(ESP32_BENCH)/% $(ESP32_HEADERS)
	@mkdir -p $(@D)
	$(ESP32_CC) $(ESP32_FLAGS) -c $< -o $@

$(BUILD)/plain/%.o: $(ENGINE)/kernels/%.c $(ESP32_HEADERS)
	@mkdir -p $(@D)
	$(ESP32_CC) $(ESP32_FLAGS) -Dtw_$*=plain_$* -c $< -o $@

# --- the firmware --------------------------------------------------------------------------------

BOARD := $(HERE)boards/esp32
COMMON := $(HERE)boards/common
ESP32_BOARD_SOURCES := $(foreach folder,application protocol sensors boards/common,$(wildcard $(HERE)$(folder)/*.c)) \
  $(HERE)application/golden/esp32.c $(wildcard $(BOARD)/*.c) $(BOARD)/start.S
ESP32_BOARD_HEADERS := $(ESP32_HEADERS) $(wildcard $(foreach folder,application protocol sensors boards/esp32 boards/common/include,$(HERE)$(folder)/*.h))
ESP32_BOARD_OBJECTS := $(patsubst $(HERE)%,$(BUILD)/board/%.o,$(ESP32_BOARD_SOURCES))

# Two builds of the same sources have the same id, and no others.
ESP32_ID := $(shell cat $(sort $(filter-out $(BENCH)/%,$(ESP32_SOURCES) $(ESP32_BOARD_SOURCES) $(ESP32_BOARD_HEADERS))) $(BOARD)/esp32.ld | sha256sum | cut -c1-8)
ESP32_BOARD_FLAGS := $(ESP32_FLAGS) -isystem $(COMMON)/include -ffile-prefix-map=$(HERE)= \
  -DTW_FIRMWARE_VERSION='"$(shell cat $(HERE)VERSION)"' -DTW_FIRMWARE_BUILD='"$(ESP32_ID)"'

image: $(BUILD)/esp32.bin

$(BUILD)/esp32.bin: $(BUILD)/esp32.elf
	$(ESPTOOL) --chip esp32 elf2image --flash-mode dio --flash-freq 40m --flash-size 4MB -o $@ $< > $(BUILD)/elf2image.log
	@$(ESP32_SIZE) -A $< | awk '$$1 ~ /^\.(text|data|bss)$$/ { print "esp32 " $$1, $$2, "bytes" }'
	@echo "esp32 image $$(wc -c < $@) bytes"

$(BUILD)/esp32.elf: $(ESP32_BOARD_OBJECTS) $(BUILD)/libtinywright.a $(BOARD)/esp32.ld
	$(ESP32_CC) $(ESP32_BOARD_FLAGS) -nostdlib -Wl,--gc-sections -T $(BOARD)/esp32.ld \
	  $(ESP32_BOARD_OBJECTS) $(BUILD)/libtinywright.a -lgcc -o $@

$(BUILD)/board/%.o: $(HERE)% $(ESP32_BOARD_HEADERS) $(HERE)VERSION
	@mkdir -p $(@D)
	$(ESP32_CC) $(ESP32_BOARD_FLAGS) -c $< -o $@
