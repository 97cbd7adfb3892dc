/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/ports.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.h"

#include "base/banned.h"

/* A socket bound to a port of the kernel's choice, or -1 with errno. */
static int bind_any(int *port)
{
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t length = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0)
        return -1;
    if (bind(fd, (struct sockaddr *)&address, length) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &length) != 0) {
        int reason = errno;
        close(fd);
        errno = reason;
        return -1;
    }
    *port = ntohs(address.sin_port);
    return fd;
}

bool ports_find(int *ports, int count, struct error *error)
{
    bool ok = false;
    /* All are held until the last is found, so that no two are the same. */
    int *held = memory_zeroed((size_t)count, sizeof *held);
    int bound = 0;
    while (bound < count) {
        held[bound] = bind_any(&ports[bound]);
        if (held[bound] < 0) {
            error_set_errno(error, errno, "cannot bind a port of " LOOPBACK);
            goto done;
        }
        bound++;
    }
    ok = true;
done:
    for (int i = 0; i < bound; i++)
        close(held[i]);
    free(held);
    return ok;
}
