# SPDX-License-Identifier: Apache-2.0
DRIVER_TARGETS += $(BUILD)/drivers/known-samples/known-samples

$(BUILD)/drivers/known-samples/known-samples: src/drivers/known-samples/known_samples.c $(BUILD)/config.mk
	@mkdir -p $(@D)
	@echo "  cc $@" >&2
	@$(CC) -std=c17 -D_GNU_SOURCE -O2 -g $(WARNINGS) $(PACKAGE_CFLAGS) -o $@ $< $(PACKAGE_LIBS)
