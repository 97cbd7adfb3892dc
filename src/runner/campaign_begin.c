/* SPDX-License-Identifier: Apache-2.0 */
/* What a campaign does before anything starts: the experiment and itself in the database, and what is left to run. */
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "base/build_info.h"
#include "base/file.h"
#include "base/process.h"
#include "environment/environment.h"
#include "runner/campaign.h"

#include "base/banned.h"

#define GIT_TIMEOUT_MS 10000
#define GIT_OUTPUT_BYTES 65536

bool campaign_find_folder(struct campaign *campaign, struct error *error)
{
    campaign->folder = file_make_folder_of(campaign->options->database, error);
    if (!campaign->folder)
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

bool campaign_register(struct campaign *campaign, struct error *error)
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

bool campaign_begin(struct campaign *campaign, struct error *error)
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

/* ---- the plan ---- */

static void say_plan(struct campaign *campaign, const struct campaign_left *left)
{
    size_t there = 0;
    for (size_t i = 0; i < campaign->plan.plan.count; i++)
        there += campaign->plan.steps[i].over;
    double start_s = left->most > 0 ? plan_start_s(campaign->experiment) : 0;
    struct text trials = TEXT_INIT, minutes = TEXT_INIT;
    if (left->most > left->least) {
        text_append_format(&trials, "%zu to ", left->least);
        text_append_format(&minutes, "%.0f to ", ceil((start_s + left->least_s) / 60));
    }
    text_append_format(&trials, "%zu", left->most);
    text_append_format(&minutes, "%.0f", ceil((start_s + left->most_s) / 60));
    progress_say(&campaign->progress, "%s: %s trials to run, %zu there already, about %s minutes",
                 campaign->experiment->version, trials.bytes, there, minutes.bytes);
    text_release(&trials);
    text_release(&minutes);
}

/* --dry-run: what is decided, and how much can follow. */
static void print_steps(const struct campaign_plan *plan, const struct campaign_left *left)
{
    for (size_t i = 0; i < plan->plan.count; i++) {
        const struct campaign_step *step = &plan->steps[i];
        if (step->block <= plan->pairs.block && campaign_plan_is_left(plan, step))
            printf("block %d  %s/%s\n", step->block, step->c->name, step->run->name);
    }
    if (left->most > left->least)
        printf("and up to %zu more, as the precision asks for\n", left->most - left->least);
}

bool campaign_make_plan(struct campaign *campaign, bool *any_left, struct error *error)
{
    struct campaign_plan *plan = &campaign->plan;
    struct campaign_step *first;
    struct campaign_left left;
    if (!campaign_plan_load(plan, campaign->store, campaign->experiment, campaign->experiment_id,
                            campaign->options->trials, campaign->selected, error) ||
        !campaign_plan_next(plan, &first, error))
        return false;
    if (plan->plan.count == 0)
        return error_set(error, ERROR_UNAVAILABLE,
                         "no pair is left to run: none of the clients is set up on this machine");
    campaign_plan_left(plan, CAMPAIGN_ALL_PAIRS, &left);
    say_plan(campaign, &left);
    if (campaign->options->dry_run)
        print_steps(plan, &left);
    *any_left = first != NULL;
    return true;
}
