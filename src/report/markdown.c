/* SPDX-License-Identifier: Apache-2.0 */
/* report.md: the frame around the cases. All text from outside goes through format_markdown(). */
#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

static void row(struct text *text, const char *name, const char *value)
{
    text_append_format(text, "| %s | ", name);
    format_markdown(text, value);
    text_append(text, " |\n");
}

static void head(const struct report_model *model, struct text *text)
{
    const struct experiment *experiment = model->experiment;
    text_append(text, "# ");
    format_markdown(text, experiment->title);
    text_append(text, "\n\n| | |\n| --- | --- |\n");
    char *version = string_format("%s, revision %d", model->row.version, model->row.revision);
    row(text, "Version", version);
    free(version);
    if (experiment->supersedes)
        row(text, "Supersedes", experiment->supersedes);
    row(text, "Definition, SHA-256", model->row.sha256);
    if (model->row.git_commit) {
        char *commit =
            string_format("%s%s", model->row.git_commit, model->row.git_dirty == 1 ? ", with uncommitted changes" : "");
        row(text, "Git commit", commit);
        free(commit);
    }
    row(text, "Cluster", cluster_kind_name(experiment->cluster.kind));
    if (experiment->cluster.kind == CLUSTER_LOCAL) {
        char *brokers = string_format("%d, Kafka %s, %s", experiment->cluster.brokers,
                                      experiment->cluster.kafka_version ? experiment->cluster.kafka_version : "?",
                                      cluster_mode_name(experiment->cluster.mode));
        row(text, "Brokers", brokers);
        free(brokers);
    }
    if (model->include_disturbed)
        row(text, "Trials", "with those that the definition's rules mark as disturbed and otherwise leave out");
    text_append_char(text, '\n');
    for (size_t i = 0; i < experiment->changes.count; i++) {
        text_append(text, i == 0 ? "What changed in this version:\n\n- " : "- ");
        format_markdown(text, experiment->changes.items[i]);
        text_append(text, i + 1 == experiment->changes.count ? "\n\n" : "\n");
    }
}

static void how_to_read(const struct report_model *model, struct text *text)
{
    text_append_format(
        text,
        "## How to read the tables\n\n"
        "- Rates and average latency are the median of the trials, in brackets its 95 %% interval: `median [low, high]`. "
        "With fewer than %d trials there is none, but `n<5` and in parentheses the lowest and the highest trial.\n"
        "- Latency percentiles are those of all trials' records together (merged histograms), the maximum is the highest of "
        "all trials; in parentheses the lowest and the highest trial. A tool that keeps no histogram has the median of its own "
        "figures instead, marked *.\n"
        "- 1 MB is 1,048,576 bytes. \"Records sent\" is the sum over the trials, warm-up included.\n"
        "- \"Wire\" is what the brokers received from producers (batches, replication not counted). \"Idle\" is of the request "
        "handlers of the busiest broker; the cores and their time are those of the client's machine.\n"
        "- \"Limited by\" follows from fixed rules, the first that applies: the rate, where 99 %% of what was due at a fixed rate was sent; "
        "the client, whose busiest thread ran for 90 %% of the window, or whose threads together used one core (90 to 110 %%) "
        "while cores were idle, since they take turns by an interpreter's lock; the machine, with 5 %% of steal, or processes waiting "
        "for a disk for 20 %% of the time (5 %% where the disk was busy for 90 %%); the brokers, when all cores were 95 %% busy "
        "and they used 75 %% of them, and else the machine; the brokers, when their handlers were idle for at most 30 %%; "
        "else, and where the client's threads were not measured, it is not known.\n",
        INTERVAL_MIN_TRIALS);
    if (model->baseline >= 0) {
        text_append(text, "- A ratio is to ");
        format_markdown(text, model->experiment->runs[model->baseline].title);
        text_append(
            text,
            ", formed block by block, so that what disturbed a whole block cancels: median [95 % interval]. It is called "
            "a difference only when the interval excludes 1. \"Detectable\" is the smallest difference that would have been "
            "called one in 8 of 10 such experiments.\n");
    }
    text_append_char(text, '\n');
}

static void chart_links(const struct report_charts *charts, size_t case_index, const char *title, struct text *text)
{
    static const char *const what[CHART_COUNT] = {"Throughput of every trial by run", "Latency by percentile",
                                                  "Throughput over the time of the trials",
                                                  "Throughput against the client's CPU time for a record"};
    for (int chart = 0; chart < CHART_COUNT; chart++) {
        if (case_index >= charts->names[chart].count || !charts->names[chart].items[case_index][0])
            continue;
        text_append_format(text, "![%s: ", what[chart]);
        format_markdown(text, title);
        text_append_format(text, "](charts/%s.svg)\n\n", charts->names[chart].items[case_index]);
    }
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
            chart_links(charts, i, model->cases[i].c->title, text);
    }
    report_markdown_claims(model, text);
    how_to_read(model, text);
    report_markdown_validity(model, text);
    published(model, text);
    report_markdown_context(model, text);
}
