/* SPDX-License-Identifier: Apache-2.0 */
/* kbench init: a commented definition to begin with, which passes `kbench check` and names the clients of this machine. */
#include "base/file.h"
#include "base/text.h"
#include "commands/command.h"
#include "driver/driver.h"

#include "base/banned.h"

#define TEMPLATE_LIMIT_BYTES ((size_t)64 * 1024)

enum { OPTION_OUT };

static const struct option options[] = {
    {OPTION_STRING, "out", "DIR", "the folder to write it to (default: experiments/ where there is one, else here)"},
    {OPTION_END, NULL, NULL, NULL},
};

static bool is_client(const struct driver *driver)
{
    return !driver->is_test && !driver->is_tool;
}

static void append_run(struct text *text, const struct driver *driver)
{
    struct text missing = TEXT_INIT;
    bool here = driver_is_available(driver, &missing);
    text_append_format(text, "  %s- {name: %s, title: \"%s\", driver: %s}%s\n", here ? "" : "# ", driver->name,
                       driver->title, driver->name, here ? "" : " # not on this machine: `kbench doctor` tells why");
    text_release(&missing);
}

/* The client that others are compared with: the first that is here, Java's before others. NULL: there is none. */
static const struct driver *find_baseline(const struct driver_list *drivers)
{
    const struct driver *first = driver_list_find(drivers, "java");
    if (first && driver_is_available(first, NULL))
        return first;
    for (size_t i = 0; i < drivers->count; i++)
        if (is_client(&drivers->items[i]) && driver_is_available(&drivers->items[i], NULL))
            return &drivers->items[i];
    return NULL;
}

/* Where the JSON Schema is, seen from the definition's folder: an editor asks for it there. */
static char *schema_path(const char *folder)
{
    char *beside = string_format("%s/../schema/experiment.schema.json", folder);
    char *path = file_exists(beside) ? string_copy("../schema/experiment.schema.json")
                                     : string_format("%s/schema/experiment.schema.json", file_home());
    free(beside);
    return path;
}

struct replacement {
    const char *name, *text;
};

static void replace_all(const char *template, const struct replacement *replacements, size_t count, struct text *text)
{
    while (*template) {
        size_t i = 0;
        while (i < count && !string_starts_with(template, replacements[i].name))
            i++;
        if (i < count) {
            text_append(text, replacements[i].text);
            template += strlen(replacements[i].name);
        } else
            text_append_char(text, *template ++);
    }
}

static bool fill_in(const char *name, const char *folder, const struct driver_list *drivers, struct text *text,
                    struct error *error)
{
    struct text template = TEXT_INIT, runs = TEXT_INIT;
    char *path = string_format("%s/schema/definition-template.yaml", file_home());
    char *schema = schema_path(folder);
    const struct driver *baseline = find_baseline(drivers);
    const struct driver *java =
        driver_list_find(drivers, "java"); /* its clients come with the brokers of their version */
    for (size_t i = 0; i < drivers->count; i++)
        if (is_client(&drivers->items[i]))
            append_run(&runs, &drivers->items[i]);
    bool ok = baseline || error_set(error, ERROR_UNAVAILABLE,
                                    "no client is ready on this machine; 'kbench doctor' tells "
                                    "what is missing");
    ok = ok && file_read(path, TEMPLATE_LIMIT_BYTES, &template, error);
    if (ok) {
        const struct replacement replacements[] = {{"@NAME@", name},
                                                   {"@SCHEMA@", schema},
                                                   {"@RUNS@", runs.bytes},
                                                   {"@BASELINE@", baseline->name},
                                                   {"@KAFKA@",
                                                    java && java->default_version ? java->default_version : "4.3.1"}};
        replace_all(template.bytes, replacements, sizeof replacements / sizeof *replacements, text);
    }
    free(schema);
    free(path);
    text_release(&runs);
    text_release(&template);
    return ok;
}

/* What cannot be a version's name is found here, before anything is written. */
static bool passes_check(const char *name, const char *path, const struct text *text, const struct driver_list *drivers,
                         struct error *error)
{
    struct error_list errors = {0};
    struct experiment *experiment = experiment_parse(path, text->bytes, text->length, &errors);
    if (experiment)
        driver_check_experiment(drivers, experiment, &errors);
    bool ok = errors.count == 0;
    if (!ok)
        error_set(error, ERROR_INPUT, "no definition can be made for '%s': %s", name, errors.items[0].message);
    experiment_free(experiment);
    error_list_release(&errors);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *out = &invocation->values[OPTION_OUT];
    const char *folder = out->given ? out->string : file_exists("experiments") ? "experiments" : ".";
    const char *name = invocation->arguments[0];
    char *path = string_format("%s%s%s.yaml", string_equal(folder, ".") ? "" : folder,
                               string_equal(folder, ".") ? "" : "/", name);
    struct driver_list drivers = {0};
    struct text text = TEXT_INIT;
    bool ok = !string_ends_with(name, ".yaml") ||
              error_set(error, ERROR_INPUT, "'%s' is the name of a file: give the version alone, without .yaml", name);
    ok = ok && (!file_exists(path) ||
                error_set(error, ERROR_INPUT, "'%s' is there already; another name, or remove it", path));
    ok = ok && (file_exists(folder) || error_set(error, ERROR_INPUT, "there is no folder '%s'", folder));
    ok = ok && driver_list_load(&drivers, error) && fill_in(name, folder, &drivers, &text, error) &&
         passes_check(name, path, &text, &drivers, error) && file_write(path, text.bytes, text.length, error);
    if (ok && invocation->verbosity >= 0)
        fprintf(stderr, "kbench: wrote '%s'; next: kbench check %s, kbench plan %s\n", path, path, path);
    driver_list_release(&drivers);
    text_release(&text);
    free(path);
    return ok;
}

const struct command command_init = {
    .name = "init",
    .arguments = "NAME",
    .summary = "a commented definition to begin with, NAME.yaml",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
