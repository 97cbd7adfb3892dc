/* SPDX-License-Identifier: Apache-2.0 */
/* kbench run: the campaign of a definition. */
#include "base/text.h"
#include "commands/command.h"
#include "commands/definition.h"
#include "commands/trials_option.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_ONLY, OPTION_TRIALS, OPTION_AMEND, OPTION_KEEP_TOPICS, OPTION_DRY_RUN };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "only", "LIST", "only these pairs: case/run, with commas between them, '*' for all"},
    {OPTION_INTEGER, "trials", "N", "exactly so many trials of each pair (default: as the definition says)"},
    {OPTION_FLAG, "amend", NULL, "the definition has changed under its version: begin a new revision"},
    {OPTION_FLAG, "keep-topics", NULL, "leave the trials' topics where they are (of a cluster that stays)"},
    {OPTION_FLAG, "dry-run", NULL, "list the trials that are left to run, start nothing"},
    {OPTION_END, NULL, NULL, NULL},
};

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    struct campaign_options campaign = {
        .database = command_database(&values[OPTION_DB]),
        .only = values[OPTION_ONLY].string,
        .amend = values[OPTION_AMEND].given,
        .keep_topics = values[OPTION_KEEP_TOPICS].given,
        .dry_run = values[OPTION_DRY_RUN].given,
        .verbosity = invocation->verbosity,
        .command_line = invocation->command_line,
    };
    return trials_option_read(&values[OPTION_TRIALS], &campaign.trials, error) &&
           definition_run(invocation->arguments[0], invocation->arguments[0], &campaign, error);
}

const struct command command_run = {
    .name = "run",
    .arguments = "FILE",
    .summary =
        "run what is left of a definition's trials and store them; interrupted or killed, the same command continues",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
