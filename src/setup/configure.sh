#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the Makefile has to know of this machine, as Make variables into the file "$1". The file changes only when an
# answer does (another librdkafka by PKG_CONFIG_PATH, a JDK that came), so that nothing is rebuilt without need.
set -eu

output=$1
packages="rdkafka sqlite3 yaml-0.1 jansson gsl libcrypto zlib libcmark"
has() { if command -v "$1" >/dev/null 2>&1; then echo yes; fi; }
# A library outside the system's folders is found at run time too.
run_paths=$(pkg-config --libs-only-L $packages | tr ' ' '\n' | sed -n 's/^-L/-Wl,-rpath,/p' | tr '\n' ' ')

mkdir -p "$(dirname "$output")"
cat > "$output.$$" <<END
PACKAGE_CFLAGS := $(pkg-config --cflags $packages)
PACKAGE_LIBS := $(pkg-config --libs $packages) $run_paths
CMOCKA_LIBS := $(pkg-config --libs cmocka)
RDKAFKA_VERSION := $(pkg-config --modversion rdkafka)
COMPILER_VERSION := $(gcc -dumpfullversion)
HAVE_JAVA := $(has "${JAVA_HOME:+$JAVA_HOME/bin/}javac")
HAVE_MAVEN := $(has mvn)
HAVE_VENV := $(if python3 -c 'import venv, ensurepip' >/dev/null 2>&1; then echo yes; fi)
JAVAC := ${JAVA_HOME:+$JAVA_HOME/bin/}javac
END
if cmp -s "$output.$$" "$output"; then rm "$output.$$"; else mv "$output.$$" "$output"; fi
