/* SPDX-License-Identifier: Apache-2.0 */
/* Completion for zsh, by its _arguments. */
#include "commands/completion.h"
#include "commands/table.h"

#include "base/banned.h"

/* What stands in a specification of _arguments, or in a line of _describe: brackets and colons divide them. */
static char *escape(const char *string)
{
    struct text text = TEXT_INIT;
    for (; *string; string++) {
        if (strchr("[]:\\", *string))
            text_append_char(&text, '\\');
        text_append_char(&text, *string);
    }
    return text.bytes ? text_detach(&text) : string_copy("");
}

/* ":message:action" of a value. */
static void append_value(struct text *specification, const char *name)
{
    static const char *const actions[] = {[COMPLETION_NONE] = " ",
                                          [COMPLETION_WORDS] = "",
                                          [COMPLETION_FILES] = "_files",
                                          [COMPLETION_FOLDERS] = "_files -/",
                                          [COMPLETION_VERSIONS] = "_kbench_asked versions",
                                          [COMPLETION_DRIVERS] = "_kbench_asked drivers"};
    struct string_list words = {0};
    enum completion_kind kind = completion_kind_of(name, &words);
    char *message = escape(name);
    text_append_format(specification, ":%s:%s", message, actions[kind]);
    for (size_t i = 0; i < words.count; i++)
        text_append_format(specification, "%s%s", i ? " " : "(", words.items[i]);
    text_append(specification, words.count ? ")" : "");
    free(message);
    string_list_release(&words);
}

static void append_option(const struct option *option, void *context)
{
    struct text specification = TEXT_INIT;
    char *help = escape(option->help);
    text_append_format(&specification, "--%s%s[%s]", option->name, option->type == OPTION_FLAG ? "" : "=", help);
    if (option->type != OPTION_FLAG)
        append_value(&specification, option->argument);
    text_append(context, " \\\n            ");
    completion_quote(context, specification.bytes);
    free(help);
    text_release(&specification);
}

static void append_command(struct text *text, const struct command *command)
{
    struct string_list names = {0};
    bool repeats;
    completion_arguments(command, &names, &repeats);
    text_append_format(text, "        %s)\n            _arguments", command->name);
    completion_each_option(command, append_option, text);
    for (size_t i = 0; i < names.count; i++) {
        struct text specification = TEXT_INIT;
        bool is_optional = names.items[i][0] == '[';
        if (i + 1 == names.count && repeats)
            text_append(&specification, "*");
        else
            text_append_format(&specification, "%zu%s", i + 1, is_optional ? ":" : "");
        append_value(&specification, names.items[i]);
        text_append(text, " \\\n            ");
        completion_quote(text, specification.bytes);
        text_release(&specification);
    }
    text_append(text, " ;;\n");
    string_list_release(&names);
}

void completion_zsh(struct text *text)
{
    /* _arguments puts what is for compadd before an action's own argument, which so is the last. */
    text_append(text, "#compdef kbench\n\n"
                      "_kbench_asked() {\n"
                      "    local -a found\n"
                      "    found=(${(f)\"$(kbench completion ${@[-1]} 2>/dev/null)\"})\n"
                      "    compadd \"${@[1,-2]}\" -a found\n"
                      "}\n\n"
                      "_kbench() {\n"
                      "    local curcontext=$curcontext state line\n"
                      "    _arguments -C '1:command:->command' '*::argument:->argument'\n"
                      "    case $state in\n"
                      "    command)\n"
                      "        local -a commands\n"
                      "        commands=(\n");
    for (size_t i = 0; command_table[i]; i++) {
        char *summary = escape(command_table[i]->summary);
        char *line = string_format("%s:%s", command_table[i]->name, summary);
        text_append(text, "            ");
        completion_quote(text, line);
        text_append_char(text, '\n');
        free(line);
        free(summary);
    }
    text_append(text, "        )\n        _describe command commands ;;\n    argument)\n        case $words[1] in\n");
    for (size_t i = 0; command_table[i]; i++)
        append_command(text, command_table[i]);
    text_append(text, "        esac ;;\n    esac\n}\n\n_kbench \"$@\"\n");
}
