/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/parts.h"

#include "report/head.h"
#include "report/html_parts.h"
#include "report/markdown.h"

#include "base/banned.h"

static void html_head_part(const struct report_model *model, struct text *text)
{
    struct html html = {.text = text};
    struct string_list names = {0}, values = {0};
    report_head(model, &names, &values);
    html_facts_begin(&html, "What this is of");
    for (size_t i = 0; i < names.count; i++)
        html_fact(&html, names.items[i], values.items[i]);
    html_table_end(&html);
    string_list_release(&names);
    string_list_release(&values);
}

static void html_environment_part(const struct report_model *model, struct text *text)
{
    struct html html = {.text = text};
    html_versions(&html, model);
    html_environments(&html, model);
}

static void html_results_part(const struct report_model *model, const struct report_case *report_case,
                              struct text *text)
{
    struct html html = {.text = text};
    html_results(&html, model, report_case, NULL, NULL); /* without a page there is nothing that can fail */
}

static void html_ratios_part(const struct report_model *model, const struct report_case *report_case, struct text *text)
{
    struct html html = {.text = text};
    html_ratios(&html, model, report_case);
}

static void html_efficiency_part(const struct report_model *model, const struct report_case *report_case,
                                 struct text *text)
{
    struct html html = {.text = text};
    (void)model;
    html_efficiency(&html, report_case);
}

static void html_settings_part(const struct report_model *model, const struct report_case *report_case,
                               struct text *text)
{
    struct html html = {.text = text};
    (void)model;
    html_settings(&html, report_case);
}

static void html_versions_part(const struct history *history, struct text *text)
{
    struct html html = {.text = text};
    html_history_versions(&html, history);
}

static void html_changes_part(const struct history *history, struct text *text)
{
    struct html html = {.text = text};
    html_history_changes(&html, history);
}

static void html_published_part(const struct history *history, struct text *text)
{
    struct html html = {.text = text};
    html_published_beside(&html, history);
}

static const struct part_writers html_parts = {
    .head = html_head_part,
    .claims = report_html_claims,
    .environment = html_environment_part,
    .results = html_results_part,
    .ratios = html_ratios_part,
    .efficiency = html_efficiency_part,
    .settings = html_settings_part,
    .versions = html_versions_part,
    .changes = html_changes_part,
    .published = html_published_part,
};

static void markdown_efficiency_part(const struct report_model *model, const struct report_case *report_case,
                                     struct text *text)
{
    (void)model;
    report_markdown_efficiency(report_case, text);
}

static void markdown_settings_part(const struct report_model *model, const struct report_case *report_case,
                                   struct text *text)
{
    (void)model;
    report_markdown_settings(report_case, text);
}

static void markdown_environment_part(const struct report_model *model, struct text *text)
{
    report_markdown_clients(model, text);
    report_markdown_environments(model, text);
}

static const struct part_writers markdown_parts = {
    .head = report_markdown_head,
    .claims = report_markdown_sentences,
    .environment = markdown_environment_part,
    .results = report_markdown_results,
    .ratios = report_markdown_ratios,
    .efficiency = markdown_efficiency_part,
    .settings = markdown_settings_part,
    .versions = report_markdown_versions,
    .changes = report_markdown_changes,
    .published = report_markdown_published,
};

const struct part_writers *parts_of(enum document_format format)
{
    return format == DOCUMENT_HTML ? &html_parts : &markdown_parts;
}
