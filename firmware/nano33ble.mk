# SPDX-License-Identifier: Apache-2.0
#
# The whole firmware of the Arduino Nano 33 BLE (Sense, Sense Rev2).
#
#   make -f nano33ble.mk BUILD=DIRECTORY image
#
# image makes nano33ble.bin, which Arduino's boot loader takes for 0x10000 of the flash, by way of
# nano33ble.elf, and tells what memory it needs. It needs the package bmi270 in PYTHON
# (pyproject.toml, "firmware").

BUILD ?= build/nano33ble
include $(dir $(abspath $(lastword $(MAKEFILE_LIST))))cortex_m4f.mk

M4F_OBJCOPY ?= arm-none-eabi-objcopy
M4F_SIZE ?= arm-none-eabi-size
PYTHON ?= python3

NANO := $(HERE)boards/nano33ble
COMMON := $(HERE)boards/common
# The board's own table of sensors stands in for the shared one.
NANO_SOURCES := $(filter-out $(HERE)sensors/table.c, \
  $(foreach folder,application protocol sensors boards/common boards/nano33ble,$(wildcard $(HERE)$(folder)/*.c))) \
  $(HERE)application/golden/cortex-m4f.c $(NANO)/start.S
NANO_HEADERS := $(M4F_HEADERS) $(wildcard $(foreach folder,application protocol sensors boards/nano33ble boards/common/include,$(HERE)$(folder)/*.h))
NANO_OBJECTS := $(patsubst $(HERE)%,$(BUILD)/board/%.o,$(NANO_SOURCES)) $(BUILD)/bmi270_configuration.o

# Two builds of the same sources have the same id, and no others.
NANO_ID := $(shell cat $(sort $(M4F_SOURCES) $(NANO_SOURCES) $(filter-out $(BENCH)/%,$(NANO_HEADERS))) $(NANO)/nano33ble.ld | sha256sum | cut -c1-8)
NANO_FLAGS := $(M4F_FLAGS) -fno-tree-loop-distribute-patterns -isystem $(COMMON)/include -ffile-prefix-map=$(HERE)= \
  -DTW_FIRMWARE_VERSION='"$(shell cat $(HERE)VERSION)"' -DTW_FIRMWARE_BUILD='"$(NANO_ID)"'

.PHONY: image
image: $(BUILD)/nano33ble.bin

$(BUILD)/nano33ble.bin: $(BUILD)/nano33ble.elf
	$(M4F_OBJCOPY) -O binary $< $@
	@$(M4F_SIZE) -A $< | awk '$$1 ~ /^\.(text|data|bss|stack)$$/ { print "nano33ble " $$1, $$2, "bytes" }'
	@echo "nano33ble image $$(wc -c < $@) bytes"

$(BUILD)/nano33ble.elf: $(NANO_OBJECTS) $(BUILD)/libtinywright.a $(NANO)/nano33ble.ld
	$(M4F_CC) $(NANO_FLAGS) -nostdlib -Wl,--gc-sections -Wl,-z,max-page-size=4096 -T $(NANO)/nano33ble.ld \
	  $(NANO_OBJECTS) $(BUILD)/libtinywright.a -lgcc -o $@

# Rev2's motion sensor wants bytes of its maker's, which a package carries (sensors/bmi270.h).
NANO_BMI270 := $(HERE)sensors/bmi270_configuration.py
$(BUILD)/bmi270_configuration.c: $(NANO_BMI270)
	@mkdir -p $(@D)
	$(PYTHON) $(NANO_BMI270) $@

$(BUILD)/bmi270_configuration.o: $(BUILD)/bmi270_configuration.c
	$(M4F_CC) $(NANO_FLAGS) -I$(HERE)sensors -ffile-prefix-map=$(BUILD)=. -c $< -o $@

$(BUILD)/board/%.o: $(HERE)% $(NANO_HEADERS) $(HERE)VERSION
	@mkdir -p $(@D)
	$(M4F_CC) $(NANO_FLAGS) -c $< -o $@
