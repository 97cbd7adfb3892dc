/* SPDX-License-Identifier: Apache-2.0 */
/* The keys of a definition's `design`: how often, in what order, and what makes a trial count as disturbed. */
#include "experiment/keys_table.h"

#include "base/banned.h"

/* The order of the names is that of the enum in experiment.h. */
static const char *const orders[] = {"blocked", "random", "sequential", NULL};

static const struct key trials_keys[] = {
    {"min", KEY_INTEGER, AT(experiment_design, trials_min), .fallback = "5", IN(1, 10000),
     .help = "trials of each pair"},
    {"max", KEY_INTEGER, AT(experiment_design, trials_max), .optional = true, IN(1, 10000),
     .help = "at most this many, with precision; default: min"},
    {"precision", KEY_PERCENT, AT(experiment_design, precision), .optional = true, IN(0.0001, 1),
     .help = "a pair has enough trials when its interval's half-width is at most this share of its median"},
    {0},
};
static const struct key_table trials_table = {.what = "trials", .keys = trials_keys};

/*
 * The defaults lie well above what 207 undisturbed trials of six clients with three brokers on two cores of a virtual machine
 * showed (other processes at most 2.1 % of the cores' time, steal at most 0.17 %, no stall for memory), and far below a disturbed
 * one (other processes 52 to 67 %). CPU and disk are what a client that goes as fast as it can waits for: stalls for them, 12 to
 * 98 % and up to 9 %, and dirty pages tell of the load and not of a disturbance, so they are off.
 */
static const struct key disturbance_keys[] = {
    {"steal", KEY_PERCENT_OR_OFF, AT(disturbance_rules, steal), .fallback = "2%", IN(0, 1),
     .help = "of all cores' time, taken by a hypervisor"},
    {"other-cpu", KEY_PERCENT_OR_OFF, AT(disturbance_rules, other_cpu), .fallback = "5%", IN(0, 1),
     .help = "of all cores' time, used by processes that are neither client, broker nor kbench"},
    {"stall-cpu", KEY_PERCENT_OR_OFF, AT(disturbance_rules, stall_cpu), .fallback = "off", IN(0, 1),
     .help = "of the window, in which a task waited for a CPU (pressure stall information, some)"},
    {"stall-io", KEY_PERCENT_OR_OFF, AT(disturbance_rules, stall_io), .fallback = "off", IN(0, 1),
     .help = "of the window, in which a task waited for a disk (pressure stall information, some)"},
    {"stall-memory", KEY_PERCENT_OR_OFF, AT(disturbance_rules, stall_memory), .fallback = "5%", IN(0, 1),
     .help = "of the window, in which a task waited for memory (pressure stall information, some)"},
    {"dirty", KEY_SIZE_OR_OFF, AT(disturbance_rules, dirty_bytes), .fallback = "off", IN(0, 1e15),
     .help = "memory that waits to be written to disk"},
    {"frequency", KEY_PERCENT_OR_OFF, AT(disturbance_rules, frequency), .fallback = "off", IN(0, 1),
     .help = "by which the cores ran slower than in the fastest trial of the campaign so far"},
    {"broker-gc", KEY_PERCENT_OR_OFF, AT(disturbance_rules, broker_gc), .fallback = "10%", IN(0, 1),
     .help = "of the window, in which the broker that pauses most stood still for its garbage collector; "
             "not applied to a case with faults"},
    {"trend", KEY_PERCENT_OR_OFF, AT(disturbance_rules, trend), .fallback = "off", IN(0, 10),
     .help = "by which the throughput changes over the window (Theil-Sen), where Mann-Kendall's p is below 0.05; "
             "not applied to a case with faults"},
    {"repeats", KEY_INTEGER, AT(disturbance_rules, repeats), .fallback = "2", IN(0, 100),
     .help = "of a disturbed trial, in its block; all are kept, none of the disturbed is in the summary"},
    {0},
};
static const struct key_table disturbance_table = {.what = "disturbance", .keys = disturbance_keys};

static const struct key keys[] = {
    {"trials", KEY_GROUP, .table = &trials_table, .help = "how often each pair is measured"},
    {"order", KEY_ENUM, AT(experiment_design, order), .fallback = "blocked", .names = orders,
     .help =
         "blocked: every block holds each pair once, shuffled by seed; random: all shuffled; sequential: as written"},
    {"seed", KEY_COUNT, AT(experiment_design, seed), .fallback = "1", IN(0, 9007199254740991.0),
     .help = "of the order and of the records' bytes"},
    {"warmup", KEY_DURATION, AT(experiment_design, warmup_ms), .fallback = "60s", IN(0, 3600000),
     .help = "before the first trial the cluster is driven until its throughput is steady, at most this long; 0s: not"},
    {"timeout", KEY_DURATION, AT(experiment_design, timeout_ms), .fallback = "2m", IN(1000, 864000000),
     .help = "for one trial"},
    {"retries", KEY_INTEGER, AT(experiment_design, retries), .fallback = "1", IN(0, 100), .help = "for a failed trial"},
    {"disturbance", KEY_GROUP, AT(experiment_design, disturbance), .table = &disturbance_table,
     .help = "a trial in which more was measured than one of these is marked, repeated and left out of the summary"},
    {0},
};
const struct key_table design_keys = {.what = "the design", .keys = keys};

const char *design_order_name(enum design_order order)
{
    return orders[order];
}
