/* SPDX-License-Identifier: Apache-2.0 */
/* The published tables of a history. */
#include "report/history_parts.h"

#include "base/banned.h"

static bool is_measured(const struct history *history, const char *version)
{
    for (size_t i = 0; i < history->revision_count; i++)
        if (string_equal(history->revisions[i].row.version, version))
            return true;
    return false;
}

static bool is_table(const struct history *history, const char *version)
{
    for (size_t i = 0; i < history->table_count; i++)
        if (string_equal(history->tables[i].version, version))
            return true;
    return false;
}

/* *found: the database has numbers of that name. */
static bool read_table(struct store *store, struct history *history, const char *version, bool *found,
                       struct error *error)
{
    struct history_table table = {0};
    *found = is_table(history, version);
    if (*found)
        return true;
    if (!store_read_published(store, version, &table.rows, error))
        return false;
    if (table.rows.count == 0)
        return true;
    if (!store_read_publications(store, version, &table.publications, error)) {
        store_result_rows_release(&table.rows);
        return false;
    }
    *found = true;
    table.version = string_copy(version);
    history->tables = memory_resized(history->tables, history->table_count + 1, sizeof *history->tables);
    history->tables[history->table_count++] = table;
    return true;
}

bool history_read_tables(struct store *store, struct history *history, struct error *error)
{
    for (size_t i = 0; i < history->revision_count; i++) {
        const struct history_revision *revision = &history->revisions[i];
        const char *superseded = revision->row.supersedes;
        bool found;
        if (revision->published && !read_table(store, history, revision->published, &found, error))
            return false;
        if (!superseded || is_measured(history, superseded))
            continue;
        if (store_find_experiment(store, superseded) != STORE_ABSENT) {
            history->is_cut = true; /* it is farther away than was read */
            continue;
        }
        if (!read_table(store, history, superseded, &found, error))
            return false;
        if (!found && !string_list_contains(&history->unknown, superseded))
            string_list_push(&history->unknown, superseded);
    }
    return true;
}

char *history_table_years(const struct history_table *table)
{
    const char *first = NULL, *last = NULL;
    for (size_t i = 0; i < table->publications.count; i++) { /* in the order of their dates */
        const char *date = table->publications.items[i].date;
        first = first ? first : date;
        last = date ? date : last;
    }
    if (!first)
        return string_copy("no date");
    return strncmp(first, last, 4) == 0 ? string_format("%.4s", first) : string_format("%.4s to %.4s", first, last);
}
