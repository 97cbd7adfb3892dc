/* SPDX-License-Identifier: Apache-2.0 */
#include "verify/conformance.h"

#include "base/file.h"
#include "verify/conformance_points.h"

#include "base/banned.h"

const char *conformance_verdict_name(enum conformance_verdict verdict)
{
    static const char *const names[] = {"pass", "fail", "not applicable"};
    return names[verdict];
}

static void add_result(struct conformance *conformance, const struct conformance_point *point,
                       enum conformance_verdict verdict, const char *detail)
{
    conformance->results = memory_resized(conformance->results, conformance->count + 1, sizeof *conformance->results);
    conformance->results[conformance->count++] =
        (struct conformance_result){point->name, point->truth, verdict, string_copy(detail)};
    conformance->passed = conformance->passed && verdict != CONFORMANCE_FAIL;
}

/* A play that did not come to its end says nothing but that: the points behind it fail with its cause. */
static void judge(const struct conformance_point *point, const struct play *play, const struct driver *driver,
                  struct conformance *conformance)
{
    struct text wrong = TEXT_INIT, seen = TEXT_INIT;
    bool applies = point->for_tools || !driver->is_tool;
    if (!applies)
        text_append(&seen, "a tool gives its own figures, no samples");
    else if (!play->has_ended)
        text_append(&wrong, play->error.message);
    else
        applies = point->judge(play, driver, &wrong, &seen);
    add_result(conformance, point,
               !applies       ? CONFORMANCE_NOT_APPLICABLE
               : wrong.length ? CONFORMANCE_FAIL
                              : CONFORMANCE_PASS,
               wrong.length ? wrong.bytes : seen.bytes);
    text_release(&wrong);
    text_release(&seen);
}

static bool is_wanted(enum conformance_play play, const struct driver *driver)
{
    for (const struct conformance_point *point = conformance_points; point->name; point++)
        if (point->play == play && (point->for_tools || !driver->is_tool))
            return true;
    return false;
}

static bool run_plays(const struct play_ground *ground, struct conformance *conformance, struct error *error)
{
    for (enum conformance_play i = 0; i < PLAY_COUNT; i++) {
        struct play play;
        if (!is_wanted(i, ground->driver))
            continue;
        bool ok = play_run(ground, &conformance_plays[i], &play, error);
        for (const struct conformance_point *point = conformance_points; ok && point->name; point++)
            if (point->play == i)
                judge(point, &play, ground->driver, conformance);
        play_release(&play);
        if (!ok)
            return false;
    }
    return true;
}

static bool run_on_cluster(struct play_ground *ground, struct conformance *conformance, struct error *error)
{
    struct experiment *experiment = play_experiment(ground->driver, "workload: produce", error);
    struct redactor redactor = {0};
    char *data_folder = string_format("%s/data", ground->folder),
         *log_folder = string_format("%s/logs", ground->folder);
    const struct cluster_options options = {.data_folder = data_folder,
                                            .log_folder = log_folder,
                                            .redactor = &redactor};
    ground->cluster = experiment ? cluster_start(&experiment->cluster, &options, error) : NULL;
    bool ok = ground->cluster && run_plays(ground, conformance, error);
    if (ground->cluster)
        cluster_stop(ground->cluster);
    redactor_release(&redactor);
    experiment_free(experiment);
    free(data_folder);
    free(log_folder);
    return ok;
}

static void unknown_driver(const struct driver_list *drivers, const char *name, struct error *error)
{
    struct string_list names = {0};
    for (size_t i = 0; i < drivers->count; i++)
        string_list_push(&names, drivers->items[i].name);
    error_set(error, ERROR_INPUT, "there is no driver '%s'", name);
    error_suggest_from(error, name, &names);
    string_list_release(&names);
}

static const struct driver *find_driver(const struct driver_list *drivers, const char *name, struct error *error)
{
    const struct driver *driver = driver_list_find(drivers, name);
    struct text missing = TEXT_INIT;
    if (!driver)
        unknown_driver(drivers, name, error);
    else if (!driver_is_available(driver, &missing)) {
        error_set(error, ERROR_UNAVAILABLE, "driver '%s' is not set up: %s", name, missing.bytes);
        driver = NULL;
    }
    text_release(&missing);
    return driver;
}

bool conformance_run(const struct driver_list *drivers, const char *name, const char *work_folder,
                     struct conformance *conformance, struct error *error)
{
    *conformance = (struct conformance){.passed = true};
    struct play_ground ground = {.drivers = drivers, .folder = work_folder};
    ground.driver = find_driver(drivers, name, error);
    if (!ground.driver)
        return false;
    bool ok = file_make_folder(work_folder, error) && run_on_cluster(&ground, conformance, error);
    file_remove_tree(work_folder, NULL);
    return ok;
}

void conformance_release(struct conformance *conformance)
{
    for (size_t i = 0; i < conformance->count; i++)
        free(conformance->results[i].detail);
    free(conformance->results);
    *conformance = (struct conformance){0};
}
