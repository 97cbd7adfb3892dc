/* SPDX-License-Identifier: Apache-2.0 */
#include "base/file.h"
#include "base/text.h"
#include "environment/parts.h"
#include "environment/proc_text.h"

#include "base/banned.h"

/* The maker's own words ("Amazon EC2 m5.large", "QEMU Standard PC"): a table of known hypervisors would age. */
static char *firmware_name(void)
{
    char *vendor = pseudo_file_read("/sys/class/dmi/id/sys_vendor");
    char *product = pseudo_file_read("/sys/class/dmi/id/product_name");
    char *name = NULL;
    if (vendor && product)
        name = string_format("%s %s", vendor, product);
    else if (vendor || product)
        name = string_copy(vendor ? vendor : product);
    free(vendor);
    free(product);
    return name;
}

/* "none" only where the processor says so; absent where it says nothing (other than x86). */
static char *hypervisor(void)
{
    char *type = pseudo_file_read("/sys/hypervisor/type");
    if (type)
        return type;
    char *cpuinfo = pseudo_file_read("/proc/cpuinfo");
    char *flags = cpuinfo ? proc_value(cpuinfo, "flags", ':') : NULL;
    char *name = NULL;
    if (flags && proc_list_has(flags, "hypervisor")) {
        name = firmware_name();
        if (!name)
            name = string_copy("hypervisor without a name");
    } else if (flags) {
        name = string_copy("none");
    }
    free(flags);
    free(cpuinfo);
    return name;
}

static char *container(void)
{
    if (file_exists("/run/.containerenv"))
        return string_copy("podman");
    char *systemd = pseudo_file_read("/run/systemd/container");
    if (systemd)
        return systemd;
    char *cgroup = pseudo_file_read("/proc/1/cgroup");
    const char *hint = cgroup ? proc_container(cgroup) : NULL;
    free(cgroup);
    if (hint && !string_equal(hint, "none"))
        return string_copy(hint);
    return file_exists("/.dockerenv") ? string_copy("docker") : string_copy(hint);
}

void describe_virtualization(json_t *environment)
{
    set_string(environment, "virtualization", hypervisor());
    set_string(environment, "container", container());
}
