#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Formatting, static analysis, the arrows between the rooms. Runs all of them, exits 1 when one found something.
cd "$(dirname "$0")/../.." || exit 1
status=0

for tool in clang-format cppcheck; do
    command -v "$tool" >/dev/null || {
        echo "lint: $tool is missing; to get it: apt-get install $tool" >&2
        exit 3
    }
done

check() {
    echo "  lint $1" >&2
    shift
    "$@" || status=1
}

formatting() {
    git ls-files -z --cached --others --exclude-standard -- 'src/*.[ch]' 'tests/*.[ch]' |
        xargs -0 clang-format --dry-run -Werror --ferror-limit=5
}

# Macros that cppcheck must know to parse what stands behind them.
analysis() {
    find src -name '*.c' ! -path 'src/drivers/*' -print0 |
        xargs -0 cppcheck --quiet --enable=warning,performance,portability --inline-suppr --error-exitcode=1 --std=c11 \
            --suppressions-list=tests/lint/cppcheck-suppressions.txt --template='{file}:{line}: {message} [{id}]' \
            -D_GNU_SOURCE '-Djson_object_foreach(object,key,value)=for (;;)' \
            '-Djson_array_foreach(array,index,value)=for (;;)' -DPRId64= -DPRIu64= -Isrc
}

check "the lint's own tests" python3 tests/lint/test_arrows.py -q
check "arrows and conventions" python3 tests/lint/arrows.py
check "static analysis" analysis
check "formatting" formatting
exit $status
