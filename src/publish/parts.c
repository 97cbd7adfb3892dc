/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/parts.h"

#include "report/head.h"
#include "report/html_parts.h"
#include "report/markdown.h"
#include "report/wording.h"

#include "base/banned.h"

static void html_head(struct html *html, const struct report_model *model)
{
    struct string_list names = {0}, values = {0};
    report_head(model, &names, &values);
    html_facts_begin(html, "Where the numbers are from");
    for (size_t i = 0; i < names.count; i++)
        html_fact(html, names.items[i], values.items[i]);
    html_table_end(html);
    string_list_release(&names);
    string_list_release(&values);
}

static void html_software_and_machine(struct html *html, const struct report_model *model)
{
    html_versions(html, model);
    html_environments(html, model);
}

static void html_campaigns_and_warmups(struct html *html, const struct report_model *model)
{
    html_campaigns(html, model);
    html_warmups(html, model);
}

static void html_how_to_read(struct html *html, const struct report_model *model)
{
    struct string_list sentences = {0};
    wording_how_to_read(model, &sentences);
    html_list(html, &sentences);
    string_list_release(&sentences);
}

static void markdown_software_and_machine(const struct report_model *model, struct text *text)
{
    report_markdown_clients(model, text);
    report_markdown_environments(model, text);
}

static const struct {
    void (*markdown)(const struct report_model *model, struct text *text);
    void (*html)(struct html *html, const struct report_model *model);
} models[MODEL_PARTS] = {
    [PART_HEAD] = {report_markdown_head, html_head},
    [PART_GLANCE] = {report_markdown_glance, html_glance},
    [PART_CLAIMS] = {report_markdown_claims, html_claims},
    [PART_SENTENCES] = {report_markdown_sentences, html_sentences},
    [PART_ENVIRONMENT] = {markdown_software_and_machine, html_software_and_machine},
    [PART_BROKERS] = {report_markdown_brokers, html_broker_settings},
    [PART_CAMPAIGNS] = {report_markdown_campaigns, html_campaigns_and_warmups},
    [PART_READING] = {report_markdown_reading, html_how_to_read},
    [PART_VALIDITY] = {report_markdown_validity, html_validity},
};

void parts_write_model(enum document_format format, enum model_part part, const struct report_model *model,
                       struct text *text)
{
    struct html html = {.text = text};
    if (format == DOCUMENT_HTML)
        models[part].html(&html, model);
    else
        models[part].markdown(model, text);
}

static void write_html_case(enum case_part part, const struct report_model *model,
                            const struct report_case *report_case, struct text *text)
{
    struct html html = {.text = text};
    switch (part) {
    case PART_RESULTS: html_results(&html, model, report_case, NULL, NULL); break; /* without a page it cannot fail */
    case PART_RATIOS: html_ratios(&html, model, report_case); break;
    case PART_EFFICIENCY: html_efficiency(&html, report_case); break;
    case PART_SETTINGS: html_settings(&html, report_case); break;
    case CASE_PARTS: break;
    }
}

static void write_markdown_case(enum case_part part, const struct report_model *model,
                                const struct report_case *report_case, struct text *text)
{
    switch (part) {
    case PART_RESULTS: report_markdown_results(model, report_case, text); break;
    case PART_RATIOS: report_markdown_ratios(model, report_case, text); break;
    case PART_EFFICIENCY: report_markdown_efficiency(report_case, text); break;
    case PART_SETTINGS: report_markdown_settings(report_case, text); break;
    case CASE_PARTS: break;
    }
}

void parts_write_case(enum document_format format, enum case_part part, const struct report_model *model,
                      const struct report_case *report_case, struct text *text)
{
    if (format == DOCUMENT_HTML)
        write_html_case(part, model, report_case, text);
    else
        write_markdown_case(part, model, report_case, text);
}

static const struct {
    void (*markdown)(const struct history *history, struct text *text);
    void (*html)(struct html *html, const struct history *history);
} histories[HISTORY_PARTS] = {
    [PART_VERSIONS] = {report_markdown_versions, html_history_versions},
    [PART_CHANGES] = {report_markdown_changes, html_history_changes},
    [PART_PUBLISHED] = {report_markdown_published, html_published_beside},
};

void parts_write_history(enum document_format format, enum history_part part, const struct history *history,
                         struct text *text)
{
    struct html html = {.text = text};
    if (format == DOCUMENT_HTML)
        histories[part].html(&html, history);
    else
        histories[part].markdown(history, text);
}
