/* SPDX-License-Identifier: Apache-2.0 */
/* One block of a pair: its trials until there is one that counts, each stored. */
#include <inttypes.h>
#include <math.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "environment/sampler.h"
#include "runner/campaign.h"
#include "runner/disturbance.h"

#include "base/banned.h"

/* The kernel's own disk writes of one trial shall not be the next one's: they are waited for, within bounds. */
#define DIRTY_BOUND_BYTES (INT64_C(256) << 20)
#define DIRTY_WAIT_NS (5 * NS_PER_S)
#define DIRTY_POLL_MS 100

static void settle_disk(const struct campaign *campaign)
{
    if (campaign->experiment->cluster.kind == CLUSTER_MOCK) /* which writes nothing */
        return;
    int64_t deadline_ns = clock_monotonic_ns() + DIRTY_WAIT_NS;
    while (environment_dirty_bytes() > DIRTY_BOUND_BYTES && clock_monotonic_ns() < deadline_ns &&
           interrupt_count() == 0)
        clock_sleep_ms(DIRTY_POLL_MS);
}

bool campaign_prepare(struct campaign *campaign, const struct campaign_step *step, struct payload *payload,
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
        .inspector = campaign->options->inspector,
    };
    return file_make_folder(campaign->work_folder, error) &&
           payload_make(campaign->experiment, step->c, campaign->work_folder, payload, error);
}

/* Unique also on a cluster that several machines use. Cases go by their number: a sweep's name is none for a topic. */
char *campaign_topic_name(const struct campaign *campaign, const struct trial_request *request)
{
    return string_format("kbench-%s-%llx-%" PRId64 "-case-%td-%s-%d-%d", campaign->experiment->version,
                         (unsigned long long)campaign->begun_ns, campaign->id,
                         request->c - campaign->experiment->cases + 1, request->run->name, request->block,
                         request->attempt);
}

static void say_result(struct campaign *campaign, const struct trial *trial)
{
    const struct store_trial *row = &trial->row;
    struct text line = TEXT_INIT;
    progress_append_place(&campaign->progress, &line);
    text_append_format(&line, " block %d %s/%s: ", row->block, row->case_name, row->run_name);
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

/* What the attempt has come to. */
enum outcome { OUTCOME_FAILED, OUTCOME_DISTURBED, OUTCOME_OK };

/* Mark a whole trial that broke a rule; `broken` lives as long as the row. */
static enum outcome judge(struct campaign *campaign, const struct trial_request *request, struct trial *trial,
                          struct store_disturbance *broken)
{
    struct store_trial *row = &trial->row;
    /* The one that is judged may be the fastest itself; fmax() takes the one that is known. */
    campaign->fastest_mhz = fmax(campaign->fastest_mhz, row->frequency_mhz);
    const struct disturbance_machine machine = {.cores = (int)sysconf(_SC_NPROCESSORS_ONLN),
                                                .fastest_mhz = campaign->fastest_mhz};
    size_t count = disturbance_judge(&campaign->experiment->design.disturbance, request->c, row, &machine, broken);
    if (count == 0)
        return OUTCOME_OK;
    char *cause = disturbance_describe(broken, count);
    string_list_push(&trial->strings, cause);
    free(cause);
    row->cause = trial->strings.items[trial->strings.count - 1];
    row->status = "disturbed";
    row->disturbances = broken;
    row->disturbance_count = count;
    return OUTCOME_DISTURBED;
}

static void count_outcome(struct campaign *campaign, const struct trial *trial, enum outcome outcome)
{
    if (outcome == OUTCOME_FAILED) {
        free(campaign->last_cause);
        campaign->last_cause = string_copy(trial->row.cause);
        return;
    }
    campaign->trials_ok += outcome == OUTCOME_OK;
    campaign->trials_disturbed += outcome == OUTCOME_DISTURBED;
    campaign->warmup_s += trial->row.warmup_s;
    campaign->measured_s += trial->row.duration_s;
}

/* One attempt. False when it could not even be stored, or was interrupted. */
static bool attempt(struct campaign *campaign, struct trial_request *request, enum outcome *outcome,
                    struct error *error)
{
    struct trial trial;
    struct store_disturbance broken[DISTURBANCE_RULES];
    struct error of_trial = ERROR_INIT;
    char *topic = campaign_topic_name(campaign, request);
    request->topic = topic;
    settle_disk(campaign);
    bool whole = trial_run(request, &trial, &of_trial);
    *outcome = whole ? judge(campaign, request, &trial, broken) : OUTCOME_FAILED;
    int64_t trial_id;
    bool ok = store_put_trial(campaign->store, &trial.row, &trial_id, error);
    if (ok) {
        say_result(campaign, &trial);
        count_outcome(campaign, &trial, *outcome);
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

bool campaign_run_step(struct campaign *campaign, struct campaign_step *step, struct error *error)
{
    const struct experiment_design *design = &campaign->experiment->design;
    struct payload payload;
    struct trial_request request;
    enum outcome outcome = OUTCOME_FAILED;
    int failed = 0, disturbed = step->disturbed;
    bool ok = campaign_prepare(campaign, step, &payload, &request, error);
    while (ok && outcome != OUTCOME_OK && failed <= design->retries && disturbed <= design->disturbance.repeats) {
        request.attempt = ++step->attempts;
        ok = attempt(campaign, &request, &outcome, error);
        failed += outcome == OUTCOME_FAILED;
        disturbed += outcome == OUTCOME_DISTURBED;
    }
    if (ok && failed > design->retries)
        campaign->failed_for_good++;
    if (ok && outcome == OUTCOME_DISTURBED)
        progress_say(&campaign->progress,
                     "block %d of %s/%s was disturbed in all %d trials and is left without a result", step->block,
                     step->c->name, step->run->name, disturbed);
    step->over = true;
    payload_release(&payload);
    return ok;
}
