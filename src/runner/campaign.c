/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/runner.h"

#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "base/build_info.h"
#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "environment/environment.h"
#include "experiment/plan.h"
#include "runner/campaign.h"
#include "runner/lock.h"
#include "runner/preflight.h"

#include "base/banned.h"

#define GIT_TIMEOUT_MS 10000
#define GIT_OUTPUT_BYTES 65536

/* ---- before anything starts ---- */

/* The folder of the database, absolute: JVMs and drivers get paths in it. */
static bool find_folder(struct campaign *campaign, struct error *error)
{
    char *folder = string_copy(campaign->options->database);
    char *slash = strrchr(folder, '/');
    if (slash)
        *(slash == folder ? slash + 1 : slash) = '\0';
    bool ok = file_make_folder(slash ? folder : ".", error);
    campaign->folder = ok ? realpath(slash ? folder : ".", NULL) : NULL;
    free(folder);
    if (!ok)
        return false;
    campaign->work_folder = string_format("%s/work", campaign->folder);
    return true;
}

/* The commit of the working copy that the definition lies in, and whether it differs from it; "" and -1 when not in git. */
static void ask_git(const struct experiment *experiment, char **commit, int *dirty)
{
    char *folder = string_copy(experiment->file);
    char *slash = strrchr(folder, '/');
    if (slash)
        *slash = '\0';
    const char *where = slash ? folder : ".";
    const char *const revision[] = {"git", "-C", where, "rev-parse", "HEAD", NULL};
    const char *const changes[] = {"git", "-C", where, "status", "--porcelain", "--untracked-files=no", NULL};
    struct process_spec spec = {.arguments = revision};
    struct text output = TEXT_INIT;
    struct process_result result;
    *dirty = -1;
    if (process_run(&spec, GIT_TIMEOUT_MS, GIT_OUTPUT_BYTES, &output, NULL, &result, NULL) && result.status == 0)
        output.bytes[strcspn(output.bytes, "\n")] = '\0';
    else
        text_clear(&output);
    *commit = string_copy(output.bytes);
    text_clear(&output);
    spec.arguments = changes;
    if ((*commit)[0] && process_run(&spec, GIT_TIMEOUT_MS, GIT_OUTPUT_BYTES, &output, NULL, &result, NULL) &&
        result.status == 0)
        *dirty = output.length > 0;
    text_release(&output);
    free(folder);
}

static bool register_experiment(struct campaign *campaign, struct error *error)
{
    char *commit;
    int dirty;
    ask_git(campaign->experiment, &commit, &dirty);
    enum store_register answer =
        store_register_experiment(campaign->store, campaign->experiment, campaign->options->amend, commit, dirty,
                                  &campaign->experiment_id, error);
    free(commit);
    return answer == STORE_REGISTERED || answer == STORE_KNOWN;
}

static bool begin_campaign(struct campaign *campaign, struct error *error)
{
    char *data_folder = string_format("%s/data", campaign->work_folder);
    json_t *environment = environment_describe(data_folder, campaign->folder);
    json_object_set(environment, "clients", campaign->client_versions);
    char *command_line = redactor_apply(&campaign->redactor, campaign->options->command_line);
    struct store_campaign row = {
        .experiment_id = campaign->experiment_id,
        .command_line = command_line,
        .seed = campaign->experiment->design.seed,
        .kbench_version = build_version,
        .pid = (int)getpid(),
    };
    bool ok = store_put_environment(campaign->store, environment, &row.environment_id, error) &&
              store_begin_campaign(campaign->store, &row, error);
    campaign->id = row.id;
    json_decref(environment);
    free(command_line);
    free(data_folder);
    return ok;
}

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

static bool run_started(struct campaign *campaign, struct error *error)
{
    if (!start_cluster(campaign, error) || !campaign_warm_up(campaign, error))
        return false;
    for (size_t i = 0; i < campaign->step_count; i++) {
        if (interrupt_count() > 0)
            return error_set(error, ERROR_INTERRUPTED, "interrupted");
        if (!campaign_run_step(campaign, &campaign->steps[i], error))
            return false;
    }
    if (campaign->failed_for_good > 0)
        return error_set(error, ERROR_ANSWER_NO, "%d of %zu trials failed for good; the last cause: %s",
                         campaign->failed_for_good, campaign->step_count, campaign->last_cause);
    return true;
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
    if (store_end_campaign(campaign->store, campaign->id, how, campaign->cluster_s, campaign->warmup_s,
                           campaign->measured_s, total_s, campaign->notes, &of_end)) {
        progress_say(&campaign->progress, "%s: %d trials in %.0f s, %.0f %% of the time in warm-up and windows", how,
                     campaign->trials_ok, total_s, 100 * (campaign->warmup_s + campaign->measured_s) / total_s);
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
    if (!register_experiment(campaign, error) || !campaign_plan(campaign, error))
        return false;
    if (campaign->step_count == 0 || campaign->options->dry_run)
        return true;
    preflight.plan = &campaign->plan;
    if (!preflight_check(&preflight, campaign->client_versions, error) || !begin_campaign(campaign, error))
        return false;
    campaign->begun_ns = clock_monotonic_ns();
    progress_init(&campaign->progress, campaign->options->verbosity, (int)campaign->step_count,
                  campaign->plan.expected_s);
    bool ok = run_started(campaign, error);
    if (campaign->cluster)
        cluster_stop(campaign->cluster);
    campaign->cluster = NULL;
    return end_campaign(campaign, ok, error);
}

static void release(struct campaign *campaign)
{
    plan_release(&campaign->plan);
    redactor_release(&campaign->redactor);
    json_decref(campaign->notes);
    json_decref(campaign->client_versions);
    store_close(campaign->store);
    free(campaign->steps);
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
    };
    int lock = -1;
    progress_init(&campaign.progress, options->verbosity, 0, 0);
    bool ok = preflight_check_workloads(experiment, error) &&
              plan_select(experiment, options->only ? options->only : "*/*", campaign.selected, error) &&
              find_folder(&campaign, error);
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
