/* SPDX-License-Identifier: Apache-2.0 */
/* kbench driver-test: does a driver keep the protocol? */
#include <unistd.h>

#include "commands/command.h"
#include "verify/conformance.h"

#include "base/banned.h"

static const struct option options[] = {{OPTION_END, NULL, NULL, NULL}};

static void print(const struct conformance *conformance)
{
    for (size_t i = 0; i < conformance->count; i++) {
        const struct conformance_result *result = &conformance->results[i];
        printf("%-17s %-14s %s\n", result->name, conformance_verdict_name(result->verdict), result->truth);
        printf("%-17s %-14s   %s\n", "", "", result->detail);
    }
}

static bool test(const struct driver_list *drivers, const char *name, struct error *error)
{
    struct conformance conformance;
    char folder[] = "/tmp/kbench-driver-test-XXXXXX";
    if (!mkdtemp(folder))
        return error_set(error, ERROR_UNAVAILABLE, "cannot make a folder in /tmp");
    bool ok = conformance_run(drivers, name, folder, &conformance, error);
    if (ok) {
        print(&conformance);
        if (!conformance.passed)
            ok = error_set(error, ERROR_ANSWER_NO, "driver '%s' does not conform", name);
    }
    conformance_release(&conformance);
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    struct driver_list drivers = {0};
    bool ok = driver_list_load(&drivers, error) && test(&drivers, invocation->arguments[0], error);
    driver_list_release(&drivers);
    return ok;
}

const struct command command_driver_test = {
    .name = "driver-test",
    .arguments = "DRIVER",
    .summary =
        "check against a broker that pauses and dies that a driver keeps the protocol; also one of $KBENCH_DRIVERS",
    .options = options,
    .min_arguments = 1,
    .max_arguments = 1,
    .run = run,
};
