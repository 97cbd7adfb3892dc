/* SPDX-License-Identifier: Apache-2.0 */
/* One version, and what it stands on, as a database of its own. */
#include <errno.h>
#include <unistd.h>

#include "base/file.h"
#include "store/copy.h"
#include "store/transfer.h"

#include "base/banned.h"

/* What goes along, by names. */
struct scope {
    struct store *source;
    int revision;                /* of the first version; 0: all */
    struct string_list measured; /* the version that was asked for, then those that it stands on */
    struct string_list tables;   /* published ones; every measured version is among them */
};

static void add_name(struct string_list *list, const char *name)
{
    if (name && !string_list_contains(list, name))
        string_list_push(list, name);
}

static void add_named(struct scope *scope, const struct experiment *experiment)
{
    add_name(&scope->measured, experiment->supersedes);
    add_name(&scope->tables, experiment->report.published);
    for (size_t i = 0; i < experiment->claim_count; i++) {
        const struct claim *claim = &experiment->claims[i];
        add_name(&scope->measured, claim->of_version);
        add_name(&scope->measured, claim->to_version);
        add_name(&scope->tables, claim->of_published);
        add_name(&scope->tables, claim->to_published);
    }
}

struct definition {
    char *canonical;
    int revision;
};
static const struct column definition_columns[] = {
    COLUMN(struct definition, canonical),
    COLUMN(struct definition, revision),
    COLUMNS_END,
};

static bool add_definition(struct scope *scope, const char *version, const struct definition *definition,
                           struct error *error)
{
    struct error_list errors = {0};
    char *file = string_format("%s.yaml", version);
    struct experiment *experiment =
        experiment_parse(file, definition->canonical, strlen(definition->canonical), &errors);
    if (experiment)
        add_named(scope, experiment);
    else
        error_set(error, ERROR_INPUT, "cannot read the definition of '%s', revision %d, in '%s': %s", version,
                  definition->revision, scope->source->path,
                  errors.count ? errors.items[0].message : "no reason given");
    bool ok = experiment != NULL;
    experiment_free(experiment);
    error_list_release(&errors);
    free(file);
    return ok;
}

/* The list grows while it is gone through: what is named may name others. */
static bool find_scope(struct scope *scope, const struct store_excerpt *excerpt, struct error *error)
{
    static const struct selection selection = {definition_columns,
                                               "FROM experiment WHERE version = ?1 AND ?2 IN (0, revision) "
                                               "ORDER BY revision",
                                               sizeof(struct definition)};
    add_name(&scope->measured, excerpt->version);
    for (size_t i = 0; excerpt->beside && excerpt->beside[i]; i++)
        add_name(&scope->measured, excerpt->beside[i]);
    bool ok = true;
    for (size_t i = 0; ok && i < scope->measured.count; i++) {
        void *items;
        size_t count;
        const char *version = scope->measured.items[i];
        add_name(&scope->tables, version);
        ok = store_select(scope->source, &selection,
                          STORE_VALUES(value_text(version), value_integer(i == 0 ? scope->revision : 0)), &items,
                          &count, error);
        const struct definition *definitions = items;
        for (size_t k = 0; ok && k < count; k++)
            ok = add_definition(scope, scope->measured.items[i], &definitions[k], error);
        store_rows_free(definition_columns, items, sizeof *definitions, count);
    }
    return ok;
}

static bool note_scope(struct store *store, const struct scope *scope, struct error *error)
{
    bool ok = store_script(store,
                           "CREATE TEMP TABLE scope_experiment (id INTEGER PRIMARY KEY, asked INTEGER NOT NULL);"
                           "CREATE TEMP TABLE scope_table (version TEXT PRIMARY KEY) WITHOUT ROWID",
                           "write to the database", error);
    for (size_t i = 0; ok && i < scope->measured.count; i++)
        ok = store_run(store,
                       "INSERT INTO temp.scope_experiment SELECT id, ?2 FROM " COPY_SOURCE
                       ".experiment WHERE version = ?1 AND ?3 IN (0, revision)",
                       STORE_VALUES(value_text(scope->measured.items[i]), value_integer(i == 0),
                                    value_integer(i == 0 ? scope->revision : 0)),
                       error);
    for (size_t i = 0; ok && i < scope->tables.count; i++)
        ok = store_run(store, "INSERT INTO temp.scope_table VALUES (?)",
                       STORE_VALUES(value_text(scope->tables.items[i])), error);
    return ok;
}

