/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that others published, from CSV files. */
#include <errno.h>
#include <math.h>

#include "base/file.h"
#include "store/csv.h"
#include "store/database.h"
#include "store/published.h"

#include "base/banned.h"

enum { CSV_LIMIT_BYTES = 1 << 20, COLUMNS_MAX = 32 };

struct import {
    struct store *store;
    const char *path;
    bool replace;
    const struct column *columns[COLUMNS_MAX]; /* of the table, for each field of a record */
    size_t width;                              /* fields in a record */
    struct string_list seen;                   /* identities of the rows so far: a file must not say a thing twice */
    int64_t changed;
};

/* A file calls the columns as the table does, but for these two. */
static const char *field_name(const struct column *column)
{
    return string_equal(column->name, "case_name")  ? "case"
           : string_equal(column->name, "run_name") ? "run"
                                                    : column->name;
}

/* What stands in such a file was published; its source is not for it to say. */
static bool is_field(const struct column *column)
{
    return !string_equal(column->name, "source");
}

static const struct column *find_column(const char *name)
{
    for (const struct column *column = store_published_columns; column->name; column++)
        if (is_field(column) && string_equal(field_name(column), name))
            return column;
    return NULL;
}

static bool unknown_field(const struct import *import, int line, const char *name, struct error *error)
{
    const char *names[COLUMNS_MAX];
    size_t count = 0;
    for (const struct column *column = store_published_columns; column->name; column++)
        if (is_field(column))
            names[count++] = field_name(column);
    error_set_at(error, import->path, line, 1, "there is no column '%s'", name);
    return error_suggest_or(error, name, names, count, "");
}

static bool has_column(const struct import *import, const struct column *column)
{
    for (size_t i = 0; i < import->width; i++)
        if (import->columns[i] == column)
            return true;
    return false;
}

static bool read_header(struct import *import, const struct string_list *fields, int line, struct error *error)
{
    for (size_t i = 0; i < fields->count; i++) {
        const struct column *column = find_column(fields->items[i]);
        if (!column)
            return unknown_field(import, line, fields->items[i], error);
        if (has_column(import, column))
            return error_set_at(error, import->path, line, 1, "column '%s' is there twice", fields->items[i]);
        import->columns[import->width++] = column;
    }
    for (int i = 0; i < STORE_PUBLISHED_KEYS; i++)
        if (!has_column(import, &store_published_columns[i]))
            return error_set_at(error, import->path, line, 1, "the header has no column '%s'",
                                field_name(&store_published_columns[i]));
    return true;
}

/* Plain decimals only: what strtod also takes (hexadecimal, "inf", blanks before) nobody publishes on purpose. */
static bool read_number(const struct column *column, const char *text, void *member)
{
    char *end;
    errno = 0;
    if (strspn(text, "0123456789.eE+-") != strlen(text) || text[0] == '-' || text[0] == '+')
        return false;
    if (column->type == COLUMN_INTEGER) {
        memcpy(member, &(int64_t){strtoll(text, &end, 10)}, sizeof(int64_t));
        return !errno && end != text && !*end;
    }
    double real = strtod(text, &end);
    memcpy(member, &real, sizeof real);
    return !errno && end != text && !*end && isfinite(real);
}

/* An empty field is an absent value. */
static bool read_row(const struct import *import, const struct string_list *fields, int line,
                     struct store_published *row, struct error *error)
{
    store_published_init(row);
    if (fields->count != import->width)
        return error_set_at(error, import->path, line, 1, "%zu fields, the header has %zu", fields->count,
                            import->width);
    for (size_t i = 0; i < fields->count; i++) {
        const struct column *column = import->columns[i];
        const char *text = fields->items[i];
        void *member = (char *)row + column->offset;
        if (!text[0] && column < store_published_columns + STORE_PUBLISHED_KEYS)
            return error_set_at(error, import->path, line, 1, "'%s' is empty", field_name(column));
        if (!text[0])
            continue;
        if (column->type == COLUMN_TEXT)
            memcpy(member, &text, sizeof text);
        else if (!read_number(column, text, member))
            return error_set_at(error, import->path, line, 1, "'%s' takes %s, not '%s'", field_name(column),
                                column->type == COLUMN_INTEGER ? "a whole number" : "a number of 0 or more", text);
    }
    return true;
}

static bool import_record(struct import *import, const struct string_list *fields, int line, struct error *error)
{
    struct store_published row;
    if (!read_row(import, fields, line, &row, error))
        return false;
    char *key = string_format("%s\n%s\n%s\n%s", row.version, row.case_name, row.run_name, row.source_title);
    bool twice = string_list_contains(&import->seen, key), changed;
    string_list_push(&import->seen, key);
    free(key);
    if (twice)
        return error_set_at(error, import->path, line, 1, "a second row for '%s' of '%s' in version '%s'", row.run_name,
                            row.case_name, row.version);
    const struct store_place place = {import->path, line};
    bool ok = store_put_published(import->store, &row, &place, import->replace, &changed, error);
    import->changed += ok && changed;
    return ok;
}

/* One transaction around it is the caller's. */
static bool import_records(struct import *import, const struct text *content, struct error *error)
{
    struct csv_reader reader;
    struct string_list fields = {0};
    struct error problem = ERROR_INIT; /* tells the end of the file from an error */
    int line;
    csv_reader_init(&reader, import->path, content->bytes, content->length);
    bool ok = csv_reader_next(&reader, &fields, &line, &problem);
    if (ok)
        ok = read_header(import, &fields, line, &problem);
    else if (problem.category == ERROR_NONE)
        error_set_at(&problem, import->path, 1, 1, "the file is empty; its first line names the columns");
    while (ok && csv_reader_next(&reader, &fields, &line, &problem))
        ok = import_record(import, &fields, line, &problem);
    string_list_release(&fields);
    if (problem.category == ERROR_NONE)
        return true;
    if (error)
        *error = problem;
    return false;
}

bool store_import_csv(struct store *store, const char *path, bool replace, int64_t *changed, struct error *error)
{
    struct import import = {.store = store, .path = path, .replace = replace};
    struct text content = TEXT_INIT;
    *changed = 0;
    bool ok = file_read(path, CSV_LIMIT_BYTES, &content, error) && store_begin(store, error);
    if (ok)
        ok = store_finish(store, import_records(&import, &content, error), error);
    if (ok)
        *changed = import.changed;
    string_list_release(&import.seen);
    text_release(&content);
    return ok;
}
