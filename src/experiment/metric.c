/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/metric.h"

#include "base/text.h"
#include "experiment/units.h"

#include "base/banned.h"

const char *const metric_names[] = {
    "records_per_sec",
    "mb_per_sec",
    "latency_avg_ms",
    "latency_p50_ms",
    "latency_p95_ms",
    "latency_p99_ms",
    "latency_p999_ms",
    "latency_max_ms",
    "client_cpu_s",
    "broker_cpu_s",
    "client_max_rss_bytes",
    "client_cpu_us_per_record",
    "records_lost",
    "records_duplicated",
    "records_failed",
    "records_disordered",
    "records_per_client_cpu_s",
    "broker_cpu_s_per_million_records",
    "wire_bytes_per_record",
    "client_busiest_thread_percent",
    "client_cpu_percent",
    "broker_idle_percent",
    "disk_busy_percent",
    NULL,
};

static bool is_one_of(const char *name, const char *const *names)
{
    for (; *names; names++)
        if (string_equal(name, *names))
            return true;
    return false;
}

bool metric_is_known(const char *name)
{
    double percentile;
    return is_one_of(name, metric_names) || metric_percentile(name, &percentile);
}

bool metric_percentile(const char *name, double *percentile)
{
    static const char prefix[] = "latency_p", suffix[] = "_ms";
    if (string_equal(name, "latency_p999_ms")) {
        *percentile = 99.9;
        return true;
    }
    if (!string_starts_with(name, prefix) || !string_ends_with(name, suffix) ||
        strlen(name) < sizeof prefix + sizeof suffix - 1)
        return false;
    const char *digits = name + strlen(prefix);
    char *number = string_format("%.*s", (int)(strlen(digits) - strlen(suffix)), digits);
    bool ok = strspn(number, "0123456789.") == strlen(number) && units_read_number(number, percentile) &&
              *percentile > 0 && *percentile <= 100;
    free(number);
    return ok;
}

bool metric_is_count(const char *name)
{
    static const char *const counts[] = {"records_lost", "records_duplicated", "records_failed", "records_disordered",
                                         NULL};
    return is_one_of(name, counts);
}

enum metric_better metric_better(const char *name)
{
    static const char *const higher[] = {"records_per_sec", "mb_per_sec", "records_per_client_cpu_s", NULL};
    /* How busy something was is neither good nor bad: the fastest client may saturate a thread. */
    static const char *const neither[] = {"client_busiest_thread_percent", "client_cpu_percent", "broker_idle_percent",
                                          "disk_busy_percent", NULL};
    return is_one_of(name, higher) ? BETTER_HIGHER : is_one_of(name, neither) ? BETTER_NEITHER : BETTER_LOWER;
}
