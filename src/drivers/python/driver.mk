# SPDX-License-Identifier: Apache-2.0
# Every driver with a requirements.txt: its packages into Python's virtual environment, pinned by their hashes.
PYTHON_CLIENTS := $(patsubst src/drivers/%/requirements.txt,%,$(wildcard src/drivers/*/requirements.txt))

ifeq ($(HAVE_VENV),yes)
DRIVER_TARGETS += $(PYTHON_CLIENTS:%=$(STAMPS)/%)
else
DRIVER_TARGETS += python-clients-left-out
endif

# One at a time, also under make -j: they share the environment.
$(PYTHON_CLIENTS:%=$(STAMPS)/%): $(STAMPS)/%: src/drivers/%/requirements.txt | $(STAMPS) $(VENV)/bin/python
	@echo "  pip $*" >&2
	@if flock $(VENV) $(PIP_INSTALL) -r $<; then touch $@; else $(call left_out,the packages of $* could not be installed); fi

.PHONY: python-clients-left-out
python-clients-left-out:
	@$(call left_out,clients in Python: python3 cannot make a virtual environment)
