/* SPDX-License-Identifier: Apache-2.0 */
/* The only place that turns an error into text and an exit status. */
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include "base/build_info.h"
#include "base/error.h"
#include "base/interrupt.h"
#include "base/text.h"
#include "commands/options.h"
#include "commands/table.h"

#include "base/banned.h"

static void print_overview(FILE *file)
{
    fprintf(file, "usage: kbench COMMAND [arguments]\n\nReproducible benchmarks of Apache Kafka clients.\n\n");
    for (size_t i = 0; command_table[i]; i++)
        fprintf(file, "  %-11s %s\n", command_table[i]->name, command_table[i]->summary);
    fprintf(file, "\n'kbench COMMAND --help' tells more. Exit status: 0 done, 1 the answer is no, 2 wrong input,\n"
                  "3 the cluster or a driver could not be had, 130 interrupted.\n");
}

static char *join_arguments(int argc, char **argv)
{
    struct text line = TEXT_INIT;
    text_append(&line, "kbench");
    for (int i = 1; i < argc; i++)
        text_append_format(&line, " %s", argv[i]);
    return text_detach(&line);
}

static bool run_command(int argc, char **argv, struct error *error)
{
    const struct command *command = command_find(argv[1], error);
    if (!command)
        return false;
    struct parsed_options parsed;
    char *command_line = join_arguments(argc, argv);
    bool ok = options_parse(command, argc - 1, argv + 1, &parsed, error);
    if (ok && parsed.help) {
        options_print_help(command);
    } else if (ok) {
        parsed.invocation.command_line = command_line;
        ok = command->run(&parsed.invocation, error);
    }
    options_release(&parsed);
    free(command_line);
    return ok;
}

/* What did not fit into the buffer has been written before, and may have failed then. */
static bool flush_output(struct error *error)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    struct pollfd output = {.fd = STDOUT_FILENO};
    if (poll(&output, 1, 0) == 1 && (output.revents & POLLERR)) {
        /* "kbench … | head" has read what it wanted: that is nothing to complain of. The shell is told as by any other program. */
        signal(SIGPIPE, SIG_DFL);
        raise(SIGPIPE);
    }
    return error_set(error, ERROR_UNAVAILABLE, "cannot write to standard output");
}

int main(int argc, char **argv)
{
    struct error error = ERROR_INIT;
    bool ok = true;
    interrupt_install();
    if (argc < 2) {
        print_overview(stderr);
        return 2;
    }
    if (string_equal(argv[1], "--help") || string_equal(argv[1], "help"))
        print_overview(stdout);
    else if (string_equal(argv[1], "--version"))
        printf("kbench %s\n", build_version);
    else
        ok = run_command(argc, argv, &error);
    if (ok && flush_output(&error))
        return 0;
    char line[sizeof error.message + sizeof error.file + 64];
    if (error.message[0])
        fprintf(stderr, "kbench: %s\n", error_text(&error, line, sizeof line));
    return error_exit_status(&error);
}
