/* SPDX-License-Identifier: Apache-2.0 */
/* One row in two databases with different values: which, in what column, and what stands there. */
#include "store/copy.h"

#include "base/banned.h"

#define SHOWN_CHARACTERS "60"

struct conflict {
    char *label, *column, *theirs, *ours;
};
static const struct column conflict_columns[] = {
    COLUMN(struct conflict, label),
    COLUMN_AS(struct conflict, column, "\"column\""),
    COLUMN(struct conflict, theirs),
    COLUMN(struct conflict, ours),
    COLUMNS_END,
};

static bool is_compared(const struct copy_table *table, const char *column)
{
    return !string_equal(column, "id") && !copy_lists(table->identity, column) &&
           !(table->free && copy_lists(table->free, column));
}

/* "CASE WHEN <a differs> THEN … WHEN <b differs> THEN … END" for the column's name and what stands on both sides. */
struct cases {
    struct text differs, name, theirs, ours;
};

/* Two real numbers that differ in their last bits are the same one: the text of a database may be read by another SQLite than the one
 * that wrote it. */
static char *differing(const char *column, const char *value)
{
    return string_format("(ours.%s IS NOT %s AND NOT (typeof(ours.%s) = 'real' AND typeof(%s) = 'real' AND "
                         "abs(ours.%s - %s) <= 4e-16 * abs(ours.%s)))",
                         column, value, column, value, column, value, column);
}

static void add_column(const struct copy_table *table, const char *column, struct cases *cases)
{
    char *value = copy_value(table, column);
    char *differs = differing(column, value);
    text_append_format(&cases->differs, "%s%s", cases->differs.length ? " OR " : "", differs);
    text_append_format(&cases->name, " WHEN %s THEN '%s'", differs, column);
    text_append_format(&cases->theirs, " WHEN %s THEN theirs.%s", differs, column);
    text_append_format(&cases->ours, " WHEN %s THEN ours.%s", differs, column);
    free(differs);
    free(value);
}

/* What a row says of itself first: an id of the other database tells a person nothing. */
static void add_columns(const struct copy_parts *parts, bool references, struct cases *cases)
{
    for (size_t i = 0; i < parts->columns.count; i++) {
        const char *column = parts->columns.items[i];
        if (is_compared(parts->table, column) && copy_is_reference(parts->table, column) == references)
            add_column(parts->table, column, cases);
    }
}

static char *conflict_tail(const struct copy_parts *parts, const struct cases *cases)
{
    return string_format("FROM (SELECT %s AS label, CASE%s END AS \"column\", "
                         "substr(CASE%s END, 1, " SHOWN_CHARACTERS ") AS theirs, "
                         "substr(CASE%s END, 1, " SHOWN_CHARACTERS ") AS ours FROM %s CROSS JOIN main.%s AS ours ON %s "
                         "WHERE %s AND (%s) LIMIT 1)",
                         parts->table->label, cases->name.bytes, cases->theirs.bytes, cases->ours.bytes, parts->rows,
                         parts->table->name, parts->same, parts->wanted, cases->differs.bytes);
}

static bool say(const struct copy *copy, const struct copy_table *table, const struct conflict *conflict,
                struct error *error)
{
    return error_set(error, ERROR_INPUT, "%s: %s is '%s' in '%s' and '%s' in '%s'; nothing was taken over%s%s",
                     conflict->label ? conflict->label : table->name, conflict->column,
                     conflict->theirs ? conflict->theirs : "(absent)", copy->path,
                     conflict->ours ? conflict->ours : "(absent)", copy->store->path, table->advice ? "; " : "",
                     table->advice ? table->advice : "");
}

bool copy_check_conflicts(struct copy *copy, const struct copy_parts *parts, struct error *error)
{
    struct cases cases = {TEXT_INIT, TEXT_INIT, TEXT_INIT, TEXT_INIT};
    add_columns(parts, false, &cases);
    add_columns(parts, true, &cases);
    char *tail = conflict_tail(parts, &cases);
    const struct selection selection = {conflict_columns, tail, sizeof(struct conflict)};
    void *items = NULL;
    size_t count = 0;
    bool ok = store_select(copy->store, &selection, STORE_NO_VALUES, &items, &count, error);
    if (ok && count > 0)
        ok = say(copy, parts->table, items, error);
    store_rows_free(conflict_columns, items, sizeof(struct conflict), count);
    free(tail);
    text_release(&cases.differs);
    text_release(&cases.name);
    text_release(&cases.theirs);
    text_release(&cases.ours);
    return ok;
}
