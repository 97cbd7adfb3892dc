/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What happened on the machine while a trial ran: CPU of the client and of the brokers, steal, pressure stall, other
 * processes, dirty pages, the disk below the brokers' logs. The runner calls sampler_tick() about every 100 ms from its own loop; the sampler keeps one
 * reading per 100 ms and derives seconds from them. All from /proc; a file that the kernel does not have gives -1 (absent).
 *
 * Memory is bounded: when the readings of about an hour are there, every second one is dropped and they are taken half as often.
 */
#ifndef KBENCH_ENVIRONMENT_SAMPLER_H
#define KBENCH_ENVIRONMENT_SAMPLER_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/* Cumulative readings at one moment. Seconds of CPU time; -1 when it cannot be told. */
struct sampler_reading {
    int64_t at_ns;       /* CLOCK_MONOTONIC */
    double client_cpu_s; /* all driver processes of the trial, since they are watched */
    double broker_cpu_s; /* all local brokers, since they are watched */
    double own_cpu_s;    /* kbench itself (with a mock cluster also that) */
    double busy_cpu_s;   /* the whole machine, without idle, iowait and steal */
    double steal_s;      /* time a hypervisor gave to others, all cores */
    double total_s;      /* all cores, all states: steal_percent = 100 · Δsteal / Δtotal */
    double stall_cpu_s, stall_io_s, stall_memory_s; /* /proc/pressure, "some" */
    double disk_busy_s;                             /* time in which a request to the disk was under way */
    int64_t dirty_bytes;                            /* Dirty + Writeback of /proc/meminfo, at that moment */
    double frequency_mhz;                           /* mean of the cores, -1 when not told; read once a second */
};

struct sampler;
struct sampler *sampler_new(void);
/* Add processes to watch; one that is watched already is not added twice. One that ends keeps its last reading, so that sums
 * never fall. */
void sampler_watch(struct sampler *sampler, const pid_t *clients, size_t client_count, const pid_t *brokers,
                   size_t broker_count);
/* Watch the device that holds this folder; none when `folder` is NULL or lies on no device (tmpfs, overlay, a network). */
void sampler_watch_disk(struct sampler *sampler, const char *folder);
/* When the window will be: the clients' threads are read at its bounds. `to_ns` is INT64_MAX when that is not known yet. Without
 * it, nothing is told of threads. */
void sampler_expect_window(struct sampler *sampler, int64_t from_ns, int64_t to_ns);
/* Take a reading when 100 ms have passed since the last one; `now_ns` is CLOCK_MONOTONIC. */
void sampler_tick(struct sampler *sampler, int64_t now_ns);
/* The state at `at_ns`, linearly interpolated between the readings before and after; dirty_bytes and frequency_mhz are those of
 * the one before. Before the first reading and behind the last one everything is -1: nothing is known there. */
void sampler_at(const struct sampler *sampler, int64_t at_ns, struct sampler_reading *reading);
void sampler_free(struct sampler *sampler);

/* Differences over [from_ns, to_ns): what `results` shows. -1: absent. */
struct sampler_usage {
    double client_cpu_s, broker_cpu_s, own_cpu_s;
    double client_busiest_thread_cpu_s; /* of the window that was expected: -1 when asked for quite another span */
    double
        other_cpu_s; /* busy without clients, brokers and kbench; ticks of the kernel's clock that make it negative: 0 */
    double steal_percent;
    double stall_cpu_percent, stall_io_percent, stall_memory_percent;
    double disk_busy_percent;
    int64_t dirty_bytes_max;
    double frequency_mhz;
};
/* Readings that do not cover at least nine tenths of the span give -1 throughout; CPU time of a part that they do not cover is
 * taken at the mean rate of the rest. */
void sampler_usage(const struct sampler *sampler, int64_t from_ns, int64_t to_ns, struct sampler_usage *usage);

/* Dirty + Writeback now, in bytes; -1 when unknown. */
int64_t environment_dirty_bytes(void);
/* What programs could get now without swapping, as the kernel estimates it, in bytes; -1 when unknown. */
int64_t environment_available_memory_bytes(void);

#endif
