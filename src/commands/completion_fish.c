/* SPDX-License-Identifier: Apache-2.0 */
/* Completion for fish: a line for each command, option and argument. */
#include "commands/completion.h"
#include "commands/table.h"

#include "base/banned.h"

/* In single quotes fish knows two escapes, \' and \\. */
static void append_quoted(struct text *text, const char *string)
{
    text_append_char(text, '\'');
    for (; *string; string++) {
        if (*string == '\'' || *string == '\\')
            text_append_char(text, '\\');
        text_append_char(text, *string);
    }
    text_append_char(text, '\'');
}

static void append_value(struct text *text, const char *name)
{
    struct string_list words = {0};
    switch (completion_kind_of(name, &words)) {
    case COMPLETION_WORDS:
        text_append(text, " -a '");
        for (size_t i = 0; i < words.count; i++)
            text_append_format(text, "%s%s", i ? " " : "", words.items[i]);
        text_append_char(text, '\'');
        break;
    case COMPLETION_FILES: text_append(text, " -F"); break;
    case COMPLETION_FOLDERS: text_append(text, " -a '(__fish_complete_directories)'"); break;
    case COMPLETION_VERSIONS: text_append(text, " -a '(kbench completion versions 2>/dev/null)'"); break;
    case COMPLETION_DRIVERS: text_append(text, " -a '(kbench completion drivers 2>/dev/null)'"); break;
    case COMPLETION_NONE: break;
    }
    string_list_release(&words);
}

static bool takes_file(const char *name)
{
    struct string_list words = {0};
    enum completion_kind kind = completion_kind_of(name, &words);
    string_list_release(&words);
    return kind == COMPLETION_FILES;
}

static void append_start(struct text *text, const struct command *command)
{
    text_append_format(text, "complete -c kbench -n '__fish_seen_subcommand_from %s'", command->name);
}

struct lines {
    const struct command *command;
    struct text *text;
};

static void append_option(const struct option *option, void *context)
{
    const struct lines *lines = context;
    append_start(lines->text, lines->command);
    text_append_format(lines->text, " -l %s", option->name);
    if (option->type != OPTION_FLAG) {
        text_append(lines->text, takes_file(option->argument) ? " -r" : " -x"); /* -r alone offers files, too */
        append_value(lines->text, option->argument);
    }
    text_append(lines->text, " -d ");
    append_quoted(lines->text, option->help);
    text_append_char(lines->text, '\n');
}

static void append_command(struct text *text, const struct command *command)
{
    struct string_list names = {0};
    bool repeats;
    struct lines lines = {command, text};
    completion_arguments(command, &names, &repeats);
    text_append_format(text, "complete -c kbench -n __fish_use_subcommand -a %s -d ", command->name);
    append_quoted(text, command->summary);
    text_append_char(text, '\n');
    completion_each_option(command, append_option, &lines);
    for (size_t i = 0; i < names.count; i++) {
        append_start(text, command);
        append_value(text, names.items[i]);
        text_append_char(text, '\n');
    }
    string_list_release(&names);
}

void completion_fish(struct text *text)
{
    text_append(text, "# fish completion for kbench\ncomplete -c kbench -f\n");
    for (size_t i = 0; command_table[i]; i++)
        append_command(text, command_table[i]);
}
