/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What other benchmark tools print of one run, read into a row of published numbers. A tool is a row of a table: how its output is
 * recognised and how it is read. Pure: text in, figures out. Only what the tool tells is taken; what it does not tell stays
 * absent, and a reader who would take a figure for more than it is finds why he must not in the note.
 */
#ifndef KBENCH_EXCHANGE_TOOL_H
#define KBENCH_EXCHANGE_TOOL_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/text.h"
#include "store/published.h"

#define TOOL_BYTES_PER_MB 1048576.0 /* kbench's MB */

struct tool_text {
    const char *file;  /* for errors */
    const char *bytes; /* without NUL but the one at the end */
};

struct tool_output {
    struct store_published row; /* its version and source_title are for the caller to fill in */
    int line;                   /* where its figures stand in the file */
    struct text case_name, run_name, settings,
        note; /* that the row's texts point into; empty: the tool does not tell */
};

struct tool {
    const char *name;  /* as --from takes it */
    const char *title; /* its own name */
    bool (*recognise)(const struct tool_text *text);
    /* Errors have the file's line. The output is for the caller to release, whatever comes back. */
    bool (*read)(const struct tool_text *text, struct tool_output *output, struct error *error);
};

extern const struct tool tool_perf_test;           /* kafka-producer-perf-test */
extern const struct tool tool_rdkafka_performance; /* of librdkafka's examples */
extern const struct tool tool_openmessaging;       /* OpenMessaging Benchmark's JSON results */

void tool_output_init(struct tool_output *output);
void tool_output_release(struct tool_output *output);
/* Append a sentence to the note. */
void tool_output_note(struct tool_output *output, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Let the row's texts point to what was read, and check what no tool may say: a rate of 0, percentiles that fall. */
bool tool_output_finish(const struct tool_text *text, struct tool_output *output, struct error *error);

#endif
