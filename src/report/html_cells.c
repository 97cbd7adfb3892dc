/* SPDX-License-Identifier: Apache-2.0 */
#include <inttypes.h>
#include <math.h>

#include "report/html_parts.h"
#include "report/shown.h"

#include "base/banned.h"

#define DASH "\xe2\x80\x93"

/* The number that a cell is sorted by, with all its digits; none where it is absent. */
static void begin_number(struct html *html, double value)
{
    text_append(html->text, "<td class=\"number\"");
    if (html->page && isfinite(value)) {
        text_append(html->text, " data-value=\"");
        format_real(html->text, value);
        text_append_char(html->text, '"');
    }
    text_append_char(html->text, '>');
}

static void end(struct html *html)
{
    text_append(html->text, "</td>");
}

/* The figure itself, a link to where it comes from; behind it, smaller, what stands with it. The cell does not end here. */
static void begin_figure(struct html *html, const struct html_source *source, double value, struct text *shown,
                         struct text *behind)
{
    begin_number(html, value);
    if (html->page && source && source->metric && isfinite(value)) {
        char *id = html_pair_id(source->pair, source->metric);
        text_append_format(html->text, "<a href=\"#%s\">", id);
        format_html(html->text, shown->bytes);
        text_append(html->text, "</a>");
        free(id);
    } else
        format_html(html->text, shown->bytes);
    if (behind && behind->length) {
        text_append_char(html->text, ' ');
        html_element(html, "small", NULL, behind->bytes);
    }
    text_release(shown);
    if (behind)
        text_release(behind);
}

void html_cell_text(struct html *html, const char *value)
{
    text_append(html->text, "<td>");
    format_html(html->text, value && value[0] ? value : DASH);
    end(html);
}

/* "2026-11-25T02:51:42.553Z" to the second. */
void html_cell_time(struct html *html, const char *value)
{
    text_append(html->text, "<td class=\"time\">");
    if (value && strlen(value) > 19 && value[10] == 'T') {
        char *time = string_format("%.10s %.8s", value, value + 11);
        format_html(html->text, time);
        free(time);
    } else
        format_html(html->text, value ? value : DASH);
    end(html);
}

void html_cell_code(struct html *html, const char *value)
{
    text_append(html->text, "<td>");
    if (value && value[0])
        html_element(html, "code", NULL, value);
    else
        text_append(html->text, DASH);
    end(html);
}

void html_cell_count(struct html *html, int64_t value)
{
    begin_number(html, value == STORE_ABSENT ? NAN : (double)value);
    format_count(html->text, value);
    end(html);
}

void html_cell_number(struct html *html, double value)
{
    begin_number(html, value);
    format_number(html->text, value);
    end(html);
}

void html_cell_value(struct html *html, double value, const char *string)
{
    begin_number(html, value);
    format_html(html->text, string && string[0] ? string : DASH);
    end(html);
}

void html_cell_median(struct html *html, const struct html_source *source, const struct report_figure *median)
{
    struct text shown = TEXT_INIT, behind = TEXT_INIT;
    format_number(&shown, median->value.estimate);
    shown_spread(median, &behind);
    begin_figure(html, source, median->value.estimate, &shown, &behind);
    end(html);
}

void html_cell_merged(struct html *html, const struct html_source *source, const struct report_figure *merged)
{
    struct text shown = TEXT_INIT, behind = TEXT_INIT;
    shown_merged(merged, &shown);
    shown_range(merged, &behind);
    begin_figure(html, source, shown_merged_value(merged), &shown, &behind);
    end(html);
}

void html_cell_figure(struct html *html, const struct html_source *source, double value)
{
    struct text shown = TEXT_INIT;
    format_number(&shown, value);
    begin_figure(html, source, value, &shown, NULL);
    end(html);
}

void html_cell_share(struct html *html, const struct html_source *source, double share)
{
    struct text shown = TEXT_INIT;
    shown_share(share, &shown);
    begin_figure(html, source, share, &shown, NULL);
    end(html);
}

void html_cell_sum(struct html *html, const struct html_source *source, const struct report_sum *sum, size_t trials)
{
    struct text shown = TEXT_INIT;
    shown_sum(sum, trials, &shown);
    begin_figure(html, source, sum->known ? (double)sum->total : NAN, &shown, NULL);
    end(html);
}

void html_cell_ratio(struct html *html, const struct report_pair *pair, enum report_metric metric, const char *more,
                     const char *less)
{
    const struct interval *ratio = &pair->metrics[metric].ratio;
    const char *word = shown_ratio_word(ratio, more, less);
    double value = ratio->n ? ratio->estimate : NAN;
    struct text shown = TEXT_INIT, behind = TEXT_INIT;
    format_ratio(&shown, value);
    shown_ratio_spread(pair, metric, &behind);
    begin_figure(html, &(struct html_source){pair, report_metric_name(metric)}, value, &shown, &behind);
    if (word) {
        text_append_char(html->text, ' ');
        html_element(html, "span", report_conclusion_of(ratio) ? "word" : "word same", word);
    }
    end(html);
}
