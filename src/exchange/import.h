/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Numbers of others as rows of published numbers. First all files are read (import_read), then what they say is put into the database
 * (import_put): a mistake in the last file is found before the first row is written. A CSV of published tables is read by the
 * store, when it is put in.
 */
#ifndef KBENCH_EXCHANGE_IMPORT_H
#define KBENCH_EXCHANGE_IMPORT_H

#include "exchange/tool.h"

/* What the command line says of all files; NULL: not given. */
struct import_options {
    const char *from;                           /* the format's name; else it is recognised */
    const char *version, *case_name, *run_name; /* that a tool's figures go under; what the output tells gives way */
    const char *title, *url, *date, *note;      /* of the source; the title is else the file's name */
    bool replace;
};

struct import_file {
    const char *path;        /* borrowed */
    const struct tool *tool; /* NULL: a CSV */
    struct tool_output output;
    char *title, *note; /* that the output's row points to */
};

/* Read a file and find out what it is. The file is for the caller to release, whatever comes back. */
bool import_read(struct import_file *file, const char *path, const struct import_options *options, struct error *error);
void import_file_release(struct import_file *file);
/* "kafka-producer-perf-test", "CSV", …: what it was taken for. */
const char *import_file_format(const struct import_file *file);

/* Put it in; `changed` counts rows that are new or were replaced. One transaction around all files is the caller's. */
bool import_put(struct store *store, const struct import_file *file, const struct import_options *options,
                int64_t *changed, struct error *error);

#endif
