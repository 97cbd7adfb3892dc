# SPDX-License-Identifier: Apache-2.0
# make install and uninstall: the program, what it reads at run time below share/kbench, its manual page and completions.
PREFIX ?= /usr/local
DESTDIR ?=
INSTALL_ROOT := $(DESTDIR)$(PREFIX)
INSTALL_SHARE := $(INSTALL_ROOT)/share/kbench
BASH_COMPLETION := $(INSTALL_ROOT)/share/bash-completion/completions/kbench
ZSH_COMPLETION := $(INSTALL_ROOT)/share/zsh/site-functions/_kbench
FISH_COMPLETION := $(INSTALL_ROOT)/share/fish/vendor_completions.d/kbench.fish
MAN_PAGE := $(INSTALL_ROOT)/share/man/man1/kbench.1

# Sources among them: drivers in Python run from their folder, and a bundle holds the lock files.
INSTALLED_FOLDERS := schema plots experiments src/drivers src/report/page src/setup src/verify
INSTALLED_BUILDS := lib drivers venv stamps

.PHONY: install uninstall
install: build setup ## the program below PREFIX (default /usr/local; DESTDIR= is put in front of it)
	@mkdir -p $(INSTALL_ROOT)/bin $(INSTALL_SHARE)/build \
	    $(dir $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION) $(MAN_PAGE))
	@for folder in $(INSTALLED_FOLDERS); do \
	    rm -rf $(INSTALL_SHARE)/$$folder && mkdir -p $(INSTALL_SHARE)/$$folder && \
	    cp -R $$folder/. $(INSTALL_SHARE)/$$folder || exit 1; done
	@for folder in $(INSTALLED_BUILDS); do \
	    rm -rf $(INSTALL_SHARE)/build/$$folder && cp -R $(BUILD)/$$folder $(INSTALL_SHARE)/build/$$folder || exit 1; done
	@install -m 755 $(OUT)/kbench $(INSTALL_ROOT)/bin/kbench
	@$(OUT)/kbench completion bash > $(BASH_COMPLETION)
	@$(OUT)/kbench completion zsh > $(ZSH_COMPLETION)
	@$(OUT)/kbench completion fish > $(FISH_COMPLETION)
	@$(OUT)/kbench man > $(MAN_PAGE)
	@echo "kbench: installed $(INSTALL_ROOT)/bin/kbench" >&2

uninstall: ## what install has put there
	rm -rf $(INSTALL_SHARE)
	rm -f $(INSTALL_ROOT)/bin/kbench $(BASH_COMPLETION) $(ZSH_COMPLETION) $(FISH_COMPLETION) $(MAN_PAGE)
