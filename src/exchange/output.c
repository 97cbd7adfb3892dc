/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/output.h"

#include <errno.h>
#include <unistd.h>

#include "base/text.h"

#include "base/banned.h"

bool output_open(struct output *output, const char *path, struct error *error)
{
    *output = (struct output){.file = stdout};
    if (!path)
        return true;
    output->path = string_copy(path);
    output->temporary = string_format("%s.tmp.%ld", path, (long)getpid());
    output->file = fopen(output->temporary, "we");
    return output->file || error_set_errno(error, errno, "cannot write '%s'", path);
}

static bool close_file(struct output *output, bool ok, struct error *error)
{
    bool failed = ok && (ferror(output->file) || fflush(output->file) != 0 || fsync(fileno(output->file)) != 0);
    int reason = errno;
    if (fclose(output->file) != 0 && !failed) {
        failed = ok;
        reason = errno;
    }
    if (ok && !failed && rename(output->temporary, output->path) == 0)
        return true;
    if (ok)
        error_set_errno(error, failed ? reason : errno, "cannot write '%s'", output->path);
    unlink(output->temporary);
    return false;
}

bool output_close(struct output *output, bool ok, struct error *error)
{
    if (output->path && output->file)
        ok = close_file(output, ok, error);
    free(output->path);
    free(output->temporary);
    *output = (struct output){0};
    return ok;
}
