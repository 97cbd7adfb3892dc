/* SPDX-License-Identifier: Apache-2.0 */
/* The drivers of tests/data/drivers, loaded. Include behind cmocka.h. */
#ifndef KBENCH_TESTS_UNIT_DRIVER_FIXTURE_H
#define KBENCH_TESTS_UNIT_DRIVER_FIXTURE_H

#include <signal.h>

#include "base/file.h"
#include "driver/driver.h"

static struct driver_list list;

static inline int drivers_set_up(void **state)
{
    (void)state;
    struct error error = ERROR_INIT;
    char *folder = string_format("%s/tests/data/drivers", file_home());
    setenv("KBENCH_DRIVERS", folder, 1);
    free(folder);
    signal(SIGPIPE, SIG_IGN);
    if (!driver_list_load(&list, &error))
        fail_msg("%s", error.message);
    return 0;
}

static inline int drivers_tear_down(void **state)
{
    (void)state;
    driver_list_release(&list);
    return 0;
}

#endif
