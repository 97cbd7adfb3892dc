/* SPDX-License-Identifier: Apache-2.0 */
/* The format for people: aligned columns. */
#include "store/query.h"

#include "base/banned.h"

struct table_column {
    size_t width; /* in characters */
    bool textual; /* holds something that is no number: aligned left */
};

struct table {
    int column_count;
    struct table_column *columns;
    struct string_list cells; /* row by row, the names first */
};

static size_t characters(const char *cell)
{
    size_t count = 0;
    for (; *cell; cell++)
        count += ((unsigned char)*cell & 0xc0) != 0x80;
    return count;
}

/* A cell stays on its line, and no control character (C1 too) reaches the terminal. */
static void flatten(struct text *text, const char *value)
{
    for (const char *at = value; *at; at++) {
        if ((unsigned char)*at < 0x20 || *at == 0x7f) {
            text_append_char(text, ' ');
        } else if ((unsigned char)*at == 0xc2 && (unsigned char)at[1] < 0xa0) {
            text_append_char(text, ' ');
            at++;
        } else {
            text_append_char(text, *at);
        }
    }
}

static void add_cell(struct table *table, int column, const char *value)
{
    struct text cell = TEXT_INIT;
    flatten(&cell, value);
    size_t width = characters(cell.bytes);
    if (width > table->columns[column].width)
        table->columns[column].width = width;
    string_list_push(&table->cells, cell.bytes);
    text_release(&cell);
}

static void add_row(struct table *table, sqlite3_stmt *statement)
{
    struct text value = TEXT_INIT;
    for (int i = 0; i < table->column_count; i++) {
        int type = sqlite3_column_type(statement, i);
        text_clear(&value);
        query_append_value(&value, statement, i);
        table->columns[i].textual = table->columns[i].textual || type == SQLITE_TEXT || type == SQLITE_BLOB;
        add_cell(table, i, type == SQLITE_NULL ? "\xe2\x80\x93" : value.bytes);
    }
    text_release(&value);
}

static void print_cell(const struct table *table, size_t index, FILE *file)
{
    int column = (int)(index % (size_t)table->column_count);
    const struct table_column *layout = &table->columns[column];
    const char *cell = table->cells.items[index];
    int padding = (int)(layout->width - characters(cell));
    bool last = column == table->column_count - 1;
    if (!layout->textual)
        fprintf(file, "%*s%s", padding, "", cell);
    else
        fprintf(file, "%s%*s", cell, last ? 0 : padding, "");
    fputs(last ? "\n" : "  ", file);
}

static void print_table(const struct table *table, FILE *file)
{
    for (size_t i = 0; i < table->cells.count; i++) {
        print_cell(table, i, file);
        if (i + 1 != (size_t)table->column_count)
            continue;
        for (int column = 0; column < table->column_count; column++) { /* the line below the names */
            for (size_t dash = 0; dash < table->columns[column].width; dash++)
                fputc('-', file);
            fputs(column == table->column_count - 1 ? "\n" : "  ", file);
        }
    }
}

int query_write_table(sqlite3_stmt *statement, FILE *file)
{
    int code;
    struct table table = {.column_count = sqlite3_column_count(statement)};
    table.columns = memory_zeroed((size_t)table.column_count, sizeof *table.columns);
    for (int i = 0; i < table.column_count; i++)
        add_cell(&table, i, sqlite3_column_name(statement, i));
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        add_row(&table, statement);
    if (code == SQLITE_DONE)
        print_table(&table, file);
    string_list_release(&table.cells);
    free(table.columns);
    return code;
}
