/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markdown_cells.h"

#include <math.h>

#include "base/banned.h"

#define DASH "\xe2\x80\x93"

void cell_text(struct text *text, const char *value)
{
    text_append_char(text, ' ');
    format_markdown(text, value && value[0] ? value : DASH);
    text_append(text, " |");
}

void cell_number(struct text *text, double value)
{
    text_append_char(text, ' ');
    format_number(text, value);
    text_append(text, " |");
}

void cell_share(struct text *text, double share)
{
    if (isfinite(share))
        text_append_format(text, " %.*f %% |", fabs(share) < 0.1 ? 1 : 0, 100 * share);
    else
        text_append(text, " " DASH " |");
}

static void range(struct text *text, double low, double high)
{
    text_append_char(text, '(');
    format_number(text, low);
    text_append(text, " to ");
    format_number(text, high);
    text_append_char(text, ')');
}

void cell_median(struct text *text, const struct report_figure *figure)
{
    text_append_char(text, ' ');
    format_number(text, figure->value.estimate);
    if (figure->value.has_bounds) {
        text_append(text, "<br>[");
        format_number(text, figure->value.low);
        text_append(text, ", ");
        format_number(text, figure->value.high);
        text_append_char(text, ']');
    } else if (figure->value.n > 0) {
        text_append_format(text, "<br>n&lt;%d", INTERVAL_MIN_TRIALS);
        if (figure->value.n > 1) {
            text_append_char(text, ' ');
            range(text, figure->lowest, figure->highest);
        }
    }
    text_append(text, " |");
}

void cell_merged(struct text *text, const struct report_figure *figure)
{
    bool merged = isfinite(figure->merged);
    text_append_char(text, ' ');
    format_number(text, merged ? figure->merged : figure->value.estimate);
    if (!merged && figure->value.n > 0)
        text_append(text, "\\*");
    if (figure->value.n > 1) {
        text_append(text, "<br>");
        range(text, figure->lowest, figure->highest);
    }
    text_append(text, " |");
}

/* The interval and what it says. */
static void conclusion(struct text *text, const struct interval *ratio, const char *more, const char *less)
{
    int direction = report_conclusion_of(ratio);
    text_append(text, " [");
    format_ratio(text, ratio->low);
    text_append(text, ", ");
    format_ratio(text, ratio->high);
    text_append_format(text, "] %s", direction > 0 ? more : direction < 0 ? less : "no difference shown");
}

void cell_ratio(struct text *text, const struct report_pair *pair, enum report_metric metric, const char *more,
                const char *less)
{
    const struct interval *ratio = &pair->metrics[metric].ratio;
    size_t blocks = pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n; /* what the row's "Blocks" counts */
    text_append_char(text, ' ');
    format_ratio(text, ratio->n ? ratio->estimate : NAN);
    if (ratio->n && ratio->has_bounds)
        conclusion(text, ratio, more, less);
    else if (ratio->n)
        text_append_format(text, " n&lt;%d", INTERVAL_MIN_TRIALS);
    if (ratio->n && ratio->n != blocks)
        text_append_format(text, " (%zu block%s)", ratio->n, ratio->n == 1 ? "" : "s");
    text_append(text, " |");
}

void cell_sum(struct text *text, const struct report_sum *sum, size_t trials)
{
    text_append_char(text, ' ');
    format_count(text, sum->known ? sum->total : STORE_ABSENT);
    if (sum->known && sum->known < trials)
        text_append_format(text, " (known in %zu of %zu)", sum->known, trials);
    text_append(text, " |");
}
