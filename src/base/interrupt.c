/* SPDX-License-Identifier: Apache-2.0 */
#include "base/interrupt.h"

#include <signal.h>

#include "base/banned.h"

static volatile sig_atomic_t interrupts;

static void interrupt_count_one(int signal_number)
{
    (void)signal_number;
    interrupts++;
}

void interrupt_install(void)
{
    struct sigaction action = {.sa_handler = interrupt_count_one};
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
    /* Who started kbench may have ignored it, and then no child could be waited for. */
    action.sa_handler = SIG_DFL;
    sigaction(SIGCHLD, &action, NULL);
}

int interrupt_count(void)
{
    return interrupts;
}

bool interrupt_check(struct error *error)
{
    return interrupts == 0 || error_set(error, ERROR_INTERRUPTED, "interrupted");
}
