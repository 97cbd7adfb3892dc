/* SPDX-License-Identifier: Apache-2.0 */
/* kbench publish: what stands between markers in a document, made anew from the database. */
#include "publish/publish.h"
#include "base/text.h"
#include "commands/command.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_CHECK, OPTION_MARKERS };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_FLAG, "check", NULL, "write nothing; when the document is stale print what differs, and exit 1"},
    {OPTION_FLAG, "markers", NULL, "print the markers there are, and end"},
    {OPTION_END, NULL, NULL, NULL},
};

static void print_errors(const struct error_list *errors)
{
    for (size_t i = 0; i < errors->count; i++) {
        char line[sizeof errors->items[i].message + sizeof errors->items[i].file + 64];
        fprintf(stderr, "%s\n", error_text(&errors->items[i], line, sizeof line));
    }
}

static void print_changes(const struct string_list *changed)
{
    for (size_t i = 0; i < changed->count; i++)
        fprintf(stderr, "%s\n", changed->items[i]);
}

static bool tell(const struct publish_request *request, const struct publish_result *result, int verbosity,
                 struct error *error)
{
    size_t changed = result->changed.count, all = result->markers + result->charts;
    if (verbosity >= 0)
        print_changes(&result->changed);
    if (request->check) {
        fwrite(result->difference.bytes, 1, result->difference.length, stdout);
        if (changed)
            return error_set(error, ERROR_ANSWER_NO,
                             "'%s' is stale: %zu of %zu markers and charts; 'kbench publish %s %s' makes them anew",
                             request->document, changed, all, request->version, request->document);
    }
    if (verbosity >= 0 && changed)
        fprintf(stderr, "kbench: '%s': %zu of %zu markers and charts made anew\n", request->document, changed, all);
    else if (verbosity >= 0)
        fprintf(stderr, "kbench: '%s' is what the database says: %zu markers, %zu charts\n", request->document,
                result->markers, result->charts);
    return true;
}

static bool publish_with(struct store *store, const struct invocation *invocation, struct error *error)
{
    struct publish_request request = {.store = store,
                                      .version = invocation->arguments[0],
                                      .document = invocation->arguments[1],
                                      .check = invocation->values[OPTION_CHECK].given};
    struct publish_result result;
    struct error_list errors = {0};
    bool ok = publish(&request, &result, &errors, error);
    print_errors(&errors);
    ok = ok && tell(&request, &result, invocation->verbosity, error);
    publish_result_release(&result);
    error_list_release(&errors);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    if (invocation->values[OPTION_MARKERS].given) {
        struct text text = TEXT_INIT;
        publish_describe_markers(&text);
        fwrite(text.bytes, 1, text.length, stdout);
        text_release(&text);
        return true;
    }
    if (invocation->argument_count < 2)
        return error_set(error, ERROR_INPUT, "'kbench publish' needs: VERSION DOCUMENT");
    bool writable; /* for a migration alone */
    struct store *store = command_open_database(command_database(&invocation->values[OPTION_DB]), &writable, error);
    if (!store)
        return false;
    bool ok = publish_with(store, invocation, error);
    store_close(store);
    return ok;
}

const struct command command_publish = {
    .name = "publish",
    .arguments = "VERSION DOCUMENT",
    .summary = "tables, charts and numbers into a Markdown or HTML document",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 2,
    .run = run,
};
