/* SPDX-License-Identifier: Apache-2.0 */
#include "report/explain_metric.h"

#include <math.h>

#include "experiment/metric.h"
#include "report/format.h"
#include "report/shown.h"

#include "base/banned.h"

#define BYTES_PER_MIB 1048576.0

#define WINDOW "window_records: records acknowledged in the window; duration_s: its length as measured, s"
#define LATENCY                                                                                                         \
    "latency of a record: from just before the first attempt to send it, at a fixed rate from when it was due, to its " \
    "acknowledgement; of records acknowledged in the window"
#define CLIENT_CPU "client_cpu_s: CPU time of the client's processes in the window, user and system, s"
#define BROKER_CPU "broker_cpu_s: CPU time of all brokers' processes in the window, user and system, s"
#define WHOLE_TRIAL "of the whole trial, warm-up and the rest after the window included"

static const struct metric_documentation documents[] = {
    {"records_per_sec", "Records per second", "records/s", "window_records / duration_s", WINDOW,
     "How many records the brokers acknowledged in a second.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"mb_per_sec", "Megabytes per second", "MB/s", "window_records * record_size / 1048576 / duration_s",
     WINDOW "; record_size: bytes of a record's value; 1 MB is 1,048,576 bytes",
     "How many megabytes of records, without what the protocol adds, were acknowledged in a second.",
     METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"latency_avg_ms", "Average latency", "ms", "sum of latencies / window_records", LATENCY,
     "How long a record took on average, from exact sums and not from the histogram.", METRIC_KIND_MEDIAN,
     METRIC_DISPLAY_NUMBER},
    {NULL, "Latency percentile", "ms", "the latency that p % of the records do not exceed",
     LATENCY
     "; p: the percentile; each trial's HdrHistogram counts in ns, to 1 \xc2\xb5s and so many significant digits",
     "How long the given share of the records took at most.", METRIC_KIND_PERCENTILE, METRIC_DISPLAY_NUMBER},
    {"latency_max_ms", "Maximum latency", "ms", "the longest latency", LATENCY,
     "How long the slowest record of all trials took.", METRIC_KIND_MAXIMUM, METRIC_DISPLAY_NUMBER},
    {"client_cpu_s", "CPU time of the client", "s", "client_cpu_s", CLIENT_CPU,
     "How much CPU time the client used in the window.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"broker_cpu_s", "CPU time of the brokers", "s", "broker_cpu_s", BROKER_CPU,
     "How much CPU time the brokers used in the window.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"client_max_rss_bytes", "Memory of the client", "bytes", "client_max_rss_bytes",
     "client_max_rss_bytes: highest resident memory of each client process, added up over them; " WHOLE_TRIAL,
     "How much memory the client took at most.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_MIB},
    {"client_cpu_us_per_record", "CPU time of the client for a record", "\xc2\xb5s/record",
     "client_cpu_s * 1e6 / window_records", CLIENT_CPU "; window_records: records acknowledged in the window",
     "What a record costs the client, which says more of the client than its speed where something else limits it.",
     METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"records_per_client_cpu_s", "Records per CPU second of the client", "records/s", "window_records / client_cpu_s",
     CLIENT_CPU "; window_records: records acknowledged in the window",
     "How many records the client manages with a second of CPU time.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"broker_cpu_s_per_million_records", "CPU time of the brokers for a million records", "s",
     "broker_cpu_s * 1e6 / window_records", BROKER_CPU "; window_records: records acknowledged in the window",
     "What a million records cost all brokers together.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"wire_bytes_per_record", "Bytes on the wire for a record", "bytes/record", "broker_bytes_in / window_records",
     "broker_bytes_in: bytes of record batches that producers brought, all brokers, replication not counted; "
     "window_records: records acknowledged in the window",
     "What a record takes on the way to the brokers, so how well the client batches and compresses.",
     METRIC_KIND_MEDIAN, METRIC_DISPLAY_NUMBER},
    {"client_busiest_thread_percent", "Client's busiest thread", "%", "client_busiest_thread_cpu_s * 100 / duration_s",
     "client_busiest_thread_cpu_s: CPU time of the client's thread that used most, s; duration_s: length of the window, s",
     "How much of the time the client's busiest thread ran; at 100 % that thread is the limit.", METRIC_KIND_MEDIAN,
     METRIC_DISPLAY_SHARE},
    {"client_cpu_percent", "Client's CPU, of one core", "%", "client_cpu_s * 100 / duration_s",
     CLIENT_CPU "; duration_s: length of the window, s",
     "How many cores the client kept busy: 200 % are two whole ones.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_SHARE},
    {"broker_idle_percent", "Brokers' handlers idle", "%", "broker_idle_percent",
     "broker_idle_percent: share of the window in which the request handlers of the busiest broker waited for work",
     "How much room the busiest broker had left.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_SHARE},
    {"disk_busy_percent", "Disk busy", "%", "disk_busy_percent",
     "disk_busy_percent: share of the window in which the device of the brokers' logs had requests under way",
     "How busy the brokers' disk was.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_SHARE},
    {"stall_io_percent", "Waiting for the disk", "%", "stall_io_percent",
     "stall_io_percent: share of the window in which at least one process of the machine waited for a disk, as the "
     "kernel's pressure stall information has it",
     "How long the disk held something up.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_SHARE},
    {"steal_percent", "Steal", "%", "steal_percent",
     "steal_percent: share of all cores' time in the window that the hypervisor gave to others",
     "How much of the machine was missing.", METRIC_KIND_MEDIAN, METRIC_DISPLAY_SHARE},
    {"records_sent", "Records sent", "records", "records_sent",
     "records_sent: as the client counted them, " WHOLE_TRIAL, "How many records the figures rest on.", METRIC_KIND_SUM,
     METRIC_DISPLAY_COUNT},
    {"records_acked", "Records acknowledged", "records", "records_acked",
     "records_acked: that the client was told were written, " WHOLE_TRIAL,
     "How many records the client counted as delivered.", METRIC_KIND_SUM, METRIC_DISPLAY_COUNT},
    {"records_failed", "Records failed", "records", "records_failed",
     "records_failed: that the client was told were not written, " WHOLE_TRIAL,
     "How many records the client itself gave up.", METRIC_KIND_SUM, METRIC_DISPLAY_COUNT},
    {"records_stored", "Records stored", "records", "records_stored",
     "records_stored: end offsets less start offsets of the topic, as the brokers have them",
     "How many records were in the topic afterwards.", METRIC_KIND_SUM, METRIC_DISPLAY_COUNT},
    {"records_lost", "Records lost", "records", "max(records_acked - records_stored, 0)",
     "records_acked, records_stored: acknowledged to the client, and in the topic; with `verify: content` the "
     "acknowledged records that were not found when the topic was read back, at least",
     "How many records were acknowledged and yet are not there.", METRIC_KIND_SUM, METRIC_DISPLAY_COUNT},
    {"records_duplicated", "Records duplicated", "records", "max(records_stored - records_sent, 0)",
     "records_stored, records_sent: in the topic, and sent by the client; with `verify: content` the copies that were "
     "found when the topic was read back",
     "How many records are there more than once.", METRIC_KIND_SUM, METRIC_DISPLAY_COUNT},
};
#define DOCUMENT_COUNT (sizeof documents / sizeof *documents)

const struct metric_documentation *metric_documents(size_t *count)
{
    *count = DOCUMENT_COUNT;
    return documents;
}

const struct metric_documentation *metric_document(const char *name)
{
    double percentile;
    bool is_percentile = metric_percentile(name, &percentile);
    for (size_t i = 0; i < DOCUMENT_COUNT; i++)
        if (documents[i].name ? string_equal(documents[i].name, name) : is_percentile)
            return &documents[i];
    return NULL;
}

void metric_show(const struct metric_documentation *document, double value, struct text *text)
{
    if (document->display == METRIC_DISPLAY_COUNT)
        format_count(text, isfinite(value) ? (int64_t)value : STORE_ABSENT);
    else if (document->display == METRIC_DISPLAY_MIB)
        format_number(text, value / BYTES_PER_MIB);
    else if (document->display == METRIC_DISPLAY_SHARE)
        shown_share(value / 100, text);
    else
        format_number(text, value);
}

const char *metric_shown_unit(const struct metric_documentation *document)
{
    return document->display == METRIC_DISPLAY_MIB ? "MiB" : document->unit;
}

char *metric_percentile_name(double percentile)
{
    return percentile == 99.9 ? string_copy("latency_p999_ms") : string_format("latency_p%.10g_ms", percentile);
}

void metric_names_of(const struct report_model *model, struct string_list *names)
{
    for (int metric = 0; metric < METRIC_COUNT; metric++)
        string_list_push(names, report_metric_name((enum report_metric)metric));
    for (size_t i = 0; i < model->experiment->report.percentile_count; i++) {
        char *name = metric_percentile_name(model->experiment->report.percentiles[i]);
        if (!string_list_contains(names, name))
            string_list_push(names, name);
        free(name);
    }
    for (size_t i = 0; i < DOCUMENT_COUNT; i++)
        if (documents[i].kind == METRIC_KIND_SUM)
            string_list_push(names, documents[i].name);
}
