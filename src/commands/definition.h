/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the definition that a command is given, and says everything that is wrong with it. */
#ifndef KBENCH_COMMANDS_DEFINITION_H
#define KBENCH_COMMANDS_DEFINITION_H

#include "base/error.h"
#include "driver/driver.h"
#include "experiment/experiment.h"
#include "runner/runner.h"

/*
 * Read and parse the file, and check its runs against `drivers` (NULL: do not). NULL when something is wrong: then all
 * errors have been written to standard error, in the order of their place, and `error` (ERROR_INPUT) says how many there
 * were. A file that cannot be read is such an `error` alone. Free with experiment_free().
 */
struct experiment *definition_load(const char *path, const struct driver_list *drivers, struct error *error);
/* Read the definition the same way, with the drivers there are, and run what is left of its trials. `shown` is what errors call the file,
 * where a user knows it by another name than `path`. */
bool definition_run(const char *path, const char *shown, const struct campaign_options *campaign, struct error *error);

#endif
