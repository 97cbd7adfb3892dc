#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whether each post of experiments/, and README.md with its example of v2, says what the results in experiments/results/ say:
# check_posts.sh KBENCH
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

status=0
check() { # DOCUMENT VERSION
    results=experiments/results/$2.sql
    if [ ! -e "$results" ]; then
        echo "$1: there is no $results to check it by: kbench export $2 --format sql --compact --out $results" >&2
        status=1
        return
    fi
    [ -e "$scratch/$2.db" ] || "$program" merge -q --db "$scratch/$2.db" "$results" || status=1
    "$program" publish "$2" "$1" --check --db "$scratch/$2.db" || status=1
}
for post in $(grep -ls '<!-- kbench:' experiments/*.md); do
    check "$post" "$(basename "$post" .md)"
done
if grep -qs "<!-- kbench:" README.md; then check README.md v2; fi
exit $status
