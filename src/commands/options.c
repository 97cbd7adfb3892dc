/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/options.h"

#include <errno.h>

#include "base/text.h"

#include "base/banned.h"

/* What every command has beside its own table. */
const struct option options_common[] = {
    {OPTION_FLAG, "help", NULL, "print this and end"},
    {OPTION_FLAG, "quiet", NULL, "say only errors (-q)"},
    {OPTION_FLAG, "verbose", NULL, "say more (-v)"},
    {OPTION_END, NULL, NULL, NULL},
};

enum { HELP_COLUMN = 25, HELP_WIDTH = 120 };

static int find_option(const struct option *options, const char *name, size_t length)
{
    for (int i = 0; options[i].type != OPTION_END; i++)
        if (strlen(options[i].name) == length && strncmp(options[i].name, name, length) == 0)
            return i;
    return -1;
}

static bool take_common(const char *word, struct parsed_options *parsed)
{
    if (string_equal(word, "--help") || string_equal(word, "-h"))
        parsed->help = true;
    else if (string_equal(word, "--quiet") || string_equal(word, "-q"))
        parsed->invocation.verbosity = -1;
    else if (string_equal(word, "--verbose") || string_equal(word, "-v"))
        parsed->invocation.verbosity = 1;
    else
        return false;
    return true;
}

/* `word` is as it was typed, with its dashes, and counts up to its "=". */
static bool unknown_option(const struct command *command, const char *word, struct error *error)
{
    const char *names[2 * OPTIONS_MAX];
    size_t count = 0;
    for (int i = 0; command->options[i].type != OPTION_END; i++)
        names[count++] = command->options[i].name;
    for (int i = 0; options_common[i].type != OPTION_END; i++)
        names[count++] = options_common[i].name;
    char *typed = string_format("%.*s", (int)strcspn(word, "="), word);
    const char *nearest = string_nearest(typed + strspn(typed, "-"), names, count);
    if (string_starts_with(typed, "--") && string_equal(nearest, typed + 2)) /* a common one, which are flags */
        error_set(error, ERROR_INPUT, "option '%s' takes no value", typed);
    else
        error_set(error, ERROR_INPUT, "'kbench %s' has no option '%s'%s%s%s", command->name, typed,
                  nearest ? ", did you mean '--" : "", nearest ? nearest : "", nearest ? "'?" : "; see --help");
    free(typed);
    return false;
}

static bool take_value(const struct option *option, const char *text, struct option_value *value, struct error *error)
{
    if (value->given)
        return error_set(error, ERROR_INPUT, "option '--%s' is given twice", option->name);
    if (!text[0])
        return error_set(error, ERROR_INPUT, "option '--%s' needs a value: %s", option->name, option->argument);
    value->given = true;
    value->string = text;
    if (option->type != OPTION_INTEGER)
        return true;
    char *end;
    errno = 0;
    value->integer = strtol(text, &end, 10);
    if (errno || *end || text[0] < '0' || text[0] > '9')
        return error_set(error, ERROR_INPUT, "option '--%s' takes a whole number, not '%s'", option->name, text);
    return true;
}

/* An option word at argv[*at]; moves *at over a value that stands apart. */
static bool take_option(const struct command *command, int argc, char **argv, int *at, struct parsed_options *parsed,
                        struct error *error)
{
    const char *word = argv[*at];
    if (take_common(word, parsed))
        return true;
    const char *name = string_starts_with(word, "--") ? word + 2 : ""; /* no option of a command has a short name */
    size_t length = strcspn(name, "=");
    int index = find_option(command->options, name, length);
    if (index < 0)
        return unknown_option(command, word, error);
    const struct option *option = &command->options[index];
    bool has_equals = name[length] == '=';
    if (option->type == OPTION_FLAG) {
        if (has_equals)
            return error_set(error, ERROR_INPUT, "option '--%s' takes no value", option->name);
        parsed->values[index].given = true;
        return true;
    }
    if (!has_equals && *at + 1 >= argc)
        return error_set(error, ERROR_INPUT, "option '--%s' needs a value: %s", option->name, option->argument);
    return take_value(option, has_equals ? name + length + 1 : argv[++*at], &parsed->values[index], error);
}

bool options_parse(const struct command *command, int argc, char **argv, struct parsed_options *parsed,
                   struct error *error)
{
    memset(parsed, 0, sizeof *parsed);
    parsed->arguments = memory_zeroed((size_t)argc + 1, sizeof *parsed->arguments);
    parsed->invocation.values = parsed->values;
    parsed->invocation.arguments = parsed->arguments;
    bool options_ended = false;
    for (int i = 1; i < argc; i++) {
        if (!options_ended && string_equal(argv[i], "--"))
            options_ended = true;
        else if (!options_ended && argv[i][0] == '-' && argv[i][1]) {
            if (!take_option(command, argc, argv, &i, parsed, error))
                return false;
        } else
            parsed->arguments[parsed->invocation.argument_count++] = argv[i];
    }
    if (parsed->help)
        return true;
    int count = parsed->invocation.argument_count;
    if (count < command->min_arguments)
        return error_set(error, ERROR_INPUT, "'kbench %s' needs: %s", command->name, command->arguments);
    if (command->max_arguments >= 0 && count > command->max_arguments)
        return error_set(error, ERROR_INPUT, "'kbench %s' does not take '%s'; see --help", command->name,
                         parsed->arguments[command->max_arguments]);
    return true;
}

void options_release(struct parsed_options *parsed)
{
    free(parsed->arguments);
    parsed->arguments = NULL;
}

/* Words in lines of HELP_WIDTH, all from HELP_COLUMN on; `column`: where the cursor is. */
static void print_words(const char *words, int column)
{
    if (column >= HELP_COLUMN) {
        printf("\n");
        column = 0;
    }
    while (*words) {
        int length = (int)strcspn(words, " ");
        if (column + 1 + length > HELP_WIDTH) {
            printf("\n");
            column = 0;
        }
        column += column < HELP_COLUMN ? printf("%*s%.*s", HELP_COLUMN - column, "", length, words)
                                       : printf(" %.*s", length, words);
        words += length;
        words += strspn(words, " ");
    }
    printf("\n");
}

static void print_table(const struct option *options)
{
    for (int i = 0; options[i].type != OPTION_END; i++)
        print_words(options[i].help, printf("  --%s%s%s", options[i].name, options[i].argument ? " " : "",
                                            options[i].argument ? options[i].argument : ""));
}

void options_print_help(const struct command *command)
{
    bool has_arguments = command->arguments && command->arguments[0];
    printf("usage: kbench %s%s%s [options]\n\n%s\n\n", command->name, has_arguments ? " " : "",
           has_arguments ? command->arguments : "", command->summary);
    print_table(command->options);
    print_table(options_common);
}
