/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/output.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

#include "base/banned.h"

bool output_open(struct output *output, const char *path, struct error *error)
{
    struct stat status;
    *output = (struct output){.file = stdout};
    if (!path)
        return true;
    bool exists = stat(path, &status) == 0;
    output->file = NULL;
    if (exists && S_ISDIR(status.st_mode))
        return error_set(error, ERROR_INPUT, "'%s' is a folder: name a file in it", path);
    output->path = exists ? realpath(path, NULL) : NULL;
    if (!output->path)
        output->path = string_copy(path);
    /* What is no file, such as a pipe or a terminal, is written to and stays what it is. */
    if (!exists || S_ISREG(status.st_mode))
        output->temporary = string_format("%s.tmp.%ld", output->path, (long)getpid());
    output->file = fopen(output->temporary ? output->temporary : output->path, "we");
    return output->file || error_set_errno(error, errno, "cannot write '%s'", path);
}

/* What is to stay has to be on the disk before it takes the place of another file. */
static bool flush_file(const struct output *output)
{
    return !ferror(output->file) && fflush(output->file) == 0 &&
           (!output->temporary || fsync(fileno(output->file)) == 0);
}

static bool close_file(struct output *output, bool ok, struct error *error)
{
    bool failed = ok && !flush_file(output);
    int reason = errno;
    if (fclose(output->file) != 0 && !failed) {
        failed = ok;
        reason = errno;
    }
    if (ok && !failed && (!output->temporary || rename(output->temporary, output->path) == 0))
        return true;
    if (ok)
        error_set_errno(error, failed ? reason : errno, "cannot write '%s'", output->path);
    if (output->temporary)
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
