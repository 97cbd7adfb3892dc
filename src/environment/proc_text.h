/* SPDX-License-Identifier: Apache-2.0 */
/* Readers of the texts that the kernel shows below /proc and /sys. Pure: text in, numbers and strings out. */
#ifndef KBENCH_ENVIRONMENT_PROC_TEXT_H
#define KBENCH_ENVIRONMENT_PROC_TEXT_H

#include <stdbool.h>
#include <stdint.h>

/* The first line of /proc/stat: all cores together. Guest time is part of user time there and not added again. */
struct proc_cpu_times {
    double busy_s;  /* without idle, iowait and steal */
    double steal_s; /* -1 when the kernel does not tell */
    double total_s; /* all states */
};
bool proc_cpu_times(const char *stat, long ticks_per_s, struct proc_cpu_times *times);

/* The total of the "some" line of a /proc/pressure file, in seconds; -1 when it is not there. */
double proc_pressure_some_s(const char *pressure);

/* How long a block device was busy, in seconds, by /sys/dev/block/<device>/stat: the time in which any request was under way
 * (Documentation/block/stat.rst, io_ticks). -1 when it is not there. */
double proc_disk_busy_s(const char *stat);

/* When a process or thread was started, in clock ticks since the boot, by its stat file; -1 when it is none. */
int64_t proc_started_ticks(const char *stat);

/* A line "Name:   123 kB" of /proc/meminfo in bytes; -1 when it is not there. */
int64_t proc_meminfo_bytes(const char *meminfo, const char *name);
/* Dirty + Writeback; -1 when either is not there. */
int64_t proc_dirty_bytes(const char *meminfo);

/*
 * The value behind the first line whose key is `key`, for lines "key : value" (/proc/cpuinfo) and KEY="value"
 * (/etc/os-release): blanks and double quotes around it removed. NULL when absent or empty; the caller frees.
 */
char *proc_value(const char *text, const char *key, char separator);
/* Whether a blank-separated list holds the word. */
bool proc_list_has(const char *list, const char *word);
/* What stands in brackets in "always [madvise] never"; NULL when nothing does; the caller frees. */
char *proc_bracketed(const char *text);

/* Which container the first process is in, by /proc/1/cgroup: "docker", "kubernetes", "lxc", …; "none" when that is
 * the init system of a host; NULL when the text does not tell. Static storage. */
const char *proc_container(const char *cgroup);

#endif
