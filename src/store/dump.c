/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The database as SQL text. Rows of one owner share a statement, each on its own line; settings that many trials have in common
 * are written once, with the ids of the trials that have them.
 */
#include "store/copy.h"
#include "store/literal.h"
#include "store/transfer.h"

#include "base/banned.h"

struct object {
    char *sql;
};
static const struct column object_columns[] = {COLUMN(struct object, sql), COLUMNS_END};

static bool write_schema(struct store *store, const char *types, FILE *file, struct error *error)
{
    char *tail = string_format("FROM sqlite_schema WHERE type IN (%s) AND sql IS NOT NULL AND name NOT LIKE "
                               "'sqlite\\_%%' ESCAPE '\\' ORDER BY rowid",
                               types);
    const struct selection selection = {object_columns, tail, sizeof(struct object)};
    void *items;
    size_t count;
    bool ok = store_select(store, &selection, STORE_NO_VALUES, &items, &count, error);
    free(tail);
    const struct object *objects = items;
    for (size_t i = 0; ok && i < count; i++)
        fprintf(file, "%s;\n", objects[i].sql);
    store_rows_free(object_columns, items, sizeof *objects, count);
    return ok;
}

/* "1,'a',NULL" of the columns from `first` on. */
static void append_row(struct text *text, sqlite3_stmt *statement, int first)
{
    for (int i = first, count = sqlite3_column_count(statement); i < count; i++) {
        if (i > first)
            text_append_char(text, ',');
        literal_append(text, statement, i);
    }
}

static int write_rows(const char *table, sqlite3_stmt *statement, FILE *file)
{
    struct text owner = TEXT_INIT, before = TEXT_INIT, row = TEXT_INIT;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW && !ferror(file)) {
        text_clear(&owner);
        literal_append(&owner, statement, 0);
        if (!string_equal(owner.bytes, before.bytes)) {
            fprintf(file, "%sINSERT INTO %s VALUES\n", before.length ? ";\n" : "", table);
            text_clear(&before);
            text_append(&before, owner.bytes);
        } else {
            fputs(",\n", file);
        }
        text_clear(&row);
        append_row(&row, statement, 0);
        fprintf(file, "(%s)", row.bytes);
    }
    if (before.length)
        fputs(";\n", file);
    text_release(&owner);
    text_release(&before);
    text_release(&row);
    return code;
}

/* The same rows, and who has them. */
struct group {
    char *rows;
    struct text owners;
};

static void add_to_group(struct group **groups, size_t *count, const char *owner, struct text *rows)
{
    struct group *group = NULL;
    for (size_t i = 0; i < *count && !group; i++)
        if (string_equal((*groups)[i].rows, rows->bytes))
            group = &(*groups)[i];
    if (!group) {
        *groups = memory_resized(*groups, *count + 1, sizeof **groups);
        group = &(*groups)[(*count)++];
        *group = (struct group){string_copy(rows->bytes), TEXT_INIT};
    }
    text_append_format(&group->owners, "%s(%s)", group->owners.length ? "," : "", owner);
    text_clear(rows);
}

static int write_repeated_rows(const char *table, sqlite3_stmt *statement, FILE *file)
{
    struct group *groups = NULL;
    size_t count = 0;
    struct text owner = TEXT_INIT, before = TEXT_INIT, rows = TEXT_INIT;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        text_clear(&owner);
        literal_append(&owner, statement, 0);
        if (rows.length && !string_equal(owner.bytes, before.bytes))
            add_to_group(&groups, &count, before.bytes, &rows);
        text_clear(&before);
        text_append(&before, owner.bytes);
        text_append(&rows, rows.length ? ",\n(" : "(");
        append_row(&rows, statement, 1);
        text_append_char(&rows, ')');
    }
    if (rows.length)
        add_to_group(&groups, &count, before.bytes, &rows);
    for (size_t i = 0; i < count; i++) {
        fprintf(file,
                "INSERT INTO %s SELECT owner.column1, shared.* FROM (VALUES\n%s) AS shared, (VALUES\n%s) AS owner;\n",
                table, groups[i].rows, groups[i].owners.bytes);
        free(groups[i].rows);
        text_release(&groups[i].owners);
    }
    free(groups);
    text_release(&owner);
    text_release(&before);
    text_release(&rows);
    return code;
}

static bool write_table(struct store *store, const char *table, const char *order, bool repeats, FILE *file,
                        struct error *error)
{
    char *sql = string_format("SELECT * FROM %s ORDER BY %s", table, order);
    sqlite3_stmt *statement = store_prepare(store, sql, STORE_NO_VALUES, error);
    free(sql);
    if (!statement)
        return false;
    int code = repeats ? write_repeated_rows(table, statement, file) : write_rows(table, statement, file);
    bool ok = code == SQLITE_DONE || ferror(file) || store_fail(store, "read the database", error);
    sqlite3_finalize(statement);
    return ok;
}

static bool write_pragma(struct store *store, const char *name, FILE *file, struct error *error)
{
    int64_t value;
    char *sql = string_format("PRAGMA %s", name);
    bool ok = store_lookup(store, sql, STORE_NO_VALUES, &value, error);
    free(sql);
    if (ok)
        fprintf(file, "PRAGMA %s = %lld;\n", name, (long long)value);
    return ok;
}

bool store_dump(struct store *store, FILE *file, struct error *error)
{
    if (!store_script(store, "BEGIN", "read the database", error))
        return false;
    fputs("-- A database of kbench's as text: sqlite3 new.db < this, or kbench merge this.\n"
          "PRAGMA foreign_keys = OFF;\nBEGIN;\n",
          file);
    bool ok = write_pragma(store, "application_id", file, error) && write_pragma(store, "user_version", file, error) &&
              write_schema(store, "'table'", file, error);
    for (const struct copy_table *table = copy_tables; ok && table->name; table++)
        ok = write_table(store, table->name, table->has_id ? "id" : table->identity, table->repeats, file, error);
    ok = ok && write_table(store, "schema_doc", "table_name, column_name", false, file, error) &&
         write_schema(store, "'index', 'view'", file, error);
    fputs("COMMIT;\n", file);
    sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return ok;
}
