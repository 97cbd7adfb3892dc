/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/broker_metrics.h"

#include <inttypes.h>
#include <math.h>

#include "base/text.h"

#include "base/banned.h"

struct counts {
    int64_t at_ns, idle_ns, bytes_in;
};

/* The next whole line behind `*at`, which moves past it; false at the end. One that is not of three numbers is none. */
static bool next_counts(const char **at, struct counts *counts)
{
    for (const char *line = *at, *newline; (newline = strchr(line, '\n')); line = newline + 1) {
        int end = 0;
        *at = newline + 1;
        if (sscanf(line, "%" SCNd64 " %" SCNd64 " %" SCNd64 "%n", &counts->at_ns, &counts->idle_ns, &counts->bytes_in,
                   &end) == 3 &&
            line + end == newline)
            return true;
    }
    return false;
}

static double counted(int64_t before, int64_t after, double share)
{
    return before < 0 || after < before ? NAN : (double)(after - before) * share;
}

void broker_metrics_between(const char *lines, int64_t from_ns, int64_t to_ns, struct broker_metrics *metrics)
{
    double idle_ns = 0, bytes_in = 0;
    int64_t covered_ns = 0;
    struct counts before, after;
    *metrics = (struct broker_metrics){.idle_share = NAN, .bytes_in = NAN};
    if (to_ns <= from_ns || !next_counts(&lines, &before))
        return;
    for (; next_counts(&lines, &after); before = after) {
        int64_t first_ns = before.at_ns > from_ns ? before.at_ns : from_ns;
        int64_t last_ns = after.at_ns < to_ns ? after.at_ns : to_ns;
        if (last_ns <= first_ns)
            continue;
        double share = (double)(last_ns - first_ns) / (double)(after.at_ns - before.at_ns);
        idle_ns += counted(before.idle_ns, after.idle_ns, share);
        bytes_in += counted(before.bytes_in, after.bytes_in, share);
        covered_ns += last_ns - first_ns;
    }
    if (covered_ns != to_ns - from_ns)
        return;
    double idle_share = idle_ns / (double)covered_ns;
    metrics->idle_share = idle_share > 1 ? 1 : idle_share;
    metrics->bytes_in = bytes_in;
}

int64_t broker_metrics_end_ns(const char *lines)
{
    int64_t end_ns = INT64_MIN;
    struct counts counts;
    while (next_counts(&lines, &counts))
        end_ns = counts.at_ns;
    return end_ns;
}