/* The verifications that a report shows points of: those by the kbench of the last one, on its machine. */
#define SHOWN_VERIFICATION                                                                                                                      \
    "(theirs.kbench_version, theirs.git_commit, theirs.environment_id) IS (SELECT kbench_version, git_commit, environment_id FROM " COPY_SOURCE \
    ".verification ORDER BY ran_at DESC, id DESC LIMIT 1)"

static bool copy_scope(struct store *store, const struct store_excerpt *excerpt, const char *path, struct error *error)
{
    char *intervals =
        excerpt->compact
            ? string_format(
                  "(SELECT asked AND (theirs.interval_ms >= 1000 OR coalesce(warmup_s + duration_s, 0) < %.17g) "
                  "FROM " COPY_SOURCE ".trial AS t JOIN " COPY_SOURCE ".experiment_case AS c ON c.id = "
                  "t.case_id JOIN temp.scope_experiment AS e ON e.id = c.experiment_id "
                  "WHERE t.id = theirs.trial_id)",
                  excerpt->fine_below_s)
            : string_copy("true");
    const struct copy_filter filters[] = {
        {"experiment", "theirs.id IN (SELECT id FROM temp.scope_experiment)"},
        {"environment",
         "theirs.id IN (SELECT environment_id FROM " COPY_SOURCE
         ".campaign WHERE experiment_id IN (SELECT id FROM temp.scope_experiment) UNION "
         "SELECT environment_id FROM " COPY_SOURCE ".verification AS theirs WHERE " SHOWN_VERIFICATION ")"},
        {"verification", SHOWN_VERIFICATION},
        {"published", "theirs.version IN (SELECT version FROM temp.scope_table)"},
        {"trial_interval", intervals},
        {NULL, NULL},
    };
    struct copy copy = {.store = store, .path = path, .filters = filters};
    bool ok = copy_check_schema(&copy, error) && copy_run(&copy, error) && copy_forget_maps(&copy, error) &&
              store_script(store, "DROP TABLE temp.scope_experiment; DROP TABLE temp.scope_table",
                           "write to the database", error);
    free(intervals);
    return ok;
}

static bool fill(struct store *store, const struct scope *scope, const struct store_excerpt *excerpt,
                 struct error *error)
{
    if (!store_begin(store, error))
        return false;
    bool ok = note_scope(store, scope, error) && copy_scope(store, excerpt, scope->source->path, error);
    return store_finish(store, ok, error);
}

/* Nothing of how the file came about stays in it: no log, no free pages, rows in the order of their keys. */
static bool pack(struct store *store, struct error *error)
{
    return store_script(store, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 4096; VACUUM", "write the database",
                        error);
}

static bool write_excerpt(const struct scope *scope, const struct store_excerpt *excerpt, const char *path,
                          struct error *error)
{
    struct store *store = store_open(path, error);
    bool ok = store && copy_attach(store, scope->source->path, error);
    if (ok) {
        ok = fill(store, scope, excerpt, error);
        ok = copy_detach(store, ok ? error : NULL) && ok && pack(store, error);
    }
    store_close(store);
    return ok;
}

static void remove_database(const char *path)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        char *name = string_format("%s%s", path, endings[i]);
        unlink(name);
        free(name);
    }
}

/* Under another name until it is whole. */
bool store_extract(struct store *source, const struct store_excerpt *excerpt, const char *path, struct error *error)
{
    struct scope scope = {.source = source, .revision = excerpt->revision};
    struct store_experiment_row row = {.id = STORE_ABSENT};
    char *partial = string_format("%s.partial", path);
    bool ok = false;
    if (file_exists(path)) {
        error_set(error, ERROR_INPUT, "'%s' is there already: an excerpt makes a new database", path);
        goto done;
    }
    if (!store_read_experiment(source, excerpt->version, excerpt->revision, &row, error) ||
        !find_scope(&scope, excerpt, error))
        goto done;
    remove_database(partial);
    ok = write_excerpt(&scope, excerpt, partial, error);
    if (ok && rename(partial, path) != 0)
        ok = error_set_errno(error, errno, "cannot write '%s'", path);
    if (!ok)
        remove_database(partial);
done:
    store_experiment_row_release(&row);
    string_list_release(&scope.measured);
    string_list_release(&scope.tables);
    free(partial);
    return ok;
}
