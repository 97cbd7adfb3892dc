/* SPDX-License-Identifier: Apache-2.0 */
/* kbench compare: two versions, revisions or databases, pair by pair; for CI, whether the second is a regression. */
#include <errno.h>
#include <math.h>

#include "commands/command.h"
#include "commands/format_option.h"
#include "commands/version_argument.h"
#include "experiment/metric.h"
#include "report/compare.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_DB_B, OPTION_METRIC, OPTION_FAIL, OPTION_ACROSS, OPTION_FORMAT };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "db-b", "FILE", "the database of B (default: that of A)"},
    {OPTION_STRING, "metric", "NAME", "a column of the results or latency_p<percentile>_ms (default: records_per_sec)"},
    {OPTION_STRING, "fail-on-regression", "SHARE", "exit 1 when a pair's whole interval is worse by more, such as 5%"},
    {OPTION_FLAG, "across-machines", NULL, "judge figures of different machines all the same"},
    {OPTION_STRING, "format", "text|csv|json", "how it is written (default: text)"},
    {OPTION_END, NULL, NULL, NULL},
};

static bool read_metric(const struct option_value *value, const char **metric, struct error *error)
{
    *metric = value->given ? value->string : "records_per_sec";
    if (metric_is_known(*metric) && !metric_is_count(*metric))
        return true;
    if (metric_is_known(*metric))
        return error_set(error, ERROR_INPUT, "--metric: '%s' can be 0, so that no ratio can be formed of it", *metric);
    size_t count = 0;
    while (metric_names[count])
        count++;
    error_set(error, ERROR_INPUT, "--metric: there is no '%s'", *metric);
    return error_suggest_or(error, *metric, metric_names, count,
                            "; the results' columns and latency_p<percentile>_ms are");
}

static bool read_tolerance(const struct option_value *value, const char *metric, double *tolerance, struct error *error)
{
    char *end;
    if (!value->given)
        return true;
    errno = 0;
    *tolerance = strtod(value->string, &end) / 100;
    if (errno || end == value->string || !string_equal(end, "%") || !(*tolerance >= 0 && *tolerance < 1))
        return error_set(error, ERROR_INPUT, "--fail-on-regression takes a percentage such as 5%%, not '%s'",
                         value->string);
    return metric_better(metric) != BETTER_NEITHER ||
           error_set(error, ERROR_INPUT, "--fail-on-regression: no value of '%s' is better than another", metric);
}

static void write_comparison(const struct comparison *comparison, enum format_option format)
{
    struct text text = TEXT_INIT;
    if (format == FORMAT_JSON) {
        json_t *json = comparison_json(comparison);
        json_dumpf(json, stdout, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));
        printf("\n");
        json_decref(json);
    } else if (format == FORMAT_CSV) {
        comparison_csv(comparison, &text);
    } else {
        comparison_text(comparison, &text);
    }
    fwrite(text.bytes, 1, text.length, stdout);
    text_release(&text);
}

/* What --fail-on-regression says of the comparison. */
static bool answer(const struct comparison *comparison, const char *share, struct error *error)
{
    struct text names = TEXT_INIT;
    if (!comparison->judged)
        return error_set(
            error, ERROR_INPUT,
            "the sides are not known to be of one machine, so nothing of this is called a regression; compare "
            "on one machine and in one database, or say --across-machines");
    size_t few = comparison->pair_count - comparison_pairs_with_interval(comparison);
    if (few)
        fprintf(stderr, "kbench: %zu of %zu pairs have no interval: a regression of theirs would not be seen\n", few,
                comparison->pair_count);
    for (size_t i = 0; i < comparison->pair_count; i++)
        if (comparison->pairs[i].regressed)
            text_append_format(&names, "%s%s/%s", names.length ? ", " : "", comparison->pairs[i].a->c->name,
                               comparison->pairs[i].a->run->name);
    if (names.length)
        error_set(error, ERROR_ANSWER_NO, "regression: %s is worse by more than %s in %zu of %zu pairs: %s",
                  comparison->metric, share, comparison_regressions(comparison), comparison->pair_count, names.bytes);
    text_release(&names);
    return comparison_regressions(comparison) == 0;
}

static bool compare(const struct invocation *invocation, struct comparison_request *request, enum format_option format,
                    struct error *error)
{
    const struct option_value *values = invocation->values;
    struct comparison comparison;
    if (!comparison_make(request, &comparison, error))
        return false;
    bool ok = true;
    if (request->store_a == request->store_b && comparison.a.row.id == comparison.b.row.id)
        ok = error_set(error, ERROR_INPUT, "'%s' and '%s' are the same revision of the same database",
                       invocation->arguments[0], invocation->arguments[1]);
    if (ok)
        write_comparison(&comparison, format);
    if (ok && values[OPTION_FAIL].given)
        ok = answer(&comparison, values[OPTION_FAIL].string, error);
    comparison_release(&comparison);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    const char *database = command_database(&values[OPTION_DB]);
    const char *database_b = values[OPTION_DB_B].given ? values[OPTION_DB_B].string : database;
    struct comparison_request request = {.across_machines = values[OPTION_ACROSS].given, .tolerance = INFINITY};
    enum format_option format;
    char *version_a = NULL, *version_b = NULL;
    bool ok = format_option_read(&values[OPTION_FORMAT], &format, error) &&
              read_metric(&values[OPTION_METRIC], &request.metric, error) &&
              read_tolerance(&values[OPTION_FAIL], request.metric, &request.tolerance, error) &&
              version_argument_read(invocation->arguments[0], &version_a, &request.revision_a, error) &&
              version_argument_read(invocation->arguments[1], &version_b, &request.revision_b, error) &&
              (request.store_a = command_open_database(database, NULL, error)) != NULL;
    if (ok)
        request.store_b =
            string_equal(database, database_b) ? request.store_a : command_open_database(database_b, NULL, error);
    request.version_a = version_a;
    request.version_b = version_b;
    ok = ok && request.store_b && compare(invocation, &request, format, error);
    if (request.store_b != request.store_a)
        store_close(request.store_b);
    store_close(request.store_a);
    free(version_a);
    free(version_b);
    return ok;
}

const struct command command_compare = {
    .name = "compare",
    .arguments = "A B",
    .summary = "two versions, revisions (v2@1) or databases, pair by pair",
    .options = options,
    .min_arguments = 2,
    .max_arguments = 2,
    .run = run,
};
