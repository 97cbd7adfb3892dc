/* SPDX-License-Identifier: Apache-2.0 */
/* Which mount a path lies on, by the text of /proc/self/mountinfo. Pure. */
#ifndef KBENCH_ENVIRONMENT_MOUNT_H
#define KBENCH_ENVIRONMENT_MOUNT_H

#include <stdbool.h>

struct mount {
    char *file_system; /* "ext4" */
    char *source;      /* "/dev/nvme0n1p1", "overlay", … */
};

/* The longest mount point that `path` (absolute, resolved) lies below; of several mounted over each other the last, which is
 * the visible one. Free with mount_release(). */
bool mount_find(const char *mountinfo, const char *path, struct mount *mount);
void mount_release(struct mount *mount);

#endif
