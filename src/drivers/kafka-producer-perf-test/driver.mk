# SPDX-License-Identifier: Apache-2.0
PERF_TEST_DRIVER := $(BUILD)/drivers/kafka-producer-perf-test

ifeq ($(HAVE_JAVA),yes)
DRIVER_TARGETS += $(PERF_TEST_DRIVER)/stamp
endif

# The conversation and the job are the java driver's classes.
$(PERF_TEST_DRIVER)/stamp: $(wildcard src/drivers/kafka-producer-perf-test/*.java) \
                           src/drivers/kafka-producer-perf-test/driver.mk $(JAVA_DRIVER)/stamp $(STAMPS)/kafka
	$(call compile-java,$(filter %.java,$^),$(JAVA_DRIVER)/classes:$(BUILD)/lib/kafka-$(KAFKA_VERSION)/*,\
	    $(filter $(STAMPS)/% $(JAVA_DRIVER)/stamp,$^))
