/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers that others published, from CSV files. */
#include <errno.h>
#include <math.h>

#include "base/file.h"
#include "store/csv.h"
#include "store/database.h"

#include "base/banned.h"

enum { CSV_LIMIT_BYTES = 1 << 20 };

/* The columns that a file may have, in any order. The key's four identify a row; all are written as one reads them. */
enum { FIELD_VERSION, FIELD_CASE, FIELD_RUN, FIELD_SOURCE, KEY_FIELDS };
static const struct field {
    const char *name, *column;
    enum { KIND_TEXT, KIND_WHOLE, KIND_REAL } type;
} known[] = {
    [FIELD_VERSION] = {"version", "version", KIND_TEXT},
    [FIELD_CASE] = {"case", "case_name", KIND_TEXT},
    [FIELD_RUN] = {"run", "run_name", KIND_TEXT},
    [FIELD_SOURCE] = {"source_title", "source_title", KIND_TEXT},
    {"record_size", "record_size", KIND_WHOLE},
    {"records_sent", "records_sent", KIND_WHOLE},
    {"records_acked", "records_acked", KIND_WHOLE},
    {"records_failed", "records_failed", KIND_WHOLE},
    {"duration_s", "duration_s", KIND_REAL},
    {"records_per_sec", "records_per_sec", KIND_REAL},
    {"mb_per_sec", "mb_per_sec", KIND_REAL},
    {"latency_avg_ms", "latency_avg_ms", KIND_REAL},
    {"latency_p50_ms", "latency_p50_ms", KIND_REAL},
    {"latency_p95_ms", "latency_p95_ms", KIND_REAL},
    {"latency_p99_ms", "latency_p99_ms", KIND_REAL},
    {"latency_p999_ms", "latency_p999_ms", KIND_REAL},
    {"latency_max_ms", "latency_max_ms", KIND_REAL},
    {"client_library", "client_library", KIND_TEXT},
    {"client_version", "client_version", KIND_TEXT},
    {"broker_version", "broker_version", KIND_TEXT},
    {"runtime", "runtime", KIND_TEXT},
    {"settings", "settings", KIND_TEXT},
    {"source_version", "source_version", KIND_TEXT},
    {"source_date", "source_date", KIND_TEXT},
    {"source_repository", "source_repository", KIND_TEXT},
    {"source_commit", "source_commit", KIND_TEXT},
    {"note", "note", KIND_TEXT},
};
#define FIELD_COUNT (sizeof known / sizeof *known)

struct import {
    struct store *store;
    const char *path;
    bool replace;
    int place[FIELD_COUNT];  /* of each known field in a record of the file, or -1 */
    size_t width;            /* fields in a record */
    struct string_list seen; /* keys of the rows so far: a file must not say a thing twice */
    int64_t changed;
};

static int find_field(const char *name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++)
        if (string_equal(known[i].name, name))
            return (int)i;
    return -1;
}

static bool read_header(struct import *import, const struct string_list *fields, int line, struct error *error)
{
    const char *names[FIELD_COUNT];
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        names[i] = known[i].name;
        import->place[i] = -1;
    }
    import->width = fields->count;
    for (size_t i = 0; i < fields->count; i++) {
        const char *name = fields->items[i];
        int field = find_field(name);
        if (field < 0) {
            const char *nearest = string_nearest(name, names, FIELD_COUNT);
            return error_set_at(error, import->path, line, 1, "there is no column '%s'%s%s%s", name,
                                nearest ? ", did you mean '" : "", nearest ? nearest : "", nearest ? "'?" : "");
        }
        if (import->place[field] >= 0)
            return error_set_at(error, import->path, line, 1, "column '%s' is there twice", name);
        import->place[field] = (int)i;
    }
    for (int i = 0; i < KEY_FIELDS; i++)
        if (import->place[i] < 0)
            return error_set_at(error, import->path, line, 1, "the header has no column '%s'", known[i].name);
    return true;
}

/* Plain decimals only: what strtod also takes (hexadecimal, "inf", blanks before) nobody publishes on purpose. */
static bool parse_number(const struct field *field, const char *text, struct store_value *value)
{
    char *end;
    errno = 0;
    if (strspn(text, "0123456789.eE+-") != strlen(text))
        return false;
    if (field->type == KIND_WHOLE)
        *value = value_integer(strtoll(text, &end, 10));
    else
        *value = value_real(strtod(text, &end));
    return !errno && end != text && !*end && text[0] != '-' && text[0] != '+' &&
           (field->type == KIND_WHOLE || isfinite(value->real));
}

