/* SPDX-License-Identifier: Apache-2.0 */
#include "environment/proc_text.h"

#include "base/text.h"

#include "base/banned.h"

bool proc_cpu_times(const char *stat, long ticks_per_s, struct proc_cpu_times *times)
{
    unsigned long long user, nice, kernel, idle, iowait = 0, irq = 0, softirq = 0, steal = 0;
    int found = sscanf(stat, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &user, &nice, &kernel, &idle, &iowait, &irq,
                       &softirq, &steal);
    if (!string_starts_with(stat, "cpu ") || found < 4 || ticks_per_s <= 0)
        return false;
    unsigned long long busy = user + nice + kernel + irq + softirq;
    double ticks = (double)ticks_per_s;
    times->busy_s = (double)busy / ticks;
    times->steal_s = found == 8 ? (double)steal / ticks : -1;
    times->total_s = (double)(busy + idle + iowait + steal) / ticks;
    return true;
}

double proc_pressure_some_s(const char *pressure)
{
    unsigned long long total_us;
    if (sscanf(pressure, "some avg10=%*f avg60=%*f avg300=%*f total=%llu", &total_us) != 1)
        return -1;
    return (double)total_us / 1e6;
}

double proc_disk_busy_s(const char *stat)
{
    unsigned long long busy_ms;
    /* Four numbers each of reads and of writes, requests in flight. */
    if (sscanf(stat, "%*u %*u %*u %*u %*u %*u %*u %*u %*u %llu", &busy_ms) != 1)
        return -1;
    return (double)busy_ms / 1e3;
}

int64_t proc_started_ticks(const char *stat)
{
    /* Behind the name, which may hold anything: the state, and the 18 numbers from ppid to itrealvalue. */
    const char *name_end = strrchr(stat, ')');
    long long ticks;
    if (!name_end ||
        sscanf(name_end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d %lld",
               &ticks) != 1)
        return -1;
    return ticks;
}

static const char *next_line(const char *line)
{
    const char *end = strchr(line, '\n');
    return end ? end + 1 : line + strlen(line);
}

int64_t proc_meminfo_bytes(const char *meminfo, const char *name)
{
    size_t length = strlen(name);
    for (const char *line = meminfo; *line; line = next_line(line)) {
        long long kib;
        int end = 0; /* stays so when the unit is another one */
        if (string_starts_with(line, name) && line[length] == ':' &&
            sscanf(line + length + 1, " %lld kB%n", &kib, &end) == 1 && end > 0)
            return (int64_t)kib * 1024;
    }
    return -1;
}

int64_t proc_dirty_bytes(const char *meminfo)
{
    int64_t dirty = proc_meminfo_bytes(meminfo, "Dirty");
    int64_t writeback = proc_meminfo_bytes(meminfo, "Writeback");
    return dirty < 0 || writeback < 0 ? -1 : dirty + writeback;
}

char *proc_value(const char *text, const char *key, char separator)
{
    size_t length = strlen(key);
    for (const char *line = text; *line; line = next_line(line)) {
        if (!string_starts_with(line, key))
            continue;
        const char *at = line + length;
        at += strspn(at, " \t");
        if (*at != separator)
            continue;
        at++;
        at += strspn(at, " \t\"");
        size_t rest = strcspn(at, "\n");
        while (rest > 0 && strchr(" \t\"", at[rest - 1]))
            rest--;
        return rest ? string_format("%.*s", (int)rest, at) : NULL;
    }
    return NULL;
}

bool proc_list_has(const char *list, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = list; *at; at += strcspn(at, " \t\n")) {
        at += strspn(at, " \t\n");
        if (strncmp(at, word, length) == 0 && (at[length] == '\0' || strchr(" \t\n", at[length])))
            return true;
    }
    return false;
}

char *proc_bracketed(const char *text)
{
    const char *open = strchr(text, '[');
    const char *close = open ? strchr(open, ']') : NULL;
    return close && close > open + 1 ? string_format("%.*s", (int)(close - open - 1), open + 1) : NULL;
}

const char *proc_container(const char *cgroup)
{
    /* More special ones first: a pod's path may name its container engine too. */
    static const char *const hints[][2] = {
        {"kubepods", "kubernetes"},   {"docker", "docker"},
        {"libpod", "podman"},         {"lxc", "lxc"},
        {"containerd", "containerd"}, {"machine.slice", "systemd-nspawn"},
    };
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strstr(cgroup, hints[i][0]))
            return hints[i][1];
    return strstr(cgroup, "/init.scope") ? "none" : NULL;
}
