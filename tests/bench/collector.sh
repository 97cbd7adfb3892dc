#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the collector costs: instructions a sample (by callgrind) and memory for a trial of 50,000,000 records.
# $1: the build folder that has tests/tools/. Exit status 1 when a bound is not kept, 3 when valgrind is missing.
set -eu
out=${1:-build}
limit=100

command -v valgrind >/dev/null || {
    echo "collector: valgrind is missing; to get it: apt-get install valgrind" >&2
    exit 3
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

samples=$(valgrind --tool=callgrind --collect-atstart=no --toggle-collect=collector_consume \
    --callgrind-out-file="$scratch/profile" --log-file="$scratch/log" "$out/tests/tools/collector_instructions")
instructions=$(sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$scratch/log")
awk -v instructions="$instructions" -v samples="$samples" -v limit="$limit" 'BEGIN {
    each = samples > 0 ? instructions / samples : 0
    printf "collector: %.1f instructions a sample (limit %d)\n", each, limit
    exit !(each > 0 && each <= limit)
}'

printf 'collector: '
"$out/tests/tools/collector_memory"
