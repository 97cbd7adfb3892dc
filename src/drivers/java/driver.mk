# SPDX-License-Identifier: Apache-2.0
JAVA_DRIVER := $(BUILD)/drivers/java
JAVA_DRIVER_CLASS_PATH := $(BUILD)/lib/kafka-clients-$(KAFKA_VERSION)/*:$(BUILD)/lib/jackson/*
JAVAC_FLAGS := --release 17 -Xlint:all -Werror

# $(call compile-java,SOURCES,CLASS PATH,STAMPS): classes lie beside the target, a stamp. Without the jars, whose stamps
# are then missing, the driver is left out.
define compile-java
	@echo "  javac $(@D)" >&2
	@rm -rf $(@D)/classes && mkdir -p $(@D)/classes
	@if ls $(3) >/dev/null 2>&1; then $(JAVAC) $(JAVAC_FLAGS) -cp '$(2)' -d $(@D)/classes $(1) && touch $@; \
	else $(call left_out,$(notdir $(@D)): its jars are missing); fi
endef

ifeq ($(HAVE_JAVA),yes)
DRIVER_TARGETS += $(JAVA_DRIVER)/stamp
else
DRIVER_TARGETS += java-drivers-left-out
endif

$(JAVA_DRIVER)/stamp: $(wildcard src/drivers/java/*.java) src/drivers/java/driver.mk \
                      $(STAMPS)/kafka-clients $(STAMPS)/jackson
	$(call compile-java,$(filter %.java,$^),$(JAVA_DRIVER_CLASS_PATH),$(filter $(STAMPS)/%,$^))

.PHONY: java-drivers-left-out
java-drivers-left-out:
	@$(call left_out,clients on the JVM: there is no javac)
