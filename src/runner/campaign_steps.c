/* SPDX-License-Identifier: Apache-2.0 */
/* What is left to run, the warm-up, and one trial after the other. */
#include <inttypes.h>
#include <math.h>
#include <time.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "environment/sampler.h"
#include "runner/campaign.h"
#include "runner/warmup.h"

#include "base/banned.h"

/* The kernel's own disk writes of one trial shall not be the next one's: they are waited for, within bounds. */
#define DIRTY_BOUND_BYTES (INT64_C(256) << 20)
#define DIRTY_WAIT_NS (5 * NS_PER_S)
#define DIRTY_POLL_MS 100

bool campaign_plan(struct campaign *campaign, struct error *error)
{
    const struct experiment *experiment = campaign->experiment;
    plan_make(experiment, campaign->options->trials, campaign->selected, &campaign->plan);
    campaign->steps = memory_zeroed(campaign->plan.count, sizeof *campaign->steps);
    for (size_t i = 0; i < campaign->plan.count; i++) {
        const struct plan_step *step = &campaign->plan.steps[i];
        const struct experiment_pair *pair = &experiment->pairs[step->pair];
        struct campaign_step *next = &campaign->steps[campaign->step_count];
        bool done;
        *next = (struct campaign_step){.c = &experiment->cases[pair->case_index],
                                       .run = &experiment->runs[pair->run_index],
                                       .block = step->block};
        if (!store_block_state(campaign->store, campaign->experiment_id, next->c->name, next->run->name, next->block,
                               &next->attempts_before, &done, error))
            return false;
        if (!done)
            campaign->step_count++;
    }
    if (campaign->plan.count == 0)
        return error_set(error, ERROR_UNAVAILABLE,
                         "no pair is left to run: none of the clients is set up on this machine");
    /* The cost of what is left, not of the whole. */
    campaign->plan.expected_s *= (double)campaign->step_count / (double)campaign->plan.count;
    progress_say(&campaign->progress, "%s: %zu trials to run, %zu there already, about %.0f minutes",
                 experiment->version, campaign->step_count, campaign->plan.count - campaign->step_count,
                 ceil(campaign->plan.expected_s / 60));
    for (size_t i = 0; campaign->options->dry_run && i < campaign->step_count; i++)
        printf("block %d  %s/%s\n", campaign->steps[i].block, campaign->steps[i].c->name, campaign->steps[i].run->name);
    return true;
}

static void settle_disk(const struct campaign *campaign)
{
    if (campaign->experiment->cluster.kind == CLUSTER_MOCK) /* which writes nothing */
        return;
    int64_t deadline_ns = clock_monotonic_ns() + DIRTY_WAIT_NS;
    while (environment_dirty_bytes() > DIRTY_BOUND_BYTES && clock_monotonic_ns() < deadline_ns &&
           interrupt_count() == 0)
        clock_sleep_ms(DIRTY_POLL_MS);
}

/* Everything of a request that does not depend on the attempt. The payload is the caller's to release. */
static bool prepare(struct campaign *campaign, const struct campaign_step *step, struct payload *payload,
                    struct trial_request *request, struct error *error)
{
    *payload = (struct payload){0};
    *request = (struct trial_request){
        .experiment = campaign->experiment,
        .c = step->c,
        .run = step->run,
        .driver = driver_list_find(campaign->drivers, step->run->driver),
        .drivers = campaign->drivers,
        .cluster = campaign->cluster,
        .redactor = &campaign->redactor,
        .payload = payload,
        .work_folder = campaign->work_folder,
        .campaign_id = campaign->id,
        .block = step->block,
        .keep_topic = campaign->options->keep_topics,
        .progress = &campaign->progress,
    };
    return file_make_folder(campaign->work_folder, error) &&
           payload_make(campaign->experiment, step->c, campaign->work_folder, payload, error);
}

/* Unique also on a cluster that several machines use. Cases go by their number: a sweep's name is none for a topic. */
static char *topic_name(const struct campaign *campaign, const struct trial_request *request)
{
    return string_format("kbench-%s-%llx-%" PRId64 "-case-%td-%s-%d-%d", campaign->experiment->version,
                         (unsigned long long)campaign->begun_ns, campaign->id,
                         request->c - campaign->experiment->cases + 1, request->run->name, request->block,
                         request->attempt);
}

