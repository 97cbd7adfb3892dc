/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/difference.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/process.h"

#include "base/banned.h"

#define DIFF_TIMEOUT_MS 60000
#define DIFF_LIMIT_BYTES ((size_t)64 * 1024 * 1024)

/* The bytes as a file that has no name, to be read from its beginning. NULL: `error`. */
static FILE *file_of(const struct text *text, struct error *error)
{
    FILE *file = tmpfile();
    if (file && fwrite(text->bytes, 1, text->length, file) == text->length && fflush(file) == 0 &&
        lseek(fileno(file), 0, SEEK_SET) == 0)
        return file;
    error_set_errno(error, errno, "cannot write a temporary file");
    if (file)
        fclose(file);
    return NULL;
}

bool difference_unified(const char *path, const char *name, const struct text *wanted, struct text *difference,
                        struct error *error)
{
    FILE *file = file_of(wanted, error);
    if (!file)
        return false;
    /* What stands behind a tab is no part of the name: patch reads it as the time of the file. */
    char *before = string_format("%s\tas it is", name), *after = string_format("%s\tby the database", name);
    const char *arguments[] = {"diff", "-a", "-u", "-L", before, "-L", after, "--", path, "-", NULL};
    struct process_spec spec = {.arguments = arguments, .input = PROCESS_FD, .input_fd = fileno(file)};
    struct process_result result;
    struct text messages = TEXT_INIT;
    bool ok = process_run(&spec, DIFF_TIMEOUT_MS, DIFF_LIMIT_BYTES, difference, &messages, &result, error);
    if (ok && result.status > 1)
        ok = error_set(error, ERROR_UNAVAILABLE, "diff could not compare '%s': %s", name, messages.bytes);
    text_release(&messages);
    free(after);
    free(before);
    fclose(file);
    return ok;
}
