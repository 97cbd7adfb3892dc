/* SPDX-License-Identifier: Apache-2.0 */
/* kbench report: tables and charts of a version from what is in the database; runs nothing. */
#include "base/text.h"
#include "commands/command.h"
#include "report/report.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_OUT, OPTION_FORMAT, OPTION_NO_CHARTS, OPTION_INCLUDE_DISTURBED };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "out", "DIR", "where to write (default: results/VERSION, or results/VERSION-with-disturbed)"},
    {OPTION_STRING, "format", "LIST", "of md, csv, json, with commas between them (default: all)"},
    {OPTION_FLAG, "no-charts", NULL, "draw no charts"},
    {OPTION_FLAG, "include-disturbed", NULL, "count the trials that the definition's rules leave out, too"},
    {OPTION_END, NULL, NULL, NULL},
};

static bool add_format(struct report_options *report, const char *name, struct error *error)
{
    static const char *const names[] = {"md", "csv", "json"};
    if (string_equal(name, "md"))
        report->markdown = true;
    else if (string_equal(name, "csv"))
        report->csv = true;
    else if (string_equal(name, "json"))
        report->json = true;
    else if (string_equal(name, "html"))
        return error_set(error, ERROR_INPUT, "--format: 'html' is not built yet, only md, csv and json are");
    else {
        const char *nearest = string_nearest(name, names, sizeof names / sizeof *names);
        return error_set(error, ERROR_INPUT, "--format: '%s' is no format%s%s%s; there are md, csv and json", name,
                         nearest ? ", did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
    }
    return true;
}

static bool read_formats(const struct option_value *value, struct report_options *report, struct error *error)
{
    if (!value->given) {
        report->markdown = report->csv = report->json = true;
        return true;
    }
    bool ok = true;
    for (const char *at = value->string; ok; at++) {
        size_t length = strcspn(at, ",");
        char *name = string_format("%.*s", (int)length, at);
        ok = add_format(report, name, error);
        free(name);
        at += length;
        if (!*at)
            break;
    }
    return ok;
}

/* The version becomes a folder's name: it must not lead out of results/. */
static bool is_folder_name(const char *version)
{
    return version[0] && version[0] != '.' && !strchr(version, '/');
}

/* A report with the disturbed trials never takes the place of the one that goes by the rules. */
static char *default_folder(const struct report_options *report)
{
    return string_format("results/%s%s", report->version, report->include_disturbed ? "-with-disturbed" : "");
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    struct report_options report = {.version = invocation->arguments[0],
                                    .charts = !values[OPTION_NO_CHARTS].given,
                                    .include_disturbed = values[OPTION_INCLUDE_DISTURBED].given};
    if (!read_formats(&values[OPTION_FORMAT], &report, error))
        return false;
    if (!is_folder_name(report.version))
        return error_set(error, ERROR_INPUT, "'%s' is no version", report.version);
    bool writable; /* for the summaries and verdicts alone */
    struct store *store = command_open_database(command_database(&values[OPTION_DB]), &writable, error);
    if (!store)
        return false;
    char *folder = values[OPTION_OUT].given ? string_copy(values[OPTION_OUT].string) : default_folder(&report);
    report.out_folder = folder;
    bool ok = report_write(store, writable, &report, error);
    if (ok && invocation->verbosity >= 0)
        fprintf(stderr, "kbench: the report of '%s' is in '%s'\n", report.version, folder);
    free(folder);
    store_close(store);
    return ok;
}

const struct command command_report = {
    .name = "report",
    .arguments = "VERSION",
    .summary = "tables and charts of a version from the database",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
