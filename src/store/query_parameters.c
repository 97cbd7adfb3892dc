/* SPDX-License-Identifier: Apache-2.0 */
/* The values of a query's named parameters, as they are typed: NAME=VALUE for :NAME. */
#include <errno.h>

#include "store/database.h"
#include "store/query.h"

#include "base/banned.h"

/* The index of the parameter whose name, behind its colon, is the first `length` bytes of `name`; 0: none. */
static int find_parameter(sqlite3_stmt *statement, const char *name, size_t length)
{
    for (int i = 1; i <= sqlite3_bind_parameter_count(statement); i++) {
        const char *candidate = sqlite3_bind_parameter_name(statement, i);
        if (candidate && strlen(candidate + 1) == length && strncmp(candidate + 1, name, length) == 0)
            return i;
    }
    return 0;
}

static bool unknown_parameter(sqlite3_stmt *statement, const char *name, struct error *error)
{
    int count = sqlite3_bind_parameter_count(statement);
    const char **names = memory_zeroed((size_t)count + 1, sizeof *names);
    size_t known = 0;
    for (int i = 1; i <= count; i++) {
        const char *candidate = sqlite3_bind_parameter_name(statement, i);
        if (candidate)
            names[known++] = candidate + 1;
    }
    error_set(error, ERROR_INPUT, "the query has no parameter '%s'", name);
    error_suggest(error, name, names, known);
    free(names);
    return false;
}

/* A number only where it reads back as it was typed: a version '1.10' stays a text, and where a column is one SQLite makes it one. */
static int bind_value(sqlite3_stmt *statement, int index, const char *value)
{
    char *end, *again;
    errno = 0;
    int64_t integer = strtoll(value, &end, 10);
    again = string_format("%lld", (long long)integer);
    bool is_integer = !errno && string_equal(again, value);
    free(again);
    if (is_integer)
        return sqlite3_bind_int64(statement, index, integer);
    double real = strtod(value, &end);
    again = string_format("%.15g", real);
    bool is_real = strspn(value, "-.0123456789") == strlen(value) && string_equal(again, value);
    free(again);
    return is_real ? sqlite3_bind_double(statement, index, real)
                   : sqlite3_bind_text(statement, index, value, -1, SQLITE_TRANSIENT);
}

static bool bind_one(struct store *store, sqlite3_stmt *statement, const char *assignment, bool *bound,
                     struct error *error)
{
    size_t length = strcspn(assignment, "=");
    int index = find_parameter(statement, assignment, length);
    char *name = string_format("%.*s", (int)length, assignment);
    bool ok = index ? true : unknown_parameter(statement, name, error);
    if (ok && bound[index])
        ok = error_set(error, ERROR_INPUT, "parameter '%s' is given twice", name);
    free(name);
    if (ok && bind_value(statement, index, assignment + length + 1) != SQLITE_OK)
        ok = store_fail(store, "use the database", error);
    bound[index] = true;
    return ok;
}

bool query_bind(struct store *store, sqlite3_stmt *statement, const struct store_parameters *parameters,
                struct error *error)
{
    int count = sqlite3_bind_parameter_count(statement);
    bool *bound = memory_zeroed((size_t)count + 1, sizeof *bound);
    bool ok = true;
    for (size_t i = 0; ok && i < parameters->count; i++)
        ok = bind_one(store, statement, parameters->assignments[i], bound, error);
    for (int i = 1; ok && !parameters->have_defaults && i <= count; i++) {
        const char *name = sqlite3_bind_parameter_name(statement, i);
        if (!name)
            ok = error_set(error, ERROR_INPUT, "a '?' in the query has no name to give a value to: write :NAME");
        else if (!bound[i])
            ok = error_set(error, ERROR_INPUT,
                           "the query's parameter '%s' has no value: give %s=VALUE behind the query", name, name + 1);
    }
    free(bound);
    return ok;
}
