/* SPDX-License-Identifier: Apache-2.0 */
/* What can be said of the version as a whole. */
#include <inttypes.h>
#include <math.h>

#include "publish/value.h"
#include "publish/value_what.h"
#include "report/format.h"
#include "report/head.h"

#include "base/banned.h"

#define EACH_PAIR(model, pair)                                                                                         \
    for (size_t case_at = 0; case_at < (model)->case_count; case_at++)                                                 \
        for (const struct report_pair *pair = (model)->cases[case_at].pairs,                                           \
                                      *end_ = pair + (model)->cases[case_at].pair_count;                               \
             pair < end_; pair++)

/* Takes the text; NULL is not known. */
static bool set_owned(char *text, const char *what, struct value *value, struct error *error)
{
    if (!text)
        return error_set(error, ERROR_INPUT, "%s is not known", what);
    value_set_text(value, text);
    free(text);
    return true;
}

static bool set_seconds(const struct report_model *model, double unit_s, struct value *value, struct error *error)
{
    double total = 0;
    for (size_t i = 0; i < model->campaigns.count; i++)
        total += model->campaigns.items[i].total_s;
    *value = (struct value){.type = VALUE_COUNT, .numbers = {total / unit_s}};
    return isfinite(total) ? true : error_set(error, ERROR_INPUT, "it is not known how long all campaigns took");
}

static int64_t blocks_of(const struct report_model *model)
{
    int64_t blocks = 0;
    for (size_t i = 0; i < model->results.count; i++)
        if (report_counts(model, &model->results.items[i]) && model->results.items[i].block > blocks)
            blocks = model->results.items[i].block;
    return blocks;
}

static void set_trials_of_pairs(const struct report_model *model, int what, struct value *value)
{
    size_t fewest = SIZE_MAX, most = 0, all = 0;
    EACH_PAIR(model, pair)
    {
        fewest = pair->trial_count < fewest ? pair->trial_count : fewest;
        most = pair->trial_count > most ? pair->trial_count : most;
        all += pair->trial_count;
    }
    value_set_count(value, (int64_t)(what == VERSION_TRIALS_MIN ? fewest : what == VERSION_TRIALS_MAX ? most : all));
}

/* Of all trials, whatever became of them; `status` NULL: any. */
static void set_trials(const struct report_model *model, const char *status, struct value *value)
{
    int64_t count = 0;
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        count += !string_equal(row->source, "published") && (!status || string_equal(row->status, status));
    }
    value_set_count(value, count);
}

static bool set_sum(const struct report_model *model, int what, struct value *value, struct error *error)
{
    int64_t total = 0;
    size_t trials = 0;
    EACH_PAIR(model, pair)
    {
        const struct report_sum *sum = what == VERSION_SENT   ? &pair->sent
                                       : what == VERSION_LOST ? &pair->lost
                                                              : &pair->duplicated;
        if (sum->known < pair->trial_count)
            return error_set(error, ERROR_INPUT, "it is not known of all trials of %s/%s", pair->c->name,
                             pair->run->name);
        total += sum->total;
        trials += pair->trial_count;
    }
    if (trials == 0)
        return error_set(error, ERROR_INPUT, "no trial of version '%s' counts", model->row.version);
    value_set_count(value, total);
    return true;
}

static void set_claims(const struct report_model *model, int what, struct value *value)
{
    static const enum verdict verdicts[] = {[VERSION_CLAIMS_HOLD - VERSION_CLAIMS_HOLD] = VERDICT_HOLDS,
                                            [VERSION_CLAIMS_FAIL - VERSION_CLAIMS_HOLD] = VERDICT_FAILS,
                                            [VERSION_CLAIMS_UNDECIDED - VERSION_CLAIMS_HOLD] = VERDICT_UNDECIDED};
    size_t count =
        what == VERSION_CLAIMS ? model->claim_count : report_claims_count(model, verdicts[what - VERSION_CLAIMS_HOLD]);
    value_set_count(value, (int64_t)count);
}

static bool set_of_campaigns(const struct report_model *model, int what, struct value *value, struct error *error)
{
    if (model->campaigns.count == 0)
        return error_set(error, ERROR_INPUT, "version '%s' has no campaign", model->row.version);
    switch (what) {
    case VERSION_CAMPAIGNS: return set_owned(report_head_campaigns(model), "the campaigns", value, error);
    case VERSION_SECONDS: return set_seconds(model, 1, value, error);
    case VERSION_MINUTES: return set_seconds(model, 60, value, error);
    case VERSION_DATE: return set_owned(report_head_dates(model), "the date", value, error);
    default: return set_owned(report_head_kbench(model), "kbench's version", value, error);
    }
}

static bool set_kafka(const struct report_model *model, struct value *value, struct error *error)
{
    struct string_list versions = {0};
    EACH_PAIR(model, pair)
    for (size_t i = 0; i < pair->brokers.count; i++)
        if (!string_list_contains(&versions, pair->brokers.items[i]))
            string_list_push(&versions, pair->brokers.items[i]);
    char *list = versions.count ? format_list(&versions) : NULL;
    string_list_release(&versions);
    return set_owned(list, "the brokers' version", value, error);
}

static bool set_of_definition(const struct report_model *model, int what, struct value *value)
{
    const struct experiment *experiment = model->experiment;
    switch (what) {
    case VERSION_NAME: value_set_text(value, model->row.version); break;
    case VERSION_REVISION: value_set_count(value, model->row.revision); break;
    case VERSION_DEFINITION: value_set_text(value, model->row.sha256); break;
    case VERSION_BROKERS: value_set_count(value, experiment->cluster.brokers); break;
    case VERSION_CASES: value_set_count(value, (int64_t)experiment->case_count); break;
    case VERSION_RUNS: value_set_count(value, (int64_t)experiment->run_count); break;
    case VERSION_PAIRS: value_set_count(value, (int64_t)experiment->pair_count); break;
    default: value_set_text(value, experiment->title); break;
    }
    return true;
}

bool value_of_version(const struct value_request *request, struct value *value, struct error *error)
{
    const struct report_model *model = &request->publication->model;
    int what = request->name->what;
    switch (what) {
    case VERSION_CAMPAIGNS:
    case VERSION_SECONDS:
    case VERSION_MINUTES:
    case VERSION_DATE:
    case VERSION_KBENCH: return set_of_campaigns(model, what, value, error);
    case VERSION_KAFKA: return set_kafka(model, value, error);
    case VERSION_BLOCKS: value_set_count(value, blocks_of(model)); return true;
    case VERSION_TRIALS_MIN:
    case VERSION_TRIALS_MAX:
    case VERSION_TRIALS_OK: set_trials_of_pairs(model, what, value); return true;
    case VERSION_TRIALS_TOTAL: set_trials(model, NULL, value); return true;
    case VERSION_TRIALS_DISTURBED: set_trials(model, "disturbed", value); return true;
    case VERSION_TRIALS_FAILED: set_trials(model, "failed", value); return true;
    case VERSION_SENT:
    case VERSION_LOST:
    case VERSION_DUPLICATED: return set_sum(model, what, value, error);
    case VERSION_CLAIMS:
    case VERSION_CLAIMS_HOLD:
    case VERSION_CLAIMS_FAIL:
    case VERSION_CLAIMS_UNDECIDED: set_claims(model, what, value); return true;
    default: return set_of_definition(model, what, value);
    }
}
