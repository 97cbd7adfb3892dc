/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/runner.h"

#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "experiment/plan.h"
#include "runner/campaign.h"
#include "runner/lock.h"
#include "runner/preflight.h"

#include "base/banned.h"

/* ---- the cluster ---- */

static bool put_broker_settings(struct campaign *campaign, struct error *error)
{
    struct broker_setting_list settings = {0};
    if (!cluster_describe_brokers(campaign->cluster, &settings, error) || !store_begin(campaign->store, error))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < settings.count; i++) {
        const struct broker_setting *setting = &settings.items[i];
        char *value = redactor_apply(&campaign->redactor, setting->value);
        ok = store_put_broker_setting(campaign->store, campaign->id, setting->broker, setting->name, value,
                                      setting->source, error);
        free(value);
    }
    broker_setting_list_release(&settings);
    return store_finish(campaign->store, ok, error);
}

static bool start_cluster(struct campaign *campaign, struct error *error)
{
    int64_t begun_ns = clock_monotonic_ns();
    char *data_folder = string_format("%s/data", campaign->work_folder);
    char *log_folder = string_format("%s/logs/campaign-%" PRId64, campaign->folder, campaign->id);
    struct cluster_options options = {.data_folder = data_folder,
                                      .log_folder = log_folder,
                                      .redactor = &campaign->redactor};
    progress_say(&campaign->progress, "starting the cluster (%s)",
                 cluster_kind_name(campaign->experiment->cluster.kind));
    campaign->cluster = cluster_start(&campaign->experiment->cluster, &options, error);
    free(data_folder);
    free(log_folder);
    bool ok = campaign->cluster && put_broker_settings(campaign, error);
    campaign->cluster_s = (double)(clock_monotonic_ns() - begun_ns) / NS_PER_S;
    if (ok) {
        char *servers = redactor_apply(&campaign->redactor, cluster_bootstrap_servers(campaign->cluster));
        progress_say(&campaign->progress, "cluster ready after %.1f s: %s", campaign->cluster_s, servers);
        free(servers);
    }
    return ok;
}

/* ---- the whole ---- */

/* What is left, for the progress line. */
static void update_progress(struct campaign *campaign, double start_s)
{
    struct campaign_left left;
    campaign_plan_left(&campaign->plan, CAMPAIGN_ALL_PAIRS, &left);
    progress_set_left(&campaign->progress, (int)left.most, left.most > left.least, start_s + left.most_s);
}

static bool run_steps(struct campaign *campaign, struct error *error)
{
    struct campaign_step *step;
    while (campaign_plan_next(&campaign->plan, &step, error)) {
        if (!step)
            return true;
        if (interrupt_count() > 0)
            return error_set(error, ERROR_INTERRUPTED, "interrupted");
        update_progress(campaign, 0);
        if (!campaign_run_step(campaign, step, error))
            return false;
        progress_trial_done(&campaign->progress);
    }
    return false;
}

static bool run_started(struct campaign *campaign, struct error *error)
{
    if (!start_cluster(campaign, error) || !campaign_warm_up(campaign, error) || !run_steps(campaign, error))
        return false;
    if (campaign->failed_for_good > 0)
        return error_set(error, ERROR_ANSWER_NO, "%d of %d trials failed for good; the last cause: %s",
                         campaign->failed_for_good, campaign->progress.done, campaign->last_cause);
    return true;
}

static void say_end(struct campaign *campaign, const char *how, double total_s)
{
    struct text disturbed = TEXT_INIT;
    if (campaign->trials_disturbed > 0)
        text_append_format(&disturbed, " and %d disturbed", campaign->trials_disturbed);
    progress_say(&campaign->progress, "%s: %d trials%s in %.0f s, %.0f %% of the time in warm-up and windows", how,
                 campaign->trials_ok, disturbed.bytes, total_s,
                 100 * (campaign->warmup_s + campaign->measured_s) / total_s);
    text_release(&disturbed);
}

