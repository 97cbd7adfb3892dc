/* SPDX-License-Identifier: Apache-2.0 */
/* From structs to rows and back, by tables of columns. */
#include <math.h>

#include "store/database.h"

#include "base/banned.h"

static size_t column_count(const struct column *columns)
{
    size_t count = 0;
    while (columns[count].name)
        count++;
    return count;
}

/* memcpy for whatever type the member has: no assumption about alignment or aliasing. */
#define MEMBER(type, row, column) (*(type *)memcpy(&(type){0}, (const char *)(row) + (column)->offset, sizeof(type)))

struct store_value column_value(const void *row, const struct column *column)
{
    switch (column->type) {
    case COLUMN_TEXT: return value_text(MEMBER(const char *, row, column));
    case COLUMN_INT: return value_integer(MEMBER(int, row, column));
    case COLUMN_INTEGER: return value_integer(MEMBER(int64_t, row, column));
    case COLUMN_UNSIGNED: return value_integer((int64_t)MEMBER(uint64_t, row, column));
    case COLUMN_BOOLEAN: return value_integer(MEMBER(bool, row, column));
    case COLUMN_REAL: break;
    }
    return value_real(MEMBER(double, row, column));
}

void columns_clear(void *row, const struct column *columns)
{
    for (const struct column *column = columns; column->name; column++) {
        void *member = (char *)row + column->offset;
        if (column->type == COLUMN_INTEGER)
            memcpy(member, &(int64_t){STORE_ABSENT}, sizeof(int64_t));
        else if (column->type == COLUMN_REAL)
            memcpy(member, &(double){(double)NAN}, sizeof(double));
        else if (column->type == COLUMN_TEXT)
            memcpy(member, &(const char *){NULL}, sizeof(const char *));
    }
}

static void append_name(struct text *names, struct text *marks, const char *name)
{
    text_append_format(names, "%s%s", names->length ? ", " : "", name);
    text_append(marks, marks->length ? ", ?" : "?");
}

static char *insert_sql(const struct insertion *insertion)
{
    struct text names = TEXT_INIT, marks = TEXT_INIT;
    for (size_t i = 0; i < insertion->key_count; i++)
        append_name(&names, &marks, insertion->keys[i].name);
    if (insertion->positions)
        append_name(&names, &marks, "position");
    for (const struct column *column = insertion->columns; column->name; column++)
        append_name(&names, &marks, column->name);
    char *sql = string_format("INSERT INTO %s (%s) VALUES (%s)", insertion->table, names.bytes, marks.bytes);
    text_release(&names);
    text_release(&marks);
    return sql;
}

bool store_insert(struct store *store, const struct insertion *insertion, struct error *error)
{
    size_t count = insertion->key_count + insertion->positions + column_count(insertion->columns);
    struct store_value *values = memory_zeroed(count, sizeof *values);
    char *sql = insert_sql(insertion);
    bool ok = true;
    for (size_t i = 0; ok && i < insertion->count; i++) {
        const void *row = (const char *)insertion->rows + i * insertion->row_size;
        size_t at = 0;
        for (size_t key = 0; key < insertion->key_count; key++)
            values[at++] = value_integer(insertion->keys[key].value);
        if (insertion->positions)
            values[at++] = value_integer((int64_t)i);
        for (const struct column *column = insertion->columns; column->name; column++)
            values[at++] = column_value(row, column);
        ok = store_run(store, sql, values, count, error);
    }
    free(sql);
    free(values);
    return ok;
}

static void read_member(sqlite3_stmt *statement, int index, const struct column *column, void *row)
{
    void *member = (char *)row + column->offset;
    bool absent = sqlite3_column_type(statement, index) == SQLITE_NULL;
    int64_t integer = absent ? 0 : sqlite3_column_int64(statement, index);
    switch (column->type) {
    case COLUMN_TEXT: {
        char *text = string_copy((const char *)sqlite3_column_text(statement, index));
        memcpy(member, &text, sizeof text);
        break;
    }
    case COLUMN_INT: memcpy(member, &(int){(int)integer}, sizeof(int)); break;
    case COLUMN_INTEGER: memcpy(member, &(int64_t){absent ? STORE_ABSENT : integer}, sizeof(int64_t)); break;
    case COLUMN_UNSIGNED: memcpy(member, &(uint64_t){(uint64_t)integer}, sizeof(uint64_t)); break;
    case COLUMN_BOOLEAN: memcpy(member, &(bool){integer != 0}, sizeof(bool)); break;
    case COLUMN_REAL:
        memcpy(member, &(double){absent ? (double)NAN : sqlite3_column_double(statement, index)}, sizeof(double));
        break;
    }
}

static char *select_sql(const struct selection *selection)
{
    struct text sql = TEXT_INIT;
    for (const struct column *column = selection->columns; column->name; column++)
        text_append_format(&sql, "%s%s", column == selection->columns ? "SELECT " : ", ", column->name);
    text_append_format(&sql, " %s", selection->tail);
    return text_detach(&sql);
}

bool store_select(struct store *store, const struct selection *selection, const struct store_value *values,
                  size_t count, void **items, size_t *item_count, struct error *error)
{
    size_t size = selection->row_size, room = 0;
    *items = NULL;
    *item_count = 0;
    char *sql = select_sql(selection);
    sqlite3_stmt *statement = store_prepare(store, sql, values, count, error);
    free(sql);
    if (!statement)
        return false;
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        if (*item_count == room)
            *items = memory_resized(*items, room = room ? 2 * room : 16, size);
        char *row = (char *)*items + (*item_count)++ * size;
        memset(row, 0, size);
        for (int i = 0; selection->columns[i].name; i++)
            read_member(statement, i, &selection->columns[i], row);
    }
    bool ok = code == SQLITE_DONE || store_fail(store, "read the database", error);
    sqlite3_finalize(statement);
    if (!ok) {
        store_rows_free(selection->columns, *items, size, *item_count);
        *items = NULL;
        *item_count = 0;
    }
    return ok;
}

bool store_select_names(struct store *store, const char *tail, const struct store_value *values, size_t count,
                        struct string_list *names, struct error *error)
{
    struct row {
        char *name;
    };
    static const struct column columns[] = {COLUMN(struct row, name), COLUMNS_END};
    const struct selection selection = {columns, tail, sizeof(struct row)};
    void *items;
    size_t found;
    if (!store_select(store, &selection, values, count, &items, &found, error))
        return false;
    for (size_t i = 0; i < found; i++)
        string_list_push(names, ((struct row *)items)[i].name);
    store_rows_free(columns, items, sizeof(struct row), found);
    return true;
}

void store_row_release(const struct column *columns, const void *row)
{
    for (const struct column *column = columns; column->name; column++)
        if (column->type == COLUMN_TEXT)
            free(MEMBER(char *, row, column));
}

void store_rows_free(const struct column *columns, void *items, size_t row_size, size_t count)
{
    for (size_t i = 0; i < count; i++)
        store_row_release(columns, (char *)items + i * row_size);
    free(items);
}
