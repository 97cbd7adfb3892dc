/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/preflight.h"

#include <inttypes.h>
#include <unistd.h>

#include "base/file.h"
#include "cluster/cluster.h"
#include "environment/sampler.h"
#include "runner/content.h"

#include "base/banned.h"

#define MIB (INT64_C(1) << 20)

bool preflight_check_workloads(const struct experiment *experiment, struct error *error)
{
    for (size_t i = 0; i < experiment->case_count; i++) {
        const struct experiment_case *c = &experiment->cases[i];
        if (c->workload != WORKLOAD_PRODUCE)
            return error_set_at(error, experiment->file, c->position.line, c->position.column,
                                "case '%s': workload '%s' cannot be run yet, only 'produce' can", c->name,
                                workload_name(c->workload));
        if (c->consumers > 0 || c->producers < 1)
            return error_set_at(error, experiment->file, c->position.line, c->position.column,
                                "case '%s': workload 'produce' takes one producer or more and no consumer", c->name);
    }
    return true;
}

static bool run_is_selected(const struct preflight *preflight, size_t run)
{
    for (size_t i = 0; i < preflight->experiment->pair_count; i++)
        if (preflight->selected[i] && (size_t)preflight->experiment->pairs[i].run_index == run)
            return true;
    return false;
}

static const struct driver *driver_of(const struct preflight *preflight, size_t run)
{
    return driver_list_find(preflight->drivers, preflight->experiment->runs[run].driver);
}

void preflight_leave_out(struct preflight *preflight, struct string_list *left_out)
{
    const struct experiment *experiment = preflight->experiment;
    for (size_t run = 0; run < experiment->run_count; run++) {
        struct text missing = TEXT_INIT;
        if (run_is_selected(preflight, run) &&
            !driver_version_is_available(driver_of(preflight, run), experiment->runs[run].version, &missing)) {
            string_list_push_format(left_out, "%s: %s", experiment->runs[run].name, missing.bytes);
            for (size_t i = 0; i < experiment->pair_count; i++)
                if ((size_t)experiment->pairs[i].run_index == run)
                    preflight->selected[i] = false;
        }
        text_release(&missing);
    }
}

/* ---- drivers ---- */

/* One after the other: each starts an interpreter or a JVM, and many at once on few cores would pass the bound of one. */
static void check_drivers(const struct preflight *preflight, json_t *versions, struct string_list *problems)
{
    const struct experiment *experiment = preflight->experiment;
    for (size_t i = 0; i < experiment->run_count; i++) {
        struct error error = ERROR_INIT;
        json_t *answer = NULL;
        if (!run_is_selected(preflight, i))
            continue;
        if (driver_probe(driver_of(preflight, i), &experiment->runs[i], &answer, &error))
            json_object_set_new(versions, experiment->runs[i].name, answer);
        else
            string_list_push_format(problems, "run '%s': %s", experiment->runs[i].name, error.message);
    }
}

/* What a run wrote with `verify: content` must be readable by another library. */
static void check_readers(const struct preflight *preflight, struct string_list *problems)
{
    const struct experiment *experiment = preflight->experiment;
    for (size_t i = 0; i < experiment->pair_count; i++) {
        const struct experiment_case *c = &experiment->cases[experiment->pairs[i].case_index];
        const struct driver *writer = driver_of(preflight, (size_t)experiment->pairs[i].run_index);
        if (preflight->selected[i] && c->verify == VERIFY_CONTENT &&
            !content_choose_reader(preflight->drivers, writer, experiment->cluster.kind))
            string_list_push_format(
                problems,
                "case '%s': 'verify: content' needs a reader of another library than that of driver "
                "'%s', and none is set up here for a %s cluster",
                c->name, writer->name, cluster_kind_name(experiment->cluster.kind));
    }
}

/* ---- the machine ---- */

static void check_machine(const struct preflight *preflight, struct string_list *problems)
{
    const struct plan *plan = preflight->plan;
    int64_t disk = file_free_bytes(preflight->folder), memory = environment_available_memory_bytes();
    bool is_local = preflight->experiment->cluster.kind == CLUSTER_LOCAL;
    if (is_local && disk >= 0 && disk < plan->disk_bytes)
        string_list_push_format(problems,
                                "the disk of '%s' has %" PRId64 " MiB free, the plan can need %" PRId64 " MiB",
                                preflight->folder, disk / MIB, plan->disk_bytes / MIB);
    if (memory >= 0 && memory < plan->memory_bytes)
        string_list_push_format(problems,
                                "the machine has %" PRId64 " MiB of memory to give, the plan needs %" PRId64 " MiB",
                                memory / MIB, plan->memory_bytes / MIB);
    char *output = string_format("%s/%s", preflight->folder, preflight->experiment->version);
    if (access(file_exists(output) ? output : preflight->folder, W_OK) != 0)
        string_list_push_format(problems, "the folder for the report, '%s', cannot be written", output);
    free(output);
}

bool preflight_check(const struct preflight *preflight, json_t *versions, struct error *error)
{
    struct string_list problems = {0};
    cluster_preflight(&preflight->experiment->cluster, &problems);
    check_machine(preflight, &problems);
    check_drivers(preflight, versions, &problems);
    check_readers(preflight, &problems);
    struct text list = TEXT_INIT;
    for (size_t i = 0; i < problems.count; i++)
        text_append_format(&list, "\n  - %s", problems.items[i]);
    bool ok = problems.count == 0;
    if (!ok)
        error_set(error, ERROR_UNAVAILABLE, "nothing was started, since something is missing:%s", list.bytes);
    text_release(&list);
    string_list_release(&problems);
    return ok;
}
