# SPDX-License-Identifier: Apache-2.0
DRIVER_TARGETS += $(BUILD)/drivers/null/null

$(BUILD)/drivers/null/null: src/drivers/null/null.c $(BUILD)/config.mk
	@mkdir -p $(@D)
	@echo "  cc $@" >&2
	@$(CC) -std=c17 -D_GNU_SOURCE -O2 -g $(WARNINGS) $(PACKAGE_CFLAGS) -o $@ $< $(PACKAGE_LIBS) -lm
