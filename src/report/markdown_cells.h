/* SPDX-License-Identifier: Apache-2.0 */
/* Cells of Markdown tables, each from a space to its closing bar. */
#ifndef KBENCH_REPORT_MARKDOWN_CELLS_H
#define KBENCH_REPORT_MARKDOWN_CELLS_H

#include "report/format.h"
#include "report/model.h"

/* Text from outside; nothing: a dash. */
void cell_text(struct text *text, const char *value);
void cell_number(struct text *text, double value);
/* "12.3 %", of a share */
void cell_share(struct text *text, double share);
/* median [interval]; below five trials "n<5 (lowest to highest)" */
void cell_median(struct text *text, const struct report_figure *figure);
/* What all trials say together (lowest trial to highest trial). */
void cell_merged(struct text *text, const struct report_figure *figure);
/* ratio [interval] and what it says: `more` or `less` than the baseline, or "no difference shown" */
void cell_ratio(struct text *text, const struct report_pair *pair, enum report_metric metric, const char *more,
                const char *less);
void cell_sum(struct text *text, const struct report_sum *sum, size_t trials);

#endif
