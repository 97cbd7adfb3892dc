/* SPDX-License-Identifier: Apache-2.0 */
/* kbench bundle: one archive of a version, to give away. */
#include <unistd.h>

#include "base/file.h"
#include "bundle/bundle.h"
#include "commands/command.h"
#include "commands/version_argument.h"

#include "base/banned.h"

enum { OPTION_DB, OPTION_OUT, OPTION_POST };

static const struct option options[] = {
    {OPTION_STRING, "db", "FILE", "the database (default: $KBENCH_DB, else results/kbench.db)"},
    {OPTION_STRING, "out", "FILE", "the archive (default: results/bundle-VERSION.tar.gz)"},
    {OPTION_STRING, "post", "FILE", "a document to put in, with its charts (default: experiments/VERSION.md if there)"},
    {OPTION_END, NULL, NULL, NULL},
};

static bool write_bundle(const struct invocation *invocation, struct bundle_request *request, struct error *error)
{
    const struct option_value *values = invocation->values;
    char *post = string_format("experiments/%s.md", request->version);
    char *path = values[OPTION_OUT].given ? string_copy(values[OPTION_OUT].string)
                                          : string_format("results/bundle-%s.tar.gz", request->version);
    request->post = values[OPTION_POST].given ? values[OPTION_POST].string : file_exists(post) ? post : NULL;
    request->path = path;
    bool ok = bundle_write(request, error);
    if (ok && request->say)
        fprintf(stderr, "kbench: '%s' is in '%s'\n", request->version, path);
    free(post);
    free(path);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    struct bundle_request request = {.environment = (const char *const *)environ, .say = invocation->verbosity >= 0};
    char *version = NULL;
    bool ok =
        version_argument_read(invocation->arguments[0], &version, &request.revision, error) &&
        (request.store = command_open_database(command_database(&invocation->values[OPTION_DB]), NULL, error)) != NULL;
    request.version = version;
    ok = ok && write_bundle(invocation, &request, error);
    store_close(request.store);
    free(version);
    return ok;
}

const struct command command_bundle = {
    .name = "bundle",
    .arguments = "VERSION",
    .summary = "one archive of a version: definition, results, report, sources; anybody can open and check it",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
