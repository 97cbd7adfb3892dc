/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A subcommand: one file in this folder defines one `const struct command command_<name>`, and table.c lists it. The table of
 * options in it is the only place where an option is written: parsing, --help and the check of values come from it.
 */
#ifndef KBENCH_COMMANDS_COMMAND_H
#define KBENCH_COMMANDS_COMMAND_H

#include <stdbool.h>

#include "base/error.h"

struct store;

enum option_type { OPTION_END = 0, OPTION_FLAG, OPTION_STRING, OPTION_INTEGER };

struct option {
    enum option_type type;
    const char *name;     /* long name without dashes */
    const char *argument; /* "FILE", for the help; NULL for a flag */
    const char *help;     /* with the default, where there is one */
};

struct option_value {
    bool given;
    const char *string; /* borrowed from argv */
    long integer;
};

struct invocation {
    const struct option_value *values; /* by the index in the command's table of options */
    int argument_count;
    char *const *arguments; /* what is not an option */
    int verbosity;          /* -1 with -q, 1 with -v */
    const char *command_line;
};

struct command {
    const char *name;
    const char *arguments;            /* "FILE…", for the help */
    const char *summary;              /* one line */
    const struct option *options;     /* ends with OPTION_END; --help, -q and -v are added for all */
    int min_arguments, max_arguments; /* max < 0: any number */
    /* Data to standard output, talk to standard error. False with `error` filled: main prints it and exits with its status. */
    bool (*run)(const struct invocation *invocation, struct error *error);
};

extern const struct command command_check, command_plan, command_run, command_status, command_report, command_sql,
    command_import, command_drivers, command_doctor, command_cluster, command_verify, command_claims, command_compare,
    command_driver_test, command_publish, command_init, command_completion, command_man, command_export,
    command_explain, command_merge, command_bundle, command_reproduce;

/* The database that a command uses: its --db value, else KBENCH_DB, else "results/kbench.db". */
const char *command_database(const struct option_value *db);
/* Open one that is there: for writing where it may be written (*writable), for a command that has something to keep and shows its
 * answer all the same where it cannot. `writable` NULL: only to read. NULL and `error` when there is none. */
struct store *command_open_database(const char *path, bool *writable, struct error *error);

#endif
