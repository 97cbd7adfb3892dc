# SPDX-License-Identifier: Apache-2.0
# Set-up: packages, jars and Python's virtual environment, each made once. Drivers say in their driver.mk what they need.

# Asked each time (it takes milliseconds); make starts anew only when the answers have changed.
$(BUILD)/config.mk: FORCE
	@src/setup/packages.sh && src/setup/configure.sh $@

pom_property = $(shell sed -n 's,.*<$(1)>\(.*\)</$(1)>.*,\1,p' src/setup/pom.xml)
KAFKA_VERSION := $(call pom_property,kafka.version)
JYTHON_VERSION := $(call pom_property,jython.version)

STAMPS := $(BUILD)/stamps
VENV := $(BUILD)/venv
PIP_INSTALL := $(VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes

# A client whose tools or packages cannot be had is left out, with a line; its stamp is then missing and it is tried again.
left_out = { echo "kbench: left out: $(1)" >&2; }

# $(call jars,PROFILE,FOLDER): the stamp $(STAMPS)/PROFILE stands for the folder $(BUILD)/lib/FOLDER.
define jars
$(STAMPS)/$(1): src/setup/pom.xml | $(STAMPS)
	@if src/setup/jars.sh $(1) $(BUILD)/lib/$(2); then touch $$@; else $$(call left_out,what needs the jars of $(1)); fi
endef
$(eval $(call jars,kafka,kafka-$(KAFKA_VERSION)))
$(eval $(call jars,kafka-clients,kafka-clients-$(KAFKA_VERSION)))
$(eval $(call jars,jython,jython-$(JYTHON_VERSION)))
$(eval $(call jars,jackson,jackson))
$(eval $(call jars,hdrhistogram,hdrhistogram))
$(eval $(call jars,axe,axe))

$(STAMPS):
	@mkdir -p $@

$(VENV)/bin/python:
	@echo "kbench: making Python's virtual environment" >&2
	@python3 -m venv $(VENV)

# What only tests need: a browser, and in an environment of its own what drives it, and Datasette.
.PHONY: test-packages
test-packages:
	@src/setup/packages.sh tests

TEST_VENV := $(BUILD)/test-venv
$(STAMPS)/test-venv: tests/requirements.txt | $(STAMPS) test-packages
	@if python3 -m venv $(TEST_VENV) && $(TEST_VENV)/bin/python -m pip install --quiet --disable-pip-version-check \
	    --require-hashes --only-binary :all: -r $<; then touch $@; \
	else $(call left_out,tests in a browser and with Datasette: their Python packages cannot be had); fi

# What tells of a local broker's load; without a JDK there are no such brokers. It knows nothing of Kafka's classes.
BROKER_METRICS := $(BUILD)/lib/broker-metrics.jar
DRIVER_TARGETS += $(BROKER_METRICS)
$(BROKER_METRICS): src/cluster/BrokerMetrics.java | $(STAMPS)
	@if [ -n "$(HAVE_JAVA)" ]; then \
	    echo "  javac $@" >&2; \
	    rm -rf $(@:.jar=) && mkdir -p $(@:.jar=) && \
	    $(JAVAC) $(JAVAC_FLAGS) -d $(@:.jar=) $< && \
	    echo 'Premain-Class: BrokerMetrics' > $(@:.jar=)/manifest && \
	    $(JAVAC:%javac=%jar) --create --file $@ --manifest $(@:.jar=)/manifest -C $(@:.jar=) BrokerMetrics.class && \
	    rm -rf $(@:.jar=); \
	else $(call left_out,what the brokers tell of their load: there is no javac); fi
