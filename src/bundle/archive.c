/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/archive.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"

#include "base/banned.h"

enum { TIMEOUT_MS = 600000, LISTING_LIMIT_BYTES = 64 << 20 };

/* What a program said in several lines, in one. */
static void join_lines(char *text)
{
    char *end = text;
    for (const char *at = text; *at; at++)
        if (*at != '\n')
            *end++ = *at;
        else if (end > text && at[1])
            *end++ = ' ';
    *end = '\0';
}

/* Output to a file (-1: none) or a text; `blame`: of whom it tells that the program fails. */
static bool run(const char *const *arguments, int input, int output, struct text *listing, enum error_category blame,
                struct error *error)
{
    const struct process_spec spec = {.arguments = arguments,
                                      .input = input >= 0 ? PROCESS_FD : PROCESS_NULL,
                                      .input_fd = input,
                                      .output = output >= 0 ? PROCESS_FD : PROCESS_NULL,
                                      .output_fd = output};
    struct text complaint = TEXT_INIT;
    struct process_result result;
    bool ok = process_run(&spec, TIMEOUT_MS, LISTING_LIMIT_BYTES, listing, &complaint, &result, error);
    if (ok && result.status != 0) {
        join_lines(complaint.bytes);
        ok = error_set(error, blame, "'%s' failed (%d): %s", arguments[0], result.status, complaint.bytes);
    }
    text_release(&complaint);
    return ok;
}

static bool write_tar(const char *parent, const char *name, int64_t time_s, const char *path, struct error *error)
{
    char *time = string_format("--mtime=@%lld", (long long)time_s);
    const char *const arguments[] = {"tar",
                                     "--sort=name",
                                     time,
                                     "--owner=0",
                                     "--group=0",
                                     "--numeric-owner",
                                     "--format=gnu",
                                     "--mode=u=rwX,go=rX",
                                     "-C",
                                     parent,
                                     "-cf",
                                     path,
                                     "--",
                                     name,
                                     NULL};
    bool ok = run(arguments, -1, -1, NULL, ERROR_UNAVAILABLE, error);
    free(time);
    return ok;
}

static bool compress(const char *tar, const char *path, struct error *error)
{
    static const char *const arguments[] = {"gzip", "-n", "-9", NULL};
    int input = open(tar, O_RDONLY | O_CLOEXEC);
    int output = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool ok = input >= 0 && output >= 0
                  ? run(arguments, input, output, NULL, ERROR_UNAVAILABLE, error) && fsync(output) == 0
                  : error_set_errno(error, errno, "cannot write '%s'", path);
    if (input >= 0)
        close(input);
    if (output >= 0)
        close(output);
    return ok;
}

bool archive_write(const char *parent, const char *name, int64_t time_s, const char *path, struct error *error)
{
    char *folder = file_make_folder_of(path, error);
    char *tar = string_format("%s/%s.tar", parent, name), *partial = string_format("%s.partial", path);
    bool ok = folder && write_tar(parent, name, time_s, tar, error) && compress(tar, partial, error);
    if (ok && rename(partial, path) != 0)
        ok = error_set_errno(error, errno, "cannot write '%s'", path);
    unlink(tar);
    unlink(partial);
    free(folder);
    free(tar);
    free(partial);
    return ok;
}

bool archive_write_commit(const char *repository, const char *commit, const char *name, const char *path,
                          struct error *error)
{
    char *folder = file_make_folder_of(path, error), *tar = string_format("%s.tar", path);
    char *prefix = string_format("--prefix=%s/", name);
    const char *const arguments[] = {"git",  "-C", repository, "archive", "--format=tar",
                                     prefix, "-o", tar,        commit,    NULL};
    bool ok = folder && run(arguments, -1, -1, NULL, ERROR_UNAVAILABLE, error) && compress(tar, path, error);
    unlink(tar);
    free(folder);
    free(tar);
    free(prefix);
    return ok;
}

/* "a/b", and neither "/a" nor "a/../b". */
static bool is_safe(const char *name)
{
    for (const char *at = name; *at;) {
        size_t length = strcspn(at, "/");
        if (length == 0 || (length == 2 && at[0] == '.' && at[1] == '.') || (length == 1 && at[0] == '.'))
            return false;
        at += length + (at[length] == '/');
    }
    return name[0] != '\0' && name[0] != '-';
}

/* A line of `tar -tv`: "-rw-r--r-- 0/0  1234 1970-01-01 00:00 name". */
static bool check_entry(char *line, char **root, int64_t *bytes, struct error *error)
{
    char type;
    long long size;
    int name_at = 0;
    if (sscanf(line, "%c%*s %*s %lld %*s %*s %n", &type, &size, &name_at) != 2 || name_at == 0)
        return error_set(error, ERROR_INPUT, "the archive has an entry that cannot be read: '%s'", line);
    const char *name = line + name_at;
    if (type != '-' && type != 'd')
        return error_set(error, ERROR_INPUT, "the archive has '%s', which is neither a file nor a folder", name);
    if (!is_safe(name))
        return error_set(error, ERROR_INPUT, "the archive has '%s', which would lie outside of its folder", name);
    size_t length = strcspn(name, "/");
    if (!*root)
        *root = string_format("%.*s", (int)length, name);
    if (strlen(*root) != length || strncmp(*root, name, length) != 0)
        return error_set(error, ERROR_INPUT, "the archive has '%s' beside the folder '%s'", name, *root);
    *bytes += size;
    return true;
}

/* All names and sizes; the one folder to *root. */
static bool look_into(const char *path, char **root, int64_t *bytes, struct error *error)
{
    const char *const arguments[] = {"tar", "--numeric-owner", "--quoting-style=escape", "--force-local", "-tvzf", path,
                                     NULL};
    struct text listing = TEXT_INIT;
    bool ok = run(arguments, -1, -1, &listing, ERROR_INPUT, error);
    for (char *line = listing.bytes; ok && *line;) {
        size_t length = strcspn(line, "\n");
        char *next = line + length + (line[length] == '\n');
        line[length] = '\0';
        ok = check_entry(line, root, bytes, error);
        line = next;
    }
    text_release(&listing);
    return ok && (*root || error_set(error, ERROR_INPUT, "the archive '%s' is empty", path));
}

bool archive_unpack(const char *path, const char *folder, char **root, struct error *error)
{
    const char *const arguments[] =
        {"tar", "--no-same-owner", "--no-same-permissions", "--force-local", "-C", folder, "-xzf", path, NULL};
    char *name = NULL, *absolute = realpath(path, NULL);
    int64_t bytes = 0;
    *root = NULL;
    bool ok =
        absolute ? look_into(path, &name, &bytes, error) : error_set(error, ERROR_INPUT, "there is no file '%s'", path);
    if (ok && bytes > file_free_bytes(folder))
        ok = error_set(error, ERROR_UNAVAILABLE, "'%s' needs %lld bytes, more than there is room for in '%s'", path,
                       (long long)bytes, folder);
    ok = ok && run(arguments, -1, -1, NULL, ERROR_UNAVAILABLE, error);
    if (ok)
        *root = string_format("%s/%s", folder, name);
    else
        error_prefix(error, "cannot unpack '%s'", path);
    free(name);
    free(absolute);
    return ok;
}
