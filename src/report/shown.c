/* SPDX-License-Identifier: Apache-2.0 */
#include "report/shown.h"

#include <math.h>

#include "base/banned.h"

void shown_bounds(const struct interval *interval, format_function *format, struct text *text)
{
    if (!interval->has_bounds)
        return;
    text_append_char(text, '[');
    format(text, interval->low);
    text_append(text, ", ");
    format(text, interval->high);
    text_append_char(text, ']');
}

void shown_interval(const struct interval *interval, format_function *format, struct text *text)
{
    format(text, interval->estimate);
    if (interval->has_bounds)
        text_append_char(text, ' ');
    shown_bounds(interval, format, text);
}

char *shown_interval_text(const struct interval *interval, format_function *format)
{
    struct text text = TEXT_INIT;
    shown_interval(interval, format, &text);
    return text_detach(&text);
}

static void range(double low, double high, struct text *text)
{
    text_append_char(text, '(');
    format_number(text, low);
    text_append(text, " to ");
    format_number(text, high);
    text_append_char(text, ')');
}

void shown_spread(const struct report_figure *figure, struct text *text)
{
    const struct interval *value = &figure->value;
    shown_bounds(value, format_number, text);
    if (!value->has_bounds && value->n > 0) {
        text_append_format(text, "n<%d", INTERVAL_MIN_TRIALS);
        if (value->n > 1) {
            text_append_char(text, ' ');
            range(figure->lowest, figure->highest, text);
        }
    }
}

double shown_merged_value(const struct report_figure *figure)
{
    return isfinite(figure->merged) ? figure->merged : figure->value.estimate;
}

void shown_merged(const struct report_figure *figure, struct text *text)
{
    format_number(text, shown_merged_value(figure));
    if (!isfinite(figure->merged) && figure->value.n > 0)
        text_append_char(text, '*');
}

void shown_range(const struct report_figure *figure, struct text *text)
{
    if (figure->value.n > 1)
        range(figure->lowest, figure->highest, text);
}

void shown_ratio_spread(const struct report_pair *pair, enum report_metric metric, struct text *text)
{
    const struct interval *ratio = &pair->metrics[metric].ratio;
    size_t blocks = pair->metrics[METRIC_RECORDS_PER_SEC].ratio.n; /* what the row's "Blocks" counts */
    if (ratio->n == 0)
        return;
    shown_bounds(ratio, format_ratio, text);
    if (!ratio->has_bounds)
        text_append_format(text, "n<%d", INTERVAL_MIN_TRIALS);
    if (ratio->n != blocks)
        text_append_format(text, " (%zu block%s)", ratio->n, ratio->n == 1 ? "" : "s");
}

const char *shown_ratio_word(const struct interval *ratio, const char *more, const char *less)
{
    if (!ratio->has_bounds)
        return NULL;
    int direction = report_conclusion_of(ratio);
    return direction > 0 ? more : direction < 0 ? less : "no difference shown";
}

void shown_share(double share, struct text *text)
{
    if (isfinite(share))
        text_append_format(text, "%.*f %%", fabs(share) < 0.1 ? 1 : 0, 100 * share);
    else
        text_append(text, "\xe2\x80\x93");
}

void shown_sum(const struct report_sum *sum, size_t trials, struct text *text)
{
    format_count(text, sum->known ? sum->total : STORE_ABSENT);
    if (sum->known && sum->known < trials)
        text_append_format(text, " (known in %zu of %zu)", sum->known, trials);
}