/* An empty field is an absent value. */
static bool read_values(const struct import *import, const struct string_list *fields, int line,
                        struct store_value values[FIELD_COUNT], struct error *error)
{
    if (fields->count != import->width)
        return error_set_at(error, import->path, line, 1, "%zu fields, the header has %zu", fields->count,
                            import->width);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const char *text = import->place[i] < 0 ? "" : fields->items[import->place[i]];
        values[i] = value_text(text[0] ? text : NULL);
        if (!text[0] && i < KEY_FIELDS)
            return error_set_at(error, import->path, line, 1, "'%s' is empty", known[i].name);
        if (text[0] && known[i].type != KIND_TEXT && !parse_number(&known[i], text, &values[i]))
            return error_set_at(error, import->path, line, 1, "'%s' takes %s, not '%s'", known[i].name,
                                known[i].type == KIND_WHOLE ? "a whole number" : "a number of 0 or more", text);
    }
    return true;
}

/* "INSERT INTO published (…) VALUES (…)", and a query for the row with the same key if it says all the same. */
static char *insert_sql(bool replace)
{
    struct text names = TEXT_INIT, marks = TEXT_INIT, sets = TEXT_INIT;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        text_append_format(&names, "%s%s", i ? ", " : "", known[i].column);
        text_append_format(&marks, "%s?%zu", i ? ", " : "", i + 1);
        if (i >= KEY_FIELDS)
            text_append_format(&sets, "%s%s = ?%zu", i > KEY_FIELDS ? ", " : "", known[i].column, i + 1);
    }
    char *sql = string_format("INSERT INTO published (%s) VALUES (%s)%s%s", names.bytes, marks.bytes,
                              replace ? " ON CONFLICT DO UPDATE SET " : "", replace ? sets.bytes : "");
    text_release(&names);
    text_release(&marks);
    text_release(&sets);
    return sql;
}

static bool same_row(struct import *import, const struct store_value *values, int64_t id, bool *same,
                     struct error *error)
{
    struct text sql = TEXT_INIT;
    int64_t found;
    text_append_format(&sql, "SELECT id FROM published WHERE id = ?%zu", FIELD_COUNT + 1);
    for (size_t i = 0; i < FIELD_COUNT; i++)
        text_append_format(&sql, " AND %s IS ?%zu", known[i].column, i + 1);
    struct store_value with_id[FIELD_COUNT + 1];
    memcpy(with_id, values, FIELD_COUNT * sizeof *values);
    with_id[FIELD_COUNT] = value_integer(id);
    bool ok = store_lookup(import->store, sql.bytes, with_id, FIELD_COUNT + 1, &found, error);
    *same = ok && found != STORE_ABSENT;
    text_release(&sql);
    return ok;
}

static bool put_row(struct import *import, const struct store_value *values, int line, struct error *error)
{
    int64_t present;
    bool same = false;
    if (!store_lookup(
            import->store,
            "SELECT id FROM published WHERE version = ? AND case_name = ? AND run_name = ? AND source_title = ?",
            values, KEY_FIELDS, &present, error) ||
        (present != STORE_ABSENT && !same_row(import, values, present, &same, error)))
        return false;
    if (same)
        return true;
    if (present != STORE_ABSENT && !import->replace)
        return error_set_at(
            error, import->path, line, 1,
            "the database has '%s' of '%s' in version '%s' with other values from the same source; --replace puts "
            "these in their place",
            values[FIELD_RUN].text, values[FIELD_CASE].text, values[FIELD_VERSION].text);
    char *sql = insert_sql(import->replace);
    bool ok = store_run(import->store, sql, values, FIELD_COUNT, error);
    free(sql);
    import->changed += ok;
    return ok;
}

static bool import_record(struct import *import, const struct string_list *fields, int line, struct error *error)
{
    struct store_value values[FIELD_COUNT];
    if (!read_values(import, fields, line, values, error))
        return false;
    char *key = string_format("%s\n%s\n%s\n%s", values[FIELD_VERSION].text, values[FIELD_CASE].text,
                              values[FIELD_RUN].text, values[FIELD_SOURCE].text);
    bool twice = string_list_contains(&import->seen, key);
    string_list_push(&import->seen, key);
    free(key);
    if (twice)
        return error_set_at(error, import->path, line, 1, "a second row for '%s' of '%s' in version '%s'",
                            values[FIELD_RUN].text, values[FIELD_CASE].text, values[FIELD_VERSION].text);
    return put_row(import, values, line, error);
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
