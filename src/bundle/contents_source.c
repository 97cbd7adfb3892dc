/* SPDX-License-Identifier: Apache-2.0 */
/* Sources that are not those of the program would mislead whoever repeats it: then there are none, and the README says why. */
#include <fcntl.h>
#include <unistd.h>

#include "base/build_info.h"
#include "base/file.h"
#include "base/process.h"
#include "bundle/archive.h"
#include "bundle/contents.h"

#include "base/banned.h"

enum { TIMEOUT_MS = 120000, LIMIT_BYTES = 1 << 20 };

static char *why_no_source(void)
{
    if (!build_commit[0])
        return string_copy("this kbench was not built from a git repository");
    if (build_dirty != 0)
        return string_format("this kbench was built from a working copy that %s commit %s",
                             build_dirty > 0 ? "differed from" : "may have differed from", build_commit);
    const char *const arguments[] = {"git", "-C", file_home(), "cat-file", "-e", build_commit, NULL};
    const struct process_spec spec = {.arguments = arguments};
    struct text complaint = TEXT_INIT;
    struct process_result result;
    bool there = process_run(&spec, TIMEOUT_MS, LIMIT_BYTES, NULL, &complaint, &result, NULL) && result.status == 0;
    text_release(&complaint);
    return there ? NULL
                 : string_format("git and commit %s, of which this kbench was built, were not both at hand in '%s'",
                                 build_commit, file_home());
}

bool contents_add_source(struct contents *contents, struct error *error)
{
    contents->no_source = why_no_source();
    if (contents->no_source)
        return true;
    char *name = string_format("kbench-%.12s", build_commit);
    contents->source = string_format("source/%s.tar.gz", name);
    char *path = string_format("%s/%s", contents->folder, contents->source);
    bool ok = archive_write_commit(file_home(), build_commit, name, path, error);
    free(path);
    free(name);
    return ok;
}
