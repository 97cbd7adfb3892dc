# SPDX-License-Identifier: Apache-2.0
# kbench: see README.md. `make help` lists what can be made.
VERSION := 0.1.0
ifeq ($(origin CC),default)
CC := gcc
endif
, := ,
BUILD := build
# The sanitized program and its objects lie apart from the ordinary ones; jars, drivers and Python packages are shared.
OUT := $(BUILD)$(if $(SAN),/san)
E ?= v2
DB ?=
ARGS ?=
T ?=
POST ?= experiments/$(E).md

.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules
.PHONY: FORCE help build setup experiment report publish verify test test-unit check-posts bench bench-database lint format clean

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' Makefile src/setup/install.mk | column -t -s '|'
	@echo "  E=v2 names the experiment, DB=FILE the database, ARGS= more arguments, SAN=1 sanitizers, T=pattern some tests"

# What needs nothing of the machine runs without set-up.
ifneq ($(filter-out help clean format,$(or $(MAKECMDGOALS),build)),)
include src/setup/setup.mk
-include $(BUILD)/config.mk
include $(wildcard src/drivers/*/driver.mk)
include src/setup/install.mk
endif

OPTIMIZE := $(if $(SAN),-O1 -fsanitize=address$(,)undefined -fno-sanitize-recover=all -fno-omit-frame-pointer,-O2)
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wmissing-prototypes -Wvla -Wformat=2 \
            -Wpointer-arith -Wcast-qual -Wwrite-strings -Wundef -Werror
# The sanitizers' own checks make gcc see null strings and overflows where there are none.
SAN_WARNINGS := $(if $(SAN),-Wno-format-truncation -Wno-format-overflow -Wno-maybe-uninitialized)
CFLAGS := -std=c17 -D_GNU_SOURCE $(OPTIMIZE) -g $(WARNINGS) $(SAN_WARNINGS)
INCLUDES := -Isrc $(PACKAGE_CFLAGS)
LIBS := $(PACKAGE_LIBS) -lm -lpthread

SOURCES := $(sort src/main.c $(filter-out src/drivers/%,$(wildcard src/*/*.c)))
OBJECTS := $(SOURCES:%.c=$(OUT)/obj/%.o) $(OUT)/obj/build_info.o
ROOMS := $(filter-out $(OUT)/obj/src/main.o,$(OBJECTS))
UNIT_TESTS := $(patsubst %.c,$(OUT)/%,$(wildcard tests/unit/test_*.c))
TEST_TOOLS := $(patsubst %.c,$(OUT)/%,$(wildcard tests/tools/*.c))

build: $(OUT)/kbench $(DRIVER_TARGETS) ## the program, and the drivers whose tools are there
setup: $(STAMPS)/kafka $(DRIVER_TARGETS) ## packages, jars, Python's environment, the drivers

experiment: build setup ## set-up, build, campaign and report of E
	$(OUT)/kbench run experiments/$(E).yaml $(if $(DB),--db $(DB)) $(ARGS)
	$(OUT)/kbench import $(wildcard experiments/published/*.csv) $(if $(DB),--db $(DB))
	$(OUT)/kbench report $(E) $(if $(DB),--db $(DB))

report: build ## tables and charts of E from what is in the database
	$(OUT)/kbench report $(E) $(if $(DB),--db $(DB)) $(ARGS)

publish: build ## tables, charts and numbers of E into POST=FILE, or into experiments/E.md
	$(OUT)/kbench publish $(E) $(POST) $(if $(DB),--db $(DB)) $(ARGS)

verify: build setup $(STAMPS)/hdrhistogram ## is the instrument true? a table of truths and what is measured
	$(OUT)/kbench verify $(if $(DB),--db $(DB)) $(ARGS)

test: build setup $(UNIT_TESTS) $(TEST_TOOLS) $(STAMPS)/hdrhistogram $(STAMPS)/test-venv $(STAMPS)/axe ## all tests
	@python3 tests/run.py --out $(OUT) --pattern '$(T)' $(UNIT_TESTS)

test-unit: $(UNIT_TESTS) ## the unit tests alone
	@python3 tests/run.py --out $(OUT) --pattern '$(T)' --no-system $(UNIT_TESTS)

check-posts: $(OUT)/kbench ## whether the posts in experiments/ say what the results beside them say
	@tests/check_posts.sh $(OUT)/kbench

lint: $(BUILD)/compile_commands.json ## formatting, static analysis, the arrows between rooms
	@tests/lint/lint.sh

bench: build setup $(TEST_TOOLS) ## the cost of the instrument: instructions a sample, samples on against off
	@tests/bench/bench.sh $(OUT)

bench-database: $(OUT)/kbench $(TEST_TOOLS) ## what a database of a million trials costs: times and steps beside a small one's
	@tests/bench/database.py $(OUT)

format: ## clang-format over the sources
	clang-format -i $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]')

clean: ## all that was built, results stay
	rm -rf $(BUILD)

$(OUT)/kbench: $(OBJECTS)
	@echo "  link $@" >&2
	@$(CC) $(OPTIMIZE) -o $@ $^ $(LIBS)

# Flags that changed (SAN apart, it has its own folder) or another library rebuild everything.
$(OUT)/obj/src/%.o: src/%.c $(BUILD)/config.mk Makefile
	@mkdir -p $(@D)
	@echo "  cc $<" >&2
	@$(CC) $(CFLAGS) $(INCLUDES) -MMD -MP -c -o $@ $<

$(OUT)/build_info.c: FORCE | $(BUILD)/config.mk
	@mkdir -p $(@D)
	@src/setup/build_info.sh $@ '$(VERSION)' '$(CC) $(COMPILER_VERSION)' '$(CFLAGS)'

$(OUT)/obj/build_info.o: $(OUT)/build_info.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) $(INCLUDES) -c -o $@ $<

# A test or a test's tool is one file, linked with every room.
$(OUT)/tests/%: tests/%.c $(ROOMS) Makefile
	@mkdir -p $(@D)
	@echo "  cc $<" >&2
	@$(CC) $(CFLAGS) $(INCLUDES) -Itests -MMD -MP -o $@ $< $(ROOMS) $(LIBS) $(CMOCKA_LIBS)

$(BUILD)/compile_commands.json: Makefile $(SOURCES)
	@printf '%s\n' $(foreach f,$(SOURCES),'{"directory": "$(CURDIR)", "file": "$(f)", "command": "$(CC) $(CFLAGS) $(INCLUDES) -c $(f)"}') | \
	    python3 -c 'import json, sys; json.dump([json.loads(line) for line in sys.stdin], open("$@", "w"), indent=1)'

-include $(OBJECTS:.o=.d) $(UNIT_TESTS:=.d) $(TEST_TOOLS:=.d)