static bool end_campaign(struct campaign *campaign, bool ok, struct error *error)
{
    const char *how = ok                                     ? "completed"
                      : error->category == ERROR_INTERRUPTED ? "interrupted"
                      : error->category == ERROR_ANSWER_NO   ? "completed"
                                                             : "failed";
    double total_s = (double)(clock_monotonic_ns() - campaign->begun_ns) / NS_PER_S;
    if (!ok)
        json_object_set_new(campaign->notes, "cause", json_string(error->message));
    struct error of_end = ERROR_INIT;
    if (campaign_note_precision(campaign, &of_end) &&
        store_end_campaign(campaign->store, campaign->id, how, campaign->cluster_s, campaign->warmup_s,
                           campaign->measured_s, total_s, campaign->notes, &of_end)) {
        say_end(campaign, how, total_s);
        return ok;
    }
    if (ok)
        *error = of_end;
    return false;
}

static bool run_locked(struct campaign *campaign, struct error *error)
{
    struct string_list left_out = {0};
    struct preflight preflight = {.experiment = campaign->experiment,
                                  .drivers = campaign->drivers,
                                  .folder = campaign->folder,
                                  .selected = campaign->selected};
    preflight_leave_out(&preflight, &left_out);
    json_t *names = json_array();
    for (size_t i = 0; i < left_out.count; i++) {
        progress_say(&campaign->progress, "left out: %s", left_out.items[i]);
        json_array_append_new(names, json_string(left_out.items[i]));
    }
    json_object_set_new(campaign->notes, "left_out", names);
    string_list_release(&left_out);
    cluster_learn_secrets(&campaign->experiment->cluster, &campaign->redactor);
    bool any_left;
    if (!campaign_register(campaign, error) || !campaign_make_plan(campaign, &any_left, error))
        return false;
    if (!any_left || campaign->options->dry_run)
        return true;
    preflight.plan = &campaign->plan.plan;
    if (!preflight_check(&preflight, campaign->client_versions, error) || !campaign_begin(campaign, error))
        return false;
    campaign->begun_ns = clock_monotonic_ns();
    progress_init(&campaign->progress, campaign->options->verbosity);
    update_progress(campaign, plan_start_s(campaign->experiment));
    bool ok = run_started(campaign, error);
    if (campaign->cluster)
        cluster_stop(campaign->cluster);
    campaign->cluster = NULL;
    return end_campaign(campaign, ok, error);
}

static void release(struct campaign *campaign)
{
    campaign_plan_release(&campaign->plan);
    redactor_release(&campaign->redactor);
    json_decref(campaign->notes);
    json_decref(campaign->client_versions);
    store_close(campaign->store);
    free(campaign->selected);
    free(campaign->last_cause);
    free(campaign->work_folder);
    free(campaign->folder);
}

bool campaign_run(const struct experiment *experiment, const struct driver_list *drivers,
                  const struct campaign_options *options, struct error *error)
{
    struct campaign campaign = {
        .experiment = experiment,
        .options = options,
        .drivers = drivers,
        .selected = memory_zeroed(experiment->pair_count, sizeof(bool)),
        .notes = json_object(),
        .client_versions = json_object(),
        .fastest_mhz = (double)NAN,
    };
    int lock = -1;
    progress_init(&campaign.progress, options->verbosity);
    bool ok = preflight_check_workloads(experiment, error) &&
              plan_select(experiment, options->only ? options->only : "*/*", campaign.selected, error) &&
              campaign_find_folder(&campaign, error);
    if (ok) {
        char *path = string_format("%s/kbench.lock", campaign.folder);
        ok = lock_take(path, &lock, error);
        free(path);
    }
    if (ok) { /* what a campaign that was killed has left */
        ok = file_remove_tree(campaign.work_folder, error) && (campaign.store = store_open(options->database, error)) &&
             run_locked(&campaign, error);
        file_remove_tree(campaign.work_folder, NULL);
    }
    release(&campaign);
    if (lock >= 0)
        close(lock);
    return ok;
}
