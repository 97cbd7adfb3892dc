/* SPDX-License-Identifier: Apache-2.0 */
/* What a person sees of a running campaign: one line that is rewritten on a terminal, plain lines elsewhere, nothing with -q. */
#ifndef KBENCH_RUNNER_PROGRESS_H
#define KBENCH_RUNNER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    int verbosity;
    bool terminal;
    int64_t started_ns;
    int done, total;   /* trials */
    double expected_s; /* of all that is left at the start */
    int64_t next_update_ns;
    bool line_open;
};

void progress_init(struct progress *progress, int verbosity, int total, double expected_s);
/* A lasting line. */
void progress_say(struct progress *progress, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As progress_say(), only with -v. */
void progress_detail(struct progress *progress, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The line of this moment; does nothing off a terminal, and at most four times a second. */
void progress_update(struct progress *progress, int64_t now_ns, const char *what, double records_per_sec);
void progress_trial_done(struct progress *progress);

#endif
