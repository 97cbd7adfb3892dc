/* SPDX-License-Identifier: Apache-2.0 */
/* kbench claims: each claim of a version holds, fails or is undecided, by what is in the database. */
#include "commands/command.h"
#include "commands/format_option.h"
#include "report/claims_write.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_FORMAT };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "format", "text|csv|json", "how it is written (default: text)"},
    {OPTION_END, NULL, NULL, NULL},
};

static void write_claims(const struct report_model *model, enum format_option format)
{
    struct text text = TEXT_INIT;
    if (format == FORMAT_JSON) {
        json_t *claims = report_claims_json(model);
        json_dumpf(claims, stdout, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(15));
        printf("\n");
        json_decref(claims);
        return;
    }
    if (format == FORMAT_CSV) {
        report_claims_csv(model, &text);
    } else if (model->claim_count == 0) {
        text_append_format(&text, "Version '%s' has no claims.\n", model->row.version);
    } else {
        text_append_format(&text, "%s, revision %d: %zu claims\n\n", model->row.version, model->row.revision,
                           model->claim_count);
        report_claims_text(model, &text);
    }
    fwrite(text.bytes, 1, text.length, stdout);
    text_release(&text);
}

/* Writing is for the verdicts only: the claims of a database that may not be written are judged all the same. */
static bool run(const struct invocation *invocation, struct error *error)
{
    const char *database = command_database(&invocation->values[OPTION_DB]);
    enum format_option format;
    struct report_model model;
    bool writable;
    if (!format_option_read(&invocation->values[OPTION_FORMAT], &format, error))
        return false;
    struct store *store = command_open_database(database, &writable, error);
    if (!store)
        return false;
    bool ok = report_model_load(store, invocation->arguments[0], &model, error);
    if (ok) {
        ok = report_claims_load(store, &model, error) && (!writable || report_claims_store(store, &model, error));
        if (ok)
            write_claims(&model, format);
        report_model_release(&model);
    }
    store_close(store);
    return ok;
}

const struct command command_claims = {
    .name = "claims",
    .arguments = "VERSION",
    .summary = "each claim of a version: holds, fails, or undecided",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
