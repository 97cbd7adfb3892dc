/* SPDX-License-Identifier: Apache-2.0 */
/* kbench export: what is in the database, for other programs. */
#include <sys/stat.h>

#include "commands/command.h"
#include "commands/excerpt.h"
#include "commands/version_argument.h"
#include "exchange/datasette.h"
#include "exchange/export.h"
#include "exchange/output.h"

#include "base/banned.h"

enum {
    OPTION_DB,
    OPTION_FORMAT,
    OPTION_OUT,
    OPTION_CASE,
    OPTION_RUN,
    OPTION_INTERVALS,
    OPTION_COMPACT,
    OPTION_DATASETTE
};

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "format", "csv|jsonl|hdr|sql|db",
     "rows of the view results, trials with all that belongs to them, an HdrHistogram log, or the version as a database of its "
     "own, as text or as it is (default: csv)"},
    {OPTION_STRING, "out", "FILE", "write there (default: standard output)"},
    {OPTION_STRING, "case", "NAME", "this case alone"},
    {OPTION_STRING, "run", "NAME", "this run alone"},
    {OPTION_FLAG, "intervals", NULL, "with jsonl: the trials' intervals too"},
    {OPTION_FLAG, "compact", NULL, "with sql and db: without the intervals that no chart of the version is drawn from"},
    {OPTION_STRING, "datasette", "DIR", "instead of rows: what Datasette shows beside them, DIR/metadata.json"},
    {OPTION_END, NULL, NULL, NULL},
};

/* What is read must not be replaced by what is written. */
static bool check_out(const struct option_value *values, struct error *error)
{
    struct stat database, out;
    if (values[OPTION_OUT].given && stat(command_database(&values[OPTION_DB]), &database) == 0 &&
        stat(values[OPTION_OUT].string, &out) == 0 && database.st_dev == out.st_dev && database.st_ino == out.st_ino)
        return error_set(error, ERROR_INPUT, "'%s' is the database itself: --out names another file",
                         values[OPTION_OUT].string);
    return true;
}

static bool write_output(const struct export_format *format, const struct export_request *request, const char *path,
                         struct error *error)
{
    struct output output;
    bool ok = output_open(&output, path, error) && format->write(request, output.file, error);
    return output_close(&output, ok, error);
}

/* The whole database's, which Datasette serves itself. */
static bool write_datasette(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    const char *database = command_database(&values[OPTION_DB]), *folder = values[OPTION_DATASETTE].string;
    if (invocation->argument_count > 0)
        return error_set(error, ERROR_INPUT, "--datasette is about the whole database: it takes no version");
    for (int i = OPTION_FORMAT; i < OPTION_DATASETTE; i++)
        if (values[i].given)
            return error_set(error, ERROR_INPUT, "--datasette goes with --db alone, not with --%s", options[i].name);
    struct store *store = command_open_database(database, NULL, error);
    bool ok = store && exchange_datasette(store, database, folder, error);
    if (ok && invocation->verbosity >= 0)
        fprintf(stderr, "kbench: show it with: datasette %s --metadata %s/metadata.json\n", database, folder);
    store_close(store);
    return ok;
}

static bool write_excerpt(const struct invocation *invocation, const char *format, const char *version, int revision,
                          struct error *error)
{
    const struct option_value *values = invocation->values;
    for (int i = OPTION_CASE; i <= OPTION_INTERVALS; i++)
        if (values[i].given)
            return error_set(error, ERROR_INPUT, "--format %s takes no --%s", format, options[i].name);
    struct excerpt_request request = {.store = command_open_database(command_database(&values[OPTION_DB]), NULL, error),
                                      .version = version,
                                      .revision = revision,
                                      .compact = values[OPTION_COMPACT].given,
                                      .path = values[OPTION_OUT].string};
    bool ok = request.store && excerpt_write(&request, format, error);
    store_close(request.store);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    if (values[OPTION_DATASETTE].given)
        return write_datasette(invocation, error);
    const struct export_format *format =
        values[OPTION_FORMAT].given ? export_format_find(values[OPTION_FORMAT].string, error) : &export_formats[0];
    if (!format)
        return false;
    if (format->write && values[OPTION_COMPACT].given)
        return error_set(error, ERROR_INPUT, "--compact goes with --format sql or db, not with %s", format->name);
    if (format->needs_version && invocation->argument_count == 0)
        return error_set(error, ERROR_INPUT, "--format %s is about one version: name it", format->name);
    if (!check_out(values, error))
        return false;
    char *version = NULL;
    struct export_request request = {.intervals = values[OPTION_INTERVALS].given,
                                     .filter = {.case_name = values[OPTION_CASE].string,
                                                .run_name = values[OPTION_RUN].string}};
    bool ok = invocation->argument_count == 0 ||
              version_argument_read(invocation->arguments[0], &version, &request.filter.revision, error);
    request.filter.version = version;
    if (ok && !format->write)
        ok = write_excerpt(invocation, format->name, version, request.filter.revision, error);
    else
        ok = ok && (request.store = command_open_database(command_database(&values[OPTION_DB]), NULL, error)) != NULL &&
             write_output(format, &request, values[OPTION_OUT].string, error);
    store_close(request.store);
    free(version);
    return ok;
}

const struct command command_export = {
    .name = "export",
    .arguments = "[VERSION]",
    .summary =
        "rows, trials or histograms of a version, or of all, for other programs; a version as a database of its own",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 1,
    .run = run,
};
