/* SPDX-License-Identifier: Apache-2.0 */
/* The copy itself: which rows are here already, where the others go, and what their references become. */
#include "store/copy.h"

#include "base/banned.h"

bool copy_lists(const char *list, const char *column)
{
    size_t length = strlen(column);
    for (const char *at = list; at && *at;) {
        size_t item = strcspn(at, ",");
        if (item == length && strncmp(at, column, length) == 0)
            return true;
        at += item + (at[item] == ',');
    }
    return false;
}

/* The table that a column refers to, or NULL. */
static const char *referred_table(const struct copy_table *table, const char *column)
{
    const struct copy_reference references[] = {table->owner, table->other[0], table->other[1]};
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        if (references[i].column && string_equal(references[i].column, column))
            return references[i].table;
    return NULL;
}

bool copy_is_reference(const struct copy_table *table, const char *column)
{
    return referred_table(table, column) != NULL;
}

char *copy_value(const struct copy_table *table, const char *column)
{
    const char *referred = referred_table(table, column);
    if (referred)
        return string_format("(SELECT new_id FROM temp.map_%s WHERE old_id = theirs.%s)", referred, column);
    return string_format("theirs.%s", column);
}

static char *same_row(const struct copy_table *table)
{
    struct text sql = TEXT_INIT;
    for (const char *at = table->identity; *at;) {
        size_t length = strcspn(at, ",");
        char *column = string_format("%.*s", (int)length, at);
        char *value = copy_value(table, column);
        text_append_format(&sql, "%sours.%s IS %s", sql.length ? " AND " : "", column, value);
        free(value);
        free(column);
        at += length + (at[length] == ',');
    }
    return text_detach(&sql);
}

/* What belongs to a row that goes along is found by the index of its owner. */
static char *rows_of(const struct copy_table *table)
{
    if (!table->owner.column)
        return string_format(COPY_SOURCE ".%s AS theirs", table->name);
    return string_format("temp.map_%s AS owner CROSS JOIN " COPY_SOURCE ".%s AS theirs ON theirs.%s = owner.old_id",
                         table->owner.table, table->name, table->owner.column);
}

static char *wanted_rows(const struct copy *copy, const struct copy_table *table)
{
    struct text sql = TEXT_INIT;
    text_append(&sql, table->derived ? "owner.fresh" : "true");
    for (const struct copy_filter *filter = copy->filters; filter && filter->table; filter++)
        if (string_equal(filter->table, table->name))
            text_append_format(&sql, " AND (%s)", filter->condition);
    return text_detach(&sql);
}

/* Run SQL made of a format, and tell how many rows it added. */
static bool run(struct copy *copy, int64_t *added, char *sql, const struct store_value *values, size_t count,
                struct error *error)
{
    int64_t before = sqlite3_total_changes64(copy->store->db);
    bool ok = store_run(copy->store, sql, values, count, error);
    if (added)
        *added = sqlite3_total_changes64(copy->store->db) - before;
    free(sql);
    return ok;
}

static bool map_those_here(struct copy *copy, const struct copy_parts *parts, struct error *error)
{
    const char *name = parts->table->name;
    return run(copy, NULL,
               string_format("CREATE TEMP TABLE map_%s (old_id INTEGER PRIMARY KEY, new_id INTEGER NOT NULL, "
                             "fresh INTEGER NOT NULL)",
                             name),
               STORE_NO_VALUES, error) &&
           /* CROSS JOIN: theirs first, so that ours are found by the index of their identity. Where no index keeps rows of one
            * identity apart, any of them will do: they are compared below. */
           run(copy, NULL,
               string_format(
                   "INSERT OR IGNORE INTO temp.map_%s SELECT theirs.id, ours.id, 0 FROM %s CROSS JOIN main.%s AS ours "
                   "ON %s WHERE %s",
                   name, parts->rows, name, parts->same, parts->wanted),
               STORE_NO_VALUES, error);
}

/* New rows keep their ids, unless one of them is taken here: then all are numbered on, in their order. */
static bool map_new(struct copy *copy, const struct copy_parts *parts, struct error *error)
{
    const char *name = parts->table->name;
    int64_t highest;
    char *sql = string_format("SELECT max(id) FROM main.%s WHERE EXISTS (SELECT 1 FROM %s CROSS JOIN main.%s AS taken "
                              "ON taken.id = theirs.id WHERE %s AND theirs.id NOT IN (SELECT old_id FROM temp.map_%s))",
                              name, parts->rows, name, parts->wanted, name);
    bool ok = store_lookup(copy->store, sql, STORE_NO_VALUES, &highest, error);
    free(sql);
    return ok && run(copy, NULL,
                     string_format("INSERT INTO temp.map_%s SELECT theirs.id, coalesce(?1 + row_number() OVER "
                                   "(ORDER BY theirs.id), theirs.id), 1 FROM %s "
                                   "WHERE %s AND theirs.id NOT IN (SELECT old_id FROM temp.map_%s)",
                                   name, parts->rows, parts->wanted, name),
                     STORE_VALUES(value_integer(highest)), error);
}

