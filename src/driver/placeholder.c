/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/placeholder.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"

#include "base/banned.h"

#define JVM "{jvm}"

static bool is_program(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISREG(status.st_mode) && access(path, X_OK) == 0;
}

char *program_find(const char *name)
{
    if (strchr(name, '/'))
        return is_program(name) ? string_copy(name) : NULL;
    const char *path = getenv("PATH");
    for (const char *at = path && path[0] ? path : "/usr/bin:/bin"; at;) {
        size_t length = strcspn(at, ":");
        char *candidate = string_format("%.*s%s%s", (int)length, at, length ? "/" : "./", name);
        if (is_program(candidate))
            return candidate;
        free(candidate);
        at = at[length] ? at + length + 1 : NULL;
    }
    return NULL;
}

char *program_java(void)
{
    const char *home = getenv("JAVA_HOME");
    if (home && home[0])
        return string_format("%s/bin/java", home);
    char *found = program_find("java");
    return found ? found : string_copy("java");
}

static char *value_java(const struct placeholder_values *values)
{
    (void)values;
    return program_java();
}

static char *value_python(const struct placeholder_values *values)
{
    (void)values;
    return string_format("%s/venv/bin/python", file_build());
}

static char *value_build(const struct placeholder_values *values)
{
    (void)values;
    return string_copy(file_build());
}

static char *value_folder(const struct placeholder_values *values)
{
    return string_copy(values->driver->folder);
}

static char *value_version(const struct placeholder_values *values)
{
    const char *version = values->version ? values->version : values->driver->default_version;
    return string_copy(version ? version : "");
}

static const struct {
    const char *word;
    char *(*value)(const struct placeholder_values *values); /* NULL: a list, see placeholder_command() */
} words[] = {
    {"{java}", value_java},     {"{python}", value_python},   {"{build}", value_build},
    {"{driver}", value_folder}, {"{version}", value_version}, {JVM, NULL},
};
#define WORD_COUNT (sizeof words / sizeof *words)

/* Index of the word that `at` begins with, or -1. */
static int find_word(const char *at)
{
    for (size_t i = 0; i < WORD_COUNT; i++)
        if (string_starts_with(at, words[i].word))
            return (int)i;
    return -1;
}

const char *placeholder_unknown(const char *string, size_t *length)
{
    for (const char *at = strchr(string, '{'); at; at = strchr(at + 1, '{')) {
        size_t inner = strspn(at + 1, "abcdefghijklmnopqrstuvwxyz-_");
        *length = inner + 2;
        if (inner && at[inner + 1] == '}' && find_word(at) < 0)
            return at;
    }
    return NULL;
}

char *placeholder_replace(const struct placeholder_values *values, const char *string)
{
    struct text text = TEXT_INIT;
    while (*string) {
        int index = find_word(string);
        if (index < 0 || !words[index].value) {
            text_append_char(&text, *string++);
            continue;
        }
        char *value = words[index].value(values);
        text_append(&text, value);
        free(value);
        string += strlen(words[index].word);
    }
    return text_detach(&text);
}

void placeholder_command(const struct placeholder_values *values, struct string_list *arguments)
{
    const struct string_list *command = &values->driver->command;
    for (size_t i = 0; i < command->count; i++) {
        if (string_equal(command->items[i], JVM)) {
            for (size_t k = 0; values->jvm && k < values->jvm->count; k++)
                string_list_push(arguments, values->jvm->items[k]);
            continue;
        }
        char *argument = placeholder_replace(values, command->items[i]);
        string_list_push(arguments, argument);
        free(argument);
    }
}
