/* SPDX-License-Identifier: Apache-2.0 */
/* kbench completion: the script of a shell, and the words that such a script asks for. */
#include "commands/completion.h"

#include "base/file.h"
#include "driver/driver.h"
#include "store/store.h"

#include "base/banned.h"

enum { OPTION_DB };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_END, NULL, NULL, NULL},
};

/* No database yet: there are no versions to choose from, which is no error. */
static bool append_versions(const char *database, struct text *text, struct error *error)
{
    if (!file_exists(database))
        return true;
    struct string_list versions = {0};
    struct store *store = store_open_read_only(database, error);
    bool ok = store && store_list_versions(store, &versions, error);
    for (size_t i = 0; i < versions.count; i++)
        text_append_format(text, "%s\n", versions.items[i]);
    string_list_release(&versions);
    store_close(store);
    return ok;
}

static bool append_drivers(struct text *text, struct error *error)
{
    struct driver_list drivers = {0};
    if (!driver_list_load(&drivers, error))
        return false;
    for (size_t i = 0; i < drivers.count; i++)
        text_append_format(text, "%s\n", drivers.items[i].name);
    driver_list_release(&drivers);
    return true;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    static const char *const names[] = {"bash", "zsh", "fish", "versions", "drivers"};
    static void (*const scripts[])(struct text *) = {completion_bash, completion_zsh, completion_fish};
    const char *name = invocation->arguments[0];
    struct text text = TEXT_INIT;
    bool ok = true;
    size_t index = 0;
    while (index < sizeof names / sizeof *names && !string_equal(name, names[index]))
        index++;
    if (index < sizeof scripts / sizeof *scripts)
        scripts[index](&text);
    else if (string_equal(name, "versions"))
        ok = append_versions(command_database(&invocation->values[OPTION_DB]), &text, error);
    else if (string_equal(name, "drivers"))
        ok = append_drivers(&text, error);
    else {
        error_set(error, ERROR_INPUT, "there is no completion for '%s'", name);
        ok = error_suggest(error, name, names, sizeof names / sizeof *names);
    }
    if (ok && text.length)
        fwrite(text.bytes, 1, text.length, stdout);
    text_release(&text);
    return ok;
}

const struct command command_completion = {
    .name = "completion",
    .arguments = "bash|zsh|fish|versions|drivers",
    .summary = "the completion script of a shell, and the words that it asks for",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
