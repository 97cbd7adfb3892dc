/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/trial.h"

#include "base/clock.h"
#include "runner/execution.h"
#include "runner/runner.h"
#include "runner/trial_row.h"
#include "runner/trial_verify.h"

#include "base/banned.h"

/* Start, load, stop; the row gets what the drivers said whether or not it went well. */
static bool execute(const struct trial_request *request, struct trial *trial, struct error *error)
{
    struct execution execution;
    bool ok = execution_start(&execution, request, error) && execution_load(&execution, error) &&
              execution_stop(&execution, error);
    execution_end(&execution);
    trial_row_take_drivers(trial, &execution);
    ok = ok && trial_row_take_figures(trial, &execution, error);
    execution_release(&execution);
    return ok;
}

/* What the planned faults have done is over before anything is counted, and before the next trial. */
static bool recover(const struct trial_request *request, struct trial *trial, struct error *error)
{
    const struct experiment_case *c = request->c;
    if (c->fault_count == 0 || request->until)
        return true;
    if (cluster_revive(request->cluster, error) &&
        cluster_await_topic(request->cluster, request->topic, c->partitions, c->replication_factor, error))
        return true;
    trial->cluster_failed = true;
    return error_prefix(error, "after the planned faults");
}

static bool inspect(const struct trial_request *request, const struct trial *trial, struct error *error)
{
    const struct trial_inspector *inspector = request->inspector;
    return !inspector || request->until || inspector->inspect(inspector->context, request, &trial->row, error);
}

static void leave_topic(const struct trial_request *request)
{
    struct error error = ERROR_INIT;
    if (request->keep_topic)
        cluster_keep_topic(request->cluster, request->topic);
    else if (!cluster_delete_topic(request->cluster, request->topic, &error))
        progress_detail(request->progress, "%s", error.message);
}

bool trial_run(const struct trial_request *request, struct trial *trial, struct error *error)
{
    const struct experiment_case *c = request->c;
    trial_row_begin(trial, request);
    bool ok = cluster_create_topic(request->cluster, request->topic, c->partitions, c->replication_factor,
                                   &c->topic_config, error);
    if (!ok)
        trial->cluster_failed = true;
    bool created = ok;
    ok = ok && execute(request, trial, error);
    /* Also after a failure, whose cause stays the first one. */
    if (created && error->category != ERROR_INTERRUPTED)
        ok = recover(request, trial, ok ? error : NULL) && ok;
    ok = ok && trial_verify(request, trial, error) && inspect(request, trial, error);
    /* What clients say of a topic that is gone is a consequence, if they say anything. */
    if (!ok && created && error->category == ERROR_UNAVAILABLE &&
        cluster_has_lost_topic(request->cluster, request->topic))
        error_prefix(error, "the trial's topic was deleted meanwhile, not by kbench");
    if (ok)
        trial->row.status = "ok";
    else
        trial_row_fail(trial, request, error->category == ERROR_INTERRUPTED ? "interrupted" : "failed", error->message);
    if (created)
        leave_topic(request);
    /* All that is neither warm-up nor window. */
    double whole_s = (double)(clock_monotonic_ns() - trial->begun_ns) / NS_PER_S;
    if (ok)
        trial->row.teardown_s = whole_s - trial->row.setup_s - trial->row.warmup_s - trial->row.duration_s;
    return ok;
}

void trial_release(struct trial *trial)
{
    string_list_release(&trial->strings);
    free(trial->settings);
    free(trial->intervals);
    free(trial->events);
    free(trial->latency_payload);
    free(trial->sent);
    *trial = (struct trial){0};
}
