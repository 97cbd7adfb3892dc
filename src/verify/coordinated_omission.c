/* SPDX-License-Identifier: Apache-2.0 */
/* Point: a pause is charged to every record that was due in it, at a fixed rate; a closed loop hides it. */
#include "verify/trials.h"

#include "base/banned.h"

#define RUN "c"
#define PAUSE_MS 1000.0
#define WINDOW_MS 10000.0
/* The harness begins and ends a pause when it looks, every 20 ms; the rest is what the queue takes to drain. */
#define LATE_MS 50.0
/* Records are 1 ms apart, and the histogram has three digits. */
#define EARLY_MS 2.0
/* In the closed loop only the records in flight were delayed: 1,000 of several 10,000 at least, less than 1 in 100. */
#define HIDDEN_MS 250.0

/*
 * What is due at time t of a pause of length P is late by P - t. In a window W a share (P - x) / W of records evenly spread is late by
 * more than x; so a share 1 - p of all is late by more than P - (1 - p) W.
 */
static double late_ms(double p)
{
    return PAUSE_MS - (1 - p) * WINDOW_MS;
}

static bool is_late(double measured_ms, double true_ms)
{
    return measured_ms >= true_ms - EARLY_MS && measured_ms <= true_ms + LATE_MS;
}

static char *describe(const struct store_result_row *row)
{
    return string_format("p50 %.1f, p95 %.1f, p99 %.1f, max %.1f ms", row->latency_p50_ms, row->latency_p95_ms,
                         row->latency_p99_ms, row->latency_max_ms);
}

static void judge_open_loop(struct verification *verification, const struct store_result_row *row)
{
    bool passes = row->latency_p50_ms < LATE_MS && is_late(row->latency_p95_ms, late_ms(0.95)) &&
                  is_late(row->latency_p99_ms, late_ms(0.99)) && is_late(row->latency_max_ms, late_ms(1));
    trials_tell(
        verification, row, "open-loop", passes,
        string_format("p50 ≤ %.0f, p95 %.0f, p99 %.0f, max %.0f ms", LATE_MS, late_ms(0.95), late_ms(0.99), late_ms(1)),
        describe(row),
        string_format("1 s of 10 s paused: the share 1 - p is late by more than 1 s - (1 - p) · 10 s; up to %.0f "
                      "ms later",
                      LATE_MS));
}

static void judge_closed_loop(struct verification *verification, const struct store_result_row *row)
{
    bool passes = row->latency_p99_ms < HIDDEN_MS && row->latency_max_ms >= PAUSE_MS - EARLY_MS;
    trials_tell(verification, row, "closed-loop", passes,
                string_format("p50, p95, p99 ≤ %.0f, max ≥ %.0f ms: hidden", HIDDEN_MS, PAUSE_MS), describe(row),
                string_copy("only the records in flight are late, 1,000 at most"));
}

static bool check(struct verification *verification, struct error *error)
{
    struct trials trials;
    bool ok = trials_run(verification, "coordinated-omission", &trials, error);
    const struct store_result_row *row;
    if (ok && (row = trials_need(verification, &trials, "open-loop", RUN, "open-loop")))
        judge_open_loop(verification, row);
    if (ok && (row = trials_need(verification, &trials, "closed-loop", RUN, "closed-loop")))
        judge_closed_loop(verification, row);
    trials_release(&trials);
    return ok;
}

const struct verification_point point_coordinated_omission = {
    .name = "coordinated-omission",
    .truth = "a pause of 1 s in 10 s is seen at a fixed rate",
    .check = check,
};