/* The case that asks most of the brokers (most replicas, then the first), by the baseline where it is one of our drivers. */
static const struct campaign_step *choose_warmup(const struct campaign *campaign)
{
    const struct campaign_step *best = NULL;
    for (size_t i = 0; i < campaign->step_count; i++) {
        const struct campaign_step *step = &campaign->steps[i];
        bool is_baseline = string_equal(step->run->name, campaign->experiment->report.baseline);
        bool best_is_baseline = best && string_equal(best->run->name, campaign->experiment->report.baseline);
        const struct driver *driver = driver_list_find(campaign->drivers, step->run->driver);
        if (driver->is_tool || !step->c->samples)
            continue;
        if (!best || step->c->replication_factor > best->c->replication_factor ||
            (step->c->replication_factor == best->c->replication_factor && is_baseline && !best_is_baseline))
            best = step;
    }
    return best;
}

bool campaign_warm_up(struct campaign *campaign, struct error *error)
{
    const struct campaign_step *step = choose_warmup(campaign);
    if (!step || campaign->experiment->design.warmup_ms == 0 || campaign->experiment->cluster.kind == CLUSTER_MOCK)
        return true;
    struct payload payload;
    struct trial_request request;
    bool ok = prepare(campaign, step, &payload, &request, error);
    if (ok) {
        progress_say(&campaign->progress, "warming the cluster up with %s/%s", step->c->name, step->run->name);
        json_t *notes = json_object();
        request.block = request.attempt = 0;
        char *topic = topic_name(campaign, &request);
        request.topic = topic;
        request.keep_topic = false;
        ok = warmup_run(&request, notes, &campaign->warmup_s, error);
        json_object_set_new(campaign->notes, "warmup", notes);
        free(topic);
    }
    payload_release(&payload);
    return ok;
}

static void say_result(struct campaign *campaign, const struct trial *trial)
{
    const struct store_trial *row = &trial->row;
    struct text line = TEXT_INIT;
    text_append_format(&line, "[%d/%d] block %d %s/%s: ", campaign->progress.done + 1, campaign->progress.total,
                       row->block, row->case_name, row->run_name);
    if (!string_equal(row->status, "ok"))
        text_append_format(&line, "%s, attempt %d: %s", row->status, row->attempt, row->cause);
    else
        text_append_format(&line, "%.0f records/s", row->records_per_sec);
    if (isfinite(row->latency_p99_ms))
        text_append_format(&line, ", p99 %.1f ms", row->latency_p99_ms);
    if (row->records_lost > 0)
        text_append_format(&line, ", %" PRId64 " records lost", row->records_lost);
    if (row->records_duplicated > 0)
        text_append_format(&line, ", %" PRId64 " records duplicated", row->records_duplicated);
    progress_say(&campaign->progress, "%s", line.bytes);
    text_release(&line);
}

/* One attempt. False when it could not even be stored, or was interrupted; `*whole` tells whether it is a result. */
static bool attempt(struct campaign *campaign, struct trial_request *request, bool *whole, struct error *error)
{
    struct trial trial;
    struct error of_trial = ERROR_INIT;
    char *topic = topic_name(campaign, request);
    request->topic = topic;
    settle_disk(campaign);
    *whole = trial_run(request, &trial, &of_trial);
    int64_t trial_id;
    bool ok = store_put_trial(campaign->store, &trial.row, &trial_id, error);
    if (ok)
        say_result(campaign, &trial);
    if (ok && *whole) {
        campaign->trials_ok++;
        campaign->warmup_s += trial.row.warmup_s;
        campaign->measured_s += trial.row.duration_s;
    } else if (!*whole) {
        free(campaign->last_cause);
        campaign->last_cause = string_copy(trial.row.cause);
    }
    if (ok && of_trial.category == ERROR_INTERRUPTED) {
        *error = of_trial;
        ok = false;
    }
    if (ok && trial.cluster_failed) {
        progress_say(&campaign->progress, "starting what has died of the cluster again");
        ok = cluster_revive(campaign->cluster, error);
    }
    trial_release(&trial);
    free(topic);
    return ok;
}

bool campaign_run_step(struct campaign *campaign, const struct campaign_step *step, struct error *error)
{
    struct payload payload;
    struct trial_request request;
    bool ok = prepare(campaign, step, &payload, &request, error), whole = false;
    for (int i = 0; ok && !whole && i <= campaign->experiment->design.retries; i++) {
        request.attempt = step->attempts_before + i + 1;
        ok = attempt(campaign, &request, &whole, error);
    }
    if (ok && !whole)
        campaign->failed_for_good++;
    progress_trial_done(&campaign->progress);
    payload_release(&payload);
    return ok;
}
