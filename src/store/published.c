/* SPDX-License-Identifier: Apache-2.0 */
#include "store/published.h"

#include "store/database.h"

#include "base/banned.h"

const struct column store_published_columns[] = {
    COLUMN(struct store_published, version),
    COLUMN(struct store_published, case_name),
    COLUMN(struct store_published, run_name),
    COLUMN(struct store_published, source_title),
    COLUMN(struct store_published, source),
    COLUMN(struct store_published, record_size),
    COLUMN(struct store_published, records_sent),
    COLUMN(struct store_published, records_acked),
    COLUMN(struct store_published, records_failed),
    COLUMN(struct store_published, duration_s),
    COLUMN(struct store_published, records_per_sec),
    COLUMN(struct store_published, mb_per_sec),
    COLUMN(struct store_published, latency_avg_ms),
    COLUMN(struct store_published, latency_p50_ms),
    COLUMN(struct store_published, latency_p95_ms),
    COLUMN(struct store_published, latency_p99_ms),
    COLUMN(struct store_published, latency_p999_ms),
    COLUMN(struct store_published, latency_max_ms),
    COLUMN(struct store_published, client_library),
    COLUMN(struct store_published, client_version),
    COLUMN(struct store_published, broker_version),
    COLUMN(struct store_published, runtime),
    COLUMN(struct store_published, settings),
    COLUMN(struct store_published, source_version),
    COLUMN(struct store_published, source_date),
    COLUMN(struct store_published, source_repository),
    COLUMN(struct store_published, source_commit),
    COLUMN(struct store_published, note),
    COLUMNS_END,
};
#define COLUMN_COUNT (sizeof store_published_columns / sizeof *store_published_columns - 1)

void store_published_init(struct store_published *row)
{
    columns_clear(row, store_published_columns);
    row->source = "published";
}

static void read_values(const struct store_published *row, struct store_value values[COLUMN_COUNT])
{
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        values[i] = column_value(row, &store_published_columns[i]);
}

/* "INSERT INTO published (…) VALUES (…)", or with `replace` also the update of one with the same identity. */
static char *insert_sql(bool replace)
{
    struct text names = TEXT_INIT, marks = TEXT_INIT, sets = TEXT_INIT;
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const char *name = store_published_columns[i].name;
        text_append_format(&names, "%s%s", i ? ", " : "", name);
        text_append_format(&marks, "%s?%zu", i ? ", " : "", i + 1);
        if (i >= STORE_PUBLISHED_KEYS)
            text_append_format(&sets, "%s%s = ?%zu", i > STORE_PUBLISHED_KEYS ? ", " : "", name, i + 1);
    }
    char *sql = string_format("INSERT INTO published (%s) VALUES (%s)%s%s", names.bytes, marks.bytes,
                              replace ? " ON CONFLICT DO UPDATE SET " : "", replace ? sets.bytes : "");
    text_release(&names);
    text_release(&marks);
    text_release(&sets);
    return sql;
}

/* Whether there is a row with this identity, and whether it says all the same. */
static bool find_row(struct store *store, const struct store_value *values, bool *present, bool *same,
                     struct error *error)
{
    struct text sql = TEXT_INIT;
    int64_t equal;
    text_append(&sql, "SELECT 1");
    for (size_t i = STORE_PUBLISHED_KEYS; i < COLUMN_COUNT; i++)
        text_append_format(&sql, " AND %s IS ?%zu", store_published_columns[i].name, i + 1);
    text_append(&sql, " FROM published WHERE ");
    for (size_t i = 0; i < STORE_PUBLISHED_KEYS; i++)
        text_append_format(&sql, "%s%s = ?%zu", i ? " AND " : "", store_published_columns[i].name, i + 1);
    bool ok = store_lookup(store, sql.bytes, values, COLUMN_COUNT, &equal, error);
    *present = ok && equal != STORE_ABSENT;
    *same = ok && equal == 1;
    text_release(&sql);
    return ok;
}

bool store_put_published(struct store *store, const struct store_published *row, const struct store_place *place,
                         bool replace, bool *changed, struct error *error)
{
    struct store_value values[COLUMN_COUNT];
    bool present, same;
    *changed = false;
    read_values(row, values);
    if (!find_row(store, values, &present, &same, error))
        return false;
    if (same)
        return true;
    if (present && !replace)
        return error_set_at(
            error, place->file, place->line, 1,
            "the database has '%s' of '%s' in version '%s' with other values from the same source; --replace puts "
            "these in their place",
            row->run_name, row->case_name, row->version);
    char *sql = insert_sql(replace);
    *changed = store_run(store, sql, values, COLUMN_COUNT, error);
    free(sql);
    return *changed;
}
