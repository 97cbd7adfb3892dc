/* SPDX-License-Identifier: Apache-2.0 */
/* What a person sees of a running campaign: one line that is rewritten on a terminal, plain lines elsewhere, nothing with -q. */
#ifndef KBENCH_RUNNER_PROGRESS_H
#define KBENCH_RUNNER_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

struct progress {
    int verbosity;
    bool terminal;
    int64_t started_ns;
    int done, total;   /* trials, without those that repeat one */
    bool at_most;      /* `total` is a bound: pairs can have enough before */
    double expected_s; /* of all that is left at the start */
    int64_t next_update_ns;
    bool line_open;
};

void progress_init(struct progress *progress, int verbosity);
/* What is left, from now on: so many trials, or at most so many. `expected_s` counts until the first trial has ended. */
void progress_set_left(struct progress *progress, int left, bool at_most, double expected_s);
/* A lasting line. */
void progress_say(struct progress *progress, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* As progress_say(), only with -v. */
void progress_detail(struct progress *progress, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The line of this moment; does nothing off a terminal, and at most four times a second. */
void progress_update(struct progress *progress, int64_t now_ns, const char *what, double records_per_sec);
/* "[3/120]" or "[3/at most 120]": the trial that is under way. */
void progress_append_place(const struct progress *progress, struct text *text);
void progress_trial_done(struct progress *progress);

#endif
