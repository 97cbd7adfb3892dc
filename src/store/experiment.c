/* SPDX-License-Identifier: Apache-2.0 */
/* Experiments: a version and its revisions, with their cases, runs and claims. A definition that experiment_parse() has let
 * through holds no secret, so it is stored as it is. */
#include "base/clock.h"
#include "store/database.h"

#include "base/banned.h"

static const struct column run_columns[] = {
    COLUMN(struct experiment_run, name),
    COLUMN(struct experiment_run, title),
    COLUMN(struct experiment_run, driver),
    COLUMN(struct experiment_run, version),
    COLUMNS_END,
};

static const struct column claim_columns[] = {
    COLUMN(struct claim, name),
    COLUMN(struct claim, quote),
    COLUMN(struct claim, metric),
    COLUMN(struct claim, of_case),
    COLUMN(struct claim, of_run),
    COLUMN(struct claim, of_version),
    COLUMN(struct claim, of_published),
    COLUMN(struct claim, to_case),
    COLUMN(struct claim, to_run),
    COLUMN(struct claim, to_version),
    COLUMN(struct claim, to_published),
    COLUMN_AS(struct claim, ratio[0], "ratio_low"),
    COLUMN_AS(struct claim, ratio[1], "ratio_high"),
    COLUMN_AS(struct claim, range[0], "range_low"),
    COLUMN_AS(struct claim, range[1], "range_high"),
    COLUMNS_END,
};

static bool insert_cases(struct store *store, const struct experiment *experiment, int64_t id, struct error *error)
{
    bool ok = true;
    for (size_t i = 0; ok && i < experiment->case_count; i++) {
        const struct experiment_case *c = &experiment->cases[i];
        struct store_value rate = c->rate_per_sec > 0 ? value_real(c->rate_per_sec) : value_text(NULL);
        ok = store_run(
            store,
            "INSERT INTO experiment_case (experiment_id, position, name, title, workload, record_size, partitions, "
            "replication_factor, rate_per_sec) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            STORE_VALUES(value_integer(id), value_integer((int64_t)i), value_text(c->name), value_text(c->title),
                         value_text(workload_name(c->workload)), value_integer(c->record_size_bytes),
                         value_integer(c->partitions), value_integer(c->replication_factor), rate),
            error);
    }
    return ok;
}

static bool insert_parts(struct store *store, const struct experiment *experiment, int64_t id, struct error *error)
{
    const struct row_key keys[] = {{"experiment_id", id}};
    const struct insertion runs = {.table = "run",
                                   .keys = keys,
                                   .key_count = 1,
                                   .positions = true,
                                   .columns = run_columns,
                                   .rows = experiment->runs,
                                   .row_size = sizeof *experiment->runs,
                                   .count = experiment->run_count};
    const struct insertion claims = {.table = "claim",
                                     .keys = keys,
                                     .key_count = 1,
                                     .positions = true,
                                     .columns = claim_columns,
                                     .rows = experiment->claims,
                                     .row_size = sizeof *experiment->claims,
                                     .count = experiment->claim_count};
    return insert_cases(store, experiment, id, error) && store_insert(store, &runs, error) &&
           store_insert(store, &claims, error);
}

static bool insert_experiment(struct store *store, const struct experiment *experiment, int64_t revision,
                              const char *git_commit, int git_dirty, int64_t *id, struct error *error)
{
    char now[CLOCK_ISO8601_SIZE];
    bool ok = store_run(
        store,
        "INSERT INTO experiment (version, revision, title, supersedes, canonical, as_written, sha256, git_commit, "
        "git_dirty, registered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        STORE_VALUES(value_text(experiment->version), value_integer(revision), value_text(experiment->title),
                     value_text(experiment->supersedes), value_text(experiment->canonical),
                     value_text(experiment->as_written), value_text(experiment->sha256), value_text(git_commit),
                     value_integer(git_dirty < 0 ? STORE_ABSENT : git_dirty != 0), value_text(clock_iso8601(now))),
        error);
    if (!ok)
        return false;
    *id = sqlite3_last_insert_rowid(store->db);
    return insert_parts(store, experiment, *id, error);
}

