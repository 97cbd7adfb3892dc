/* SPDX-License-Identifier: Apache-2.0 */
/* The page of a version: its head, and its sections in the order in which a reader asks. */
#include "report/html.h"

#include "report/html_frame.h"
#include "report/html_parts.h"
#include "report/wording.h"

#include "base/banned.h"

static void term(struct html *html, const char *name, const char *value)
{
    if (!value || !value[0])
        return;
    html_element(html, "dt", NULL, name);
    html_element(html, "dd", NULL, value);
    text_append_char(html->text, '\n');
}

/* "1 (2026-11-24 21:50 to 22:21), …": campaigns with their days. */
static char *campaigns_in_short(const struct report_model *model)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < model->campaigns.count; i++) {
        const struct store_campaign_row *c = &model->campaigns.items[i];
        text_append_format(&text, "%scampaign %lld, %.10s %.5s", i ? "; " : "", (long long)c->id, c->started_at,
                           strlen(c->started_at) > 16 ? c->started_at + 11 : "");
        if (c->ended_at && strlen(c->ended_at) > 16)
            text_append_format(&text, " to %.5s UTC", c->ended_at + 11);
        else
            text_append(&text, " UTC, not ended");
    }
    return text_detach(&text);
}

static char *distinct_kbench(const struct report_model *model)
{
    struct string_list versions = {0};
    for (size_t i = 0; i < model->campaigns.count; i++)
        if (model->campaigns.items[i].kbench_version &&
            !string_list_contains(&versions, model->campaigns.items[i].kbench_version))
            string_list_push(&versions, model->campaigns.items[i].kbench_version);
    char *list = format_list(&versions);
    string_list_release(&versions);
    return list;
}

static char *cluster_in_short(const struct cluster_definition *cluster)
{
    if (cluster->kind != CLUSTER_LOCAL)
        return string_copy(cluster_kind_name(cluster->kind));
    return string_format("local: %d broker%s, Kafka %s, %s", cluster->brokers, cluster->brokers == 1 ? "" : "s",
                         cluster->kafka_version ? cluster->kafka_version : "?", cluster_mode_name(cluster->mode));
}

static void head(struct html *html, const struct report_model *model)
{
    const struct store_experiment_row *row = &model->row;
    char *version = string_format("%s, revision %d", row->version, row->revision);
    char *campaigns = campaigns_in_short(model), *kbench = distinct_kbench(model);
    char *cluster = cluster_in_short(&model->experiment->cluster);
    char *commit = row->git_commit
                       ? string_format("%s%s", row->git_commit, row->git_dirty == 1 ? ", with uncommitted changes" : "")
                       : NULL;
    text_append(html->text, "<header>\n<p class=\"kind\">Benchmark report</p>\n");
    html_element(html, "h1", NULL, model->experiment->title);
    text_append(html->text, "\n<dl class=\"head\">\n");
    term(html, "Version", version);
    term(html, "Supersedes", model->experiment->supersedes);
    term(html, "Measured", campaigns);
    term(html, "Cluster", cluster);
    term(html, "kbench", kbench);
    term(html, "Git commit", commit);
    term(html, "Definition, SHA-256", row->sha256);
    if (model->include_disturbed)
        term(html, "Trials", "with those that the definition's rules mark as disturbed and otherwise leave out");
    text_append(html->text, "</dl>\n</header>\n");
    free(commit);
    free(cluster);
    free(kbench);
    free(campaigns);
    free(version);
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
                      (string_equal(sections[i].id, "history") && !page->history) ||
                      (string_equal(sections[i].id, "published") && !html_has_published(page->model));
        if (!absent)
            text_append_format(html->text, "<li><a href=\"#%s\">%s</a></li>\n", sections[i].id, sections[i].title);
    }
    text_append(html->text, "</ul></nav>\n");
}

static bool summary(struct html *html, const struct report_page *page, struct error *error)
{
    const struct report_model *model = page->model;
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
    return html_charts(html, page, NULL, error);
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

static void context(struct html *html, const struct report_page *page)
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
    html_published(html, model);
    if (page->history) {
        html_heading(html, 2, "history", "Versions, and what changed between them");
        html_history(html, page->history);
    }
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
    bool ok = summary(&html, page, error) && results(&html, page, error);
    context(&html, page);
    text_append(text, "</main>\n");
    html_frame_end(&frame, text);
    free(title);
    html_frame_release(&frame);
    return ok;
}
