/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/completion.h"
#include "commands/options.h"

#include "base/banned.h"

static void split(const char *name, const char *separators, struct string_list *parts)
{
    for (const char *at = name + strspn(name, separators); *at; at += strspn(at, separators)) {
        size_t length = strcspn(at, separators);
        char *part = string_format("%.*s", (int)length, at);
        string_list_push(parts, part);
        free(part);
        at += length;
    }
}

enum completion_kind completion_kind_of(const char *name, struct string_list *words)
{
    static const struct {
        const char *start;
        enum completion_kind kind;
    } kinds[] = {{"FILE", COMPLETION_FILES},  {"POST", COMPLETION_FILES},  {"BUNDLE", COMPLETION_FILES},
                 {"OTHER", COMPLETION_FILES}, {"DIR", COMPLETION_FOLDERS}, {"VERSION", COMPLETION_VERSIONS},
                 {"A", COMPLETION_VERSIONS},  {"B", COMPLETION_VERSIONS},  {"DRIVER", COMPLETION_DRIVERS}};
    if (!name)
        return COMPLETION_NONE;
    name += name[0] == '[';
    if (strchr(name, '|') && name[0] >= 'a' && name[0] <= 'z') { /* capitals stand for something else */
        split(name, "[]|", words);
        return COMPLETION_WORDS;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].start);
        /* A whole word of capitals: "DIR" is not the start of "DIRECTION". */
        if (string_starts_with(name, kinds[i].start) && !(name[length] >= 'A' && name[length] <= 'Z'))
            return kinds[i].kind;
    }
    return COMPLETION_NONE;
}

void completion_arguments(const struct command *command, struct string_list *names, bool *repeats)
{
    if (command->arguments)
        split(command->arguments, " ", names);
    *repeats = command->max_arguments < 0;
}

void completion_each_option(const struct command *command, completion_visit *visit, void *context)
{
    for (const struct option *option = command->options; option->type != OPTION_END; option++)
        visit(option, context);
    for (const struct option *option = options_common; option->type != OPTION_END; option++)
        visit(option, context);
}

void completion_quote(struct text *text, const char *string)
{
    text_append_char(text, '\'');
    for (; *string; string++)
        if (*string == '\'')
            text_append(text, "'\\''");
        else
            text_append_char(text, *string);
    text_append_char(text, '\'');
}
