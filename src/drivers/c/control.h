/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Standard input: lines from the harness. The job and the start command are waited for; after that the input is only
 * looked at, since whatever comes then means stop: the stop command, or the end of the input when the harness is gone.
 */
#ifndef KBENCH_DRIVERS_C_CONTROL_H
#define KBENCH_DRIVERS_C_CONTROL_H

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"

struct control {
    struct text input; /* read, and not yet given out */
};
#define CONTROL_INIT                                                                                                   \
    {                                                                                                                  \
        .input = TEXT_INIT                                                                                             \
    }

/* The next line without its newline, waited for; the caller frees. NULL at the end of the input, or when it breaks. */
char *control_read_line(struct control *control, struct error *error);
/* Wait for the command "start". False when the input ends first or says something else. */
bool control_await_start(struct control *control, struct error *error);
/* Whether the harness has said anything since, or is gone. Never waits. */
bool control_says_stop(const struct control *control);
void control_release(struct control *control);

#endif