/* "a, b, c" of the columns, as they are named or as they are to be. */
static char *column_list(const struct copy_parts *parts, bool values)
{
    struct text list = TEXT_INIT;
    for (size_t i = 0; i < parts->columns.count; i++) {
        const char *column = parts->columns.items[i];
        char *item = !values                                              ? string_copy(column)
                     : parts->table->has_id && string_equal(column, "id") ? string_copy("map.new_id")
                                                                          : copy_value(parts->table, column);
        text_append_format(&list, "%s%s", i ? ", " : "", item);
        free(item);
    }
    return text_detach(&list);
}

static bool insert(struct copy *copy, const struct copy_parts *parts, int64_t *added, struct error *error)
{
    const char *name = parts->table->name;
    char *names = column_list(parts, false), *values = column_list(parts, true);
    char *sql = parts->table->has_id
                    ? string_format("INSERT INTO main.%s (%s) SELECT %s FROM temp.map_%s AS map CROSS JOIN " COPY_SOURCE
                                    ".%s AS theirs ON theirs.id = map.old_id WHERE map.fresh ORDER BY map.new_id",
                                    name, names, values, name, name)
                    : string_format("INSERT INTO main.%s (%s) SELECT %s FROM %s WHERE %s AND NOT EXISTS "
                                    "(SELECT 1 FROM main.%s AS ours WHERE %s)",
                                    name, names, values, parts->rows, parts->wanted, name, parts->same);
    bool ok = run(copy, added, sql, STORE_NO_VALUES, error);
    free(names);
    free(values);
    return ok;
}

static bool read_columns(struct store *store, const char *table, struct string_list *columns, struct error *error)
{
    return store_select_names(store, "FROM pragma_table_info(?1, 'main') ORDER BY cid", STORE_VALUES(value_text(table)),
                              columns, error);
}

static bool copy_one(struct copy *copy, const struct copy_table *table, int64_t *added, struct error *error)
{
    struct copy_parts parts = {.table = table,
                               .rows = rows_of(table),
                               .same = same_row(table),
                               .wanted = wanted_rows(copy, table)};
    bool ok = read_columns(copy->store, table->name, &parts.columns, error) &&
              (!table->has_id || map_those_here(copy, &parts, error)) &&
              (table->derived || copy_check_conflicts(copy, &parts, error)) &&
              (!table->has_id || map_new(copy, &parts, error)) && insert(copy, &parts, added, error);
    string_list_release(&parts.columns);
    free(parts.rows);
    free(parts.same);
    free(parts.wanted);
    return ok;
}

bool copy_run(struct copy *copy, struct error *error)
{
    bool ok = true;
    for (size_t i = 0; ok && copy_tables[i].name; i++)
        ok = copy_one(copy, &copy_tables[i], &copy->added[i], error);
    return ok;
}

bool copy_forget_maps(struct copy *copy, struct error *error)
{
    bool ok = true;
    for (const struct copy_table *table = copy_tables; ok && table->name; table++)
        if (table->has_id)
            ok = run(copy, NULL, string_format("DROP TABLE temp.map_%s", table->name), STORE_NO_VALUES, error);
    return ok;
}

bool copy_check_schema(struct copy *copy, struct error *error)
{
    static const char sql[] = "SELECT count(*) FROM (SELECT name, type, \"notnull\", pk, hidden FROM "
                              "pragma_table_xinfo(?1, 'main') EXCEPT SELECT name, type, \"notnull\", pk, hidden FROM "
                              "pragma_table_xinfo(?1, '" COPY_SOURCE "'))";
    for (const struct copy_table *table = copy_tables; table->name; table++) {
        int64_t missing;
        if (!store_lookup(copy->store, sql, STORE_VALUES(value_text(table->name)), &missing, error))
            return false;
        if (missing > 0)
            return error_set(error, ERROR_INPUT,
                             "'%s' is no database as kbench makes them: its table '%s' has not the columns of this "
                             "schema",
                             copy->path, table->name);
    }
    return true;
}
