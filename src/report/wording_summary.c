/* SPDX-License-Identifier: Apache-2.0 */
/* The sentences at the head of a report. They count what the model holds, and say where it is silent. */
#include <math.h>

#include "report/format.h"
#include "report/validity.h"
#include "report/wording.h"

#include "base/banned.h"

struct trial_counts {
    size_t pairs, trials, fewest, most;
    int disturbed, failed, interrupted;
};

static struct trial_counts count_trials(const struct report_model *model)
{
    struct trial_counts counts = {.fewest = SIZE_MAX};
    EACH_PAIR(model, pair)
    {
        counts.pairs++;
        counts.trials += pair->trial_count;
        counts.fewest = pair->trial_count < counts.fewest ? pair->trial_count : counts.fewest;
        counts.most = pair->trial_count > counts.most ? pair->trial_count : counts.most;
        counts.disturbed += pair->disturbed;
        counts.failed += pair->failed;
        counts.interrupted += pair->interrupted;
    }
    return counts;
}

static void state_trials(const struct report_model *model, struct string_list *sentences)
{
    struct trial_counts counts = count_trials(model);
    if (counts.trials == 0) {
        string_list_push(sentences, "Nothing was measured: the database has no trial that counts.");
        return;
    }
    struct text text = TEXT_INIT;
    text_append_format(&text, "%zu trial%s of %zu pair%s of case and client make the figures, ", counts.trials,
                       counts.trials == 1 ? "" : "s", counts.pairs, counts.pairs == 1 ? "" : "s");
    if (counts.fewest == counts.most)
        text_append_format(&text, "%zu of each.", counts.most);
    else
        text_append_format(&text, "%zu to %zu of each.", counts.fewest, counts.most);
    int disturbed = model->include_disturbed ? 0 : counts.disturbed; /* that are in no figure */
    if (counts.failed + counts.interrupted + disturbed == 0)
        text_append(&text, " None was left out.");
    else
        text_append_format(&text,
                           " Left out by rules written down beforehand: %d failed, %d disturbed, %d interrupted.",
                           counts.failed, disturbed, counts.interrupted);
    string_list_push(sentences, text.bytes);
    text_release(&text);
}

/* The widest and the middle one of the throughputs' intervals. */
static void state_precision(const struct report_model *model, struct string_list *sentences)
{
    const struct report_pair *widest = NULL;
    double *widths = NULL;
    size_t count = 0;
    EACH_PAIR(model, pair)
    {
        double width = interval_half_width(&pair->metrics[METRIC_RECORDS_PER_SEC].value);
        if (!isfinite(width))
            continue;
        widths = memory_resized(widths, count + 1, sizeof *widths);
        widths[count++] = width;
        if (!widest || width > interval_half_width(&widest->metrics[METRIC_RECORDS_PER_SEC].value))
            widest = pair;
    }
    if (widest)
        string_list_push_format(
            sentences,
            "Throughput is known to \xc2\xb1 %.1f %% or better in half of the pairs, and to \xc2\xb1 %.1f %% at worst (%s/%s): "
            "half the width of the %g %% interval.",
            100 * statistics_median(widths, count),
            100 * interval_half_width(&widest->metrics[METRIC_RECORDS_PER_SEC].value), widest->c->name,
            widest->run->name, 100 * report_confidence(model, METRIC_RECORDS_PER_SEC));
    else
        string_list_push_format(
            sentences, "No pair has the %d trials that an interval needs: a difference cannot be told from noise.",
            INTERVAL_MIN_TRIALS);
    free(widths);
}

static void state_ratios(const struct report_model *model, struct string_list *sentences)
{
    int faster = 0, slower = 0, same = 0;
    EACH_PAIR(model, pair)
    {
        const struct interval *ratio = &pair->metrics[METRIC_RECORDS_PER_SEC].ratio;
        if (pair->is_baseline || !ratio->has_bounds)
            continue;
        int direction = report_conclusion_of(ratio);
        faster += direction > 0;
        slower += direction < 0;
        same += direction == 0;
    }
    if (faster + slower + same > 0)
        string_list_push_format(
            sentences,
            "In %d comparison%s with %s within the blocks the other client is faster in %d, slower in %d, and in %d "
            "no difference is shown.",
            faster + slower + same, faster + slower + same == 1 ? "" : "s",
            model->experiment->runs[model->baseline].title, faster, slower, same);
}

static void state_bottlenecks(const struct report_model *model, struct string_list *sentences)
{
    static const enum bottleneck order[] = {BOTTLENECK_CLIENT, BOTTLENECK_BROKERS, BOTTLENECK_MACHINE, BOTTLENECK_RATE,
                                            BOTTLENECK_NOT_KNOWN};
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        size_t count = 0;
        EACH_PAIR(model, pair) count += pair->trial_count > 0 && pair->bottleneck == order[i];
        if (count > 0)
            text_append_format(&text, "%s%s in %zu", text.length ? ", " : "", bottleneck_name(order[i]), count);
    }
    if (text.length)
        string_list_push_format(sentences, "What limited the throughput of the pairs: %s.", text.bytes);
    text_release(&text);
}

static void state_claims(const struct report_model *model, struct string_list *sentences)
{
    size_t hold = report_claims_count(model, VERDICT_HOLDS), fail = report_claims_count(model, VERDICT_FAILS);
    size_t undecided = report_claims_count(model, VERDICT_UNDECIDED);
    size_t others = model->claim_count - hold - fail - undecided;
    char *of_others = others == 0   ? string_copy("")
                      : others == 1 ? string_copy("; one is about published numbers alone")
                                    : string_format("; %zu are about published numbers alone", others);
    if (model->claim_count > 0)
        string_list_push_format(sentences,
                                "Of %zu claims %zu hold by what was measured here, %zu fail, and %zu are undecided%s.",
                                model->claim_count, hold, fail, undecided, of_others);
    free(of_others);
}

static void state_instrument(const struct report_model *model, struct string_list *sentences)
{
    const struct store_verification *verification = &model->verification;
    if (verification->id == STORE_ABSENT) {
        string_list_push(sentences, "The instrument was never verified in this database.");
        return;
    }
    size_t passed = 0;
    for (size_t i = 0; i < verification->point_count; i++)
        passed += string_equal(verification->points[i].verdict, "pass");
    string_list_push_format(sentences,
                            "The instrument was verified on %.10s against known truths: %zu of %zu checks passed.",
                            verification->ran_at, passed, verification->point_count);
}

void wording_summary(const struct report_model *model, struct string_list *sentences)
{
    state_trials(model, sentences);
    state_precision(model, sentences);
    state_ratios(model, sentences);
    state_bottlenecks(model, sentences);
    state_claims(model, sentences);
    state_instrument(model, sentences);
}
