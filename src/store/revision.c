/* SPDX-License-Identifier: Apache-2.0 */
#include "store/revision.h"

#include "store/database.h"

#include "base/banned.h"

#define OF_CAMPAIGNS(expression) "(SELECT " expression " FROM campaign g WHERE g.experiment_id = e.id)"
#define TRIALS(condition)                                                                                              \
    "(SELECT count(*) FROM campaign g JOIN trial t ON t.campaign_id = g.id WHERE g.experiment_id = e.id" condition ")"

static const struct column revision_columns[] = {
    COLUMN_AS(struct store_revision, id, "e.id"),
    COLUMN_AS(struct store_revision, version, "e.version"),
    COLUMN_AS(struct store_revision, title, "e.title"),
    COLUMN_AS(struct store_revision, supersedes, "e.supersedes"),
    COLUMN_AS(struct store_revision, sha256, "e.sha256"),
    COLUMN_AS(struct store_revision, git_commit, "e.git_commit"),
    COLUMN_AS(struct store_revision, canonical, "e.canonical"),
    COLUMN_AS(struct store_revision, registered_at, "e.registered_at"),
    COLUMN_AS(struct store_revision, revision, "e.revision"),
    COLUMN_AS(struct store_revision, git_dirty, "coalesce(e.git_dirty, -1)"),
    COLUMN_AS(struct store_revision, first_started, OF_CAMPAIGNS("min(g.started_at)")),
    COLUMN_AS(struct store_revision, last_ended, OF_CAMPAIGNS("max(g.ended_at)")),
    COLUMN_AS(struct store_revision, campaigns,
              "(SELECT group_concat(id, ', ') FROM (SELECT id FROM campaign WHERE experiment_id = e.id ORDER BY id))"),
    COLUMN_AS(
        struct store_revision, kbench_versions,
        "(SELECT group_concat(kbench_version, ', ') FROM (SELECT kbench_version FROM campaign WHERE experiment_id = "
        "e.id AND kbench_version IS NOT NULL GROUP BY kbench_version ORDER BY min(id)))"),
    COLUMN_AS(struct store_revision, campaign_count, OF_CAMPAIGNS("count(*)")),
    COLUMN_AS(struct store_revision, trials, TRIALS("")),
    COLUMN_AS(struct store_revision, trials_ok, TRIALS(" AND t.status = 'ok'")),
    COLUMNS_END,
};

#define IN_ORDER "ORDER BY (SELECT min(id) FROM experiment f WHERE f.version = e.version), e.revision"

static bool read_revisions(struct store *store, const char *tail, const struct store_value *values, size_t count,
                           struct store_revision_rows *rows, struct error *error)
{
    const struct selection selection = {revision_columns, tail, sizeof(struct store_revision)};
    void *items;
    bool ok = store_select(store, &selection, values, count, &items, &rows->count, error);
    rows->items = items;
    return ok;
}

/* Without the definitions, which would be most of what is read. */
bool store_read_revisions(struct store *store, struct store_revision_rows *rows, struct error *error)
{
    return read_revisions(store,
                          "FROM (SELECT id, version, title, supersedes, sha256, git_commit, NULL AS canonical, "
                          "registered_at, revision, git_dirty FROM experiment) e " IN_ORDER,
                          STORE_NO_VALUES, rows, error);
}

/* The depth bounds the recursion where versions supersede each other in a circle, too. */
bool store_read_related_revisions(struct store *store, const char *version, struct store_revision_rows *rows,
                                  struct error *error)
{
    return read_revisions(
        store,
        "FROM experiment e WHERE e.version IN ("
        "WITH RECURSIVE back (version, depth) AS (SELECT ?1, 0 UNION SELECT e.supersedes, b.depth + 1 "
        "FROM back b JOIN experiment e ON e.version = b.version WHERE e.supersedes IS NOT NULL AND b.depth < ?2), "
        "ahead (version, depth) AS (SELECT ?1, 0 UNION SELECT e.version, a.depth + 1 "
        "FROM ahead a JOIN experiment e ON e.supersedes = a.version WHERE a.depth < ?2) "
        "SELECT version FROM back UNION SELECT version FROM ahead) " IN_ORDER,
        STORE_VALUES(value_text(version), value_integer(STORE_REVISION_REACH)), rows, error);
}

void store_revision_release(struct store_revision *row)
{
    store_row_release(revision_columns, row);
    *row = (struct store_revision){.id = STORE_ABSENT};
}

void store_revision_rows_release(struct store_revision_rows *rows)
{
    store_rows_free(revision_columns, rows->items, sizeof *rows->items, rows->count);
    *rows = (struct store_revision_rows){0};
}

static const struct column publication_columns[] = {
    COLUMN_AS(struct store_publication, title, "source_title"),
    COLUMN_AS(struct store_publication, version, "source_version"),
    COLUMN_AS(struct store_publication, date, "source_date"),
    COLUMN_AS(struct store_publication, repository, "source_repository"),
    COLUMN_AS(struct store_publication, commit, "source_commit"),
    COLUMN(struct store_publication, source),
    COLUMN_AS(struct store_publication, numbers, "count(*)"),
    COLUMNS_END,
};

bool store_read_publications(struct store *store, const char *version, struct store_publication_rows *rows,
                             struct error *error)
{
    static const struct selection selection =
        {publication_columns,
         "FROM published WHERE version = ? GROUP BY source, source_title, source_version, source_date, "
         "source_repository, source_commit ORDER BY source_date, source_title",
         sizeof(struct store_publication)};
    void *items;
    bool ok = store_select(store, &selection, STORE_VALUES(value_text(version)), &items, &rows->count, error);
    rows->items = items;
    return ok;
}

void store_publication_rows_release(struct store_publication_rows *rows)
{
    store_rows_free(publication_columns, rows->items, sizeof *rows->items, rows->count);
    *rows = (struct store_publication_rows){0};
}
