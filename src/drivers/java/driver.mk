# SPDX-License-Identifier: Apache-2.0
JAVA_DRIVER := $(BUILD)/drivers/java
JAVA_DRIVER_CLASS_PATH := $(BUILD)/lib/kafka-clients-$(KAFKA_VERSION)/*:$(BUILD)/lib/jackson/*
JAVAC_FLAGS := --release 17 -Xlint:all -Werror

# $(call compile-java,SOURCES,CLASS PATH): the classes lie in the folder of the stamp that is the target.
compile-java = @echo "  javac $(@D)" >&2; rm -rf $(@D)/classes && mkdir -p $(@D)/classes && \
    $(JAVAC) $(JAVAC_FLAGS) -cp '$(2)' -d $(@D)/classes $(1) && touch $@

ifeq ($(HAVE_JAVA),yes)
DRIVER_TARGETS += $(JAVA_DRIVER)/stamp
else
DRIVER_TARGETS += java-driver-left-out
endif

$(JAVA_DRIVER)/stamp: $(wildcard src/drivers/java/*.java) src/drivers/java/driver.mk $(STAMPS)/kafka-clients $(STAMPS)/jackson
	$(call compile-java,$(filter %.java,$^),$(JAVA_DRIVER_CLASS_PATH))

.PHONY: java-driver-left-out
java-driver-left-out:
	@$(call left_out,clients on the JVM: there is no javac)
