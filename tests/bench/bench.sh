#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What the instrument costs: the collector's instructions and memory, then each client's throughput with samples beside that
# without, interleaved, stored in the ordinary database so that every report can show it. bench.sh OUT
set -eu

tests/bench/collector.sh "$1"
"$1/kbench" run experiments/instrument.yaml
"$1/kbench" report instrument
sed -n '/^- What taking the samples costs/p' results/instrument/report.md
