/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/value.h"
#include "publish/value_what.h"

#include "base/banned.h"

const struct value_name value_names[] = {
    {VALUE_OF_PAIR, "median", PAIR_MEDIAN,
     "as the tables show it: the median; a percentile or the maximum is of all trials' records together (the default)"},
    {VALUE_OF_PAIR, "low", PAIR_LOW, "the interval's lower bound"},
    {VALUE_OF_PAIR, "high", PAIR_HIGH, "its upper bound"},
    {VALUE_OF_PAIR, "interval", PAIR_INTERVAL, "[low, high]"},
    {VALUE_OF_PAIR, "lowest", PAIR_LOWEST, "the lowest trial"},
    {VALUE_OF_PAIR, "highest", PAIR_HIGHEST, "the highest trial"},
    {VALUE_OF_PAIR, "range", PAIR_RANGE, "lowest to highest"},
    {VALUE_OF_PAIR, "ratio", PAIR_RATIO,
     "to the baseline, or to the pair of to= (then the default); formed block by block"},
    {VALUE_OF_PAIR, "ratio-low", PAIR_RATIO_LOW, "the lower bound of the ratio's interval"},
    {VALUE_OF_PAIR, "ratio-high", PAIR_RATIO_HIGH, "its upper bound"},
    {VALUE_OF_PAIR, "ratio-interval", PAIR_RATIO_INTERVAL, "[low, high] of the ratio"},
    {VALUE_OF_PAIR, "ratio-verdict", PAIR_RATIO_VERDICT, "faster or slower, higher or lower, or no difference shown"},
    {VALUE_OF_PAIR, "blocks", PAIR_BLOCKS, "blocks that the ratio is formed of"},
    {VALUE_OF_PAIR, "detectable", PAIR_DETECTABLE, "the smallest difference that would probably have been seen"},
    {VALUE_OF_PAIR, "trials", PAIR_TRIALS, "trials that count"},
    {VALUE_OF_PAIR, "disturbed", PAIR_DISTURBED, "disturbed trials"},
    {VALUE_OF_PAIR, "failed", PAIR_FAILED, "failed trials"},
    {VALUE_OF_PAIR, "sent", PAIR_SENT, "records sent, over the trials that count"},
    {VALUE_OF_PAIR, "acked", PAIR_ACKED, "records acknowledged"},
    {VALUE_OF_PAIR, "stored", PAIR_STORED, "records that the brokers stored"},
    {VALUE_OF_PAIR, "lost", PAIR_LOST, "records acknowledged and not stored"},
    {VALUE_OF_PAIR, "duplicated", PAIR_DUPLICATED, "records stored more often than sent"},
    {VALUE_OF_PAIR, "title", PAIR_TITLE, "the run's title"},
    {VALUE_OF_PAIR, "client", PAIR_CLIENT, "client library and version"},
    {VALUE_OF_PAIR, "limited-by", PAIR_LIMITED_BY, "what limited it: the client, the brokers, the machine, …"},
    {VALUE_OF_PAIR, "trend", PAIR_TREND,
     "change of the throughput from the window's start to its end, median of the trials"},
    {VALUE_OF_PUBLISHED, "figure", PUBLISHED_FIGURE, "the published number (the default)"},
    {VALUE_OF_PUBLISHED, "ratio", PUBLISHED_RATIO, "to the pair of to= in the same table (then the default)"},
    {VALUE_OF_PUBLISHED, "client", PUBLISHED_CLIENT, "client library and version"},
    {VALUE_OF_PUBLISHED, "brokers", PUBLISHED_BROKERS, "the brokers' version"},
    {VALUE_OF_CLAIM, "verdict", CLAIM_VERDICT, "holds, fails or undecided, by what was measured (the default)"},
    {VALUE_OF_CLAIM, "value", CLAIM_VALUE, "the ratio or figure that was measured"},
    {VALUE_OF_CLAIM, "low", CLAIM_LOW, "the lower bound of its interval"},
    {VALUE_OF_CLAIM, "high", CLAIM_HIGH, "its upper bound"},
    {VALUE_OF_CLAIM, "interval", CLAIM_INTERVAL, "[low, high]"},
    {VALUE_OF_CLAIM, "bounds", CLAIM_BOUNDS, "what the claim holds within, low to high"},
    {VALUE_OF_CLAIM, "n", CLAIM_N, "blocks or trials that it was judged by"},
    {VALUE_OF_CLAIM, "quote", CLAIM_QUOTE, "the sentence"},
    {VALUE_OF_CLAIM, "published-verdict", CLAIM_PUBLISHED_VERDICT, "the verdict by the published numbers"},
    {VALUE_OF_CLAIM, "published-value", CLAIM_PUBLISHED_VALUE, "the ratio or figure of the published numbers"},
    {VALUE_OF_CASE, "title", CASE_TITLE, "its title (the default)"},
    {VALUE_OF_CASE, "partitions", CASE_PARTITIONS, "partitions of the topic"},
    {VALUE_OF_CASE, "replication", CASE_REPLICATION, "replication factor"},
    {VALUE_OF_CASE, "record-bytes", CASE_RECORD_BYTES, "size of a record"},
    {VALUE_OF_CASE, "warmup-seconds", CASE_WARMUP, "cut from the front of each trial"},
    {VALUE_OF_CASE, "window-seconds", CASE_WINDOW, "measured of each trial"},
    {VALUE_OF_CASE, "trials", CASE_TRIALS, "trials that count"},
    {VALUE_OF_VERSION, "title", VERSION_TITLE, "its title"},
    {VALUE_OF_VERSION, "version", VERSION_NAME, "its name"},
    {VALUE_OF_VERSION, "revision", VERSION_REVISION, "revision of the definition"},
    {VALUE_OF_VERSION, "definition", VERSION_DEFINITION, "SHA-256 of the definition"},
    {VALUE_OF_VERSION, "campaigns", VERSION_CAMPAIGNS, "the campaigns' numbers in the database"},
    {VALUE_OF_VERSION, "campaign-seconds", VERSION_SECONDS, "what they took together"},
    {VALUE_OF_VERSION, "campaign-minutes", VERSION_MINUTES, "the same in minutes"},
    {VALUE_OF_VERSION, "date", VERSION_DATE, "the day that the first one began, or the first and the last day"},
    {VALUE_OF_VERSION, "kbench", VERSION_KBENCH, "kbench's version"},
    {VALUE_OF_VERSION, "kafka", VERSION_KAFKA, "the brokers' version"},
    {VALUE_OF_VERSION, "brokers", VERSION_BROKERS, "how many brokers"},
    {VALUE_OF_VERSION, "cases", VERSION_CASES, "cases of the definition"},
    {VALUE_OF_VERSION, "runs", VERSION_RUNS, "its runs"},
    {VALUE_OF_VERSION, "pairs", VERSION_PAIRS, "its pairs of case and run"},
    {VALUE_OF_VERSION, "blocks", VERSION_BLOCKS, "blocks in which there is a trial"},
    {VALUE_OF_VERSION, "trials-min", VERSION_TRIALS_MIN, "fewest trials of a pair that count"},
    {VALUE_OF_VERSION, "trials-max", VERSION_TRIALS_MAX, "most"},
    {VALUE_OF_VERSION, "trials-total", VERSION_TRIALS_TOTAL, "all trials, whatever became of them"},
    {VALUE_OF_VERSION, "trials-ok", VERSION_TRIALS_OK, "trials that count"},
    {VALUE_OF_VERSION, "trials-disturbed", VERSION_TRIALS_DISTURBED, "disturbed ones"},
    {VALUE_OF_VERSION, "trials-failed", VERSION_TRIALS_FAILED, "failed ones"},
    {VALUE_OF_VERSION, "sent-total", VERSION_SENT, "records sent by the trials that count"},
    {VALUE_OF_VERSION, "lost-total", VERSION_LOST, "records lost in them"},
    {VALUE_OF_VERSION, "duplicated-total", VERSION_DUPLICATED, "records duplicated in them"},
    {VALUE_OF_VERSION, "claims", VERSION_CLAIMS, "claims"},
    {VALUE_OF_VERSION, "claims-hold", VERSION_CLAIMS_HOLD, "claims that hold, by what was measured"},
    {VALUE_OF_VERSION, "claims-fail", VERSION_CLAIMS_FAIL, "claims that fail"},
    {VALUE_OF_VERSION, "claims-undecided", VERSION_CLAIMS_UNDECIDED, "claims that are undecided"},
    {VALUE_OF_VERSION, NULL, 0, NULL},
};

const char *value_subject_example(enum value_subject subject)
{
    static const char *const examples[VALUE_SUBJECTS] = {
        [VALUE_OF_VERSION] = "(of the version)",
        [VALUE_OF_CASE] = "case=CASE",
        [VALUE_OF_PAIR] = "pair=CASE/RUN metric=NAME [to=CASE/RUN]",
        [VALUE_OF_PUBLISHED] = "published=TABLE pair=CASE/RUN metric=NAME [to=CASE/RUN]",
        [VALUE_OF_CLAIM] = "claim=NAME",
    };
    return examples[subject];
}

const struct value_name *value_name_find(enum value_subject subject, const char *name, struct error *error)
{
    struct string_list names = {0};
    const struct value_name *found = NULL;
    for (const struct value_name *at = value_names; at->name; at++) {
        if (at->subject != subject)
            continue;
        if (string_equal(at->name, name))
            found = at;
        string_list_push(&names, at->name);
    }
    if (!found) {
        error_set(error, ERROR_INPUT, "there is no of=%s here", name);
        error_suggest_from(error, name, &names);
    }
    string_list_release(&names);
    return found;
}
