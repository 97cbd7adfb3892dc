/* SPDX-License-Identifier: Apache-2.0 */
#include <sched.h>
#include <sys/resource.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/text.h"
#include "environment/parts.h"
#include "environment/proc_text.h"

#include "base/banned.h"

#define CPU_FOLDER "/sys/devices/system/cpu"

static void describe_cpu(json_t *environment)
{
    char *cpuinfo = pseudo_file_read("/proc/cpuinfo");
    if (cpuinfo)
        set_string(environment, "cpu_model", proc_value(cpuinfo, "model name", ':'));
    free(cpuinfo);
    long online = sysconf(_SC_NPROCESSORS_ONLN);
    if (online > 0)
        json_object_set_new(environment, "cpu_cores", json_integer(online));
    /* Fewer by taskset or a container: then it is worth a line of its own. */
    cpu_set_t allowed;
    if (sched_getaffinity(0, sizeof allowed, &allowed) == 0 && CPU_COUNT(&allowed) < online)
        json_object_set_new(environment, "cpu_cores_allowed", json_integer(CPU_COUNT(&allowed)));
    set_string(environment, "cpu_governor", pseudo_file_read(CPU_FOLDER "/cpu0/cpufreq/scaling_governor"));
    char *khz = pseudo_file_read(CPU_FOLDER "/cpu0/cpufreq/cpuinfo_max_freq");
    long max_khz = khz ? strtol(khz, NULL, 10) : 0;
    if (max_khz > 0)
        json_object_set_new(environment, "cpu_mhz_max", json_integer(max_khz / 1000));
    free(khz);
}

/* What a container's control group allows: absent when that is everything. */
static void describe_quota(json_t *environment)
{
    char *cpu = pseudo_file_read("/sys/fs/cgroup/cpu.max");
    if (cpu && !string_starts_with(cpu, "max"))
        json_object_set_new(environment, "cgroup_cpu_max", json_string(cpu));
    free(cpu);
    set_number(environment, "cgroup_memory_max_bytes", pseudo_file_read("/sys/fs/cgroup/memory.max"));
}

static void describe_kernel(json_t *environment)
{
    struct utsname names;
    if (uname(&names) == 0)
        set_string(environment, "kernel", string_format("%s %s %s", names.sysname, names.release, names.machine));
    char *release = pseudo_file_read("/etc/os-release");
    if (release)
        set_string(environment, "os", proc_value(release, "PRETTY_NAME", '='));
    free(release);
    set_string(environment, "clock_source",
               pseudo_file_read("/sys/devices/system/clocksource/clocksource0/current_clocksource"));
    char *huge_pages = pseudo_file_read("/sys/kernel/mm/transparent_hugepage/enabled");
    if (huge_pages)
        set_string(environment, "transparent_hugepage", proc_bracketed(huge_pages));
    free(huge_pages);
}

static void describe_sysctl(json_t *environment)
{
    static const char *const names[][2] = {
        {"vm.dirty_ratio", "vm/dirty_ratio"},
        {"vm.dirty_background_ratio", "vm/dirty_background_ratio"},
        {"vm.dirty_bytes", "vm/dirty_bytes"},
        {"vm.dirty_background_bytes", "vm/dirty_background_bytes"},
        {"vm.dirty_expire_centisecs", "vm/dirty_expire_centisecs"},
        {"vm.swappiness", "vm/swappiness"},
        {"vm.max_map_count", "vm/max_map_count"},
        {"net.core.wmem_max", "net/core/wmem_max"},
        {"net.core.rmem_max", "net/core/rmem_max"},
        {"net.ipv4.tcp_wmem", "net/ipv4/tcp_wmem"},
        {"net.ipv4.tcp_rmem", "net/ipv4/tcp_rmem"},
        {"net.ipv4.tcp_congestion_control", "net/ipv4/tcp_congestion_control"},
    };
    json_t *sysctl = json_object();
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char *value = pseudo_file_read("/proc/sys/%s", names[i][1]);
        for (size_t j = 0; value && value[j]; j++)
            if (value[j] == '\t')
                value[j] = ' ';
        set_string(sysctl, names[i][0], value);
    }
    json_object_set_new(environment, "sysctl", sysctl);
}

static void set_limit(json_t *object, const char *name, __rlimit_resource_t resource)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0)
        return;
    bool unlimited = limit.rlim_cur == RLIM_INFINITY;
    json_object_set_new(object, name, unlimited ? json_string("unlimited") : json_integer((json_int_t)limit.rlim_cur));
}

void describe_machine(json_t *environment)
{
    describe_cpu(environment);
    describe_quota(environment);
    char *meminfo = pseudo_file_read("/proc/meminfo");
    int64_t memory_bytes = meminfo ? proc_meminfo_bytes(meminfo, "MemTotal") : -1;
    int64_t swap_bytes = meminfo ? proc_meminfo_bytes(meminfo, "SwapTotal") : -1;
    free(meminfo);
    if (memory_bytes > 0)
        json_object_set_new(environment, "memory_bytes", json_integer(memory_bytes));
    if (swap_bytes >= 0)
        json_object_set_new(environment, "swap_bytes", json_integer(swap_bytes));
    describe_kernel(environment);
    describe_sysctl(environment);
    json_t *limits = json_object();
    set_limit(limits, "nofile", RLIMIT_NOFILE);
    set_limit(limits, "memlock", RLIMIT_MEMLOCK);
    json_object_set_new(environment, "ulimit", limits);
}
