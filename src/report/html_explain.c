/* SPDX-License-Identifier: Apache-2.0 */
/* Where each number of a pair comes from: what every figure of the page links to. */
#include <inttypes.h>

#include "report/explain.h"
#include "report/html_parts.h"

#include "base/banned.h"

/* How the figure was found, and how many trials of the pair are in it not. */
static char *made_of(const struct explanation *explanation)
{
    size_t left_out = 0;
    for (size_t i = 0; i < explanation->trial_count; i++)
        left_out += explanation->trials[i].fate != EXPLAINED_COUNTED;
    char *method = explanation_method(explanation);
    char *made = left_out
                     ? string_format("%s; %zu of %zu trials are not in it", method, left_out, explanation->trial_count)
                     : string_copy(method);
    free(method);
    return made;
}

/* The ratio, and that of each block that it is the median of. */
static char *ratio_of(const struct explanation *explanation)
{
    const struct explanation_ratio *ratio = &explanation->ratio;
    struct text text = TEXT_INIT;
    if (!ratio->baseline || ratio->interval.n == 0) {
        text_append(&text, ratio->why_none ? ratio->why_none : "");
        return text_detach(&text);
    }
    text_append_format(&text, "%s %s to %s; by block ", ratio->shown, ratio->shown_spread, ratio->baseline->run->title);
    for (size_t i = 0; i < ratio->block_count; i++) {
        text_append_format(&text, "%s%d: ", i ? ", " : "", ratio->blocks[i].number);
        format_ratio(&text, ratio->blocks[i].ratio);
    }
    return text_detach(&text);
}

static void figure_cell(struct html *html, const struct explanation *explanation)
{
    const char *unit = metric_shown_unit(explanation->document);
    text_append(html->text, "<td class=\"number\">");
    format_html(html->text, explanation->shown);
    if (explanation->shown_range[0]) {
        text_append_char(html->text, ' ');
        html_element(html, "small", NULL, explanation->shown_range);
    }
    text_append(html->text, "</td>");
    html_cell_text(html, unit);
}

static void row(struct html *html, const struct report_page *page, const struct explanation *explanation)
{
    char *id = html_pair_id(explanation->pair, explanation->metric);
    char *made = made_of(explanation), *ratio = ratio_of(explanation);
    char *command = string_format("kbench explain %s %s/%s %s", page->model->row.version, explanation->pair->c->name,
                                  explanation->pair->run->name, explanation->metric);
    const char *anchor = explanation->document->name ? explanation->document->name : "percentile";
    text_append_format(html->text, "<tr id=\"%s\"><th scope=\"row\"><a href=\"#metric-%s\">", id, anchor);
    format_html(html->text, explanation->document->title);
    text_append(html->text, "</a> ");
    html_element(html, "small", NULL, explanation->metric);
    text_append(html->text, "</th>");
    figure_cell(html, explanation);
    html_cell_text(html, made);
    html_cell_text(html, ratio);
    html_cell_code(html, command);
    text_append(html->text, "</tr>\n");
    free(command);
    free(ratio);
    free(made);
    free(id);
}

/* What all figures of the pair share: who ran, when, on what. */
static void sources(struct html *html, const struct explanation *explanation)
{
    text_append(html->text, "<p>Measured in campaign");
    for (size_t i = 0; i < explanation->campaign_count; i++)
        text_append_format(html->text, "%s <a href=\"#campaign-%" PRId64 "\">%" PRId64 "</a>", i ? "," : "",
                           explanation->campaigns[i]->id, explanation->campaigns[i]->id);
    text_append(html->text, ", environment");
    for (size_t i = 0; i < explanation->environment_count; i++)
        text_append_format(html->text, "%s <a href=\"#environment-%" PRId64 "\">%" PRId64 "</a>", i ? "," : "",
                           explanation->environments[i]->id, explanation->environments[i]->id);
    text_append(html->text, ".");
    for (size_t i = 0; i < explanation->command_lines.count; i++) {
        text_append(html->text, i ? "; or " : " The client's driver ran as ");
        html_element(html, "code", NULL, explanation->command_lines.items[i]);
    }
    text_append(html->text, "</p>\n");
}

static bool rows(struct html *html, const struct report_page *page, const struct report_pair *pair,
                 const struct string_list *names, struct error *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < names->count; i++) {
        struct explanation explanation;
        ok = report_explain(page->store, page->model, pair, names->items[i], &explanation, error);
        if (!ok)
            break;
        if (i == 0) {
            sources(html, &explanation);
            html_table_begin(html, "sources", "Where each number comes from");
            html_column(html, "Figure", NULL);
            html_column(html, "Value", "number");
            html_column(html, "Unit", NULL);
            html_column(html, "Made of", NULL);
            html_column(html, "Ratio", NULL);
            html_column(html, "All of it", NULL);
            html_table_rows(html);
        }
        row(html, page, &explanation);
        explanation_release(&explanation);
    }
    html_table_end(html);
    return ok;
}

bool html_explanations(struct html *html, const struct report_page *page, const struct report_pair *pair,
                       struct error *error)
{
    struct string_list names = {0};
    metric_names_of(page->model, &names);
    bool ok = rows(html, page, pair, &names, error);
    string_list_release(&names);
    return ok;
}
