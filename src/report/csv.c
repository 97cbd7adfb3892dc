/* SPDX-License-Identifier: Apache-2.0 */
/* results.csv: one row per trial, whatever became of it, and per published number. summary.csv: one row per case, run and
 * metric. An absent number is an empty field. */
#include <math.h>

#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

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

void report_csv_results(const struct report_model *model, struct text *text)
{
    text_append(
        text,
        "experiment,revision,case_name,run_name,trial,attempt,status,source,started_at,warmup_s,duration_s,record_size,records_sent,"
        "records_acked,records_failed,records_stored,records_lost,records_duplicated,records_per_sec,mb_per_sec,"
        "latency_avg_ms,latency_p50_ms,latency_p95_ms,latency_p99_ms,latency_p999_ms,latency_max_ms,client_cpu_s,"
        "client_max_rss_bytes,broker_cpu_s,steal_percent,client_library,client_version,broker_version,cluster_kind,"
        "campaign_id,environment_id,cause\n");
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        bool published = string_equal(row->source, "published");
        field(text, model->row.version);
        integer(text, model->row.revision);
        field(text, row->case_name);
        field(text, row->run_name);
        integer(text, published ? STORE_ABSENT : row->block);
        integer(text, published ? STORE_ABSENT : row->attempt);
        field(text, row->status);
        field(text, row->source);
        field(text, row->started_at);
        real(text, row->warmup_s);
        real(text, row->duration_s);
        const int64_t counts[] = {row->record_size,    row->records_sent, row->records_acked,     row->records_failed,
                                  row->records_stored, row->records_lost, row->records_duplicated};
        for (size_t j = 0; j < sizeof counts / sizeof *counts; j++)
            integer(text, counts[j]);
        const double figures[] = {row->records_per_sec, row->mb_per_sec,     row->latency_avg_ms,
                                  row->latency_p50_ms,  row->latency_p95_ms, row->latency_p99_ms,
                                  row->latency_p999_ms, row->latency_max_ms, row->client_cpu_s};
        for (size_t j = 0; j < sizeof figures / sizeof *figures; j++)
            real(text, figures[j]);
        integer(text, row->client_max_rss_bytes);
        real(text, row->broker_cpu_s);
        real(text, row->steal_percent);
        field(text, row->client_library);
        field(text, row->client_version);
        field(text, row->broker_version);
        field(text, row->cluster_kind);
        integer(text, row->campaign_id);
        integer(text, row->environment_id);
        field(text, row->cause);
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
