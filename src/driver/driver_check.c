/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/driver.h"
#include "driver/driver_translate.h"
#include "experiment/jaas.h"
#include "experiment/problems.h"

#include "base/banned.h"

struct check {
    const struct driver_list *list;
    const struct experiment *experiment;
    struct property_list client; /* of the cluster, under the names that drivers get them by */
    struct problems *problems;
};

static char *join(const struct string_list *list)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < list->count; i++)
        text_append_format(&text, "%s%s", i ? ", " : "", list->items[i]);
    return text_detach(&text);
}

static void refuse_unknown_driver(const struct check *check, const struct experiment_run *run)
{
    const char **names = memory_zeroed(check->list->count + 1, sizeof *names);
    for (size_t i = 0; i < check->list->count; i++)
        names[i] = check->list->items[i].name;
    char *suggestion = problems_suggestion(run->driver, names, check->list->count);
    problems_add(check->problems, run->driver_position, "there is no driver '%s'%s; 'kbench drivers' lists them",
                 run->driver, suggestion);
    free(suggestion);
    free(names);
}

static void check_run(const struct check *check, const struct experiment_run *run, const struct driver *driver)
{
    const char *kind = cluster_kind_name(check->experiment->cluster.kind);
    if (!string_list_contains(&driver->clusters, kind)) {
        char *kinds = join(&driver->clusters);
        problems_add(check->problems, run->driver_position,
                     "run '%s': driver '%s' cannot use a cluster of kind '%s', only: %s", run->name, driver->name, kind,
                     kinds);
        free(kinds);
    }
    if (run->jvm.count && !string_list_contains(&driver->command, "{jvm}"))
        problems_add(check->problems, run->driver_position, "run '%s': driver '%s' has no JVM that 'jvm' could be for",
                     run->name, driver->name);
    const struct translation translation = {.driver = driver, .run = run, .file = check->experiment->file};
    for (size_t i = 0; i < run->config.count; i++) {
        struct error error = ERROR_INIT;
        json_t *value;
        if (!translate_native(&translation, &run->config.items[i], &value, &error))
            problems_add(check->problems, run->config.items[i].position, "%s", error.message);
        json_decref(value);
    }
}

static void check_properties(const struct check *check, const struct translation *translation,
                             const struct property_list *properties)
{
    for (size_t i = 0; i < properties->count; i++) {
        struct error error = ERROR_INIT;
        const char *native;
        json_t *value;
        /* What the environment holds is looked at when the trial starts. */
        bool later = strstr(properties->items[i].value, "${env:") != NULL;
        bool ok = translate_canonical(translation, &properties->items[i], &native, &value, &error);
        if (!ok && !(later && native))
            problems_add(check->problems, properties->items[i].position, "%s", error.message);
        json_decref(value);
    }
}

static void add_client_property(struct property_list *list, const char *name, const struct property *from)
{
    property_list_set(list, name, from->value);
    list->items[list->count - 1].position = from->position;
}

/* The cluster hands out a login as user name and password, whatever form the definition has it in. */
static void add_client_properties(struct property_list *list, const struct property_list *given)
{
    for (size_t i = 0; i < given->count; i++) {
        bool is_login = string_equal(given->items[i].name, SASL_JAAS_CONFIG);
        add_client_property(list, is_login ? SASL_USERNAME : given->items[i].name, &given->items[i]);
        if (is_login)
            add_client_property(list, SASL_PASSWORD, &given->items[i]);
    }
}

static bool is_built(const struct check *check, const char *workload)
{
    for (size_t i = 0; i < check->list->count; i++)
        if (string_list_contains(&check->list->items[i].workloads, workload))
            return true;
    return false;
}

/* A tool measures a number of records by itself; it knows no window, and makes its records as it pleases. */
static void check_tool(const struct check *check, const struct experiment_case *c, const struct driver *driver)
{
    const struct {
        bool is_broken;
        const char *which;
    } rules[] = {
        {c->records == 0 || c->producers != 1, "needs 'measure: {records: …}' and one producer"},
        {c->record_key != KEY_NONE, "makes records without keys, expected 'record: {key: none}'"},
        {c->arrivals != ARRIVALS_CONSTANT, "has a schedule of its own, expected 'arrivals: constant'"},
        {c->verify != VERIFY_COUNT, "does not number its records, expected 'verify: count'"},
    };
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (rules[i].is_broken)
            problems_add(check->problems, c->position, "case '%s': driver '%s' is a tool, which %s", c->name,
                         driver->name, rules[i].which);
}

static void check_pair(const struct check *check, const struct experiment_case *c, const struct experiment_run *run,
                       const struct driver *driver)
{
    const struct translation translation = {.driver = driver, .run = run, .file = check->experiment->file};
    const char *workload = workload_name(c->workload);
    if (!string_list_contains(&driver->workloads, workload)) {
        if (is_built(check, workload))
            problems_add(check->problems, run->driver_position,
                         "run '%s': driver '%s' cannot do the workload '%s' of case '%s'", run->name, driver->name,
                         workload, c->name);
        return;
    }
    if (driver->is_tool)
        check_tool(check, c, driver);
    if (c->verify == VERIFY_CONTENT && !driver->is_delivering)
        problems_add(check->problems, c->position,
                     "case '%s': driver '%s' delivers no records, which 'verify: content' reads back", c->name,
                     driver->name);
    check_properties(check, &translation, &check->client);
    if (c->producers > 0)
        check_properties(check, &translation, translate_role_properties(c, "producer"));
    if (c->consumers > 0)
        check_properties(check, &translation, translate_role_properties(c, "consumer"));
}

void driver_check_experiment(const struct driver_list *list, const struct experiment *experiment,
                             struct error_list *errors)
{
    struct problems problems = {.file = experiment->file, .list = errors};
    struct check check = {.list = list, .experiment = experiment, .problems = &problems};
    add_client_properties(&check.client, &experiment->cluster.client);
    for (size_t i = 0; i < experiment->run_count; i++) {
        const struct driver *driver = driver_list_find(list, experiment->runs[i].driver);
        if (driver)
            check_run(&check, &experiment->runs[i], driver);
        else
            refuse_unknown_driver(&check, &experiment->runs[i]);
    }
    for (size_t i = 0; i < experiment->pair_count; i++) {
        const struct experiment_run *run = &experiment->runs[experiment->pairs[i].run_index];
        const struct driver *driver = driver_list_find(list, run->driver);
        if (driver)
            check_pair(&check, &experiment->cases[experiment->pairs[i].case_index], run, driver);
    }
    property_list_release(&check.client);
    problems_finish(&problems);
}
