/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Completion for shells, written from the table of commands and their options. What a value may be is read off its name there:
 * "text|csv|json" are words, FILE… a file, DIR a folder, VERSION a version in the database, DRIVER a driver; of others nothing
 * can be said.
 */
#ifndef KBENCH_COMMANDS_COMPLETION_H
#define KBENCH_COMMANDS_COMPLETION_H

#include <stdbool.h>

#include "base/text.h"
#include "commands/command.h"

enum completion_kind {
    COMPLETION_NONE,
    COMPLETION_WORDS,
    COMPLETION_FILES,
    COMPLETION_FOLDERS,
    COMPLETION_VERSIONS,
    COMPLETION_DRIVERS
};

/* `name` as the table has it: "[FILE…]", "DIR", "text|csv|json". With COMPLETION_WORDS the words are appended to `words`. */
enum completion_kind completion_kind_of(const char *name, struct string_list *words);

/* The names of a command's arguments, one for each; `repeats`: the last one stands for all that follow. */
void completion_arguments(const struct command *command, struct string_list *names, bool *repeats);

/* The options that every command has come with those of the command; `visit` is called once for each. */
typedef void completion_visit(const struct option *option, void *context);
void completion_each_option(const struct command *command, completion_visit *visit, void *context);

/* Append `string` between single quotes, for a POSIX shell. */
void completion_quote(struct text *text, const char *string);

/* The script of one shell. */
void completion_bash(struct text *text);
void completion_zsh(struct text *text);
void completion_fish(struct text *text);

#endif
