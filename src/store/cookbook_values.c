/* SPDX-License-Identifier: Apache-2.0 */
/* A misspelt name in a query of the cookbook is an error with the nearest one, and no empty table. */
#include "store/cookbook.h"
#include "store/database.h"

#include "base/banned.h"

/* What the parameters of these names mean in every query, and the column, with an index, that holds what there is. */
static const struct kind {
    const char *parameter, *what, *table, *column;
} kinds[] = {{"experiment", "version", "experiment", "version"},
             {"metric", "metric", "summary", "metric"},
             {"driver", "driver", "run", "driver"},
             {"published", "publication", "published", "version"},
             {"a", "campaign", "campaign", "id"},
             {"b", "campaign", "campaign", "id"}};

static bool list_names(struct store *store, const struct kind *kind, struct string_list *names, struct error *error)
{
    char *tail = string_format("FROM (SELECT DISTINCT CAST(%s AS TEXT) AS name FROM %s)", kind->column, kind->table);
    bool ok = store_select_names(store, tail, STORE_NO_VALUES, names, error);
    free(tail);
    return ok;
}

/* Where nothing is there, as before the first report, the empty table is the answer. */
static bool say_what_there_is(struct store *store, const struct kind *kind, const char *value, struct error *error)
{
    struct string_list names = {0};
    if (!list_names(store, kind, &names, error))
        return false;
    bool ok = names.count == 0;
    if (!ok) {
        error_set(error, ERROR_INPUT, "%s: there is no %s '%s' in '%s'", kind->parameter, kind->what, value,
                  store->path);
        error_suggest_from(error, value, &names);
    }
    string_list_release(&names);
    return ok;
}

static bool check_name(struct store *store, const struct kind *kind, const char *value, struct error *error)
{
    int64_t found;
    char *sql = string_format("SELECT 1 FROM %s WHERE %s = ? LIMIT 1", kind->table, kind->column);
    bool ok = store_lookup(store, sql, STORE_VALUES(value_text(value)), &found, error);
    free(sql);
    return ok && (found == 1 || say_what_there_is(store, kind, value, error));
}

static bool check_count(const char *name, const char *value, struct error *error)
{
    return strspn(value, "0123456789") == strlen(value) ||
           error_set(error, ERROR_INPUT, "%s: '%s' is no whole number", name, value);
}

bool store_check_recipe_values(struct store *store, const struct store_parameters *parameters, struct error *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < parameters->count; i++) {
        const char *assignment = parameters->assignments[i];
        size_t length = strcspn(assignment, "=");
        char *name = string_format("%.*s", (int)length, assignment);
        const char *value = assignment[length] ? assignment + length + 1 : "";
        for (size_t k = 0; ok && value[0] && k < sizeof kinds / sizeof *kinds; k++)
            if (string_equal(name, kinds[k].parameter))
                ok = check_name(store, &kinds[k], value, error);
        if (ok && string_equal(name, "revisions"))
            ok = check_count(name, value, error);
        free(name);
    }
    return ok;
}
