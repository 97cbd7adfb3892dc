/* SPDX-License-Identifier: Apache-2.0 */
/* What a reader has to know before believing the figures, as sentences. Silence here means that it was looked for. */
#include <inttypes.h>
#include <math.h>

#include "report/format.h"
#include "report/model.h"

#include "base/banned.h"

#define EACH_PAIR(model, pair)                                                                                         \
    for (size_t case_at = 0; case_at < (model)->case_count; case_at++)                                                 \
        for (struct report_pair *pair = (model)->cases[case_at].pairs,                                                 \
                                *end_ = pair + (model)->cases[case_at].pair_count;                                     \
             pair < end_; pair++)

static void append_pair(struct text *list, const struct report_pair *pair)
{
    text_append_format(list, "%s%s/%s", list->length ? ", " : "", pair->c->name, pair->run->name);
}

static void state_host(struct report_model *model)
{
    enum cluster_kind kind = model->experiment->cluster.kind;
    if (kind == CLUSTER_LOCAL)
        string_list_push(&model->validity,
                         "Client and brokers ran on one host and shared its CPUs, memory and disks: a client that uses "
                         "more CPU also slows the brokers down. The network is the loopback device.");
    else if (kind == CLUSTER_MOCK)
        string_list_push(
            &model->validity,
            "The cluster was librdkafka's mock, inside the client's process: nothing was written to a disk, and "
            "no figure says anything about a real broker.");
}

static void state_trial_counts(struct report_model *model)
{
    struct text few = TEXT_INIT, none = TEXT_INIT, left_out = TEXT_INIT;
    EACH_PAIR(model, pair)
    {
        if (pair->trial_count == 0)
            append_pair(&none, pair);
        else if (pair->trial_count < INTERVAL_MIN_TRIALS)
            append_pair(&few, pair);
        if (pair->failed + pair->disturbed + pair->interrupted > 0) {
            append_pair(&left_out, pair);
            text_append_format(&left_out, " (%d failed, %d disturbed, %d interrupted)", pair->failed, pair->disturbed,
                               pair->interrupted);
        }
    }
    if (few.length)
        string_list_push_format(
            &model->validity,
            "Fewer than %d trials, so no interval is given, and a difference cannot be told from noise: %s.",
            INTERVAL_MIN_TRIALS, few.bytes);
    if (none.length)
        string_list_push_format(&model->validity, "No trial with a result: %s.", none.bytes);
    if (left_out.length)
        string_list_push_format(
            &model->validity,
            "Trials that failed, were disturbed or were interrupted are in the database but in no figure here, by "
            "the rules written down beforehand: %s.",
            left_out.bytes);
    text_release(&few);
    text_release(&none);
    text_release(&left_out);
}

static void state_delivery(struct report_model *model)
{
    struct text list = TEXT_INIT;
    EACH_PAIR(model, pair)
    {
        if (pair->lost.total <= 0 && pair->duplicated.total <= 0 && pair->failed_records.total <= 0)
            continue;
        append_pair(&list, pair);
        text_append_format(&list, " (%" PRId64 " lost, %" PRId64 " duplicated, %" PRId64 " failed of %" PRId64 " sent)",
                           pair->lost.total, pair->duplicated.total, pair->failed_records.total, pair->sent.total);
    }
    if (list.length)
        string_list_push_format(
            &model->validity,
            "Not every record arrived once. Lost: acknowledged but not stored; duplicated: stored more often than "
            "sent; failed: the client said so. A rate of records that were not stored is no throughput: %s.",
            list.bytes);
    text_clear(&list);
    EACH_PAIR(model, pair)
    {
        if (pair->lost.known < pair->trial_count)
            append_pair(&list, pair);
    }
    if (list.length)
        string_list_push_format(&model->validity, "Delivery could not be verified in every trial: %s.", list.bytes);
    text_clear(&list);
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        if (string_equal(row->source, "published") || string_equal(row->status, "ok"))
            continue;
        if ((row->records_lost != STORE_ABSENT && row->records_lost > 0) ||
            (row->records_duplicated != STORE_ABSENT && row->records_duplicated > 0))
            text_append_format(&list, "%s%s/%s block %d", list.length ? ", " : "", row->case_name, row->run_name,
                               row->block);
    }
    if (list.length)
        string_list_push_format(&model->validity,
                                "Records were lost or duplicated in trials that are left out as well: %s.", list.bytes);
    text_release(&list);
}

