/* SPDX-License-Identifier: Apache-2.0 */
#include "verify/trials.h"

#include "base/file.h"

#include "base/banned.h"

/* NULL: a definition of ours that is wrong is a fault of the installation. */
static struct experiment *load(const char *path, const struct driver_list *drivers, struct error *error)
{
    struct text content = TEXT_INIT;
    struct error_list errors = {0};
    struct experiment *experiment = NULL;
    if (file_read(path, EXPERIMENT_LENGTH_MAX, &content, error)) {
        experiment = experiment_parse(path, content.bytes, content.length, &errors);
        if (experiment)
            driver_check_experiment(drivers, experiment, &errors);
        if (errors.count) {
            *error = errors.items[0];
            experiment_free(experiment);
            experiment = NULL;
        }
    }
    error_list_release(&errors);
    text_release(&content);
    return experiment;
}

/* A trial that failed for good is a result as well. */
static bool run_campaign(struct verification *verification, const char *database,
                         const struct trial_inspector *inspector, struct trials *trials, struct error *error)
{
    const struct campaign_options options = {.database = database,
                                             .verbosity = verification->options->verbosity > 0 ? 0 : -1,
                                             .command_line = verification->options->command_line,
                                             .inspector = inspector};
    return campaign_run(trials->experiment, verification->options->drivers, &options, error) ||
           error->category == ERROR_ANSWER_NO;
}

bool trials_run(struct verification *verification, const char *definition, struct trials *trials, struct error *error)
{
    return trials_run_inspected(verification, definition, NULL, trials, error);
}

bool trials_run_inspected(struct verification *verification, const char *definition,
                          const struct trial_inspector *inspector, struct trials *trials, struct error *error)
{
    char *path = string_format("%s/experiments/verify/%s.yaml", file_home(), definition);
    char *database = string_format("%s/%s/kbench.db", verification->work_folder, definition);
    *trials = (struct trials){0};
    bool ok = (trials->experiment = load(path, verification->options->drivers, error)) &&
              run_campaign(verification, database, inspector, trials, error) &&
              (trials->store = store_open_read_only(database, error));
    if (ok) {
        int64_t experiment_id = store_find_experiment(trials->store, trials->experiment->version);
        ok = store_read_results(trials->store, experiment_id, &trials->rows, error);
    }
    free(database);
    free(path);
    return ok;
}

static const struct store_result_row *find_last(const struct trials *trials, const char *case_name,
                                                const char *run_name, int block)
{
    const struct store_result_row *last = NULL;
    for (size_t i = 0; i < trials->rows.count; i++) {
        const struct store_result_row *row = &trials->rows.items[i];
        if (row->block == block && string_equal(row->case_name, case_name) && string_equal(row->run_name, run_name))
            last = row;
    }
    return last;
}

static bool is_disturbed(const struct store_result_row *row)
{
    return string_equal(row->status, "disturbed");
}

/* A disturbed trial counts here: what is true of it is true on a busy machine, too. */
static bool is_whole(const struct store_result_row *row)
{
    return row && (string_equal(row->status, "ok") || is_disturbed(row));
}

const struct store_result_row *trials_find(const struct trials *trials, const char *case_name, const char *run_name,
                                           int block)
{
    const struct store_result_row *row = find_last(trials, case_name, run_name, block);
    return is_whole(row) ? row : NULL;
}

static char *why_not_run(struct verification *verification, const struct trials *trials, const char *run_name)
{
    const struct experiment *experiment = trials->experiment;
    const struct experiment_run *run = &experiment->runs[experiment_find_run(experiment, run_name)];
    struct text missing = TEXT_INIT;
    driver_version_is_available(driver_list_find(verification->options->drivers, run->driver), run->version, &missing);
    missing.bytes[strcspn(missing.bytes, "\n")] = '\0';
    return text_detach(&missing);
}

const struct store_result_row *trials_need(struct verification *verification, const struct trials *trials,
                                           const char *case_name, const char *run_name, const char *part)
{
    const struct store_result_row *row = find_last(trials, case_name, run_name, 1);
    if (is_whole(row))
        return row;
    verification_tell(verification, part, row ? POINT_FAIL : POINT_NOT_RUN, string_copy(verification->point->truth),
                      NULL, row ? string_copy(row->cause) : why_not_run(verification, trials, run_name));
    return NULL;
}

void trials_tell(struct verification *verification, const struct store_result_row *row, const char *part, bool passes,
                 char *truth, char *measured, char *detail)
{
    if (passes || !is_disturbed(row)) {
        verification_tell(verification, part, point_verdict(passes), truth, measured, detail);
        return;
    }
    verification_tell(verification, part, POINT_NOT_RUN, truth, measured,
                      string_format("the machine was busy with other things: %s", row->cause));
    free(detail);
}

void trials_release(struct trials *trials)
{
    store_result_rows_release(&trials->rows);
    store_close(trials->store);
    experiment_free(trials->experiment);
    *trials = (struct trials){0};
}
