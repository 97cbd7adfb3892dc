/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <limits.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/banned.h"

bool file_read(const char *path, size_t limit_bytes, struct text *content, struct error *error)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        error_set_errno(error, errno, "cannot read '%s'", path);
        if (error)
            error->category = ERROR_INPUT;
        return false;
    }
    bool ok = false;
    char block[65536];
    size_t total = 0;
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) > 0) {
        total += (size_t)got;
        if (total > limit_bytes) {
            error_set(error, ERROR_INPUT, "'%s' is larger than %zu bytes", path, limit_bytes);
            goto done;
        }
        text_append_bytes(content, block, (size_t)got);
    }
    if (got < 0) {
        error_set_errno(error, errno, "cannot read '%s'", path);
        if (error)
            error->category = ERROR_INPUT;
        goto done;
    }
    ok = true;
done:
    close(fd);
    return ok;
}

static bool write_all(int fd, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, bytes, length);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

/* Whose a file is and who may do what with it, as of the one that it replaces. Only root can give a file away. */
static bool keep_access(int fd, const struct stat *old)
{
    return (geteuid() != 0 || fchown(fd, old->st_uid, old->st_gid) == 0) && fchmod(fd, old->st_mode & 07777) == 0;
}

/* `old` NULL: a new file has the access that the process's mask leaves. */
static bool replace(const char *path, const struct stat *old, const void *bytes, size_t length, struct error *error)
{
    char *temporary = string_format("%s.tmp.%ld", path, (long)getpid());
    bool ok = false;
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, old ? 0600 : 0666);
    if (fd < 0) {
        error_set_errno(error, errno, "cannot write '%s'", path);
        goto done;
    }
    ok = write_all(fd, bytes, length) && (!old || keep_access(fd, old)) && fsync(fd) == 0;
    if (close(fd) != 0)
        ok = false;
    if (!ok || rename(temporary, path) != 0) {
        ok = error_set_errno(error, errno, "cannot write '%s'", path);
        unlink(temporary);
    }
done:
    free(temporary);
    return ok;
}

bool file_write(const char *path, const void *bytes, size_t length, struct error *error)
{
    return replace(path, NULL, bytes, length, error);
}

bool file_rewrite(const char *path, const void *bytes, size_t length, struct error *error)
{
    struct stat old;
    char *target = realpath(path, NULL);
    bool ok = target && stat(target, &old) == 0 ? replace(target, &old, bytes, length, error)
                                                : error_set_errno(error, errno, "cannot write '%s'", path);
    free(target);
    return ok;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_make_folder(const char *path, struct error *error)
{
    bool ok = false;
    char *partial = string_copy(path);
    for (char *slash = partial + 1; *partial; slash++) {
        bool last = *slash == '\0';
        if (!last && *slash != '/')
            continue;
        *slash = '\0';
        if (mkdir(partial, 0777) != 0 && errno != EEXIST) {
            error_set_errno(error, errno, "cannot make the folder '%s'", partial);
            goto done;
        }
        if (last)
            break;
        *slash = '/';
    }
    struct stat status;
    if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode)) {
        error_set_errno(error, ENOTDIR, "cannot make the folder '%s'", path);
        goto done;
    }
    ok = true;
done:
    free(partial);
    return ok;
}

char *file_make_folder_of(const char *path, struct error *error)
{
    char *folder = string_copy(path);
    char *slash = strrchr(folder, '/');
    if (slash)
        *(slash == folder ? slash + 1 : slash) = '\0';
    const char *name = slash ? folder : ".";
    char *absolute = NULL;
    if (file_make_folder(name, error) && !(absolute = realpath(name, NULL)))
        error_set_errno(error, errno, "cannot find the folder '%s'", name);
    free(folder);
    return absolute;
}

char *file_make_temporary_folder(struct error *error)
{
    const char *given = getenv("TMPDIR");
    char *folder = string_format("%s/kbench-XXXXXX", given && given[0] == '/' ? given : "/tmp");
    if (mkdtemp(folder))
        return folder;
    error_set_errno(error, errno, "cannot make a folder for temporary files as '%s'", folder);
    free(folder);
    return NULL;
}

int file_make_fifo(const char *path, int pipe_bytes, struct error *error)
{
    if (mkfifo(path, 0600) != 0) {
        error_set_errno(error, errno, "cannot make the FIFO '%s'", path);
        return -1;
    }
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0) {
        error_set_errno(error, errno, "cannot open the FIFO '%s'", path);
        unlink(path);
        return -1;
    }
    (void)fcntl(fd, F_SETPIPE_SZ, pipe_bytes); /* a smaller one will do where the system refuses */
    return fd;
}

