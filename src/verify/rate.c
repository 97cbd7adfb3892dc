/* SPDX-License-Identifier: Apache-2.0 */
/* Point: every language sends at the times of one schedule, and tells what was due. */
#include <gsl/gsl_randist.h>
#include <inttypes.h>
#include <math.h>

#include "base/clock.h"
#include "base/random.h"
#include "verify/trials.h"

#include "base/banned.h"

#define RATE 2000
#define WINDOW_S 3
#define RECORDS 8000
#define ARRIVALS 262144
#define INTERVAL_MS 100
/* A driver looks for the stop every 10 ms: what became due since then is told and not sent. */
#define HEEDED_S 0.01
/* Times come back from the database as seconds. */
#define ROUNDING_NS 1000

/*
 * When record i of the Poisson schedule is due after the driver's start, computed a second time: exponential gaps from the
 * seed, stretched so that ARRIVALS of them, the last gap included, take ARRIVALS / RATE.
 */
static int64_t *draw_arrivals(uint64_t seed)
{
    gsl_rng *stream = random_stream(seed, "arrivals:0");
    double *times = memory_zeroed(RECORDS, sizeof *times), sum = 0;
    int64_t *due_ns = memory_zeroed(RECORDS, sizeof *due_ns);
    for (int i = 0; i < ARRIVALS; i++) {
        if (i < RECORDS)
            times[i] = sum;
        sum += gsl_ran_exponential(stream, 1);
    }
    for (int i = 0; i < RECORDS; i++)
        due_ns[i] = (int64_t)(times[i] / sum * (ARRIVALS * NS_PER_S / RATE));
    free(times);
    gsl_rng_free(stream);
    return due_ns;
}

static int64_t count_due(const int64_t *due_ns, int64_t until_ns)
{
    int64_t count = 0;
    while (count < RECORDS && due_ns[count] <= until_ns)
        count++;
    return count;
}

/* At each interval's end: nothing is acknowledged before it was due, and nothing later than the largest latency after it. */
static int64_t count_on_time(const struct store_interval_rows *rows, const struct store_result_row *row,
                             const int64_t *due_ns)
{
    int64_t begin_ns = llround(row->warmup_s * NS_PER_S), late_ns = llround(row->latency_max_ms * NS_PER_MS);
    int64_t on_time = 0, acked = 0;
    for (size_t i = 0; i < rows->count; i++) {
        int64_t end_ns = (rows->items[i].offset_ms + INTERVAL_MS) * NS_PER_MS - begin_ns;
        acked += rows->items[i].records;
        on_time += acked <= count_due(due_ns, end_ns + ROUNDING_NS) &&
                   acked >= count_due(due_ns, end_ns - late_ns - ROUNDING_NS);
    }
    return on_time;
}

static bool judge_poisson(struct verification *verification, const struct trials *trials,
                          const struct store_result_row *row, const char *part, const int64_t *due_ns,
                          struct error *error)
{
    struct store_interval_rows rows;
    if (!store_read_intervals(trials->store, row->trial_id, INTERVAL_MS, &rows, error))
        return false;
    int64_t on_time = count_on_time(&rows, row, due_ns);
    double last_s = (double)due_ns[RECORDS - 1] / NS_PER_S, late_s = row->latency_max_ms / 1e3 + 1e-6;
    bool passes = row->records_due == RECORDS && row->records_sent == RECORDS && row->records_acked == RECORDS &&
                  on_time == (int64_t)rows.count && row->duration_s >= last_s && row->duration_s <= last_s + late_s;
    trials_tell(verification, row, part, passes, string_format("%d, the last is due after %.4f s", RECORDS, last_s),
                string_format("%" PRId64 ", the last came after %.4f s; %" PRId64 " of %zu on time", row->records_acked,
                              row->duration_s, on_time, rows.count),
                string_copy("at the end of each 100 ms no more are acknowledged than were due, and no fewer than were "
                            "due the largest latency before"));
    free(rows.items);
    return true;
}

static void judge_constant(struct verification *verification, const struct store_result_row *row, const char *part)
{
    double in_flight = RATE * row->latency_max_ms / 1e3, not_sent = (double)(row->records_due - row->records_sent);
    bool passes = row->records_acked == row->records_sent && row->records_due != STORE_ABSENT && not_sent >= 0 &&
                  not_sent <= 1 + RATE * HEEDED_S &&
                  fabs((double)row->window_records - RATE * WINDOW_S) <= 1 + in_flight;
    trials_tell(verification, row, part, passes,
                string_format("%d in %d s; all due are sent and acked", RATE * WINDOW_S, WINDOW_S),
                string_format("%" PRId64 " in %d s; %" PRId64 " due, %" PRId64 " sent, %" PRId64 " acked",
                              row->window_records, WINDOW_S, row->records_due, row->records_sent, row->records_acked),
                string_format("in the window within one and those in flight at its ends (%.0f); due less sent at most "
                              "what 10 ms bring",
                              in_flight));
}

static bool check_run(struct verification *verification, const struct trials *trials, const char *run,
                      const int64_t *due_ns, struct error *error)
{
    char *constant = string_format("constant-%s", run), *poisson = string_format("poisson-%s", run);
    const struct store_result_row *row = trials_need(verification, trials, "constant", run, constant);
    if (row)
        judge_constant(verification, row, constant);
    row = trials_need(verification, trials, "poisson", run, poisson);
    bool ok = !row || judge_poisson(verification, trials, row, poisson, due_ns, error);
    free(constant);
    free(poisson);
    return ok;
}

static bool check(struct verification *verification, struct error *error)
{
    struct trials trials;
    bool ok = trials_run(verification, "rate", &trials, error);
    if (ok) {
        int64_t *due_ns = draw_arrivals(trials.experiment->design.seed);
        for (size_t i = 0; ok && i < trials.experiment->run_count; i++)
            ok = check_run(verification, &trials, trials.experiment->runs[i].name, due_ns, error);
        free(due_ns);
    }
    trials_release(&trials);
    return ok;
}

const struct verification_point point_rate = {
    .name = "rate",
    .truth = "records are sent when the schedule says",
    .check = check,
};
