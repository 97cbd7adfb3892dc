/* SPDX-License-Identifier: Apache-2.0 */
/* kbench reproduce: a bundle's definition on this machine, and whether it comes out alike. */
#include "base/file.h"
#include "bundle/open.h"
#include "bundle/reproduction.h"
#include "commands/command.h"
#include "commands/definition.h"
#include "commands/trials_option.h"
#include "store/transfer.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_ONLY, OPTION_TRIALS, OPTION_NO_RUN };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database of this machine's trials (default: results/reproduce-VERSION.db)"},
    {OPTION_STRING, "only", "LIST", "only these pairs: case/run, with commas between them, '*' for all"},
    {OPTION_INTEGER, "trials", "N", "exactly so many trials of each pair (default: as the definition says)"},
    {OPTION_FLAG, "no-run", NULL, "run nothing, judge what is in the database"},
    {OPTION_END, NULL, NULL, NULL},
};

/* False also when a trial failed for good; what there is can be judged all the same. */
static bool measure(const struct invocation *invocation, const struct opened_bundle *bundle, const char *database,
                    struct error *error)
{
    const struct option_value *values = invocation->values;
    struct campaign_options campaign = {
        .database = database,
        .only = values[OPTION_ONLY].string,
        .verbosity = invocation->verbosity,
        .command_line = invocation->command_line,
    };
    char *shown = string_format("%s: definition/%s.yaml", invocation->arguments[0], bundle->version);
    bool ok = trials_option_read(&values[OPTION_TRIALS], &campaign.trials, error) &&
              definition_run(bundle->definition, shown, &campaign, error);
    free(shown);
    return ok;
}

static bool answer(const struct reproduction *reproduction, struct error *error)
{
    struct text text = TEXT_INIT, names = TEXT_INIT;
    reproduction_text(reproduction, &text);
    fwrite(text.bytes, 1, text.length, stdout);
    text_release(&text);
    for (size_t i = 0; i < reproduction->claim_count; i++)
        if (reproduction->claims[i].flipped)
            text_append_format(&names, "%s%s", names.length ? ", " : "", reproduction->claims[i].then->claim->name);
    bool ok =
        names.length == 0 || error_set(error, ERROR_ANSWER_NO, "claims that came out the other way: %s", names.bytes);
    text_release(&names);
    return ok;
}

/* Published numbers go along, or the claims that compare to them could not be judged here. */
static bool judge(const struct opened_bundle *bundle, const char *database, struct error *error)
{
    struct reproduction reproduction;
    struct store *there = store_open(bundle->database, error), *here = there ? store_open(database, error) : NULL;
    bool ok = here && store_merge_published(here, bundle->database, error) &&
              reproduction_judge(there, here, bundle->version, &reproduction, error);
    if (ok) {
        ok = answer(&reproduction, error);
        reproduction_release(&reproduction);
    }
    store_close(there);
    store_close(here);
    return ok;
}

static bool reproduce(const struct invocation *invocation, const struct opened_bundle *bundle, const char *database,
                      struct error *error)
{
    struct error failed = ERROR_INIT;
    if (invocation->values[OPTION_NO_RUN].given) {
        if (!file_exists(database))
            return error_set(error, ERROR_INPUT, "there is no database '%s' to judge; without --no-run it is made",
                             database);
        return judge(bundle, database, error);
    }
    if (!measure(invocation, bundle, database, &failed) && failed.category != ERROR_ANSWER_NO) {
        *error = failed;
        return false;
    }
    if (!judge(bundle, database, error))
        return false;
    if (failed.category != ERROR_NONE)
        *error = failed;
    return failed.category == ERROR_NONE;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *db = &invocation->values[OPTION_DB];
    struct opened_bundle bundle;
    if (!bundle_open(invocation->arguments[0], &bundle, error))
        return false;
    char *database = db->given ? string_copy(db->string) : string_format("results/reproduce-%s.db", bundle.version);
    bool ok = reproduce(invocation, &bundle, database, error);
    free(database);
    bundle_close(&bundle);
    return ok;
}

const struct command command_reproduce = {
    .name = "reproduce",
    .arguments = "BUNDLE",
    .summary = "run a bundle's definition here and say what comes out alike; interrupted, the same command continues",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
