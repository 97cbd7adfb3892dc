/* SPDX-License-Identifier: Apache-2.0 */
/* Point: a million samples with known times give exactly the counts, percentiles, window and intervals that follow from them. */
#include <inttypes.h>
#include <math.h>

#include "base/clock.h"
#include "measure/histogram.h"
#include "verify/known_truth.h"
#include "verify/trials.h"

#include "base/banned.h"

#define RUN "known-samples"
/* Of the whole histogram: the percentiles so many thousandths of a percent apart. */
#define PERCENTILE_STEP 125

static void judge_counts(struct verification *verification, const struct store_result_row *row)
{
    int64_t odd = row->samples_negative + row->samples_out_of_range + row->samples_before_start + row->samples_late;
    bool passes = row->records_acked == KNOWN_SAMPLES - KNOWN_FAILURES && row->records_failed == KNOWN_FAILURES &&
                  row->window_records == row->records_acked && odd == 0;
    verification_tell(verification, "counts", point_verdict(passes),
                      string_format("%d acknowledged, %d failed, 0 odd", KNOWN_SAMPLES - KNOWN_FAILURES,
                                    KNOWN_FAILURES),
                      string_format("%" PRId64 " acknowledged, %" PRId64 " failed, %" PRId64 " odd",
                                    row->window_records, row->records_failed, odd),
                      NULL);
}

/* The rate is a quotient of doubles, all else is equal to the last bit; the mean is compared as the sum that it comes from. */
static void judge_rate_and_mean(struct verification *verification, const char *part, const struct store_result_row *row,
                                const struct known_truth *truth, double window_s)
{
    double rate = (double)truth->acked / window_s, mean_ns = (double)truth->sum_ns / (double)truth->acked;
    bool passes = row->window_records == truth->acked && fabs(row->records_per_sec - rate) < rate * 1e-12 &&
                  llround(row->latency_avg_ms * NS_PER_MS * (double)truth->acked) == truth->sum_ns;
    verification_tell(verification, part, point_verdict(passes),
                      string_format("%.6f/s, mean %.6f ms", rate, mean_ns / NS_PER_MS),
                      string_format("%.6f/s, mean %.6f ms", row->records_per_sec, row->latency_avg_ms), NULL);
}

static void judge_percentiles(struct verification *verification, const char *part, const struct store_result_row *row,
                              const struct known_truth *truth)
{
    static const int64_t per_100k[] = {50000, 95000, 99000, 99900, 100000};
    const double measured[] = {row->latency_p50_ms, row->latency_p95_ms, row->latency_p99_ms, row->latency_p999_ms,
                               row->latency_max_ms};
    struct text true_text = TEXT_INIT, measured_text = TEXT_INIT;
    bool passes = true;
    for (size_t i = 0; i < sizeof measured / sizeof *measured; i++) {
        double true_ms = (double)known_truth_percentile_ns(truth, per_100k[i]) / NS_PER_MS;
        passes = passes && measured[i] == true_ms;
        text_append_format(&true_text, "%s%.6f", i ? " / " : "", true_ms);
        text_append_format(&measured_text, "%s%.6f", i ? " / " : "", measured[i]);
    }
    text_append(&true_text, " ms");
    text_append(&measured_text, " ms");
    verification_tell(verification, part, point_verdict(passes), text_detach(&true_text), text_detach(&measured_text),
                      string_copy(
                          "p50 / p95 / p99 / p99.9 / max, each the histogram's counter of the true order statistic"));
}

static bool judge_histogram(struct verification *verification, const struct trials *trials,
                            const struct store_result_row *row, const struct known_truth *truth, struct error *error)
{
    char *payload = store_read_latency(trials->store, row->trial_id, error);
    struct histogram *histogram = payload ? histogram_decode(payload, error) : NULL;
    free(payload);
    if (!histogram)
        return false;
    int64_t equal = 0, all = 0;
    for (int64_t at = PERCENTILE_STEP; at <= 100000; at += PERCENTILE_STEP, all++)
        equal += histogram_percentile(histogram, (double)at / 1000) == known_truth_percentile_ns(truth, at);
    int64_t count = histogram_count(histogram);
    verification_tell(verification, "histogram", point_verdict(equal == all && count == truth->acked),
                      string_format("%" PRId64 " values, %" PRId64 " percentiles", truth->acked, all),
                      string_format("%" PRId64 " values, %" PRId64 " percentiles equal", count, equal), NULL);
    histogram_free(histogram);
    return true;
}

