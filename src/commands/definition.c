/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/definition.h"

#include "base/file.h"

#include "base/banned.h"

static void print_errors(const struct error_list *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        char line[sizeof errors->items[i].message + sizeof errors->items[i].file + 64];
        fprintf(stderr, "%s\n", error_text(&errors->items[i], line, sizeof line));
    }
}

static struct experiment *load(const char *path, const char *shown, const struct driver_list *drivers,
                               struct error *error)
{
    struct text content = TEXT_INIT;
    struct error_list errors = {0};
    struct experiment *experiment = NULL;
    if (!file_read(path, EXPERIMENT_LENGTH_MAX, &content, error))
        goto done;
    experiment = experiment_parse(shown, content.bytes, content.length, &errors);
    if (experiment && drivers)
        driver_check_experiment(drivers, experiment, &errors);
    if (errors.count) {
        error_list_sort(&errors);
        print_errors(&errors);
        error_set(error, ERROR_INPUT, "'%s' has %zu error%s", shown, errors.count, errors.count == 1 ? "" : "s");
        experiment_free(experiment);
        experiment = NULL;
    }
done:
    error_list_release(&errors);
    text_release(&content);
    return experiment;
}

struct experiment *definition_load(const char *path, const struct driver_list *drivers, struct error *error)
{
    return load(path, path, drivers, error);
}

bool definition_run(const char *path, const char *shown, const struct campaign_options *campaign, struct error *error)
{
    struct driver_list drivers;
    if (!driver_list_load(&drivers, error))
        return false;
    struct experiment *experiment = load(path, shown, &drivers, error);
    bool ok = experiment && campaign_run(experiment, &drivers, campaign, error);
    experiment_free(experiment);
    driver_list_release(&drivers);
    return ok;
}
