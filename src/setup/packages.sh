#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Sees to it that the machine has what the build and a campaign need. As root it installs what is missing through apt;
# otherwise it prints the one command to type. Exit 3 when something stays missing that nothing can be built without.
# What only some clients need (a JDK, Maven, Python's venv) is no reason to stop: they are left out, with a line. With "tests" as
# argument also what only tests need: a browser.
set -eu

needed=""   # nothing can be built without these
wanted=""   # some clients, the charts or some tests cannot

library() { pkg-config --exists "$1" 2>/dev/null || needed="$needed $2"; }
program() { command -v "$1" >/dev/null 2>&1 || wanted="$wanted $2"; }

java_is_new_enough() {
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    release=$("$java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
    [ "${release:-0}" -ge 17 ] && command -v "${java}c" >/dev/null 2>&1
}

tests=${1:-}

look() {
    needed=""
    wanted=""
    command -v gcc >/dev/null 2>&1 || needed="$needed gcc libc6-dev"
    command -v pkg-config >/dev/null 2>&1 || needed="$needed pkg-config"
    library rdkafka librdkafka-dev
    library sqlite3 libsqlite3-dev
    library yaml-0.1 libyaml-dev
    library jansson libjansson-dev
    library gsl libgsl-dev
    library zlib zlib1g-dev
    library libcmark libcmark-dev
    library libcrypto libssl-dev
    library cmocka libcmocka-dev
    program gnuplot gnuplot-nox
    program sqlite3 sqlite3
    program git git
    program valgrind valgrind
    java_is_new_enough || wanted="$wanted default-jdk-headless"
    program mvn maven
    python3 -c 'import venv, ensurepip' >/dev/null 2>&1 || wanted="$wanted python3-venv"
    [ "$tests" != tests ] || program chromium chromium
}

look
[ -n "$needed$wanted" ] || exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "kbench: installing$needed$wanted" >&2
    # apt's own lines matter only when it fails.
    # shellcheck disable=SC2086 -- the lists are words
    said=$(apt-get update -qq 2>&1 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $needed $wanted 2>&1) || {
        printf '%s\n' "$said" >&2
        echo "kbench: apt-get could not install all of it" >&2
    }
    look
fi
[ -z "$needed$wanted" ] || echo "kbench: missing on this machine; type: sudo apt-get install -y$needed$wanted" >&2
[ -z "$needed" ] || exit 3
[ -z "$wanted" ] || echo "kbench: clients, charts and tests that need$wanted are left out until then" >&2
