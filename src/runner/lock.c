/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/banned.h"

static long read_pid(int fd)
{
    char digits[32] = "";
    ssize_t length = pread(fd, digits, sizeof digits - 1, 0);
    return length > 0 ? strtol(digits, NULL, 10) : 0;
}

bool lock_take(const char *path, int *fd, struct error *error)
{
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (*fd < 0)
        return error_set_errno(error, errno, "cannot write '%s'", path);
    if (flock(*fd, LOCK_EX | LOCK_NB) != 0) {
        long pid = read_pid(*fd);
        close(*fd);
        *fd = -1;
        return error_set(
            error, ERROR_UNAVAILABLE,
            "a campaign is already running in this working copy (process %ld); wait for its end or interrupt it", pid);
    }
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%ld\n", (long)getpid());
    if (ftruncate(*fd, 0) != 0 || pwrite(*fd, digits, (size_t)length, 0) != length) {
        error_set_errno(error, errno, "cannot write '%s'", path);
        close(*fd);
        *fd = -1;
        return false;
    }
    return true;
}

long lock_holder(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return 0;
    long pid = 0;
    if (flock(fd, LOCK_SH | LOCK_NB) != 0)
        pid = read_pid(fd);
    close(fd);
    return pid;
}
