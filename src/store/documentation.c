/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tables, views and columns are: the table schema_doc, written from schema/documentation.sql and read for people. Of which
 * text it was made stands in the row that describes the table itself, so that an opening costs one look at one row.
 */
#include "store/documentation.h"

#include "base/file.h"
#include "store/database.h"

#include "base/banned.h"

/* The row of schema_doc about itself. */
#define OWN_ROW "table_name = 'schema_doc' AND column_name = ''"
/* The views first, since they are the public interface; columns as they lie in their table, whose own row comes before them. */
#define FROM_DOCUMENTATION                                                                                             \
    "FROM schema_doc d JOIN sqlite_schema m ON m.name = d.table_name "                                                 \
    "LEFT JOIN pragma_table_info(d.table_name) c ON c.name = d.column_name "
#define ORDERED "ORDER BY m.type = 'view' DESC, m.rowid, coalesce(c.cid, -1)"

static bool is_made_of(struct store *store, const char *mark, bool *same, struct error *error)
{
    int64_t found;
    bool ok = store_lookup(store, "SELECT 1 FROM schema_doc WHERE " OWN_ROW " AND instr(description, ?)",
                           STORE_VALUES(value_text(mark)), &found, error);
    *same = ok && found == 1;
    return ok;
}

bool documentation_refresh(struct store *store, const char *script, struct error *error)
{
    char sha256[65];
    bool same;
    file_sha256_hex(script, strlen(script), sha256);
    char *mark = string_format("; from documentation.sql with SHA-256 %s", sha256);
    bool ok = is_made_of(store, mark, &same, error);
    if (ok && !same && (ok = store_begin(store, error))) {
        ok = store_script(store, "DELETE FROM schema_doc", "document the database", error) &&
             store_script(store, script, "document the database", error) &&
             store_run(store, "UPDATE schema_doc SET description = description || ? WHERE " OWN_ROW,
                       STORE_VALUES(value_text(mark)), error);
        ok = store_finish(store, ok, error);
    }
    free(mark);
    return ok;
}

static const struct column columns[] = {
    COLUMN_AS(struct store_documentation_row, table_name, "d.table_name"),
    COLUMN_AS(struct store_documentation_row, column_name, "d.column_name"),
    COLUMN_AS(struct store_documentation_row, type, "nullif(c.type, '')"),
    COLUMN_AS(struct store_documentation_row, unit, "d.unit"),
    COLUMN_AS(struct store_documentation_row, description, "d.description"),
    COLUMN_AS(struct store_documentation_row, is_view, "m.type = 'view'"),
    COLUMNS_END,
};

bool store_read_documentation(struct store *store, struct store_documentation *documentation, struct error *error)
{
    static const struct selection selection = {columns, FROM_DOCUMENTATION ORDERED,
                                               sizeof(struct store_documentation_row)};
    void *items;
    bool ok = store_select(store, &selection, STORE_NO_VALUES, &items, &documentation->count, error);
    documentation->items = items;
    return ok;
}

void store_documentation_release(struct store_documentation *documentation)
{
    store_rows_free(columns, documentation->items, sizeof *documentation->items, documentation->count);
    *documentation = (struct store_documentation){0};
}

const struct store_documentation_row *store_find_documentation(const struct store_documentation *documentation,
                                                               const char *table, struct error *error)
{
    const char **names = memory_zeroed(documentation->count + 1, sizeof *names);
    const struct store_documentation_row *found = NULL;
    size_t count = 0;
    for (size_t i = 0; !found && i < documentation->count; i++) {
        const struct store_documentation_row *row = &documentation->items[i];
        if (row->column_name[0])
            continue;
        names[count++] = row->table_name;
        if (string_equal(row->table_name, table))
            found = row;
    }
    if (!found) {
        error_set(error, ERROR_INPUT, "the database has no table or view '%s'", table);
        error_suggest_or(error, table, names, count, "; 'kbench sql --schema' lists them");
    }
    free(names);
    return found;
}

static const char sql_of_tables[] =
    "SELECT d.table_name AS name, m.type AS kind, d.description AS description " FROM_DOCUMENTATION
    "WHERE d.column_name = '' " ORDERED;
static const char sql_of_columns[] =
    "SELECT d.column_name AS column_name, nullif(c.type, '') AS type, d.unit AS unit, d.description AS description " FROM_DOCUMENTATION
    "WHERE d.table_name = :table AND d.column_name <> '' " ORDERED;
static const char sql_of_all[] =
    "SELECT d.table_name AS table_name, nullif(d.column_name, '') AS column_name, nullif(c.type, '') AS type, "
    "d.unit AS unit, d.description AS description " FROM_DOCUMENTATION
    "WHERE :table = '' OR d.table_name = :table " ORDERED;

bool store_query_documentation(struct store *store, const char *table, enum store_format format, FILE *file,
                               struct error *error)
{
    struct store_documentation documentation = {0};
    bool is_text = format == STORE_TABLE;
    if (!table && is_text)
        return store_query(store, sql_of_tables, format, file, error);
    if (!store_read_documentation(store, &documentation, error))
        return false;
    const struct store_documentation_row *row = table ? store_find_documentation(&documentation, table, error) : NULL;
    char *assignment = string_format("table=%s", table ? table : "");
    bool ok = !table || row;
    if (ok && is_text)
        fprintf(file, "%s %s: %s.\n\n", row->is_view ? "View" : "Table", row->table_name, row->description);
    ok =
        ok && store_query_with(store, is_text ? sql_of_columns : sql_of_all,
                               &(struct store_parameters){.assignments = &assignment, .count = 1}, format, file, error);
    free(assignment);
    store_documentation_release(&documentation);
    return ok;
}
