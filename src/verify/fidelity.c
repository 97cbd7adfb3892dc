/* SPDX-License-Identifier: Apache-2.0 */
/* Point: Kafka's own kafka-producer-perf-test and kbench's Java driver find the same throughput. */
#include "statistics/interval.h"
#include "verify/trials.h"

#include "base/banned.h"

#define CASE "no-replication"
#define BLOCKS 5
/* Whether the true ratio is within this range is what five trials of each can tell at best. */
#define LOW 0.9
#define HIGH 1.1

static void judge(struct verification *verification, const struct interval *ratio)
{
    bool contains = ratio->low <= 1 && ratio->high >= 1;
    bool is_narrow = ratio->low >= LOW && ratio->high <= HIGH;
    verification_tell(verification, NULL, point_verdict(contains || is_narrow),
                      string_copy("java / kafka-producer-perf-test = 1, in records/s"),
                      string_format("%.3f [%.3f, %.3f], n=%zu%s", ratio->estimate, ratio->low, ratio->high, ratio->n,
                                    is_narrow ? "" : " (too wide to exclude 10 %)"),
                      string_format("passes when the 95 %% interval contains 1 or lies within [%.1f, %.1f]; method: %s",
                                    LOW, HIGH, ratio->method));
}

static bool check(struct verification *verification, struct error *error)
{
    struct trials trials;
    double java[BLOCKS], tool[BLOCKS];
    size_t n = 0;
    bool ok = trials_run(verification, "fidelity", &trials, error);
    for (int block = 1; ok && block <= BLOCKS; block++) {
        const struct store_result_row *of_java = trials_find(&trials, CASE, "java", block);
        const struct store_result_row *of_tool = trials_find(&trials, CASE, "tool", block);
        if (!of_java || !of_tool)
            continue;
        java[n] = of_java->records_per_sec;
        tool[n++] = of_tool->records_per_sec;
    }
    trials_release(&trials);
    if (!ok)
        return false;
    struct interval ratio;
    interval_of_ratio(java, tool, n, 1, "fidelity", &ratio);
    if (!ratio.has_bounds)
        return error_set(error, ERROR_UNAVAILABLE, "only %zu of %d pairs of trials are whole", n, BLOCKS);
    judge(verification, &ratio);
    return true;
}

const struct verification_point point_fidelity = {
    .name = "fidelity",
    .truth = "java / kafka-producer-perf-test = 1, in records/s",
    .check = check,
};
