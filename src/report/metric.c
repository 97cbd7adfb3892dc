/* SPDX-License-Identifier: Apache-2.0 */
/* What is summarised: a metric is a column of the view `results`, under the column's own name. */
#include <math.h>
#include <stddef.h>

#include "report/model.h"

#include "base/banned.h"

#define METRIC(column)                                                                                                 \
    {                                                                                                                  \
#column, offsetof(struct store_result_row, column)                                                             \
    }

/* All of them are doubles but the client's memory. */
static const struct {
    const char *name;
    size_t offset;
} metrics[METRIC_COUNT] = {
    [METRIC_RECORDS_PER_SEC] = METRIC(records_per_sec),
    [METRIC_MB_PER_SEC] = METRIC(mb_per_sec),
    [METRIC_LATENCY_AVG] = METRIC(latency_avg_ms),
    [METRIC_LATENCY_P50] = METRIC(latency_p50_ms),
    [METRIC_LATENCY_P95] = METRIC(latency_p95_ms),
    [METRIC_LATENCY_P99] = METRIC(latency_p99_ms),
    [METRIC_LATENCY_P999] = METRIC(latency_p999_ms),
    [METRIC_LATENCY_MAX] = METRIC(latency_max_ms),
    [METRIC_CLIENT_CPU] = METRIC(client_cpu_s),
    [METRIC_BROKER_CPU] = METRIC(broker_cpu_s),
    [METRIC_CLIENT_RSS] = METRIC(client_max_rss_bytes),
    [METRIC_CLIENT_CPU_PER_RECORD] = METRIC(client_cpu_us_per_record),
    [METRIC_RECORDS_PER_CLIENT_CPU] = METRIC(records_per_client_cpu_s),
    [METRIC_BROKER_CPU_PER_MILLION] = METRIC(broker_cpu_s_per_million_records),
    [METRIC_WIRE_BYTES_PER_RECORD] = METRIC(wire_bytes_per_record),
    [METRIC_CLIENT_BUSIEST_THREAD] = METRIC(client_busiest_thread_percent),
    [METRIC_CLIENT_CPU_PERCENT] = METRIC(client_cpu_percent),
    [METRIC_BROKER_IDLE] = METRIC(broker_idle_percent),
    [METRIC_DISK_BUSY] = METRIC(disk_busy_percent),
    [METRIC_STALL_IO] = METRIC(stall_io_percent),
    [METRIC_STEAL] = METRIC(steal_percent),
};

const enum report_metric report_compared[REPORT_COMPARED_COUNT] = {METRIC_RECORDS_PER_SEC, METRIC_LATENCY_P50,
                                                                   METRIC_LATENCY_P99, METRIC_CLIENT_CPU_PER_RECORD};

const char *report_metric_name(enum report_metric metric)
{
    return metrics[metric].name;
}

double report_metric_of(const struct store_result_row *row, enum report_metric metric)
{
    double value;
    if (metric == METRIC_CLIENT_RSS)
        return row->client_max_rss_bytes == STORE_ABSENT ? NAN : (double)row->client_max_rss_bytes;
    memcpy(&value, (const char *)row + metrics[metric].offset, sizeof value);
    return value;
}