/* ---- intervals ---- */

/* The samples that end in it are neighbours: from *next on. */
static bool interval_is_true(const struct store_interval *interval, int64_t driver_start_ns, int64_t *next)
{
    int64_t end_ns = (interval->offset_ms + interval->interval_ms) * NS_PER_MS - driver_start_ns, first = *next;
    while (*next < KNOWN_SAMPLES && known_end_ns(*next) < end_ns)
        ++*next;
    struct known_truth truth;
    known_truth_make(&truth, first, *next);
    bool is_true = interval->records == truth.acked && interval->failed == truth.failed;
    if (interval->p50_ns != STORE_ABSENT)
        is_true = is_true && interval->p50_ns == known_truth_percentile_ns(&truth, 50000) &&
                  interval->p99_ns == known_truth_percentile_ns(&truth, 99000) &&
                  interval->max_ns == known_truth_percentile_ns(&truth, 100000);
    known_truth_release(&truth);
    return is_true;
}

/* The driver's start is not the trial's; it follows from the window, which begins with the earliest start of a sample. */
static bool judge_intervals(struct verification *verification, const struct trials *trials,
                            const struct store_result_row *row, int64_t interval_ms, const char *part,
                            struct error *error)
{
    int64_t driver_start_ns = llround(row->warmup_s * NS_PER_S) - known_earliest_start_ns();
    int64_t last_ms = (driver_start_ns + known_end_ns(KNOWN_SAMPLES - 1)) / NS_PER_MS;
    int64_t equal = 0, next = 0, all = last_ms / interval_ms + 1;
    struct store_interval_rows rows;
    if (!store_read_intervals(trials->store, row->trial_id, interval_ms, &rows, error))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        equal += interval_is_true(&rows.items[i], driver_start_ns, &next);
    bool passes = equal == all && (int64_t)rows.count == all && next == KNOWN_SAMPLES;
    verification_tell(verification, part, point_verdict(passes), string_format("%" PRId64 " intervals", all),
                      string_format("%zu intervals, %" PRId64 " equal", rows.count, equal),
                      string_format("records, failures%s of each",
                                    interval_ms == 1000 ? ", p50, p99 and maximum" : ""));
    free(rows.items);
    return true;
}

/* ---- the two cases ---- */

static bool judge_all(struct verification *verification, const struct trials *trials, struct error *error)
{
    const struct store_result_row *row = trials_need(verification, trials, "all", RUN, "all");
    if (!row)
        return true;
    struct known_truth truth;
    known_truth_make(&truth, 0, KNOWN_SAMPLES);
    judge_counts(verification, row);
    judge_rate_and_mean(verification, "mean", row, &truth,
                        (double)(known_end_ns(KNOWN_SAMPLES - 1) - known_earliest_start_ns()) / NS_PER_S);
    judge_percentiles(verification, "percentiles", row, &truth);
    bool ok = judge_histogram(verification, trials, row, &truth, error) &&
              judge_intervals(verification, trials, row, 1000, "seconds", error) &&
              judge_intervals(verification, trials, row, 100, "tenths", error);
    known_truth_release(&truth);
    return ok;
}

/* Each burst ends 0.1 s before its second does: the bounds of the window cut none of them, unless the driver starts later than that. */
static void judge_cut(struct verification *verification, const struct trials *trials)
{
    const struct store_result_row *row = trials_need(verification, trials, "cut", RUN, "cut");
    if (!row)
        return;
    struct known_truth truth;
    known_truth_make(&truth, KNOWN_BURST, 3 * KNOWN_BURST);
    judge_rate_and_mean(verification, "cut-mean", row, &truth, 2);
    judge_percentiles(verification, "cut-percentiles", row, &truth);
    known_truth_release(&truth);
}

static bool check(struct verification *verification, struct error *error)
{
    struct trials trials;
    bool ok = trials_run(verification, "known-samples", &trials, error) && judge_all(verification, &trials, error);
    if (ok)
        judge_cut(verification, &trials);
    trials_release(&trials);
    return ok;
}

const struct verification_point point_known_samples = {
    .name = "known-samples",
    .truth = "1010000 samples with known times",
    .check = check,
};
