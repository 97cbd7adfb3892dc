/* SPDX-License-Identifier: Apache-2.0 */
/* Point: every client's driver keeps the protocol, as `kbench driver-test` asks. */
#include "base/interrupt.h"
#include "verify/conformance.h"
#include "verify/point.h"

#include "base/banned.h"

static bool is_client(const struct driver *driver)
{
    return !driver->is_tool && !driver->is_test;
}

static char *what_failed(const struct conformance *conformance)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < conformance->count; i++) {
        const struct conformance_result *result = &conformance->results[i];
        if (result->verdict == CONFORMANCE_FAIL)
            text_append_format(&text, "%s%s: %s", text.length ? "; " : "", result->name, result->detail);
    }
    return text_detach(&text);
}

static void judge(struct verification *verification, const struct driver *driver, const struct conformance *conformance)
{
    size_t counts[3] = {0};
    for (size_t i = 0; i < conformance->count; i++)
        counts[conformance->results[i].verdict]++;
    verification_tell(verification, driver->name, point_verdict(conformance->passed),
                      string_copy("keeps the protocol in each point"),
                      string_format("%zu points pass, %zu fail, %zu do not apply", counts[CONFORMANCE_PASS],
                                    counts[CONFORMANCE_FAIL], counts[CONFORMANCE_NOT_APPLICABLE]),
                      conformance->passed ? NULL : what_failed(conformance));
}

/* A driver that cannot be tested here takes nothing from the others. */
static void test(struct verification *verification, const struct driver *driver)
{
    struct conformance conformance = {0};
    struct error error = ERROR_INIT;
    char *folder = string_format("%s/driver-test", verification->work_folder);
    if (conformance_run(verification->options->drivers, driver->name, folder, &conformance, &error))
        judge(verification, driver, &conformance);
    else
        verification_tell(verification, driver->name, POINT_NOT_RUN, string_copy(verification->point->truth), NULL,
                          string_copy(error.message));
    conformance_release(&conformance);
    free(folder);
}

static bool check(struct verification *verification, struct error *error)
{
    const struct driver_list *drivers = verification->options->drivers;
    for (size_t i = 0; i < drivers->count; i++) {
        if (interrupt_count() > 0)
            return error_set(error, ERROR_INTERRUPTED, "interrupted");
        if (is_client(&drivers->items[i]))
            test(verification, &drivers->items[i]);
    }
    return true;
}

const struct verification_point point_driver_test = {
    .name = "driver-test",
    .truth = "keeps the protocol in each point",
    .check = check,
};
