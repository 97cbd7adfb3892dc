/* SPDX-License-Identifier: Apache-2.0 */
/* What each published figure is: its unit, its formula and one sentence. `kbench explain` and the page speak from this one table. */
#ifndef KBENCH_REPORT_EXPLAIN_METRIC_H
#define KBENCH_REPORT_EXPLAIN_METRIC_H

#include "report/model.h"

/* How the trials become one figure. */
enum metric_kind {
    METRIC_KIND_MEDIAN,     /* the median of the trials' values */
    METRIC_KIND_PERCENTILE, /* of all trials' records together: their histograms are merged */
    METRIC_KIND_MAXIMUM,    /* the highest trial */
    METRIC_KIND_SUM,        /* added up over the trials */
};

/* How the tables write it. */
enum metric_display {
    METRIC_DISPLAY_NUMBER,
    METRIC_DISPLAY_COUNT, /* whole */
    METRIC_DISPLAY_MIB,   /* of bytes */
    METRIC_DISPLAY_SHARE, /* "12.3 %", of a value in percent */
};

struct metric_documentation {
    const char *name;  /* a column of the view results; NULL: any percentile of the latency, latency_p<percentile>_ms */
    const char *title; /* "Records per second" */
    const char *unit;  /* of the value in the database, such as "bytes" */
    const char *formula; /* one trial's value; the symbols are columns of the view results */
    const char *symbols; /* what the symbols stand for, with their units */
    const char *meaning; /* one sentence for a reader */
    enum metric_kind kind;
    enum metric_display display;
};

/* Of a metric by its name, a sum such as records_lost, or latency_p<percentile>_ms. NULL: it is none. */
const struct metric_documentation *metric_document(const char *name);
/* All of them, one after the other; the last has no name. */
const struct metric_documentation *metric_documents(size_t *count);

/* The value as the tables show it ("747,418", "12.3 %", "96.1" of bytes in MiB); NAN: a dash. */
void metric_show(const struct metric_documentation *document, double value, struct text *text);
/* The unit of what metric_show() writes. */
const char *metric_shown_unit(const struct metric_documentation *document);

/* "latency_p99_ms": the one name of a percentile, a column's where it is one (latency_p999_ms). The caller frees. */
char *metric_percentile_name(double percentile);
/* Every name that a pair of the model can be asked for: the metrics, the definition's percentiles, the sums. */
void metric_names_of(const struct report_model *model, struct string_list *names);

#endif
