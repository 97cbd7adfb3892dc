/* SPDX-License-Identifier: Apache-2.0 */
/* The database as other programs' files. A format is a row of a table: what it is called and the function that writes it. */
#ifndef KBENCH_EXCHANGE_EXPORT_H
#define KBENCH_EXCHANGE_EXPORT_H

#include <stdio.h>

#include "store/export.h"

struct export_request {
    struct store *store;
    struct store_filter filter;
    bool intervals; /* each trial's intervals too, where the format has room for them */
};

struct export_format {
    const char *name;   /* as --format takes it */
    bool needs_version; /* one file is about one version */
    /* Rows one at a time; errors of `file` are for the caller to find. NULL: it is no rows, but the version as a database of its own,
     * which needs what the report knows of it (commands/excerpt.h). */
    bool (*write)(const struct export_request *request, FILE *file, struct error *error);
};
/* Ends with one whose name is NULL; the first is the default. */
extern const struct export_format export_formats[];

/* The format of that name; NULL: `error` says which there are. */
const struct export_format *export_format_find(const char *name, struct error *error);

/* histogram_log.c: HdrHistogram's log format, one line for each trial's histogram. */
bool export_histogram_log(const struct export_request *request, FILE *file, struct error *error);

#endif
