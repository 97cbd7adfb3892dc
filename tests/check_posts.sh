#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Whether each post of experiments/ says what the results say that lie in experiments/results/ under its name: check_posts.sh KBENCH
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

status=0
for post in $(grep -ls '<!-- kbench:' experiments/*.md); do
    version=$(basename "$post" .md)
    results=experiments/results/$version.sql
    if [ ! -e "$results" ]; then
        echo "$post: there is no $results to check it by: kbench export $version --format sql --compact --out $results" >&2
        status=1
    elif ! "$program" merge -q --db "$scratch/$version.db" "$results" ||
        ! "$program" publish "$version" "$post" --check --db "$scratch/$version.db"; then
        status=1
    fi
done
exit $status
