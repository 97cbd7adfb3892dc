/* SPDX-License-Identifier: Apache-2.0 */
/* What has to be known before the figures are believed: the sentences, the drift over the blocks, the instrument's check. */
#include <math.h>

#include "report/html_parts.h"

#include "base/banned.h"

static void drift_table(struct html *html, const struct drift *drift)
{
    if (drift->count < 2)
        return;
    html_table_begin(
        html, NULL,
        "Throughput of all pairs from block to block, relative to the first block: geometric mean, each pair by "
        "its own median");
    html_column(html, "Block", NULL);
    for (size_t i = 0; i < drift->count; i++) {
        char *number = string_format("%zu", i + 1);
        html_column(html, number, "number");
        free(number);
    }
    html_table_rows(html);
    text_append(html->text, "<tr><th scope=\"row\">Throughput</th>");
    for (size_t i = 0; i < drift->count; i++) {
        struct text value = TEXT_INIT;
        format_ratio(&value, drift->relative[i]);
        html_cell_value(html, drift->relative[i], value.bytes);
        text_release(&value);
    }
    text_append(html->text, "</tr>\n");
    html_table_end(html);
}

static void verification_table(struct html *html, const struct store_verification *verification)
{
    if (verification->id == STORE_ABSENT)
        return;
    html_table_begin(html, NULL, "The instrument: what is true, and what it measured");
    html_column(html, "Check", NULL);
    html_column(html, "True", NULL);
    html_column(html, "Measured", NULL);
    html_column(html, "Verdict", NULL);
    html_column(html, "Why", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < verification->point_count; i++) {
        const struct store_verification_point *point = &verification->points[i];
        text_append(html->text, "<tr><th scope=\"row\">");
        format_html(html->text, point->name);
        text_append(html->text, "</th>");
        html_cell_text(html, point->truth);
        html_cell_text(html, point->measured);
        html_cell_text(html, point->verdict);
        html_cell_text(html, point->detail);
        text_append(html->text, "</tr>\n");
    }
    html_table_end(html);
}

void html_validity(struct html *html, const struct report_model *model)
{
    html_list(html, &model->validity);
    drift_table(html, &model->drift);
    verification_table(html, &model->verification);
}