/* Look and insert under one lock, so that two processes cannot both make the same revision. */
static enum store_register register_locked(struct store *store, const struct experiment *experiment, bool amend,
                                           const char *git_commit, int git_dirty, int64_t *id, struct error *error)
{
    struct store_experiment_row newest = {0};
    *id = store_find_experiment(store, experiment->version);
    if (*id == STORE_ABSENT)
        return insert_experiment(store, experiment, 1, git_commit, git_dirty, id, error) ? STORE_REGISTERED
                                                                                         : STORE_REGISTER_FAILED;
    if (!store_read_experiment(store, experiment->version, 0, &newest, error))
        return STORE_REGISTER_FAILED;
    enum store_register outcome = STORE_KNOWN;
    if (!string_equal(newest.sha256, experiment->sha256)) {
        if (!amend) {
            error_set(
                error, ERROR_INPUT,
                "version '%s' is in the database '%s' as another definition: revision %d is %s, '%s' is %s; give the changed "
                "one a new version, or a new revision of this one with --amend",
                experiment->version, store->path, newest.revision, newest.sha256, experiment->file, experiment->sha256);
            outcome = STORE_CHANGED;
        } else {
            outcome = insert_experiment(store, experiment, newest.revision + 1, git_commit, git_dirty, id, error)
                          ? STORE_REGISTERED
                          : STORE_REGISTER_FAILED;
        }
    }
    store_experiment_row_release(&newest);
    return outcome;
}

enum store_register store_register_experiment(struct store *store, const struct experiment *experiment, bool amend,
                                              const char *git_commit, int git_dirty, int64_t *experiment_id,
                                              struct error *error)
{
    if (!store_begin(store, error))
        return STORE_REGISTER_FAILED;
    enum store_register outcome =
        register_locked(store, experiment, amend, git_commit, git_dirty, experiment_id, error);
    bool good = outcome == STORE_REGISTERED || outcome == STORE_KNOWN;
    return store_finish(store, good, error) || !good ? outcome : STORE_REGISTER_FAILED;
}

int64_t store_find_experiment(struct store *store, const char *version)
{
    int64_t id;
    store_lookup(store, "SELECT id FROM experiment WHERE version = ? ORDER BY revision DESC LIMIT 1",
                 STORE_VALUES(value_text(version)), &id, NULL);
    return id;
}

static const struct column row_columns[] = {
    COLUMN(struct store_experiment_row, id),
    COLUMN(struct store_experiment_row, version),
    COLUMN(struct store_experiment_row, title),
    COLUMN(struct store_experiment_row, supersedes),
    COLUMN(struct store_experiment_row, sha256),
    COLUMN(struct store_experiment_row, canonical),
    COLUMN(struct store_experiment_row, git_commit),
    COLUMN(struct store_experiment_row, revision),
    COLUMN_AS(struct store_experiment_row, git_dirty, "coalesce(git_dirty, -1)"),
    COLUMNS_END,
};

bool store_list_versions(struct store *store, struct string_list *versions, struct error *error)
{
    return store_select_names(store, "FROM (SELECT version AS name FROM experiment GROUP BY version ORDER BY min(id))",
                              STORE_NO_VALUES, versions, error);
}

/* Says what is there instead. */
static bool no_such_version(struct store *store, const char *version, int revision, struct error *error)
{
    struct string_list known = {0};
    if (!error) /* it was only asked whether there is one: nobody reads the names */
        return false;
    if (revision != 0 && store_find_experiment(store, version) != STORE_ABSENT)
        return error_set(error, ERROR_INPUT, "version '%s' has no revision %d in '%s'", version, revision, store->path);
    int64_t published;
    if (!store_lookup(store, "SELECT 1 FROM published WHERE version = ? LIMIT 1", STORE_VALUES(value_text(version)),
                      &published, error))
        return false;
    if (published == 1)
        return error_set(error, ERROR_INPUT,
                         "there is no version '%s' in '%s' that was measured, only numbers of others", version,
                         store->path);
    if (!store_list_versions(store, &known, error))
        return false;
    error_set(error, ERROR_INPUT, "there is no version '%s' in '%s'%s", version, store->path,
              known.count ? "" : "; nothing was run there yet");
    if (known.count)
        error_suggest_from(error, version, &known);
    string_list_release(&known);
    return false;
}

bool store_read_experiment(struct store *store, const char *version, int revision, struct store_experiment_row *row,
                           struct error *error)
{
    static const struct selection selection =
        {row_columns, "FROM experiment WHERE version = ?1 AND ?2 IN (0, revision) ORDER BY revision DESC LIMIT 1",
         sizeof(struct store_experiment_row)};
    void *items;
    size_t count;
    *row = (struct store_experiment_row){.id = STORE_ABSENT};
    if (!store_select(store, &selection, STORE_VALUES(value_text(version), value_integer(revision)), &items, &count,
                      error))
        return false;
    if (count == 0)
        return no_such_version(store, version, revision, error);
    memcpy(row, items, sizeof *row); /* the texts are the caller's now */
    free(items);
    return true;
}

void store_experiment_row_release(struct store_experiment_row *row)
{
    store_row_release(row_columns, row);
    *row = (struct store_experiment_row){.id = STORE_ABSENT};
}
