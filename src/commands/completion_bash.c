/* SPDX-License-Identifier: Apache-2.0 */
/* Completion for bash: one function with a case for each command, and for each option that takes a value. */
#include "commands/completion.h"
#include "commands/table.h"

#include "base/banned.h"

/* The value of `name` as bash's compgen makes it. */
static void append_value(struct text *text, const char *name)
{
    struct string_list words = {0};
    switch (completion_kind_of(name, &words)) {
    case COMPLETION_WORDS:
        text_append(text, "compgen -W '");
        for (size_t i = 0; i < words.count; i++)
            text_append_format(text, "%s%s", i ? " " : "", words.items[i]);
        text_append(text, "' -- \"$cur\"");
        break;
    case COMPLETION_FILES: text_append(text, "compgen -f -- \"$cur\""); break;
    case COMPLETION_FOLDERS: text_append(text, "compgen -d -- \"$cur\""); break;
    case COMPLETION_VERSIONS:
        text_append(text, "compgen -W \"$(kbench completion versions 2>/dev/null)\" -- \"$cur\"");
        break;
    case COMPLETION_DRIVERS:
        text_append(text, "compgen -W \"$(kbench completion drivers 2>/dev/null)\" -- \"$cur\"");
        break;
    case COMPLETION_NONE: text_append(text, ":"); break;
    }
    string_list_release(&words);
}

static void append_name(const struct option *option, void *context)
{
    text_append_format(context, " --%s", option->name);
}

struct values {
    const struct command *command;
    struct text *text;
};

static void append_option_value(const struct option *option, void *context)
{
    const struct values *values = context;
    if (option->type == OPTION_FLAG)
        return;
    text_append_format(values->text, "    %s:--%s) ", values->command->name, option->name);
    append_value(values->text, option->argument);
    text_append(values->text, "; return ;;\n");
}

static void append_option_pattern(const struct option *option, void *context)
{
    const struct values *values = context;
    if (option->type != OPTION_FLAG)
        text_append_format(values->text, "|%s:--%s", values->command->name, option->name);
}

static void append_command(struct text *text, const struct command *command)
{
    struct string_list names = {0};
    bool repeats;
    completion_arguments(command, &names, &repeats);
    text_append_format(text, "    %s)\n        case $cur in -*) compgen -W '", command->name);
    completion_each_option(command, append_name, text);
    text_append(text, "' -- \"$cur\"; return ;; esac\n        case $place in\n");
    for (size_t i = 0; i < names.count; i++) {
        bool is_last = i + 1 == names.count;
        text_append_format(text, is_last && repeats ? "        *) " : "        %zu) ", i);
        append_value(text, names.items[i]);
        text_append(text, " ;;\n");
    }
    text_append(text, "        esac ;;\n");
    string_list_release(&names);
}

/* _kbench_values prints what may stand at a place. */
static void append_values(struct text *text)
{
    text_append(text, "_kbench_values() {\n    local cur=$1 prev=$2 command=$3 place=$4\n    case $command:$prev in\n");
    for (size_t i = 0; command_table[i]; i++) {
        struct values values = {command_table[i], text};
        completion_each_option(command_table[i], append_option_value, &values);
    }
    text_append(text, "    esac\n    case $command in\n");
    for (size_t i = 0; command_table[i]; i++)
        append_command(text, command_table[i]);
    text_append(text, "    '') compgen -W '--help --version");
    for (size_t i = 0; command_table[i]; i++)
        text_append_format(text, " %s", command_table[i]->name);
    text_append(text, "' -- \"$cur\" ;;\n    esac\n}\n\n");
}

/* _kbench finds the command and counts its arguments; the value of an option is none. */
void completion_bash(struct text *text)
{
    text_append(text, "# bash completion for kbench\n");
    append_values(text);
    text_append(text, "_kbench() {\n"
                      "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= place=0 i\n"
                      "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
                      "        case $command:${COMP_WORDS[i-1]} in :kbench");
    for (size_t i = 0; command_table[i]; i++) {
        struct values values = {command_table[i], text};
        completion_each_option(command_table[i], append_option_pattern, &values);
    }
    text_append(text,
                ") [ -z \"$command\" ] || continue ;; esac\n"
                "        case ${COMP_WORDS[i]} in\n"
                "        -*) ;;\n"
                "        *) if [ -z \"$command\" ]; then command=${COMP_WORDS[i]}; else place=$((place + 1)); fi ;;\n"
                "        esac\n"
                "    done\n"
                "    mapfile -t COMPREPLY < <(_kbench_values \"$cur\" \"$prev\" \"$command\" \"$place\")\n"
                "}\n"
                "complete -o filenames -F _kbench kbench\n");
}
