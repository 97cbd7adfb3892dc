/* SPDX-License-Identifier: Apache-2.0 */
/* What the instrument costs, and whether it was found true. */
#include "report/validity.h"

#include "base/banned.h"

/* What the instrument itself costs the clients. */
static void state_cost(struct report_model *model)
{
    struct text list = TEXT_INIT;
    for (size_t i = 0; i < model->instrument_count; i++) {
        const struct interval *ratio = &model->instrument[i].ratio;
        text_append_format(&list, "%s%s %.3f", i ? ", " : "", model->instrument[i].driver, ratio->estimate);
        if (ratio->has_bounds)
            text_append_format(&list, " [%.3f, %.3f]", ratio->low, ratio->high);
        else
            text_append_format(&list, " (n<%d)", INTERVAL_MIN_TRIALS);
    }
    if (list.length)
        string_list_push_format(
            &model->validity,
            "What taking the samples costs, as throughput of whole runs with them to that without, paired by block, from the "
            "experiment \"instrument\" of this database: %s.",
            list.bytes);
    else
        string_list_push(
            &model->validity,
            "What taking the samples costs the clients was not measured in this database; \"make bench\" does.");
    text_release(&list);
}

/* Whether a campaign ran with another kbench than the one that was verified. */
static bool is_of_another_kbench(const struct report_model *model, const char **version)
{
    for (size_t i = 0; i < model->campaigns.count; i++) {
        *version = model->campaigns.items[i].kbench_version;
        if (!string_equal(*version, model->verification.kbench_version))
            return true;
    }
    return false;
}

static size_t append_points(const struct store_verification *verification, const char *verdict, struct text *list)
{
    size_t found = 0;
    for (size_t i = 0; i < verification->point_count; i++)
        if (string_equal(verification->points[i].verdict, verdict))
            text_append_format(list, "%s%s", found++ ? ", " : "", verification->points[i].name);
    return found;
}

static void state_result(struct report_model *model)
{
    const struct store_verification *v = &model->verification;
    struct text failed = TEXT_INIT, not_run = TEXT_INIT;
    size_t failures = append_points(v, "fail", &failed), left = append_points(v, "not run", &not_run);
    string_list_push_format(&model->validity,
                            "The instrument was verified on %s by kbench %s%s%s: %zu of %zu checks passed%s%s%s%s.",
                            v->ran_at, v->kbench_version, v->git_commit ? ", commit " : "",
                            v->git_commit ? v->git_commit : "", v->point_count - failures - left, v->point_count,
                            failures ? "; FAILED: " : "", failed.bytes, left ? "; not run: " : "", not_run.bytes);
    text_release(&failed);
    text_release(&not_run);
}

static void state_verification(struct report_model *model)
{
    const char *version = NULL;
    if (model->verification.id == STORE_ABSENT) {
        string_list_push(&model->validity, "The instrument was never verified in this database; \"make verify\" does.");
        return;
    }
    state_result(model);
    if (is_of_another_kbench(model, &version))
        string_list_push_format(&model->validity, "That verification is of kbench %s, and these trials are of %s.",
                                model->verification.kbench_version, version ? version : "an unknown version");
    if (model->verified_here == 0)
        string_list_push(&model->validity, "That verification ran on another machine or kernel than these trials did.");
}

void validity_state_instrument(struct report_model *model)
{
    state_cost(model);
    state_verification(model);
}
