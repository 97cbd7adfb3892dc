/* SPDX-License-Identifier: Apache-2.0 */
/* kbench explain: where a published number comes from. */
#include "commands/command.h"
#include "commands/format_option.h"
#include "commands/version_argument.h"
#include "report/explain.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_FORMAT, OPTION_INCLUDE_DISTURBED };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "format", "text|json", "how it is written (default: text)"},
    {OPTION_FLAG, "include-disturbed", NULL, "of a report that counts the disturbed trials, too"},
    {OPTION_END, NULL, NULL, NULL},
};

static void write_explanation(const struct explanation *explanation, bool as_json)
{
    struct text text = TEXT_INIT;
    if (as_json) {
        json_t *json = report_explain_json(explanation);
        json_dumpf(json, stdout, JSON_INDENT(2) | JSON_SORT_KEYS | JSON_REAL_PRECISION(17));
        printf("\n");
        json_decref(json);
    } else {
        report_explain_text(explanation, &text);
        fwrite(text.bytes, 1, text.length, stdout);
    }
    text_release(&text);
}

static bool explain(struct store *store, const struct invocation *invocation, bool as_json, struct error *error)
{
    struct report_model model;
    struct explanation explanation;
    char *version = NULL;
    int revision;
    bool ok = version_argument_read(invocation->arguments[0], &version, &revision, error) &&
              report_model_load_revision(store, version, revision, invocation->values[OPTION_INCLUDE_DISTURBED].given,
                                         &model, error);
    free(version);
    if (!ok)
        return false;
    const struct report_pair *pair = report_explain_find(&model, invocation->arguments[1], error);
    ok = pair && report_explain(store, &model, pair, invocation->arguments[2], &explanation, error);
    if (ok) {
        write_explanation(&explanation, as_json);
        explanation_release(&explanation);
    }
    report_model_release(&model);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    static const char *const formats[] = {"text", "json"}; /* an explanation is no table: no CSV */
    size_t format;
    if (!format_option_find(&invocation->values[OPTION_FORMAT], formats, sizeof formats / sizeof *formats, &format,
                            error))
        return false;
    struct store *store = command_open_database(command_database(&invocation->values[OPTION_DB]), NULL, error);
    bool ok = store && explain(store, invocation, format == 1, error);
    store_close(store);
    return ok;
}

const struct command command_explain = {
    .name = "explain",
    .arguments = "VERSION CASE/RUN METRIC",
    .summary = "where a published number comes from",
    .options = options,
    .min_arguments = 3,
    .max_arguments = 3,
    .run = run,
};
