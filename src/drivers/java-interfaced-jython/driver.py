# SPDX-License-Identifier: Apache-2.0
"""Java code started from Jython: the loop, the callbacks and the samples are those of the java driver."""
import sys

from kbench import Driver, Versions

Driver.run(Versions.ofJython(sys.version.split()[0]))
