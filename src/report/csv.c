/* SPDX-License-Identifier: Apache-2.0 */
/* results.csv: one row per trial, whatever became of it, and per published number. summary.csv: one row per case, run and
 * metric. An absent number is an empty field. */
#include <math.h>
#include <stddef.h>

#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

enum kind { TEXT, INTEGER, REAL };

#define COLUMN(kind, member)                                                                                           \
    {                                                                                                                  \
#member, kind, offsetof(struct store_result_row, member)                                                       \
    }

/* Those of the view `results` that a row has of its own, in the view's order. */
static const struct {
    const char *name;
    enum kind kind;
    size_t offset;
} columns[] = {
    COLUMN(TEXT, status),
    COLUMN(TEXT, source),
    COLUMN(TEXT, started_at),
    COLUMN(REAL, warmup_s),
    COLUMN(REAL, duration_s),
    COLUMN(INTEGER, record_size),
    COLUMN(INTEGER, records_sent),
    COLUMN(INTEGER, records_acked),
    COLUMN(INTEGER, records_failed),
    COLUMN(INTEGER, records_stored),
    COLUMN(INTEGER, records_lost),
    COLUMN(INTEGER, records_duplicated),
    COLUMN(REAL, records_per_sec),
    COLUMN(REAL, mb_per_sec),
    COLUMN(REAL, latency_avg_ms),
    COLUMN(REAL, latency_p50_ms),
    COLUMN(REAL, latency_p95_ms),
    COLUMN(REAL, latency_p99_ms),
    COLUMN(REAL, latency_p999_ms),
    COLUMN(REAL, latency_max_ms),
    COLUMN(REAL, client_cpu_s),
    COLUMN(INTEGER, client_max_rss_bytes),
    COLUMN(REAL, broker_cpu_s),
    COLUMN(REAL, steal_percent),
    COLUMN(TEXT, client_library),
    COLUMN(TEXT, client_version),
    COLUMN(TEXT, broker_version),
    COLUMN(TEXT, cluster_kind),
    COLUMN(INTEGER, campaign_id),
    COLUMN(INTEGER, environment_id),
    COLUMN(TEXT, cause),
    COLUMN(REAL, other_cpu_s),
    COLUMN(REAL, stall_cpu_percent),
    COLUMN(REAL, stall_io_percent),
    COLUMN(REAL, stall_memory_percent),
    COLUMN(REAL, frequency_mhz),
    COLUMN(INTEGER, records_due),
    COLUMN(INTEGER, records_disordered),
    COLUMN(TEXT, verified),
    COLUMN(REAL, client_busiest_thread_cpu_s),
    COLUMN(REAL, broker_idle_percent),
    COLUMN(INTEGER, broker_bytes_in),
    COLUMN(REAL, broker_gc_s),
    COLUMN(REAL, broker_gc_max_ms),
    COLUMN(REAL, disk_busy_percent),
    COLUMN(REAL, trend_percent),
    COLUMN(REAL, trend_p_value),
    COLUMN(REAL, client_cpu_us_per_record),
    COLUMN(REAL, records_per_client_cpu_s),
    COLUMN(REAL, broker_cpu_s_per_million_records),
    COLUMN(REAL, wire_bytes_per_record),
    COLUMN(REAL, client_busiest_thread_percent),
    COLUMN(REAL, client_cpu_percent),
};
#define COLUMN_COUNT (sizeof columns / sizeof *columns)

static void field(struct text *text, const char *value)
{
    format_csv(text, value);
    text_append_char(text, ',');
}

static void integer(struct text *text, int64_t value)
{
    format_integer(text, value);
    text_append_char(text, ',');
}

static void real(struct text *text, double value)
{
    format_real(text, value);
    text_append_char(text, ',');
}

static void end_line(struct text *text)
{
    text->bytes[--text->length] = '\0'; /* the last comma */
    text_append(text, "\n");
}

static void member(struct text *text, const struct store_result_row *row, enum kind kind, size_t offset)
{
    const char *at = (const char *)row + offset;
    const char *string;
    int64_t whole;
    double number;
    switch (kind) {
    case TEXT:
        memcpy(&string, at, sizeof string);
        field(text, string);
        break;
    case INTEGER:
        memcpy(&whole, at, sizeof whole);
        integer(text, whole);
        break;
    case REAL:
        memcpy(&number, at, sizeof number);
        real(text, number);
        break;
    }
}

void report_csv_results(const struct report_model *model, struct text *text)
{
    text_append(text, "experiment,revision,case_name,run_name,trial,attempt");
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        text_append_format(text, ",%s", columns[i].name);
    text_append_char(text, '\n');
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        bool published = string_equal(row->source, "published");
        field(text, model->row.version);
        integer(text, model->row.revision);
        field(text, row->case_name);
        field(text, row->run_name);
        integer(text, published ? STORE_ABSENT : row->block);
        integer(text, published ? STORE_ABSENT : row->attempt);
        for (size_t j = 0; j < COLUMN_COUNT; j++)
            member(text, row, columns[j].kind, columns[j].offset);
        end_line(text);
    }
}

void report_csv_summary(const struct report_model *model, struct text *text)
{
    text_append(
        text,
        "experiment,revision,case_name,run_name,metric,trials,median,ci_low,ci_high,lowest,highest,over_all_trials,relative_to,blocks,"
        "ratio,ratio_ci_low,ratio_ci_high\n");
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            for (int metric = 0; metric < METRIC_COUNT; metric++) {
                const struct report_pair *pair = &model->cases[i].pairs[j];
                const struct report_figure *figure = &pair->metrics[metric];
                bool has_ratio = figure->ratio.n > 0;
                if (figure->value.n == 0)
                    continue;
                field(text, model->row.version);
                integer(text, model->row.revision);
                field(text, pair->c->name);
                field(text, pair->run->name);
                field(text, report_metric_name((enum report_metric)metric));
                integer(text, (int64_t)figure->value.n);
                real(text, figure->value.estimate);
                real(text, figure->value.low);
                real(text, figure->value.high);
                real(text, figure->lowest);
                real(text, figure->highest);
                real(text, figure->merged);
                field(text, has_ratio ? model->experiment->report.baseline : NULL);
                integer(text, has_ratio ? (int64_t)figure->ratio.n : STORE_ABSENT);
                real(text, has_ratio ? figure->ratio.estimate : NAN);
                real(text, has_ratio ? figure->ratio.low : NAN);
                real(text, has_ratio ? figure->ratio.high : NAN);
                end_line(text);
            }
}