static void state_settings(struct report_model *model)
{
    struct text list = TEXT_INIT;
    EACH_PAIR(model, pair)
    {
        for (size_t i = 0; i < pair->setting_count; i++)
            if (!pair->settings[i].applied) {
                append_pair(&list, pair);
                text_append_format(&list, " (%s)", pair->settings[i].canonical);
            }
    }
    if (list.length)
        string_list_push_format(&model->validity,
                                "Settings that the definition asks for and that the client does not have: %s.",
                                list.bytes);
    text_release(&list);
}

static void state_versions(struct report_model *model)
{
    EACH_PAIR(model, pair)
    {
        if (pair->clients.count > 1) {
            char *list = format_list(&pair->clients);
            string_list_push_format(&model->validity, "The trials of %s/%s are of different client versions: %s.",
                                    pair->c->name, pair->run->name, list);
            free(list);
        }
        if (pair->brokers.count > 1) {
            char *list = format_list(&pair->brokers);
            string_list_push_format(&model->validity, "The trials of %s/%s ran against different broker versions: %s.",
                                    pair->c->name, pair->run->name, list);
            free(list);
        }
    }
    if (model->environment_count > 1)
        string_list_push_format(
            &model->validity,
            "The campaigns ran in %zu different environments; what differs is listed under \"Environment\".",
            model->environment_count);
    if (model->row.revision > 1)
        string_list_push_format(
            &model->validity,
            "The definition was amended: this is revision %d. Trials of earlier revisions are in the database, "
            "and in no figure here.",
            model->row.revision);
    if (model->row.git_dirty == 1)
        string_list_push(&model->validity,
                         "The working copy had uncommitted changes when the definition was registered: the commit "
                         "named above is not all of what ran.");
}

static bool is_own_result(const struct store_result_row *row)
{
    return string_equal(row->status, "ok") && !string_equal(row->source, "published");
}

/* Whether an earlier campaign measured something in the block of this trial. */
static bool is_in_an_earlier_block(const struct report_model *model, const struct store_result_row *row)
{
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *other = &model->results.items[i];
        if (is_own_result(other) && other->block == row->block && other->campaign_id < row->campaign_id &&
            string_equal(other->case_name, row->case_name))
            return true;
    }
    return false;
}

/* Trials that finished a block which another campaign had begun: the cluster was started anew in between. */
static void state_split_blocks(struct report_model *model)
{
    int split = 0;
    for (size_t i = 0; i < model->results.count; i++)
        split += is_own_result(&model->results.items[i]) && is_in_an_earlier_block(model, &model->results.items[i]);
    if (split > 0)
        string_list_push_format(
            &model->validity,
            "%d trial%s in a block that another campaign began: the ratios are between trials that were "
            "further apart in time, with a restart of the cluster between them if it is a local one.",
            split, split == 1 ? " stands" : "s stand");
}

static void state_samples(struct report_model *model)
{
    int64_t negative = 0, out_of_range = 0, before_start = 0, late = 0;
    bool known = false;
    for (size_t i = 0; i < model->results.count; i++) {
        const struct store_result_row *row = &model->results.items[i];
        known = known || row->samples_negative != STORE_ABSENT;
        negative += row->samples_negative > 0 ? row->samples_negative : 0;
        out_of_range += row->samples_out_of_range > 0 ? row->samples_out_of_range : 0;
        before_start += row->samples_before_start > 0 ? row->samples_before_start : 0;
        late += row->samples_late > 0 ? row->samples_late : 0;
    }
    if (negative + out_of_range + before_start + late > 0)
        string_list_push_format(&model->validity,
                                "Samples that are not what they should be, over all trials: %" PRId64
                                " negative (left out of the "
                                "histograms), %" PRId64
                                " above the histograms' range (counted as its maximum), %" PRId64
                                " begun before the start, %" PRId64
                                " too late for their interval's percentiles (counted in all else).",
                                negative, out_of_range, before_start, late);
    else if (known)
        string_list_push(
            &model->validity,
            "No sample was negative, out of the histograms' range, begun before its trial's start or late.");
}

