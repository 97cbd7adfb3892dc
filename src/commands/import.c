/* SPDX-License-Identifier: Apache-2.0 */
/* kbench import: numbers that others published or that their tools printed go into the database, for reference. */
#include <inttypes.h>

#include "commands/command.h"
#include "exchange/import.h"

#include "base/banned.h"

enum {
    OPTION_DB,
    OPTION_REPLACE,
    OPTION_FROM,
    OPTION_AS,
    OPTION_CASE,
    OPTION_RUN,
    OPTION_TITLE,
    OPTION_URL,
    OPTION_DATE,
    OPTION_NOTE,
};

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_FLAG, "replace", NULL, "rows that are there with other values take those of the file"},
    {OPTION_STRING, "from", "csv|perf-test|rdkafka-performance|omb", "what the files are (default: by their content)"},
    {OPTION_STRING, "as", "NAME",
     "of a tool's output: the version that its figures go under, one that was not measured"},
    {OPTION_STRING, "case", "NAME", "and their case (default: what the output tells)"},
    {OPTION_STRING, "run", "NAME", "and their run (default: what the output tells)"},
    {OPTION_STRING, "title", "TEXT", "and their source (default: the file's name)"},
    {OPTION_STRING, "url", "TEXT", "and where the source is found"},
    {OPTION_STRING, "date", "TEXT", "and its date"},
    {OPTION_STRING, "note", "TEXT", "and what must be known before a figure is used"},
    {OPTION_END, NULL, NULL, NULL},
};

static struct import_options read_options(const struct option_value *values)
{
    return (struct import_options){.from = values[OPTION_FROM].string,
                                   .version = values[OPTION_AS].string,
                                   .case_name = values[OPTION_CASE].string,
                                   .run_name = values[OPTION_RUN].string,
                                   .title = values[OPTION_TITLE].string,
                                   .url = values[OPTION_URL].string,
                                   .date = values[OPTION_DATE].string,
                                   .note = values[OPTION_NOTE].string,
                                   .replace = values[OPTION_REPLACE].given};
}

/* Measured rows are no numbers of others: they keep what they are. */
static bool check_kinds(const struct invocation *invocation, struct error *error)
{
    for (int i = 0; i < invocation->argument_count; i++)
        if (string_ends_with(invocation->arguments[i], ".sql") || string_ends_with(invocation->arguments[i], ".db"))
            return error_set(error, ERROR_INPUT, "'%s' is a database of kbench's: 'kbench merge %s' takes it",
                             invocation->arguments[i], invocation->arguments[i]);
    return true;
}

/* Two files of one identity would be one row, and the second the one that stays. */
static bool check_distinct(const struct import_file *files, int count, struct error *error)
{
    for (int i = 0; i < count; i++)
        for (int j = 0; j < i; j++) {
            const struct store_published *a = &files[i].output.row, *b = &files[j].output.row;
            if (files[i].tool && files[j].tool && string_equal(a->case_name, b->case_name) &&
                string_equal(a->run_name, b->run_name) && string_equal(a->source_title, b->source_title))
                return error_set(
                    error, ERROR_INPUT,
                    "'%s' and '%s' are both '%s' of '%s' from the source '%s': import them one by one, with "
                    "--title",
                    files[j].path, files[i].path, a->run_name, a->case_name, a->source_title);
        }
    return true;
}

static bool put_files(struct store *store, const struct import_file *files, int count,
                      const struct import_options *chosen, int64_t *changed, struct error *error)
{
    if (!store_begin(store, error))
        return false;
    bool ok = true;
    for (int i = 0; ok && i < count; i++)
        ok = import_put(store, &files[i], chosen, &changed[i], error);
    return store_finish(store, ok, error);
}

static void tell(const struct import_file *file, int64_t changed, bool replace)
{
    fprintf(stderr, "kbench: '%s' (%s): %" PRId64 " row%s new%s\n", file->path, import_file_format(file), changed,
            changed == 1 ? "" : "s", replace ? " or replaced" : "");
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct import_options chosen = read_options(invocation->values);
    int count = invocation->argument_count, read = 0;
    struct import_file *files = memory_zeroed((size_t)count, sizeof *files);
    int64_t *changed = memory_zeroed((size_t)count, sizeof *changed);
    struct store *store = NULL;
    bool ok = check_kinds(invocation, error);
    /* The database is opened when all is well: a misspelt name must not leave an empty one behind. */
    while (ok && read < count) {
        ok = import_read(&files[read], invocation->arguments[read], &chosen, error);
        read++;
    }
    ok = ok && check_distinct(files, count, error) &&
         (store = store_open(command_database(&invocation->values[OPTION_DB]), error)) != NULL &&
         put_files(store, files, count, &chosen, changed, error);
    for (int i = 0; ok && invocation->verbosity >= 0 && i < count; i++)
        tell(&files[i], changed[i], chosen.replace);
    store_close(store);
    for (int i = 0; i < read; i++)
        import_file_release(&files[i]);
    free(changed);
    free(files);
    return ok;
}

const struct command command_import = {
    .name = "import",
    .arguments = "FILE…",
    .summary = "take published numbers, and what other tools printed, into the database for reference",
    .options = options,
    .min_arguments = 1,
    .max_arguments = -1,
    .run = run,
};
