/* SPDX-License-Identifier: Apache-2.0 */
/* How the writers turn numbers into text, and how text from outside is made harmless for each format. */
#ifndef KBENCH_REPORT_FORMAT_H
#define KBENCH_REPORT_FORMAT_H

#include <stdint.h>

#include "base/text.h"
#include "store/store.h"

/* Valid UTF-8 without control bytes: a control byte becomes a space, a byte that is no UTF-8 becomes U+FFFD. Every other function
 * here that takes text from outside goes through it. NULL appends nothing. */
void format_clean(struct text *text, const char *string);
/* One line of Markdown in which nothing is markup: not a pipe, a backtick, an angle bracket, an asterisk … */
void format_markdown(struct text *text, const char *string);
/* Text or an attribute's value in HTML: nothing in it is markup, nor ends a quoted attribute. */
void format_html(struct text *text, const char *string);
/* A CSV field (RFC 4180): quoted when it has to be. */
void format_csv(struct text *text, const char *string);
/* A string in a gnuplot data file, quoted; longer than `limit` characters: cut, with an ellipsis (0: never). */
void format_gnuplot(struct text *text, const char *string, size_t limit);
/* A file name of [A-Za-z0-9._-] only. The caller frees. */
char *format_file_name(const char *string);

/* For people: "747,418", "9,845.2", "0.352"; NAN: "–". */
void format_count(struct text *text, int64_t value);
void format_number(struct text *text, double value);
void format_ratio(struct text *text, double value);
/* One of these, where the kind of number decides which. */
typedef void format_function(struct text *text, double value);
/* "50th", "99.9th" */
void format_percentile(struct text *text, double percentile);
/* For machines: the shortest text that reads back as the same number; nothing when absent. */
void format_real(struct text *text, double value);
void format_integer(struct text *text, int64_t value);
/* Fields of a CSV row behind others: each with a comma in front. */
void format_csv_reals(struct text *text, const double *values, size_t count);
/* "a / b" */
char *format_list(const struct string_list *list);

#endif