/* Whether the case asks for acks=0, or a run of it has it in force by settings of its own. */
static bool is_unacknowledged(const struct report_case *report_case)
{
    if (string_equal(property_list_get(&report_case->c->producer, "acks"), "0"))
        return true;
    for (size_t i = 0; i < report_case->pair_count; i++)
        for (size_t j = 0; j < report_case->pairs[i].setting_count; j++) {
            const struct report_setting *setting = &report_case->pairs[i].settings[j];
            if (string_equal(setting->canonical, "acks") && string_list_contains(&setting->in_force, "0"))
                return true;
        }
    return false;
}

/* With acks=0 no broker answers: the client calls a record acknowledged when it has left. */
static void state_unacknowledged(struct report_model *model)
{
    struct text list = TEXT_INIT;
    for (size_t i = 0; i < model->case_count; i++)
        if (is_unacknowledged(&model->cases[i]))
            text_append_format(&list, "%s%s", list.length ? ", " : "", model->cases[i].c->name);
    if (list.length)
        string_list_push_format(
            &model->validity,
            "With acks=0 no broker confirms anything: rate and latency are those of handing records to the network, and "
            "only the brokers' offsets tell what arrived (case %s).",
            list.bytes);
    text_release(&list);
}

/* What else the machine did in the trials that count. */
static void state_disturbance(struct report_model *model)
{
    double steal = NAN, other = NAN;
    EACH_PAIR(model, pair)
    {
        for (size_t i = 0; i < pair->trial_count; i++) {
            const struct store_result_row *row = pair->trials[i].row;
            steal = fmax(steal, row->steal_percent);
            if (row->duration_s > 0)
                other = fmax(other, row->other_cpu_s / row->duration_s);
        }
    }
    if (isfinite(steal))
        string_list_push_format(&model->validity,
                                "CPU time stolen by the host: at most %.1f %% in a trial that counts.", steal);
    if (isfinite(other))
        string_list_push_format(
            &model->validity,
            "Processes that are neither client nor broker used at most %.2f CPUs in a trial that counts.", other);
}

static void state_method(struct report_model *model)
{
    bool closed = false, open = false, tool = false;
    EACH_PAIR(model, pair)
    {
        closed = closed || pair->c->rate_per_sec <= 0;
        open = open || pair->c->rate_per_sec > 0;
        tool = tool || (pair->is_tool && pair->trial_count > 0);
    }
    if (closed)
        string_list_push(
            &model->validity,
            "The load is a closed loop: a client that is held up sends less, so its latency hides the time "
            "that records would have waited. Latency is from just before the first attempt to send to "
            "the acknowledgement, waiting for room in the client's buffer included.");
    if (open)
        string_list_push(
            &model->validity,
            "Where a rate is given, latency counts from the moment a record was due, not from when it was sent.");
    string_list_push(&model->validity,
                     "Percentiles are of the merged histograms of all trials (3 significant digits), never averages of "
                     "percentiles; their ratios are of the trials' own percentiles, block by block.");
    if (tool)
        string_list_push(
            &model->validity,
            "Rows marked \"tool\" are what another program reports of itself: its own clock, its own sampling and "
            "rounding, and no window of ours.");
}

/* What the instrument itself costs the clients. */
static void state_instrument(struct report_model *model)
{
    struct text list = TEXT_INIT;
    for (size_t i = 0; i < model->instrument_count; i++) {
        const struct interval *ratio = &model->instrument[i].ratio;
        text_append_format(&list, "%s%s %.3f", i ? ", " : "", model->instrument[i].driver, ratio->estimate);
        if (ratio->has_bounds)
            text_append_format(&list, " [%.3f, %.3f]", ratio->low, ratio->high);
        else
            text_append_format(&list, " (n = %zu, no interval)", ratio->n);
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

void report_validity_state(struct report_model *model)
{
    state_host(model);
    state_trial_counts(model);
    state_delivery(model);
    state_settings(model);
    state_versions(model);
    state_split_blocks(model);
    state_samples(model);
    state_disturbance(model);
    state_unacknowledged(model);
    state_method(model);
    state_instrument(model);
}
