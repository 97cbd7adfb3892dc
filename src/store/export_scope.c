/* SPDX-License-Identifier: Apache-2.0 */
#include "store/export_scope.h"

#include "base/banned.h"

/* ---- what is there ---- */

static bool find_version(struct store *store, struct export_scope *scope, struct error *error)
{
    const struct store_filter *filter = scope->filter;
    int64_t published;
    const struct store_value values[] = {value_text(filter->version), value_integer(filter->revision)};
    if (!store_lookup(store,
                      "SELECT id FROM experiment WHERE version = ?1 AND (?2 = 0 OR revision = ?2) "
                      "ORDER BY revision DESC LIMIT 1",
                      values, 2, &scope->experiment_id, error) ||
        !store_lookup(store, "SELECT 1 FROM published WHERE version = ?", values, 1, &published, error))
        return false;
    scope->trials = scope->experiment_id != STORE_ABSENT;
    scope->published = published != STORE_ABSENT && filter->revision == 0;
    if (scope->trials || scope->published)
        return true;
    struct store_experiment_row row = {0}; /* what names the versions that are there */
    if (store_read_experiment(store, filter->version, filter->revision, &row, error))
        store_experiment_row_release(&row);
    return false;
}

/* The names that `tail` gives, one of which must be `name`. */
static bool find_name(struct store *store, const struct export_scope *scope, const char *what, const char *name,
                      const char *tail, struct error *error)
{
    const struct store_filter *filter = scope->filter;
    struct string_list known = {0};
    if (!name)
        return true;
    if (!store_select_names(store, tail,
                            STORE_VALUES(value_integer(scope->experiment_id),
                                         value_text(scope->published ? filter->version : NULL),
                                         value_integer(filter->version != NULL)),
                            &known, error))
        return false;
    bool found = string_list_contains(&known, name);
    if (!found) {
        error_set(error, ERROR_INPUT, "there is no %s '%s' in %s", what, name,
                  filter->version ? filter->version : "the database");
        error_suggest_from(error, name, &known);
    }
    string_list_release(&known);
    return found;
}

/* ?1 the experiment, ?2 the published version, ?3 whether a version is named at all. */
#define NAMES(table, published_column)                                                                                 \
    "FROM (SELECT name FROM " table " WHERE NOT ?3 OR experiment_id = ?1 "                                             \
    "UNION SELECT " published_column " FROM published WHERE NOT ?3 OR version = ?2) ORDER BY name"

bool export_scope_find(struct store *store, const struct store_filter *filter, struct export_scope *scope,
                       struct error *error)
{
    *scope = (struct export_scope){.filter = filter, .experiment_id = STORE_ABSENT, .trials = true, .published = true};
    return (!filter->version || find_version(store, scope, error)) &&
           find_name(store, scope, "case", filter->case_name, NAMES("experiment_case", "case_name"), error) &&
           find_name(store, scope, "run", filter->run_name, NAMES("run", "run_name"), error);
}

/* ---- queries ---- */

struct conditions {
    struct text sql;
    struct store_value values[3];
    size_t count;
};

/* An absent value is no condition. */
static void add_condition(struct conditions *conditions, const char *column, struct store_value value)
{
    if (value.type == VALUE_NULL)
        return;
    text_append_format(&conditions->sql, " AND %s = ?", column);
    conditions->values[conditions->count++] = value;
}

sqlite3_stmt *export_prepare(struct store *store, const struct export_scope *scope, bool published, const char *columns,
                             const char *order, struct error *error)
{
    struct conditions conditions = {.sql = TEXT_INIT};
    text_append_format(&conditions.sql, "SELECT %s FROM results WHERE %s IS NOT NULL", columns,
                       published ? "published_in" : "trial_id");
    if (published)
        add_condition(&conditions, "experiment", value_text(scope->filter->version));
    else
        add_condition(&conditions, "experiment_id", value_integer(scope->experiment_id));
    add_condition(&conditions, "case_name", value_text(scope->filter->case_name));
    add_condition(&conditions, "run_name", value_text(scope->filter->run_name));
    text_append_format(&conditions.sql, " ORDER BY %s", order);
    sqlite3_stmt *statement = store_prepare(store, conditions.sql.bytes, conditions.values, conditions.count, error);
    text_release(&conditions.sql);
    return statement;
}

bool export_ended(struct store *store, int code, struct error *error)
{
    if (code == SQLITE_DONE)
        return true;
    if (code == SQLITE_INTERRUPT)
        return error_set(error, ERROR_INTERRUPTED, "interrupted");
    return store_fail(store, "read the database", error);
}
