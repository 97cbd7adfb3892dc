/* SPDX-License-Identifier: Apache-2.0 */
/* What this program was built from and how; the Makefile fills it in. */
#ifndef KBENCH_BASE_BUILD_INFO_H
#define KBENCH_BASE_BUILD_INFO_H

extern const char build_version[];  /* kbench's own, "0.1.0" */
extern const char build_commit[];   /* git commit of the sources, or "" when they were not in git */
extern const int build_dirty;       /* 1: the working copy differed from the commit, 0: not, -1: unknown */
extern const char build_compiler[]; /* "gcc 12.2.0" */
extern const char build_cflags[];

#endif
