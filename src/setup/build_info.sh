#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Write the C file "$1" that says what is being built; touched only when an answer has changed.
# build_info.sh FILE VERSION COMPILER CFLAGS
set -eu

commit=$(git rev-parse HEAD 2>/dev/null || true)
dirty=-1
if [ -n "$commit" ]; then
    if [ -z "$(git status --porcelain -- Makefile src schema plots)" ]; then dirty=0; else dirty=1; fi
fi
cat > "$1.$$" <<END
#include "base/build_info.h"
const char build_version[] = "$2";
const char build_commit[] = "$commit";
const int build_dirty = $dirty;
const char build_compiler[] = "$3";
const char build_cflags[] = "$4";
END
if cmp -s "$1.$$" "$1"; then rm "$1.$$"; else mv "$1.$$" "$1"; fi
