/* SPDX-License-Identifier: Apache-2.0 */
/*
 * HdrHistogram's log, version 1.3, as HistogramLogWriter and HistogramLogReader of the Java library have it:
 *
 *   Tag=<tag>,<start>,<length>,<maximum>,<payload>
 *
 * start and length are seconds, start since the epoch (the library takes a start of less than a year before #[StartTime] as
 * that); the maximum is the highest value divided by the writer's maxValueUnitRatio, by custom 1,000,000: nanoseconds are
 * recorded, milliseconds shown. Readers skip it and take it from the payload. A tag may hold no comma, space or line break.
 */
#include <math.h>

#include "base/build_info.h"
#include "base/clock.h"
#include "exchange/export.h"
#include "measure/histogram.h"

#include "base/banned.h"

#define MAX_VALUE_UNIT_RATIO 1e6

struct log {
    const struct export_request *request;
    FILE *file;
    bool begun; /* the head needs the first start time */
};

/* What would end a tag, or be taken for a part of it that it is not, as %XX. */
static void append_escaped(struct text *tag, const char *name)
{
    for (; *name; name++) {
        unsigned char byte = (unsigned char)*name;
        if (byte > ' ' && byte < 0x7f && !strchr(",%/\"", byte))
            text_append_char(tag, *name);
        else
            text_append_format(tag, "%%%02X", (unsigned)byte);
    }
}

/* case/run/trial; of a repeated trial with its attempt, as 3.2; what is not 'ok', and what is a consumer's, says so behind. */
static char *make_tag(const struct store_histogram_row *row)
{
    struct text tag = TEXT_INIT;
    append_escaped(&tag, row->case_name);
    text_append_char(&tag, '/');
    append_escaped(&tag, row->run_name);
    text_append_format(&tag, "/%d", row->block);
    if (row->attempt > 1)
        text_append_format(&tag, ".%d", row->attempt);
    if (!string_equal(row->status, "ok"))
        text_append_format(&tag, "/%s", row->status);
    if (!string_equal(row->role, "producer"))
        text_append_format(&tag, "/%s", row->role);
    return text_detach(&tag);
}

static void write_head(const struct log *log, double start_s)
{
    struct text version = TEXT_INIT;
    append_escaped(&version, log->request->filter.version);
    fprintf(log->file, "#[Logged by kbench %s: version %s]\n", build_version, version.bytes);
    fputs("#[Histogram log format version 1.3]\n", log->file);
    time_t whole = (time_t)start_s;
    struct tm broken;
    char date[sizeof "2026-03-31T12:00:00Z"];
    strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&whole, &broken));
    fprintf(log->file, "#[StartTime: %.3f (seconds since epoch), %s]\n", start_s, date);
    fputs("#[Histograms are of nanoseconds; Interval_Max is in milliseconds (maxValueUnitRatio 1000000)]\n"
          "#[A line is a trial over the whole of its measured window, tagged case/run/trial]\n"
          "\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n",
          log->file);
    text_release(&version);
}

static bool write_line(void *context, const struct store_histogram_row *row, struct error *error)
{
    struct log *log = context;
    double start_s = clock_iso8601_seconds(row->started_at) + row->setup_s + row->warmup_s;
    if (isnan(start_s) || isnan(row->duration_s))
        return error_set(error, ERROR_UNAVAILABLE,
                         "trial %lld has a histogram, but not when its window began and ended",
                         (long long)row->trial_id);
    struct histogram *histogram = histogram_decode(row->payload, error);
    if (!histogram)
        return error_prefix(error, "trial %lld", (long long)row->trial_id);
    if (!log->begun)
        write_head(log, start_s);
    log->begun = true;
    char *tag = make_tag(row);
    fprintf(log->file, "Tag=%s,%.3f,%.3f,%.3f,%s\n", tag, start_s, row->duration_s,
            (double)histogram_max(histogram) / MAX_VALUE_UNIT_RATIO, row->payload);
    free(tag);
    histogram_free(histogram);
    return true;
}

bool export_histogram_log(const struct export_request *request, FILE *file, struct error *error)
{
    struct log log = {.request = request, .file = file};
    if (!store_export_histograms(request->store, &request->filter, write_line, &log, error))
        return false;
    return log.begun || error_set(error, ERROR_INPUT, "no trial of '%s' that was asked for has a histogram",
                                  request->filter.version);
}
