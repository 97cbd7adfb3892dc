/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The charts of a document: SVGs in a folder beside it that has its name without the ending, or with "-charts" where it has none.
 *
 * Another gnuplot draws the same chart with other bytes, and the machine that checks a document may have none at all. So a file
 * ends with a comment that holds two hashes, of what the chart was drawn from and of the drawing itself: the first says whether the
 * chart is still that of the database, the second whether somebody has changed the file since. Nothing has to be drawn to know.
 */
#ifndef KBENCH_PUBLISH_CHARTS_H
#define KBENCH_PUBLISH_CHARTS_H

#include "report/writers.h"

enum chart_state { CHART_IS_CURRENT, CHART_IS_MISSING, CHART_IS_STALE };

struct chart_file {
    enum report_chart chart;
    const struct report_case *report_case; /* NULL: of the version */
    const struct report_model *other;      /* NULL: not against another version */
    char *name, *path;                     /* of the file without ".svg", and with it as seen from here */
    char source[65];                       /* SHA-256 of what it is drawn from */
    enum chart_state state;
    struct text bytes; /* once it is drawn */
};

struct publication_charts {
    char *folder, *link; /* that the files lie in, as seen from here and from the document */
    struct chart_file *items;
    size_t count;
    struct against { /* other versions that charts show beside this one, each loaded once */
        char *version;
        struct report_model *model;
    } * against;
    size_t against_count;
};

/* `document` is the path of the file that the charts lie beside. publication_charts_release() frees. */
void publication_charts_begin(struct publication_charts *charts, const char *document);
void publication_charts_release(struct publication_charts *charts);

/* The newest revision of another version, loaded once. NULL: `error`. */
const struct report_model *publication_charts_against(struct publication_charts *charts, struct store *store,
                                                      const char *version, struct error *error);
/* Add a chart, once, and look what there is of its file. NULL and `error` when there is nothing to see in it. */
const struct chart_file *publication_charts_add(struct publication_charts *charts, const struct report_model *model,
                                                const struct report_model *other, enum report_chart chart,
                                                const struct report_case *report_case, struct error *error);

/* Draw all that are not current into memory; write these. */
bool publication_charts_draw(struct publication_charts *charts, const struct report_model *model, struct error *error);
bool publication_charts_write(const struct publication_charts *charts, struct error *error);

#endif
