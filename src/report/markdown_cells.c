/* SPDX-License-Identifier: Apache-2.0 */
#include "report/markdown_cells.h"

#include <math.h>

#include "report/shown.h"

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
    text_append_char(text, ' ');
    shown_share(share, text);
    text_append(text, " |");
}

/* What shown_…() gave, after `before` where it is anything: brackets of numbers need no escape, "n<5" does. */
static void append_shown(struct text *text, const char *before, struct text *shown)
{
    if (shown->length)
        text_append(text, before);
    for (const char *c = shown->bytes; *c; c++)
        if (*c == '<')
            text_append(text, "&lt;");
        else if (*c == '*')
            text_append(text, "\\*");
        else
            text_append_char(text, *c);
    text_release(shown);
}

void cell_median(struct text *text, const struct report_figure *figure)
{
    struct text spread = TEXT_INIT;
    shown_spread(figure, &spread);
    text_append_char(text, ' ');
    format_number(text, figure->value.estimate);
    append_shown(text, "<br>", &spread);
    text_append(text, " |");
}

void cell_merged(struct text *text, const struct report_figure *figure)
{
    struct text value = TEXT_INIT, range = TEXT_INIT;
    shown_merged(figure, &value);
    shown_range(figure, &range);
    append_shown(text, " ", &value);
    append_shown(text, "<br>", &range);
    text_append(text, " |");
}

void cell_ratio(struct text *text, const struct report_pair *pair, enum report_metric metric, const char *more,
                const char *less)
{
    const struct interval *ratio = &pair->metrics[metric].ratio;
    const char *word = shown_ratio_word(ratio, more, less);
    struct text spread = TEXT_INIT;
    shown_ratio_spread(pair, metric, &spread);
    text_append_char(text, ' ');
    format_ratio(text, ratio->n ? ratio->estimate : NAN);
    append_shown(text, " ", &spread);
    text_append_format(text, "%s%s |", word ? " " : "", word ? word : "");
}

void cell_sum(struct text *text, const struct report_sum *sum, size_t trials)
{
    text_append_char(text, ' ');
    shown_sum(sum, trials, text);
    text_append(text, " |");
}
