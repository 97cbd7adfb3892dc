/* SPDX-License-Identifier: Apache-2.0 */
/* report.md: the frame around the cases. All text from outside goes through format_markdown(). */
#include "report/format.h"
#include "report/markdown.h"
#include "report/wording.h"
#include "report/writers.h"

#include "base/banned.h"

static void head(const struct report_model *model, struct text *text)
{
    const struct experiment *experiment = model->experiment;
    text_append(text, "# ");
    format_markdown(text, experiment->title);
    text_append(text, "\n\n");
    report_markdown_head(model, text);
    text_append_char(text, '\n');
    for (size_t i = 0; i < experiment->changes.count; i++) {
        text_append(text, i == 0 ? "What changed in this version:\n\n- " : "- ");
        format_markdown(text, experiment->changes.items[i]);
        text_append(text, i + 1 == experiment->changes.count ? "\n\n" : "\n");
    }
}

void report_markdown_reading(const struct report_model *model, struct text *text)
{
    struct string_list sentences = {0};
    wording_how_to_read(model, &sentences);
    for (size_t i = 0; i < sentences.count; i++) {
        text_append(text, "- ");
        format_markdown(text, sentences.items[i]);
        text_append_char(text, '\n');
    }
    text_append_char(text, '\n');
    string_list_release(&sentences);
}

/* Charts of a case; NULL: those of the version. The text alternative says what is to be seen. */
static void chart_links(const struct report_model *model, const struct report_charts *charts,
                        const struct report_case *report_case, struct text *text)
{
    size_t index = report_case ? (size_t)(report_case - model->cases) : 0;
    struct text description = TEXT_INIT;
    for (int i = 0; i < CHART_COUNT; i++) {
        enum report_chart chart = (enum report_chart)i;
        const struct string_list *names = &charts->names[chart];
        if (report_chart_is_of_case(chart) != !!report_case || index >= names->count || !names->items[index][0])
            continue;
        text_clear(&description);
        report_chart_describe(model, charts->other, chart, report_case, &description);
        text_append(text, "![");
        format_markdown(text, description.bytes);
        text_append_format(text, "](charts/%s.svg)\n\n", names->items[index]);
    }
    text_release(&description);
}

static void number_cell(struct text *text, double value)
{
    text_append(text, " ");
    format_number(text, value);
    text_append(text, " |");
}

/* Numbers that others published: never in a table with measured ones. */
static void published(const struct report_model *model, struct text *text)
{
    bool any = false;
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *r = &model->results.items[i];
        if (!string_equal(r->source, "published"))
            continue;
        if (!any)
            text_append(
                text,
                "## Published numbers, for reference\n\nNot measured here: figures that others published, on "
                "other machines and versions. No ratio is formed with them but where a claim says so.\n\n"
                "| Case | Run | Records sent | Records/s | MB/s | Average ms | Maximum ms | 50th ms | 95th ms | 99th ms | "
                "99.9th ms |\n| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n");
        any = true;
        text_append(text, "| ");
        format_markdown(text, r->case_name);
        text_append(text, " | ");
        format_markdown(text, r->run_name);
        text_append(text, " | ");
        format_count(text, r->records_sent);
        text_append(text, " |");
        const double values[] = {r->records_per_sec, r->mb_per_sec,     r->latency_avg_ms, r->latency_max_ms,
                                 r->latency_p50_ms,  r->latency_p95_ms, r->latency_p99_ms, r->latency_p999_ms};
        for (size_t j = 0; j < sizeof values / sizeof *values; j++)
            number_cell(text, values[j]);
        text_append_char(text, '\n');
    }
    if (any)
        text_append_char(text, '\n');
}

static void section(const char *heading, void (*write)(const struct report_model *, struct text *),
                    const struct report_model *model, struct text *text)
{
    text_append_format(text, "## %s\n\n", heading);
    write(model, text);
}

void report_markdown(const struct report_model *model, const struct report_charts *charts, struct text *text)
{
    head(model, text);
    text_append(text, "## Results\n\n");
    if (charts && charts->missing) {
        text_append(text, "There are no charts: ");
        format_markdown(text, charts->missing);
        text_append(text, ".\n\n");
    }
    for (size_t i = 0; i < model->case_count; i++) {
        report_markdown_case(model, &model->cases[i], text);
        if (charts)
            chart_links(model, charts, &model->cases[i], text);
    }
    if (charts)
        chart_links(model, charts, NULL, text);
    if (model->claim_count)
        section("Claims", report_markdown_claims, model, text);
    section("How to read the tables", report_markdown_reading, model, text);
    section("Validity", report_markdown_validity, model, text);
    published(model, text);
    section("How the campaign went", report_markdown_campaigns, model, text);
    section("Versions", report_markdown_clients, model, text);
    section("Environment", report_markdown_environments, model, text);
    section("Brokers' settings that are not at their default", report_markdown_brokers, model, text);
}
