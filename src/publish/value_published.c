/* SPDX-License-Identifier: Apache-2.0 */
/* What others published of a pair, and the ratio of two numbers of one table: never one to a number measured here. */
#include <math.h>

#include "publish/value.h"
#include "publish/value_what.h"
#include "report/sample.h"

#include "base/banned.h"

/* The one row of "CASE/RUN" in a table; names that are there for a suggestion. */
static const struct store_result_row *find_row(const struct store_result_rows *rows, const char *table,
                                               const char *name, struct error *error)
{
    const struct store_result_row *found = NULL;
    struct string_list names = {0};
    int count = 0;
    for (size_t i = 0; i < rows->count; i++) {
        string_list_push_format(&names, "%s/%s", rows->items[i].case_name, rows->items[i].run_name);
        if (!string_equal(names.items[i], name))
            continue;
        found = &rows->items[i];
        count++;
    }
    if (count == 0) {
        error_set(error, ERROR_INPUT, "the published table '%s' has no '%s'", table, name);
        error_suggest_from(error, name, &names);
    } else if (count > 1)
        error_set(error, ERROR_INPUT, "%d sources published '%s' as '%s'", count, name, table);
    string_list_release(&names);
    return count == 1 ? found : NULL;
}

static bool set_known_text(const char *string, const char *table, const char *what, struct value *value,
                           struct error *error)
{
    if (!string)
        return error_set(error, ERROR_INPUT, "the published table '%s' does not tell the %s", table, what);
    value_set_text(value, string);
    return true;
}

static bool set_client(const struct store_result_row *row, const char *table, struct value *value, struct error *error)
{
    char *client = row->client_library ? string_format("%s%s%s", row->client_library, row->client_version ? " " : "",
                                                       row->client_version ? row->client_version : "")
                                       : NULL;
    bool ok = set_known_text(client, table, "client", value, error);
    free(client);
    return ok;
}

static bool unknown_metric(const struct report_model *model, const char *metric, struct error *error)
{
    struct string_list names = {0};
    metric_names_of(model, &names);
    error_set(error, ERROR_INPUT, "there is no metric '%s'", metric);
    error_suggest_from(error, metric, &names);
    string_list_release(&names);
    return false;
}

static bool read_figure(const struct value_request *request, const struct store_result_row *row, const char *metric,
                        double *figure, struct error *error)
{
    const char *table = attributes_get(request->attributes, "published");
    if (!metric_document(metric))
        return unknown_metric(&request->publication->model, metric, error);
    *figure = sample_value_of_row(row, metric);
    return isfinite(*figure) ? true
                             : error_set(error, ERROR_INPUT, "the published table '%s' has no %s of %s/%s", table,
                                         metric, row->case_name, row->run_name);
}

static bool set_figure(const struct value_request *request, const struct store_result_rows *rows,
                       const struct store_result_row *row, struct value *value, struct error *error)
{
    const char *table = attributes_get(request->attributes, "published");
    const char *metric = attributes_get(request->attributes, "metric"), *to = attributes_get(request->attributes, "to");
    bool is_ratio = request->name->what == PUBLISHED_RATIO;
    double figure, other_figure;
    if (!metric)
        return error_set(error, ERROR_INPUT, "of=%s needs metric=NAME", request->name->name);
    if (is_ratio != (to != NULL))
        return error_set(error, ERROR_INPUT, is_ratio ? "of=ratio needs to=CASE/RUN" : "to=%s goes with of=ratio", to);
    if (!read_figure(request, row, metric, &figure, error))
        return false;
    if (!is_ratio) {
        *value = (struct value){.type = VALUE_METRIC, .document = metric_document(metric), .numbers = {figure}};
        return true;
    }
    const struct store_result_row *other = find_row(rows, table, to, error);
    if (!other || !read_figure(request, other, metric, &other_figure, error))
        return false;
    *value = (struct value){.type = VALUE_RATIO, .numbers = {other_figure > 0 ? figure / other_figure : NAN}};
    return true;
}

bool value_of_published(const struct value_request *request, struct value *value, struct error *error)
{
    const char *table = attributes_get(request->attributes, "published"),
               *name = attributes_get(request->attributes, "pair");
    struct store_result_rows rows = {0};
    bool ok = false;
    if (!name)
        return error_set(error, ERROR_INPUT, "published=%s needs pair=CASE/RUN, by the names of that table", table);
    if (!store_read_published(request->publication->store, table, &rows, error))
        return false;
    const struct store_result_row *row = NULL;
    if (rows.count == 0)
        error_set(error, ERROR_INPUT, "the database has no published table '%s'; 'kbench import' takes one in", table);
    else
        row = find_row(&rows, table, name, error);
    if (row && request->name->what == PUBLISHED_CLIENT)
        ok = set_client(row, table, value, error);
    else if (row && request->name->what == PUBLISHED_BROKERS)
        ok = set_known_text(row->broker_version, table, "brokers' version", value, error);
    else if (row)
        ok = set_figure(request, &rows, row, value, error);
    store_result_rows_release(&rows);
    return ok;
}
