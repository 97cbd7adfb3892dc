/* SPDX-License-Identifier: Apache-2.0 */
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/text.h"
#include "environment/mount.h"
#include "environment/parts.h"
#include "environment/proc_text.h"

#include "base/banned.h"

/* The absolute path of the folder, or of its nearest parent that is there. The caller frees. */
static char *existing_parent(const char *folder)
{
    char *path = string_copy(folder && folder[0] ? folder : ".");
    char *resolved;
    while (!(resolved = realpath(path, NULL)) && !string_equal(path, "/") && !string_equal(path, ".")) {
        char *slash = strrchr(path, '/');
        if (slash && slash != path) {
            *slash = '\0';
        } else {
            free(path);
            path = string_copy(slash ? "/" : ".");
        }
    }
    free(path);
    return resolved;
}

/* A file of the block device's folder in /sys; a partition has most of them one folder above, in its disk's. */
static char *read_block(dev_t device, const char *name)
{
    char *value = pseudo_file_read("/sys/dev/block/%u:%u/%s", major(device), minor(device), name);
    return value ? value : pseudo_file_read("/sys/dev/block/%u:%u/../%s", major(device), minor(device), name);
}

/* Some file systems (btrfs, overlay) show a device number of their own, so the mounted device's node comes first. */
static dev_t block_device(const char *source, const char *path)
{
    struct stat status;
    if (source && source[0] == '/' && stat(source, &status) == 0 && S_ISBLK(status.st_mode))
        return status.st_rdev;
    return stat(path, &status) == 0 ? status.st_dev : 0;
}

/* The block device below the folder, with the mount that told; 0 when there is none. */
static dev_t find_device(const char *path, struct mount *mount)
{
    char *mountinfo = pseudo_file_read("/proc/self/mountinfo");
    dev_t device = mountinfo && mount_find(mountinfo, path, mount) ? block_device(mount->source, path) : 0;
    free(mountinfo);
    return major(device) == 0 ? 0 : device; /* not a disk: tmpfs, a network, an overlay */
}

char *log_device_stat_path(const char *data_folder)
{
    struct mount mount = {.file_system = NULL};
    char *path = existing_parent(data_folder);
    dev_t device = path ? find_device(path, &mount) : 0;
    mount_release(&mount);
    free(path);
    return device ? string_format("/sys/dev/block/%u:%u/stat", major(device), minor(device)) : NULL;
}

void describe_log_device(json_t *environment, const char *data_folder)
{
    struct mount mount = {.file_system = NULL};
    char *path = existing_parent(data_folder);
    dev_t device = path ? find_device(path, &mount) : 0;
    if (!mount.file_system)
        goto done;
    json_object_set_new(environment, "log_file_system", json_string(mount.file_system));
    if (mount.source && mount.source[0] == '/')
        json_object_set_new(environment, "log_device", json_string(mount.source));
    if (!device)
        goto done;
    set_string(environment, "log_device_model", read_block(device, "device/model"));
    char *scheduler = read_block(device, "queue/scheduler");
    if (scheduler)
        set_string(environment, "log_device_scheduler", proc_bracketed(scheduler));
    free(scheduler);
    char *rotational = read_block(device, "queue/rotational");
    if (rotational)
        json_object_set_new(environment, "log_device_rotational", json_boolean(string_equal(rotational, "1")));
    free(rotational);
done:
    mount_release(&mount);
    free(path);
}
