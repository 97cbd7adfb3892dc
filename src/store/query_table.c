/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The format for people: aligned columns. A cell is as wide as a terminal shows it, which depends on the character: the C library knows
 * (wcwidth). On a terminal a long text that has columns behind it is cut, since it would push them out of sight; elsewhere nothing is. Reals
 * have twelve digits: who calculates with them takes CSV or JSON.
 */
#include <limits.h>
#include <locale.h>
#include <unistd.h>
#include <wchar.h>

#include "store/query.h"

#include "base/banned.h"

struct table_column {
    size_t width; /* in columns of a terminal */
    bool textual; /* holds something that is no number: aligned left */
};

enum { TERMINAL_CELL_WIDTH = 60, REAL_DIGITS = 12 };

struct table {
    int column_count;
    size_t cell_width; /* the most that is shown of a text, the last column apart */
    struct table_column *columns;
    struct string_list cells; /* row by row, the names first */
};

/* How wide the beginning of `cell` is that is no wider than `limit`; its bytes go to `length`. Combining marks take no room, East
 * Asian wide characters twice as much. */
static size_t measure(const char *cell, size_t limit, size_t *length)
{
    mbstate_t state = {0};
    size_t width = 0;
    for (*length = 0; cell[*length];) {
        wchar_t character;
        size_t bytes = mbrtowc(&character, cell + *length, MB_LEN_MAX, &state);
        bool known = bytes > 0 && bytes <= MB_LEN_MAX; /* else it is no UTF-8, or there is no such locale */
        int columns = known ? wcwidth(character) : 1;
        if (columns > 0 && width + (size_t)columns > limit)
            break;
        width += columns > 0 ? (size_t)columns : 0;
        *length += known ? bytes : 1;
        if (!known)
            state = (mbstate_t){0};
    }
    return width;
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
    bool last = column == table->column_count - 1;
    size_t limit = last ? SIZE_MAX : table->cell_width, length;
    flatten(&cell, value);
    size_t width = measure(cell.bytes, limit, &length);
    if (length < cell.length) {
        width = measure(cell.bytes, limit - 1, &length) + 1;
        string_list_push_format(&table->cells, "%.*s\xe2\x80\xa6", (int)length, cell.bytes);
    } else {
        string_list_push(&table->cells, cell.bytes);
    }
    if (width > table->columns[column].width)
        table->columns[column].width = width;
    text_release(&cell);
}

static void add_row(struct table *table, sqlite3_stmt *statement)
{
    struct text value = TEXT_INIT;
    for (int i = 0; i < table->column_count; i++) {
        int type = sqlite3_column_type(statement, i);
        text_clear(&value);
        if (type == SQLITE_FLOAT)
            query_append_real(&value, sqlite3_column_double(statement, i), REAL_DIGITS);
        else
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
    size_t length;
    int padding = (int)(layout->width - measure(cell, SIZE_MAX, &length));
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
    struct table table = {.column_count = sqlite3_column_count(statement),
                          .cell_width = isatty(fileno(file)) ? TERMINAL_CELL_WIDTH : SIZE_MAX};
    locale_t utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0), before = uselocale(utf8);
    table.columns = memory_zeroed((size_t)table.column_count, sizeof *table.columns);
    for (int i = 0; i < table.column_count; i++)
        add_cell(&table, i, sqlite3_column_name(statement, i));
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
        add_row(&table, statement);
    if (code == SQLITE_DONE)
        print_table(&table, file);
    uselocale(before);
    if (utf8)
        freelocale(utf8);
    string_list_release(&table.cells);
    free(table.columns);
    return code;
}
