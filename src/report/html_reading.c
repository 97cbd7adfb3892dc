/* SPDX-License-Identifier: Apache-2.0 */
/* How to read the page: what the tables' figures are, and each one's formula. */
#include "report/explain_metric.h"
#include "report/html_parts.h"
#include "report/wording.h"

#include "base/banned.h"

static void row(struct html *html, const struct metric_documentation *document)
{
    text_append_format(html->text, "<tr id=\"metric-%s\"><th scope=\"row\">",
                       document->name ? document->name : "percentile");
    format_html(html->text, document->title);
    text_append_char(html->text, ' ');
    html_element(html, "small", NULL, document->name ? document->name : "latency_p<percentile>_ms");
    text_append(html->text, "</th>");
    html_cell_text(html, document->meaning);
    html_cell_code(html, document->formula);
    html_cell_text(html, document->symbols);
    html_cell_text(html, document->unit);
    text_append(html->text, "</tr>\n");
}

void html_reading(struct html *html, const struct report_model *model)
{
    struct string_list sentences = {0};
    size_t count;
    const struct metric_documentation *documents = metric_documents(&count);
    wording_how_to_read(model, &sentences);
    html_list(html, &sentences);
    html_table_begin(html, NULL, "What each figure is, of one trial");
    html_column(html, "Figure", NULL);
    html_column(html, "Meaning", NULL);
    html_column(html, "Formula", NULL);
    html_column(html, "Where", NULL);
    html_column(html, "Unit", NULL);
    html_table_rows(html);
    for (size_t i = 0; i < count; i++)
        row(html, &documents[i]);
    html_table_end(html);
    string_list_release(&sentences);
}
