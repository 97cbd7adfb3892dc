/* SPDX-License-Identifier: Apache-2.0 */
/* What a reader has to know before believing the figures, as sentences. Silence here means that it was looked for. */
#include "report/validity.h"

#include "report/format.h"

#include "base/banned.h"

void validity_append_pair(struct text *list, const struct report_pair *pair)
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

static void state_settings(struct report_model *model)
{
    struct text list = TEXT_INIT;
    EACH_PAIR(model, pair)
    {
        for (size_t i = 0; i < pair->setting_count; i++)
            if (!pair->settings[i].applied) {
                validity_append_pair(&list, pair);
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

void report_validity_state(struct report_model *model)
{
    state_host(model);
    validity_state_trials(model);
    validity_state_delivery(model);
    state_settings(model);
    state_versions(model);
    validity_state_precision(model);
    validity_state_steadiness(model);
    state_unacknowledged(model);
    state_method(model);
    validity_state_instrument(model);
}
