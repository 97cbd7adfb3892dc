/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What limited a pair, by rules from what was measured. Pure. The first rule that applies decides:
 *
 *  1. rate: the load has a fixed rate, and at least 99 % of what was due was sent. Nothing was at its limit.
 *  2. client: its busiest thread ran for at least 90 % of the window. More brokers or cores would not make it faster. It
 *     comes before the machine's cores, which a client and three brokers on a few cores keep busy whoever is the slow one.
 *  3. client: its threads together used 0.9 to 1.1 of one core while cores were idle. They take turns, as Python's do by the
 *     interpreter's lock: no single thread is saturated, and yet more cores would not make it faster.
 *  4. not known, when the client's threads were not measured: the client cannot be ruled out.
 *  5. machine: the host took at least 5 % of the CPU time for others (steal); or processes waited for the disk for at
 *     least 20 % of the time, or for 5 % with a disk that was busy for 90 %.
 *  6. all cores were busy for at least 95 %: brokers, where they alone used three quarters of the cores, else machine,
 *     which client and brokers share.
 *  7. brokers: the request handlers of the busiest one were idle for at most 30 % of the time with cores to spare. Kafka's
 *     documentation ("Monitoring", RequestHandlerAvgIdlePercent) wants more than 0.3.
 *  8. not known: something waited for what is not measured (locks, the network, a bound on requests in flight).
 */
#ifndef KBENCH_REPORT_BOTTLENECK_H
#define KBENCH_REPORT_BOTTLENECK_H

enum bottleneck {
    BOTTLENECK_NOT_KNOWN,
    BOTTLENECK_RATE,
    BOTTLENECK_CLIENT,
    BOTTLENECK_BROKERS,
    BOTTLENECK_MACHINE,
};

/* Medians over the trials, as shares: 0.9 for 90 %. NAN: not measured. */
struct bottleneck_evidence {
    double client_thread; /* CPU time of the client's busiest thread, of the window */
    double client_cpu;    /* CPU time of all its threads, of one core's */
    double broker_idle;   /* request handlers of the busiest broker, of their time */
    double machine_busy;  /* CPU time used by anybody or stolen, of all cores */
    double brokers_cpu;   /* of all cores; NAN when they are elsewhere */
    double others_cpu;    /* used by neither client nor broker, of all cores; for the reader, no rule looks at it */
    double steal;         /* of all cores */
    double disk_busy;     /* of the window */
    double stall_io;      /* of the window, some process waited for a disk */
    double rate_kept;     /* sent, of what was due by the load's rate; NAN: no rate */
};

enum bottleneck bottleneck_judge(const struct bottleneck_evidence *evidence);
/* "not known", "the rate", "the client", "the brokers", "the machine" */
const char *bottleneck_name(enum bottleneck bottleneck);

#endif
