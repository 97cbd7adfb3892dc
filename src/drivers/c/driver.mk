# SPDX-License-Identifier: Apache-2.0
# One small program: compiled in one go, of the driver's own files and what it uses of src/base. Never sanitized: it is measured.
C_DRIVER := $(BUILD)/drivers/c/producer
C_DRIVER_SOURCES := $(wildcard src/drivers/c/*.c) $(addprefix src/base/,clock.c error.c json.c redact.c text.c)
DRIVER_TARGETS += $(C_DRIVER)

$(C_DRIVER): $(C_DRIVER_SOURCES) $(wildcard src/drivers/c/*.h src/base/*.h) $(BUILD)/config.mk
	@mkdir -p $(@D)
	@echo "  cc $@" >&2
	@$(CC) -std=c17 -D_GNU_SOURCE -O2 -g $(WARNINGS) $(INCLUDES) -o $@ $(C_DRIVER_SOURCES) $(LIBS)
