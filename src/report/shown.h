/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A figure as the tables show it, in parts that each writer sets in its own way: plain text, in which only "n<5" has a character
 * that is markup anywhere. Each appends.
 */
#ifndef KBENCH_REPORT_SHOWN_H
#define KBENCH_REPORT_SHOWN_H

#include "report/format.h"
#include "report/model.h"

/* "[low, high]", each bound by `format`; nothing where there are none. */
void shown_bounds(const struct interval *interval, format_function *format, struct text *text);
/* "estimate [low, high]", "estimate" without bounds. */
void shown_interval(const struct interval *interval, format_function *format, struct text *text);
/* The same as a string that the caller frees. */
char *shown_interval_text(const struct interval *interval, format_function *format);
/* What stands behind a median: "[low, high]"; below five trials "n<5 (lowest to highest)"; nothing for no trial. */
void shown_spread(const struct report_figure *figure, struct text *text);
/* What all trials' records say together; of a tool that keeps no histogram its own median, with *. */
void shown_merged(const struct report_figure *figure, struct text *text);
double shown_merged_value(const struct report_figure *figure);
/* What stands behind it: "(lowest to highest)" trial. */
void shown_range(const struct report_figure *figure, struct text *text);
/* What stands behind a ratio: "[low, high]" or "n<5", and "(4 blocks)" where they are others than those of the throughput. */
void shown_ratio_spread(const struct report_pair *pair, enum report_metric metric, struct text *text);
/* `more` or `less` than the baseline, or "no difference shown"; NULL: no interval, so nothing is said. */
const char *shown_ratio_word(const struct interval *ratio, const char *more, const char *less);
/* "12.3 %", of a share; a dash. */
void shown_share(double share, struct text *text);
/* The total, and " (known in 3 of 5)". */
void shown_sum(const struct report_sum *sum, size_t trials, struct text *text);

#endif
