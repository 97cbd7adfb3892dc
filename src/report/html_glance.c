/* SPDX-License-Identifier: Apache-2.0 */
/* The throughput of every run in every case: the table that a reader looks at first. */
#include <math.h>

#include "report/html_parts.h"

#include "base/banned.h"

static const struct report_pair *find_pair(const struct report_case *report_case, int run_index)
{
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].run_index == run_index)
            return &report_case->pairs[i];
    return NULL;
}

static void case_column(struct html *html, const struct report_case *report_case)
{
    if (!html->page) {
        html_column(html, report_case->c->name, "number");
        return;
    }
    text_append(html->text, "<th scope=\"col\" class=\"number\"><a href=\"#case-");
    html_id(html->text, report_case->c->name);
    text_append(html->text, "\">");
    format_html(html->text, report_case->c->name);
    text_append(html->text, "</a></th>");
}

static void cell(struct html *html, const struct report_pair *pair)
{
    if (!pair || pair->metrics[METRIC_RECORDS_PER_SEC].value.n == 0) {
        html_cell_value(html, NAN, NULL);
        return;
    }
    const struct report_figure *rate = &pair->metrics[METRIC_RECORDS_PER_SEC];
    struct text shown = TEXT_INIT, ratio = TEXT_INIT;
    char *id = html_pair_id(pair, report_metric_name(METRIC_RECORDS_PER_SEC));
    format_number(&shown, rate->value.estimate);
    text_append(html->text, "<td class=\"number\">");
    if (html->page)
        text_append_format(html->text, "<a href=\"#%s\">%s</a>", id, shown.bytes);
    else
        text_append(html->text, shown.bytes);
    if (rate->ratio.n > 0) {
        format_ratio(&ratio, rate->ratio.estimate);
        text_append_format(html->text, " <small>\xc3\x97 %s</small>", ratio.bytes);
    }
    text_append(html->text, "</td>");
    free(id);
    text_release(&ratio);
    text_release(&shown);
}

void html_glance(struct html *html, const struct report_model *model)
{
    const struct experiment *experiment = model->experiment;
    char *caption =
        model->baseline < 0
            ? string_copy("Records/s, median of the trials; a dash: not measured")
            : string_format("Records/s, median of the trials; small: ratio to %s within the blocks; a dash: not "
                            "measured",
                            experiment->runs[model->baseline].title);
    html_table_begin(html, NULL, caption);
    html_column(html, "Run", NULL);
    for (size_t i = 0; i < model->case_count; i++)
        case_column(html, &model->cases[i]);
    html_table_rows(html);
    for (size_t run = 0; run < experiment->run_count; run++) {
        text_append(html->text, "<tr><th scope=\"row\">");
        format_html(html->text, experiment->runs[run].title);
        text_append(html->text, "</th>");
        for (size_t i = 0; i < model->case_count; i++)
            cell(html, find_pair(&model->cases[i], (int)run));
        text_append(html->text, "</tr>\n");
    }
    html_table_end(html);
    free(caption);
}
