/* SPDX-License-Identifier: Apache-2.0 */
/* A definition that must be good. Include behind cmocka.h. */
#ifndef KBENCH_TESTS_UNIT_DEFINITION_H
#define KBENCH_TESTS_UNIT_DEFINITION_H

#include <string.h>

#include "experiment/experiment.h"

/* Fails with the first error and its place; free with experiment_free(). */
static inline struct experiment *definition_parse(const char *file, const char *text)
{
    struct error_list errors = {0};
    struct experiment *experiment = experiment_parse(file, text, strlen(text), &errors);
    if (!experiment)
        fail_msg("%s:%d:%d: %s", file, errors.items[0].line, errors.items[0].column, errors.items[0].message);
    error_list_release(&errors);
    return experiment;
}

#endif
