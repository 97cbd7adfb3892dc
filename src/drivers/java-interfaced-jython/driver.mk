# SPDX-License-Identifier: Apache-2.0
# The Java code is the java driver's; what is its own is Jython.
ifeq ($(HAVE_JAVA),yes)
DRIVER_TARGETS += $(STAMPS)/jython
endif
