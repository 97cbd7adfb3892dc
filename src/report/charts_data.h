/* SPDX-License-Identifier: Apache-2.0 */
/* What the files of the charts share: the data of each, the text in them, the SVG that comes of them. */
#ifndef KBENCH_REPORT_CHARTS_DATA_H
#define KBENCH_REPORT_CHARTS_DATA_H

#include "report/model.h"
#include "report/writers.h"

/* What a chart is of. */
struct chart_subject {
    const struct report_model *model;
    const struct report_model *other;      /* NULL: none */
    const struct report_case *report_case; /* NULL: all of them */
};

/* What a script of plots/ gets beside the names of its files and the heading. */
struct chart_data {
    struct text points;           /* the data file */
    struct text styles;           /* words: of each row or run in it the number of its style */
    struct string_list arguments; /* further ones, in the order in which the script's head names them: at most three */
};
void chart_data_init(struct chart_data *data);
void chart_data_release(struct chart_data *data);
/* Another row or run: the number of its style. */
void chart_data_add_style(struct chart_data *data, int style);
/* "estimate low high"; without an interval the estimate three times. */
void chart_append_interval(struct text *text, const struct interval *value);

/* Fill `data`, which is empty; false when there is nothing to show. */
bool chart_throughput_data(const struct chart_subject *subject, struct chart_data *data);
bool chart_latency_data(const struct chart_subject *subject, struct chart_data *data);
bool chart_timeline_data(const struct chart_subject *subject, struct chart_data *data);
bool chart_efficiency_data(const struct chart_subject *subject, struct chart_data *data);
bool chart_ratio_data(const struct chart_subject *subject, struct chart_data *data);
bool chart_versions_data(const struct chart_subject *subject, struct chart_data *data);
bool chart_trials_data(const struct chart_subject *subject, struct chart_data *data);

/* charts_label.c. Widths are in multiples of the font's size, as a sans-serif font has them to within a tenth. */
#define CHART_FONT_PX 13.0
#define CHART_ROW_LABEL_WIDTH 18.5   /* of a row's label at the left, on two lines */
#define CHART_PANEL_TITLE_WIDTH 62.0 /* above a panel */
/* A field of a data file in at most `lines` lines, each at most `width` wide; what is longer is cut, with an ellipsis. Returns
 * the width of the widest line. */
double chart_label(struct text *text, const char *string, double width, int lines);
/* Whether every font that is likely to be there has all of it: Latin, Greek, Cyrillic, Armenian, signs and symbols. */
bool chart_text_is_covered(const char *string);
/* The title of a row, at the left, and how many lines it takes; `widest` grows with it. */
void chart_row_label(struct text *text, const struct report_pair *pair, double *widest);
/* Adds the pixels that such labels take as an argument of the script. */
void chart_data_add_label_room(struct chart_data *data, double widest);

/* charts_legend.c: entries from left to right, in as many columns as the longest allows. */
struct chart_legend {
    struct chart_legend_entry {
        const char *title;
        int style;
    } * entries;
    size_t count;
};
void chart_legend_add(struct chart_legend *legend, const char *title, int style);
/* Appends the data set and releases the legend. Returns how many lines it takes. */
size_t chart_legend_append(struct chart_legend *legend, struct text *text);

/* charts_ratio.c: "0.983 [0.951, 1.02]", or that there is no interval. */
void chart_ratio_figures(struct text *text, const struct interval *ratio);

/* charts_versions.c: what the two others are called; the caller frees. NULL: there is none. */
struct chart_versions {
    char *own, *other, *published;
    bool other_machine; /* the other is not known to be of the same one */
};
void chart_versions_name(const struct chart_subject *subject, struct chart_versions *versions);
void chart_versions_release(struct chart_versions *versions);
/* The same pair in the other version, or NULL; and its published row, or NULL. */
const struct report_pair *chart_versions_other(const struct chart_subject *subject, const struct report_pair *pair);
const struct store_result_row *chart_versions_published(const struct chart_subject *subject,
                                                        const struct report_pair *pair);

/* charts_time.c: the campaigns one behind the other. */
struct chart_campaign {
    int64_t id;
    const char *started_at;
    double starts_s;       /* since 1970 */
    double at_s, length_s; /* on the chart's axis; length 0: no trial of it is in the chart */
};
struct chart_time {
    struct chart_campaign *campaigns;
    size_t count, shown; /* campaigns, and those of them that have a trial in the chart */
    double measured_s;   /* their lengths */
    double length_s;     /* of the axis, with gaps between them */
};
void chart_time_measure(const struct chart_subject *subject, struct chart_time *time);
void chart_time_release(struct chart_time *time);
/* charts_axis.c: the data sets of campaigns, borders of blocks, and tics. Returns the unit of the tics' labels, static. */
const char *chart_time_append(const struct chart_subject *subject, const struct chart_time *time, struct text *text);
/* Where a trial begins on the axis; NAN: it is not in the chart. */
double chart_time_of(const struct chart_time *time, const struct store_result_row *row);
/* Whether a row is a trial that CHART_TRIALS shows. */
bool chart_trials_shows(const struct chart_subject *subject, const struct store_result_row *row);

/* charts.c: <path>.svg, and with `all` <path>.dat and <path>.png. Not `drawn`: there is nothing to show. */
bool chart_draw(enum report_chart chart, const struct chart_subject *subject, const char *path, bool all, bool *drawn,
                struct error *error);

/* charts_svg.c: gnuplot's SVG as one that can stand in a page beside others; ids begin with `name`, `description` is its text
 * alternative. False: it is none. */
bool chart_svg_rewrite(const char *svg, const char *name, const char *description, struct text *text,
                       struct error *error);

#endif
