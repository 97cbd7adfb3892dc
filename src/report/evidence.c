/* SPDX-License-Identifier: Apache-2.0 */
/* What the rules of bottleneck.h are given, and what follows where several runs of a case met the same limit. */
#include <math.h>

#include "report/pair.h"

#include "base/banned.h"

/* Of the machine that the trial ran on; NAN: not known. */
static double cores_of(const struct report_model *model, const struct store_result_row *row)
{
    for (size_t i = 0; i < model->environment_count; i++)
        if (model->environments[i].id == row->environment_id) {
            const char *cores = report_environment_value(&model->environments[i], "cpu_cores");
            double count = cores ? strtod(cores, NULL) : 0;
            return count > 0 ? count : NAN;
        }
    return NAN;
}

/* A mock cluster's brokers are part of the client's process; those of a cluster elsewhere take nothing of this machine. */
static bool are_brokers_here(const struct report_model *model)
{
    return model->experiment->cluster.kind == CLUSTER_LOCAL;
}

static double machine_busy_of(const struct report_model *model, const struct store_result_row *row)
{
    double cpu_s = row->client_cpu_s + row->other_cpu_s + (are_brokers_here(model) ? row->broker_cpu_s : 0);
    return cpu_s / (row->duration_s * cores_of(model, row)) + row->steal_percent / 100;
}

static double brokers_cpu_of(const struct report_model *model, const struct store_result_row *row)
{
    return are_brokers_here(model) ? row->broker_cpu_s / (row->duration_s * cores_of(model, row)) : NAN;
}

static double others_cpu_of(const struct report_model *model, const struct store_result_row *row)
{
    return row->other_cpu_s / (row->duration_s * cores_of(model, row));
}

/* By what was sent of what was due, where the driver tells: a client that catches up in the window is as fast as the rate there. */
static double rate_kept_of(const struct report_model *model, const struct store_result_row *row)
{
    double rate = model->experiment->cases[experiment_find_case(model->experiment, row->case_name)].rate_per_sec;
    if (row->records_due > 0 && row->records_sent != STORE_ABSENT)
        return (double)row->records_sent / (double)row->records_due;
    return rate > 0 ? row->records_per_sec / rate : NAN;
}

static double median_over_trials(const struct report_model *model, const struct report_pair *pair,
                                 double (*value_of)(const struct report_model *, const struct store_result_row *))
{
    double *values = memory_zeroed(pair->trial_count + 1, sizeof *values);
    size_t n = 0;
    for (size_t i = 0; i < pair->trial_count; i++) {
        double value = value_of(model, pair->trials[i].row);
        if (isfinite(value))
            values[n++] = value;
    }
    double median = statistics_median(values, n);
    free(values);
    return median;
}

static double share(const struct report_pair *pair, enum report_metric percent)
{
    return pair->metrics[percent].value.estimate / 100;
}

static void judge_pair(const struct report_model *model, struct report_pair *pair)
{
    pair->evidence = (struct bottleneck_evidence){
        .client_thread = share(pair, METRIC_CLIENT_BUSIEST_THREAD),
        .client_cpu = share(pair, METRIC_CLIENT_CPU_PERCENT),
        .broker_idle = share(pair, METRIC_BROKER_IDLE),
        .machine_busy = median_over_trials(model, pair, machine_busy_of),
        .brokers_cpu = median_over_trials(model, pair, brokers_cpu_of),
        .others_cpu = median_over_trials(model, pair, others_cpu_of),
        .steal = share(pair, METRIC_STEAL),
        .disk_busy = share(pair, METRIC_DISK_BUSY),
        .stall_io = share(pair, METRIC_STALL_IO),
        .rate_kept = median_over_trials(model, pair, rate_kept_of),
    };
    pair->bottleneck = bottleneck_judge(&pair->evidence);
}

static bool is_at_shared_limit(const struct report_pair *pair)
{
    return pair->bottleneck == BOTTLENECK_BROKERS || pair->bottleneck == BOTTLENECK_MACHINE;
}

/* The fastest run that the brokers or the machine limited, and those so limited that are not shown to differ from it. */
static void find_ceiling(const struct report_model *model, struct report_case *report_case)
{
    const struct report_pair *fastest = NULL;
    for (size_t i = 0; i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        if (is_at_shared_limit(pair) && (!fastest || pair->metrics[METRIC_RECORDS_PER_SEC].value.estimate >
                                                         fastest->metrics[METRIC_RECORDS_PER_SEC].value.estimate))
            fastest = pair;
    }
    for (size_t i = 0; fastest && i < report_case->pair_count; i++) {
        const struct report_pair *pair = &report_case->pairs[i];
        struct interval ratio;
        if (pair == fastest || !is_at_shared_limit(pair))
            continue;
        report_pair_ratio(model, pair, fastest, METRIC_RECORDS_PER_SEC, &ratio);
        if (!ratio.has_bounds || report_conclusion_of(&ratio) != 0)
            continue;
        if (report_case->at_ceiling.count == 0)
            string_list_push(&report_case->at_ceiling, fastest->run->title);
        string_list_push(&report_case->at_ceiling, pair->run->title);
    }
}

void report_bottleneck_judge(struct report_model *model)
{
    for (size_t i = 0; i < model->case_count; i++) {
        for (size_t j = 0; j < model->cases[i].pair_count; j++)
            judge_pair(model, &model->cases[i].pairs[j]);
        find_ceiling(model, &model->cases[i]);
    }
}
