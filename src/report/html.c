/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a version: its head, and its sections in the order in which a reader asks. */
#include "report/html.h"

#include "report/head.h"
#include "report/html_frame.h"
#include "report/html_parts.h"
#include "report/wording.h"

#include "base/banned.h"

static void head(struct html *html, const struct report_model *model)
{
    struct string_list names = {0}, values = {0};
    report_head(model, &names, &values);
    text_append(html->text, "<header>\n<p class=\"kind\">Benchmark report</p>\n");
    html_element(html, "h1", NULL, model->experiment->title);
    text_append(html->text, "\n<dl class=\"head\">\n");
    for (size_t i = 0; i < names.count; i++) {
        html_element(html, "dt", NULL, names.items[i]);
        html_element(html, "dd", NULL, values.items[i]);
        text_append_char(html->text, '\n');
    }
    text_append(html->text, "</dl>\n</header>\n");
    string_list_release(&names);
    string_list_release(&values);
}

static void contents(struct html *html, const struct report_page *page)
{
    static const struct {
        const char *id, *title;
    } sections[] = {{"summary", "In short"},         {"results", "Results"},     {"claims", "Claims"},
                    {"reading", "How to read"},      {"validity", "Validity"},   {"published", "Published numbers"},
                    {"history", "Versions"},         {"campaigns", "Campaigns"}, {"environment", "Environment"},
                    {"brokers", "Brokers' settings"}};
    text_append(html->text, "<nav aria-label=\"Contents\"><ul>\n");
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        bool absent = (string_equal(sections[i].id, "claims") && page->model->claim_count == 0) ||
                      (string_equal(sections[i].id, "published") && !html_has_published(page->model, page->history));
        if (!absent)
            text_append_format(html->text, "<li><a href=\"#%s\">%s</a></li>\n", sections[i].id, sections[i].title);
    }
    text_append(html->text, "</ul></nav>\n");
}

static void summary(struct html *html, const struct report_model *model)
{
    struct string_list sentences = {0};
    wording_summary(model, &sentences);
    html_heading(html, 2, "summary", "In short");
    html_glance(html, model);
    html_list(html, &sentences);
    text_append(html->text, "<p>What else has to be known before these figures are believed stands under <a "
                            "href=\"#validity\">Validity</a>.</p>\n");
    string_list_release(&sentences);
    if (model->experiment->changes.count) {
        html_heading(html, 3, NULL, "What changed in this version");
        html_list(html, &model->experiment->changes);
    }
}

static bool case_section(struct html *html, const struct report_page *page, const struct report_case *report_case,
                         struct error *error)
{
    struct text id = TEXT_INIT;
    text_append(&id, "case-");
    html_id(&id, report_case->c->name);
    char *description = wording_case(report_case->c);
    html_heading(html, 3, id.bytes, report_case->c->title);
    html_paragraph(html, description);
    bool ok = html_results(html, page->model, report_case, page, error);
    html_ratios(html, page->model, report_case);
    ok = ok && html_charts(html, page, report_case, error);
    html_efficiency(html, report_case);
    html_settings(html, report_case);
    free(description);
    text_release(&id);
    return ok;
}

static bool results(struct html *html, const struct report_page *page, struct error *error)
{
    bool ok = true;
    html_heading(html, 2, "results", "Results");
    html_paragraph(
        html, "Each number leads to where it comes from. A row opens to its trials, its latency and its settings.");
    if (page->charts && page->charts->missing) {
        char *sentence = string_format("There are no charts: %s.", page->charts->missing);
        html_paragraph(html, sentence);
        free(sentence);
    }
    for (size_t i = 0; ok && i < page->model->case_count; i++)
        ok = case_section(html, page, &page->model->cases[i], error);
    return ok;
}

/* What the figures are and how far they can be believed. */
static bool trust(struct html *html, const struct report_page *page, struct error *error)
{
    const struct report_model *model = page->model;
    if (model->claim_count) {
        html_heading(html, 2, "claims", "Claims");
        html_claims(html, model);
    }
    html_heading(html, 2, "reading", "How to read the tables");
    html_reading(html, model);
    html_heading(html, 2, "validity", "Validity");
    html_validity(html, model);
    return html_charts(html, page, NULL, error);
}

/* What stood around the trials. */
static void context(struct html *html, const struct report_page *page)
{
    const struct report_model *model = page->model;
    html_published(html, model, page->history);
    html_heading(html, 2, "history", "Versions, and what changed between them");
    html_history_versions(html, page->history);
    html_history_changes(html, page->history);
    html_heading(html, 2, "campaigns", "How the campaign went");
    html_campaigns(html, model);
    html_warmups(html, model);
    html_heading(html, 2, "environment", "Environment");
    html_versions(html, model);
    html_environments(html, model);
    html_heading(html, 2, "brokers", "Brokers' settings that are not at their default");
    html_broker_settings(html, model);
}

bool report_html(const struct report_page *page, struct text *text, struct error *error)
{
    struct html_frame frame;
    struct html html = {.text = text, .page = true};
    if (!html_frame_load(&frame, error))
        return false;
    char *title = string_format("%s: %s", page->model->row.version, page->model->experiment->title);
    html_frame_begin(&frame, title, text);
    head(&html, page->model);
    contents(&html, page);
    text_append(text, "<main id=\"content\">\n");
    summary(&html, page->model);
    bool ok = results(&html, page, error) && trust(&html, page, error);
    context(&html, page);
    text_append(text, "</main>\n");
    html_frame_end(&frame, text);
    free(title);
    html_frame_release(&frame);
    return ok;
}
