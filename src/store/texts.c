/* SPDX-License-Identifier: Apache-2.0 */
#include "store/texts.h"

#include "store/database.h"

#include "base/banned.h"

/* Columns that hold the value of what another one names. */
static const struct named_column {
    const char *table, *column, *name;
} named_columns[] = {
    {"broker_config", "value", "name"},
    {"trial_setting", "requested", "coalesce(canonical, native)"},
    {"trial_setting", "in_force", "coalesce(canonical, native)"},
};

static const char *name_of(const struct store_text *text)
{
    for (size_t i = 0; i < sizeof named_columns / sizeof *named_columns; i++)
        if (string_equal(named_columns[i].table, text->table) && string_equal(named_columns[i].column, text->column))
            return named_columns[i].name;
    return "NULL";
}

struct text_column {
    char *table, *column, *row; /* row: SQL for the row's key */
};
static const struct column columns[] = {
    COLUMN_AS(struct text_column, table, "t.name"),
    COLUMN_AS(struct text_column, column, "c.name"),
    COLUMN_AS(
        struct text_column, row,
        "(SELECT group_concat('''' || name || ' '' || ' || name, ' || '', '' || ') FROM pragma_table_info(t.name) "
        "WHERE pk > 0)"),
    COLUMNS_END,
};

static bool visit_column(struct store *store, const struct text_column *column, store_text_visitor *visit,
                         void *context, struct error *error)
{
    struct store_text text = {.table = column->table, .column = column->column};
    char *sql = string_format("SELECT %s, %s, %s FROM %s WHERE %s IS NOT NULL", column->row ? column->row : "''",
                              name_of(&text), column->column, column->table, column->column);
    sqlite3_stmt *statement = store_prepare(store, sql, STORE_NO_VALUES, error);
    free(sql);
    if (!statement)
        return false;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        text.row = (const char *)sqlite3_column_text(statement, 0);
        text.name = (const char *)sqlite3_column_text(statement, 1);
        text.value = (const char *)sqlite3_column_text(statement, 2);
        visit(context, &text);
    }
    bool ok = code == SQLITE_DONE || store_fail(store, "read the database", error);
    sqlite3_finalize(statement);
    return ok;
}

bool store_each_text(struct store *store, store_text_visitor *visit, void *context, struct error *error)
{
    static const struct selection selection = {columns,
                                               "FROM sqlite_schema AS t, pragma_table_info(t.name) AS c WHERE "
                                               "t.type = 'table' AND c.type = 'TEXT' ORDER BY t.name, c.cid",
                                               sizeof(struct text_column)};
    void *items;
    size_t count;
    if (!store_select(store, &selection, STORE_NO_VALUES, &items, &count, error))
        return false;
    const struct text_column *found = items;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        ok = visit_column(store, &found[i], visit, context, error);
    store_rows_free(columns, items, sizeof *found, count);
    return ok;
}
