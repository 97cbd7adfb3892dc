/* SPDX-License-Identifier: Apache-2.0 */
/* kbench report: tables, charts and page of a version from what is in the database; runs nothing. */
#include "report/report.h"

#include "base/text.h"
#include "commands/command.h"

#include "base/banned.h"

#define RESULTS "results"

enum { OPTION_DB, OPTION_OUT, OPTION_FORMAT, OPTION_NO_CHARTS, OPTION_INCLUDE_DISTURBED };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "out", "DIR",
     "where to write (default: results/VERSION, or results/VERSION-with-disturbed, and the index to results)"},
    {OPTION_STRING, "format", "LIST", "of md, html, csv, json, with commas between them (default: all)"},
    {OPTION_FLAG, "no-charts", NULL, "draw no charts"},
    {OPTION_FLAG, "include-disturbed", NULL, "count the trials that the definition's rules leave out, too"},
    {OPTION_END, NULL, NULL, NULL},
};

static bool add_format(struct report_options *report, const char *name, struct error *error)
{
    const struct {
        const char *name;
        bool *chosen;
    } formats[] = {{"md", &report->markdown}, {"html", &report->html}, {"csv", &report->csv}, {"json", &report->json}};
    const char *names[sizeof formats / sizeof *formats];
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        names[i] = formats[i].name;
        if (string_equal(name, formats[i].name)) {
            *formats[i].chosen = true;
            return true;
        }
    }
    error_set(error, ERROR_INPUT, "--format: '%s' is no format", name);
    return error_suggest(error, name, names, sizeof names / sizeof *names);
}

static bool read_formats(const struct option_value *value, struct report_options *report, struct error *error)
{
    if (!value->given) {
        report->markdown = report->html = report->csv = report->json = true;
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
    return string_format(RESULTS "/%s%s", report->version, report->include_disturbed ? "-with-disturbed" : "");
}

static void say(const struct invocation *invocation, const char *what, const char *where)
{
    if (invocation->verbosity >= 0)
        fprintf(stderr, "kbench: %s is in '%s'\n", what, where);
}

/* Without a version: the index over all of them. */
static bool write_index(const struct invocation *invocation, const struct report_options *report, struct error *error)
{
    const struct option_value *values = invocation->values;
    const char *folder = values[OPTION_OUT].given ? values[OPTION_OUT].string : RESULTS;
    if (values[OPTION_FORMAT].given && (report->markdown || report->csv || report->json))
        return error_set(error, ERROR_INPUT, "without a VERSION there is only the index, --format html");
    struct store *store = command_open_database(command_database(&values[OPTION_DB]), NULL, error);
    if (!store)
        return false;
    bool ok = report_write_index(store, folder, error);
    if (ok)
        say(invocation, "the index", folder);
    store_close(store);
    return ok;
}

static bool write_report(const struct invocation *invocation, struct report_options *report, struct error *error)
{
    const struct option_value *values = invocation->values;
    if (!is_folder_name(report->version))
        return error_set(error, ERROR_INPUT, "'%s' is no version", report->version);
    bool writable; /* for the summaries and verdicts alone */
    struct store *store = command_open_database(command_database(&values[OPTION_DB]), &writable, error);
    if (!store)
        return false;
    char *folder = values[OPTION_OUT].given ? string_copy(values[OPTION_OUT].string) : default_folder(report);
    char *what = string_format("the report of '%s'", report->version);
    report->out_folder = folder;
    bool ok = report_write(store, writable, report, error);
    if (ok && report->html && !values[OPTION_OUT].given) /* elsewhere it is not known what lies beside the page */
        ok = report_write_index(store, RESULTS, error);
    if (ok)
        say(invocation, what, folder);
    free(what);
    free(folder);
    store_close(store);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    struct report_options report = {.charts = !values[OPTION_NO_CHARTS].given,
                                    .include_disturbed = values[OPTION_INCLUDE_DISTURBED].given};
    if (!read_formats(&values[OPTION_FORMAT], &report, error))
        return false;
    if (invocation->argument_count == 0)
        return write_index(invocation, &report, error);
    report.version = invocation->arguments[0];
    return write_report(invocation, &report, error);
}

const struct command command_report = {
    .name = "report",
    .arguments = "[VERSION]",
    .summary = "tables, charts and page of a version; without VERSION, the index of all",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 1,
    .run = run,
};
