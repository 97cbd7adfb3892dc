/* SPDX-License-Identifier: Apache-2.0 */
/* kbench man: the manual page kbench(1), in man(7)'s macros, from the table of commands that --help is printed from. */
#include "base/build_info.h"
#include "base/text.h"
#include "commands/options.h"
#include "commands/table.h"

#include "base/banned.h"

static const struct option options[] = {{OPTION_END, NULL, NULL, NULL}};

/* A backslash, a dash and a leading dot or quotation mark mean something to roff. */
static void append_roff(struct text *text, const char *string)
{
    if (*string == '.' || *string == '\'')
        text_append(text, "\\&");
    for (; *string; string++)
        if (*string == '\\')
            text_append(text, "\\e");
        else if (*string == '-')
            text_append(text, "\\-");
        else
            text_append_char(text, *string);
}

static void append_options(struct text *text, const struct option *list)
{
    for (const struct option *option = list; option->type != OPTION_END; option++) {
        text_append(text, ".TP\n\\fB\\-\\-");
        append_roff(text, option->name);
        text_append(text, "\\fR");
        if (option->argument) {
            text_append(text, " \\fI");
            append_roff(text, option->argument);
            text_append(text, "\\fR");
        }
        text_append_char(text, '\n');
        append_roff(text, option->help);
        text_append_char(text, '\n');
    }
}

static void append_command(struct text *text, const struct command *command)
{
    text_append(text, ".SS kbench ");
    append_roff(text, command->name);
    if (command->arguments && command->arguments[0]) {
        text_append_char(text, ' ');
        append_roff(text, command->arguments);
    }
    text_append_char(text, '\n');
    append_roff(text, command->summary);
    text_append_char(text, '\n');
    append_options(text, command->options);
}

/* A pair of what is named and what it is, as roff that needs no escaping. */
static void append_pairs(struct text *text, const char *title, const char *const (*pairs)[2], size_t count)
{
    text_append_format(text, ".SH %s\n", title);
    for (size_t i = 0; i < count; i++)
        text_append_format(text, ".TP\n%s\n%s\n", pairs[i][0], pairs[i][1]);
}

static bool run(const struct invocation *invocation, struct error *error)
{
    static const char *const statuses[][2] = {{"0", "done"},
                                              {"1",
                                               "the answer is no: a regression, a stale post, a claim that flipped, a "
                                               "trial that failed for good"},
                                              {"2", "wrong input or usage; nothing was started"},
                                              {"3", "the cluster, a driver or a tool could not be had"},
                                              {"130", "interrupted"}};
    static const char *const variables[][2] =
        {{"KBENCH_DB", "the database, where \\-\\-db does not name one"},
         {"KBENCH_DRIVERS", "folders with more drivers, with colons between them"},
         {"KBENCH_HOME",
          "the folder that holds schema/, plots/ and src/drivers/, where it is not found by the program's own place"},
         {"KBENCH_BUILD", "the folder with the drivers' programs and jars (default: build in the former)"},
         {"NO_COLOR", "set: no colour on a terminal"}};
    (void)invocation;
    (void)error;
    struct text text = TEXT_INIT;
    text_append(&text, ".TH KBENCH 1 \"\" \"kbench ");
    append_roff(&text, build_version);
    text_append(&text,
                "\" \"User Commands\"\n.SH NAME\nkbench \\- reproducible benchmarks of Apache Kafka clients\n"
                ".SH SYNOPSIS\n.B kbench\n.I command\n[\\fIarguments\\fR] [\\fIoptions\\fR]\n"
                ".SH DESCRIPTION\nRuns the cases and clients that a versioned YAML definition names against a Kafka "
                "cluster, keeps each result with its environment in an SQLite database, and makes tables and charts "
                "of it.\n.SH COMMANDS\n");
    for (size_t i = 0; command_table[i]; i++)
        append_command(&text, command_table[i]);
    text_append(&text, ".SH OPTIONS OF ALL COMMANDS\n");
    append_options(&text, options_common);
    append_pairs(&text, "EXIT STATUS", statuses, sizeof statuses / sizeof *statuses);
    append_pairs(&text, "ENVIRONMENT", variables, sizeof variables / sizeof *variables);
    fwrite(text.bytes, 1, text.length, stdout);
    text_release(&text);
    return true;
}

const struct command command_man = {
    .name = "man",
    .arguments = "",
    .summary = "this manual page, for man(1): kbench man | man -l -",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 0,
    .run = run,
};
