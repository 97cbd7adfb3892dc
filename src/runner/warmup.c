/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/warmup.h"

#include <math.h>

#include "base/clock.h"

#include "base/banned.h"

#define WINDOW_NS (2 * NS_PER_S)
/* Steady: so many windows together are within this share of as many before them. Windows that merely lie close to each other are
 * not enough: brokers that were still being compiled climbed slowly, from 264k to 319k records/s in 8 s, and reached 750k. */
#define STEADY_WINDOWS 4
#define STEADY_SHARE 0.03

struct warmup {
    int64_t limit_ns;
    int64_t window_begun_ns, records_before; /* of the window that is under way */
    double *rates;                           /* of the windows that are over */
    size_t count, capacity;
    int64_t elapsed_ns;
};

static double mean_rate(const struct warmup *warmup, size_t first)
{
    double sum = 0;
    for (size_t i = first; i < first + STEADY_WINDOWS; i++)
        sum += warmup->rates[i];
    return sum / STEADY_WINDOWS;
}

static bool is_steady(const struct warmup *warmup)
{
    if (warmup->count < 2 * STEADY_WINDOWS)
        return false;
    double now = mean_rate(warmup, warmup->count - STEADY_WINDOWS);
    double before = mean_rate(warmup, warmup->count - 2 * STEADY_WINDOWS);
    return before > 0 && fabs(now - before) <= STEADY_SHARE * before;
}

static bool is_warm(void *context, int64_t elapsed_ns, int64_t records_so_far)
{
    struct warmup *warmup = context;
    warmup->elapsed_ns = elapsed_ns;
    int64_t length_ns = elapsed_ns - warmup->window_begun_ns;
    if (length_ns >= WINDOW_NS && warmup->count < warmup->capacity) {
        warmup->rates[warmup->count++] =
            (double)(records_so_far - warmup->records_before) / ((double)length_ns / NS_PER_S);
        warmup->window_begun_ns = elapsed_ns;
        warmup->records_before = records_so_far;
    }
    return is_steady(warmup) || elapsed_ns >= warmup->limit_ns;
}

bool warmup_run(struct trial_request *request, json_t *notes, double *seconds, struct error *error)
{
    struct warmup warmup = {.limit_ns = request->experiment->design.warmup_ms * NS_PER_MS};
    warmup.capacity = (size_t)(warmup.limit_ns / WINDOW_NS) + 1;
    warmup.rates = memory_zeroed(warmup.capacity, sizeof *warmup.rates);
    struct trial trial;
    request->until = is_warm;
    request->context = &warmup;
    request->until_ms = request->experiment->design.warmup_ms;
    bool ok = trial_run(request, &trial, error);
    trial_release(&trial);
    json_t *rates = json_array();
    for (size_t i = 0; i < warmup.count; i++)
        json_array_append_new(rates, json_real(round(warmup.rates[i])));
    *seconds = (double)warmup.elapsed_ns / NS_PER_S;
    json_object_set_new(notes, "run", json_string(request->run->name));
    json_object_set_new(notes, "case", json_string(request->c->name));
    json_object_set_new(notes, "seconds", json_real(*seconds));
    json_object_set_new(notes, "window_s", json_integer(WINDOW_NS / NS_PER_S));
    json_object_set_new(notes, "records_per_sec", rates);
    json_object_set_new(notes, "steady", json_boolean(is_steady(&warmup)));
    free(warmup.rates);
    return ok || error_prefix(error, "warming the cluster up");
}
