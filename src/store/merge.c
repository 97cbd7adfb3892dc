/* SPDX-License-Identifier: Apache-2.0 */
/* Another database, or the text of one, into this one. */
#include <sys/stat.h>

#include "base/file.h"
#include "store/copy.h"
#include "store/load.h"
#include "store/transfer.h"

#include "base/banned.h"

/* The other database as it can be attached: itself, or a copy of its own in `scratch`. */
struct other {
    char *path;
    char *scratch; /* folder, or NULL */
};

static void release_other(struct other *other)
{
    if (other->scratch)
        file_remove_tree(other->scratch, NULL);
    free(other->scratch);
    free(other->path);
}

static bool migrate(const char *path, struct error *error)
{
    struct store *store = store_open(path, error);
    store_close(store);
    return store != NULL;
}

/* Triggers would run while the copy is migrated, and kbench's schema has none. */
static bool check_triggers(struct store *store, struct error *error)
{
    int64_t triggers;
    return store_lookup(store, "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'", STORE_NO_VALUES, &triggers,
                        error) &&
           (triggers == 0 ||
            error_set(error, ERROR_INPUT, "'%s' has triggers; a database of kbench's has none", store->path));
}

static bool copy_whole(struct store *store, const char *path, struct error *error)
{
    return store_run(store, "VACUUM INTO ?", STORE_VALUES(value_text(path)), error);
}

/* What has this schema is read where it is. */
static bool take_database(const char *path, const char *copy_path, bool *copied, struct error *error)
{
    struct store *store = store_open_read_only(path, NULL);
    *copied = store == NULL;
    if (!store)
        store = store_open_older(path, error);
    bool ok = store && check_triggers(store, error) &&
              (!*copied || (copy_whole(store, copy_path, error) && migrate(copy_path, error)));
    store_close(store);
    return ok;
}

static bool find_other(const char *path, struct other *other, struct error *error)
{
    bool copied = true;
    *other = (struct other){0};
    if (!(other->scratch = file_make_temporary_folder(error)))
        return false;
    char *copy_path = string_format("%s/source.db", other->scratch);
    bool ok = string_ends_with(path, ".sql") ? load_sql(path, copy_path, error) && migrate(copy_path, error)
                                             : take_database(path, copy_path, &copied, error);
    other->path = copied ? string_copy(copy_path) : string_copy(path);
    free(copy_path);
    if (!ok)
        release_other(other);
    return ok;
}

bool copy_attach(struct store *store, const char *path, struct error *error)
{
    char *uri = store_uri(path, true);
    bool ok = store_run(store, "ATTACH ? AS " COPY_SOURCE, STORE_VALUES(value_text(uri)), error);
    free(uri);
    return ok;
}

bool copy_detach(struct store *store, struct error *error)
{
    return store_script(store, "DETACH " COPY_SOURCE, "close the other database", error);
}

/* A campaign that still ran, or whose end nobody had seen, when it was copied before. */
static bool end_campaigns(struct copy *copy, struct error *error)
{
    return store_script(
        copy->store,
        "UPDATE main.campaign AS ours SET (ended_at, how, cluster_s, warmup_s, measured_s, total_s, notes) = "
        "(SELECT theirs.ended_at, theirs.how, theirs.cluster_s, theirs.warmup_s, theirs.measured_s, theirs.total_s, "
        "theirs.notes FROM " COPY_SOURCE ".campaign AS theirs JOIN temp.map_campaign ON old_id = theirs.id "
        "WHERE new_id = ours.id) WHERE ended_at IS NULL AND EXISTS (SELECT 1 FROM " COPY_SOURCE ".campaign AS theirs "
        "JOIN temp.map_campaign ON old_id = theirs.id WHERE new_id = ours.id AND NOT fresh AND "
        "(theirs.ended_at IS NOT NULL OR (ours.how IS NULL AND theirs.how IS NOT NULL)))",
        "write to the database", error);
}

/* The experiments that were here and have got trials. */
#define GREW                                                                                                           \
    "SELECT DISTINCT c.experiment_id FROM main.trial t JOIN temp.map_trial m ON m.new_id = t.id AND m.fresh JOIN "     \
    "main.experiment_case c ON c.id = t.case_id JOIN temp.map_experiment e ON e.new_id = c.experiment_id AND NOT "     \
    "e.fresh"

/* Summaries and verdicts of an experiment that has got more trials are of the trials before. */
static bool forget_derived(struct copy *copy, struct error *error)
{
    return store_script(copy->store,
                        "DELETE FROM main.summary WHERE experiment_id IN (" GREW ");"
                        "DELETE FROM main.claim_verdict WHERE claim_id IN (SELECT id FROM main.claim WHERE "
                        "experiment_id IN (" GREW "))",
                        "write to the database", error);
}

static void count_rows(const struct copy *copy, struct store_merged *merged)
{
    const struct {
        const char *table;
        int64_t *count;
    } shown[] = {{"experiment", &merged->experiments},
                 {"campaign", &merged->campaigns},
                 {"trial", &merged->trials},
                 {"published", &merged->published},
                 {"verification", &merged->verifications}};
    *merged = (struct store_merged){0};
    for (size_t i = 0; copy_tables[i].name; i++) {
        merged->rows += copy->added[i];
        for (size_t k = 0; k < sizeof shown / sizeof *shown; k++)
            if (string_equal(shown[k].table, copy_tables[i].name))
                *shown[k].count = copy->added[i];
    }
}

static bool merge_attached(struct copy *copy, struct error *error)
{
    if (!store_begin(copy->store, error))
        return false;
    bool ok = copy_check_schema(copy, error) && copy_run(copy, error) && end_campaigns(copy, error) &&
              forget_derived(copy, error) && copy_forget_maps(copy, error);
    return store_finish(copy->store, ok, error);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat left, right;
    return stat(a, &left) == 0 && stat(b, &right) == 0 && left.st_dev == right.st_dev && left.st_ino == right.st_ino;
}

static bool merge(struct store *store, const char *path, const struct copy_filter *filters, struct store_merged *merged,
                  struct error *error)
{
    struct other other;
    struct copy copy = {.store = store, .path = path, .filters = filters};
    if (is_same_file(store->path, path))
        return error_set(error, ERROR_INPUT, "'%s' is the database itself", path);
    if (!find_other(path, &other, error))
        return false;
    bool ok = copy_attach(store, other.path, error);
    if (ok) {
        ok = merge_attached(&copy, error);
        ok = copy_detach(store, ok ? error : NULL) && ok;
    }
    release_other(&other);
    if (ok)
        count_rows(&copy, merged);
    return ok;
}

bool store_merge(struct store *store, const char *path, struct store_merged *merged, struct error *error)
{
    return merge(store, path, NULL, merged, error);
}

/* Of the tables that have no owner this one alone; the others' rows go with their owners. */
bool store_merge_published(struct store *store, const char *path, struct error *error)
{
    static const struct copy_filter filters[] = {{"experiment", "false"},
                                                 {"environment", "false"},
                                                 {"verification", "false"},
                                                 {NULL, NULL}};
    struct store_merged merged;
    return merge(store, path, filters, &merged, error);
}
