/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/jaas.h"

#include <ctype.h>

#include "base/text.h"

#include "base/banned.h"

static void skip_blanks(const char **at)
{
    while (isspace((unsigned char)**at))
        (*at)++;
}

/* A word up to a blank, '=' or ';', or a text in quotes, where a backslash takes the next character as it is. */
static bool read_word(const char **at, struct text *word)
{
    text_clear(word);
    char quote = **at;
    if (quote != '"' && quote != '\'') {
        size_t length = strcspn(*at, " \t\r\n=;\"'");
        text_append_bytes(word, *at, length);
        *at += length;
        return length > 0;
    }
    for ((*at)++; **at && **at != quote; (*at)++) {
        if (**at == '\\' && (*at)[1])
            (*at)++;
        text_append_char(word, **at);
    }
    if (**at != quote)
        return false;
    (*at)++;
    return true;
}

static bool is_known_module(const char *module)
{
    return string_ends_with(module, ".PlainLoginModule") || string_ends_with(module, ".ScramLoginModule");
}

/* `name = value`, kept when it is one of ours. */
static bool read_option(const char **at, struct text *name, struct text *value, char **username, char **password)
{
    if (!read_word(at, name))
        return false;
    skip_blanks(at);
    if (**at != '=')
        return false;
    (*at)++;
    skip_blanks(at);
    if (!read_word(at, value))
        return false;
    char **target = string_equal(name->bytes, "username")   ? username
                    : string_equal(name->bytes, "password") ? password
                                                            : NULL;
    if (target) {
        free(*target);
        *target = string_copy(value->bytes);
    }
    return true;
}

bool jaas_parse(const char *config, char **username, char **password, struct error *error)
{
    bool ok = false;
    struct text name = TEXT_INIT, value = TEXT_INIT;
    *username = *password = NULL;
    const char *at = config;
    skip_blanks(&at);
    if (!read_word(&at, &name) || !is_known_module(name.bytes)) {
        error_set(error, ERROR_INPUT, "only PlainLoginModule and ScramLoginModule are understood");
        goto done;
    }
    skip_blanks(&at);
    read_word(&at, &name); /* the flag: required, … */
    for (skip_blanks(&at); *at && *at != ';'; skip_blanks(&at))
        if (!read_option(&at, &name, &value, username, password)) {
            error_set(error, ERROR_INPUT, "its options are not of the form name=\"value\"");
            goto done;
        }
    if (!*username || !*password)
        error_set(error, ERROR_INPUT, "it has no %s", *username ? "password" : "username");
    else
        ok = true;
done:
    if (!ok) {
        free(*username);
        free(*password);
        *username = *password = NULL;
    }
    text_release(&name);
    text_release(&value);
    return ok;
}
