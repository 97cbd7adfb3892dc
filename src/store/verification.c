/* SPDX-License-Identifier: Apache-2.0 */
/* Is the instrument true? What `kbench verify` found. */
#include "base/clock.h"
#include "store/database.h"

#include "base/banned.h"

/* A run's points, and a point's parts within its room of the positions: a point that is checked again replaces all of its parts. */
#define PARTS "100"
_Static_assert(STORE_VERIFICATION_PARTS == 100, "the SQL below says the same");

static const struct column run_columns[] = {
    COLUMN(struct store_verification, id),         COLUMN(struct store_verification, environment_id),
    COLUMN(struct store_verification, ran_at),     COLUMN(struct store_verification, kbench_version),
    COLUMN(struct store_verification, git_commit), COLUMN(struct store_verification, seconds),
    COLUMN(struct store_verification, passed),     COLUMNS_END,
};

static const struct column point_columns[] = {
    COLUMN(struct store_verification_point, position),
    COLUMN(struct store_verification_point, name),
    COLUMN(struct store_verification_point, truth),
    COLUMN(struct store_verification_point, measured),
    COLUMN(struct store_verification_point, verdict),
    COLUMN(struct store_verification_point, detail),
    COLUMNS_END,
};

static const struct column read_columns[] = {
    COLUMN(struct store_verification_point, position), COLUMN(struct store_verification_point, name),
    COLUMN(struct store_verification_point, truth),    COLUMN(struct store_verification_point, measured),
    COLUMN(struct store_verification_point, verdict),  COLUMN(struct store_verification_point, detail),
    COLUMN(struct store_verification_point, ran_at),   COLUMNS_END,
};

static bool put_points(struct store *store, const struct store_verification *verification, int64_t id,
                       struct error *error)
{
    const struct row_key key = {"verification_id", id};
    const struct insertion insertion = {.table = "verification_point",
                                        .keys = &key,
                                        .key_count = 1,
                                        .columns = point_columns,
                                        .rows = verification->points,
                                        .row_size = sizeof *verification->points,
                                        .count = verification->point_count};
    return store_insert(store, &insertion, error);
}

bool store_put_verification(struct store *store, const struct store_verification *verification, struct error *error)
{
    char now[CLOCK_ISO8601_SIZE];
    if (!store_begin(store, error))
        return false;
    bool ok =
        store_run(store,
                  "INSERT INTO verification (ran_at, kbench_version, git_commit, environment_id, seconds, passed) "
                  "VALUES (?, ?, ?, ?, ?, ?)",
                  STORE_VALUES(value_text(clock_iso8601(now)), value_text(verification->kbench_version),
                               value_text(verification->git_commit), value_integer(verification->environment_id),
                               value_real(verification->seconds), value_integer(verification->passed)),
                  error) &&
        put_points(store, verification, sqlite3_last_insert_rowid(store->db), error);
    return store_finish(store, ok, error);
}

/* The last to have run: a database that was merged may have it before others. */
static bool read_last_run(struct store *store, struct store_verification *verification, struct error *error)
{
    static const struct selection selection = {run_columns, "FROM verification ORDER BY ran_at DESC, id DESC LIMIT 1",
                                               sizeof(struct store_verification)};
    void *items;
    size_t count;
    if (!store_select(store, &selection, STORE_NO_VALUES, &items, &count, error))
        return false;
    if (count > 0)
        *verification = *(struct store_verification *)items;
    free(items);
    return true;
}

/* Of each point the newest result, among the runs of one kbench on one machine. */
static bool read_points(struct store *store, struct store_verification *verification, struct error *error)
{
    static const struct selection selection =
        {read_columns,
         "FROM (SELECT other.position / " PARTS " AS number, max(verification_id) AS id "
         "FROM verification JOIN verification_point AS other ON other.verification_id = verification.id "
         "WHERE kbench_version = ?1 AND git_commit IS ?2 AND environment_id IS ?3 GROUP BY number) AS newest "
         "JOIN verification ON verification.id = newest.id "
         "JOIN verification_point AS point ON point.verification_id = newest.id "
         "AND point.position / " PARTS " = newest.number ORDER BY position",
         sizeof(struct store_verification_point)};
    void *items;
    if (!store_select(store, &selection,
                      STORE_VALUES(value_text(verification->kbench_version), value_text(verification->git_commit),
                                   value_integer(verification->environment_id)),
                      &items, &verification->point_count, error))
        return false;
    verification->points = items;
    verification->passed = verification->point_count > 0;
    for (size_t i = 0; i < verification->point_count; i++)
        verification->passed = verification->passed && string_equal(verification->points[i].verdict, "pass");
    return true;
}

bool store_read_verification(struct store *store, struct store_verification *verification, struct error *error)
{
    *verification = (struct store_verification){.id = STORE_ABSENT, .environment_id = STORE_ABSENT};
    return read_last_run(store, verification, error) &&
           (verification->id == STORE_ABSENT || read_points(store, verification, error));
}

void store_verification_release(struct store_verification *verification)
{
    store_rows_free(read_columns, verification->points, sizeof *verification->points, verification->point_count);
    store_row_release(run_columns, verification);
    *verification = (struct store_verification){.id = STORE_ABSENT};
}