bool file_remove_tree(const char *path, struct error *error)
{
    struct stat status;
    if (lstat(path, &status) != 0)
        return errno == ENOENT ? true : error_set_errno(error, errno, "cannot remove '%s'", path);
    struct string_list roots = {0};
    string_list_push(&roots, path);
    FTS *walk = fts_open(roots.items, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    bool ok = walk ? true : error_set_errno(error, errno, "cannot remove '%s'", path);
    for (FTSENT *entry; ok && (entry = fts_read(walk));) {
        if (entry->fts_info == FTS_D)
            continue;
        if (remove(entry->fts_accpath) != 0 && errno != ENOENT)
            ok = error_set_errno(error, errno, "cannot remove '%s'", entry->fts_path);
    }
    if (walk)
        fts_close(walk);
    string_list_release(&roots);
    return ok;
}

int64_t file_free_bytes(const char *path)
{
    char *parent = string_copy(path);
    int64_t free_bytes = -1;
    for (;;) {
        struct statvfs status;
        if (statvfs(parent[0] ? parent : "/", &status) == 0) {
            free_bytes = (int64_t)status.f_bavail * (int64_t)status.f_frsize;
            break;
        }
        char *slash = strrchr(parent, '/');
        if (!slash) {
            if (statvfs(".", &status) == 0)
                free_bytes = (int64_t)status.f_bavail * (int64_t)status.f_frsize;
            break;
        }
        *slash = '\0';
    }
    free(parent);
    return free_bytes;
}

void file_tail(const char *path, int lines, struct text *text)
{
    enum { TAIL_BYTES = 16384 };
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    off_t size = lseek(fd, 0, SEEK_END);
    off_t from = size > TAIL_BYTES ? size - TAIL_BYTES : 0;
    char block[TAIL_BYTES];
    ssize_t length = pread(fd, block, sizeof block, from);
    close(fd);
    if (length <= 0)
        return;
    ssize_t start = length;
    int newlines = 0;
    while (start > 0 && !(block[start - 1] == '\n' && start != length && ++newlines == lines))
        start--;
    text_append_bytes(text, block + start, (size_t)(length - start));
}

static void hex_of(const unsigned char digest[32], char hex[65])
{
    for (size_t i = 0; i < 32; i++)
        snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

void file_sha256_hex(const void *bytes, size_t length, char hex[65])
{
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int digest_length = 0;
    if (EVP_Digest(bytes, length, digest, &digest_length, EVP_sha256(), NULL) != 1 || digest_length != 32)
        abort();
    hex_of(digest, hex);
}

bool file_sha256(const char *path, char hex[65], struct error *error)
{
    unsigned char block[65536];
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (!context || EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1)
        abort();
    ssize_t got = -1;
    while (fd >= 0 && (got = read(fd, block, sizeof block)) > 0)
        EVP_DigestUpdate(context, block, (size_t)got);
    bool ok = got == 0 || error_set_errno(error, errno, "cannot read '%s'", path);
    EVP_DigestFinal_ex(context, block, NULL);
    hex_of(block, hex);
    EVP_MD_CTX_free(context);
    if (fd >= 0)
        close(fd);
    return ok;
}

/* The parent folder of the folder that the program lies in, or "." when /proc does not tell. */
static void program_place(char *folder_name, char *root, size_t size)
{
    char path[PATH_MAX];
    ssize_t length = readlink("/proc/self/exe", path, sizeof path - 1);
    snprintf(root, size, ".");
    folder_name[0] = '\0';
    if (length <= 0)
        return;
    path[length] = '\0';
    char *slash = strrchr(path, '/');
    *slash = '\0';
    char *parent = strrchr(path, '/');
    if (!parent)
        return;
    snprintf(folder_name, size, "%s", parent + 1);
    *parent = '\0';
    snprintf(root, size, "%s", path);
}

const char *file_home(void)
{
    static char home[PATH_MAX + 16];
    if (home[0])
        return home;
    const char *given = getenv("KBENCH_HOME");
    char folder[PATH_MAX], root[PATH_MAX];
    program_place(folder, root, sizeof root);
    if (given && given[0])
        snprintf(home, sizeof home, "%s", given);
    else if (string_equal(folder, "bin"))
        snprintf(home, sizeof home, "%s/share/kbench", root);
    else {
        /* A program of the build tree: climb from …/build[/…] until the folder that holds schema/. */
        for (;;) {
            snprintf(home, sizeof home, "%s/schema", root);
            if (file_exists(home))
                break;
            char *slash = strrchr(root, '/');
            if (!slash || slash == root) {
                snprintf(root, sizeof root, ".");
                break;
            }
            *slash = '\0';
        }
        snprintf(home, sizeof home, "%s", root);
    }
    return home;
}

const char *file_build(void)
{
    static char build[PATH_MAX + 32];
    if (build[0])
        return build;
    const char *given = getenv("KBENCH_BUILD");
    if (given && given[0])
        snprintf(build, sizeof build, "%s", given);
    else
        snprintf(build, sizeof build, "%s/build", file_home());
    return build;
}
