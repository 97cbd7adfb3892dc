/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/secrets.h"

#include <ctype.h>
#include <regex.h>

#include "base/redact.h"

#include "base/banned.h"

enum { VALUE_LENGTH_MIN = 8, FINDINGS_MAX = 20, TOKEN_LENGTH_MAX = 512 };

/* A token begins with a fixed text, by which it is found, and has the form of the whole expression. */
static const struct token {
    const char *begin, *form, *what;
} tokens[] = {
    {"-----BEGIN ", "^-----BEGIN [A-Z ]*PRIVATE KEY-----", "a private key"},
    {"AKIA", "^AKIA[0-9A-Z]{16}", "an AWS access key"},
    {"ASIA", "^ASIA[0-9A-Z]{16}", "an AWS access key"},
    {"ghp_", "^ghp_[A-Za-z0-9]{36}", "a GitHub token"},
    {"gho_", "^gho_[A-Za-z0-9]{36}", "a GitHub token"},
    {"ghs_", "^ghs_[A-Za-z0-9]{36}", "a GitHub token"},
    {"github_pat_", "^github_pat_[A-Za-z0-9_]{22}", "a GitHub token"},
    {"glpat-", "^glpat-[A-Za-z0-9_-]{20}", "a GitLab token"},
    {"xox", "^xox[abprs]-[A-Za-z0-9-]{10}", "a Slack token"},
    {"AIza", "^AIza[A-Za-z0-9_-]{35}", "a Google API key"},
    {"eyJ", "^eyJ[A-Za-z0-9_-]{8,}[.]eyJ[A-Za-z0-9_-]{8,}[.][A-Za-z0-9_-]+", "a JSON web token"},
    {"uthorization: ", "^uthorization: +(Basic|Bearer) +[A-Za-z0-9._~+/-]{8}", "an HTTP authorization"},
    {"://", "^://[^]/@:[:space:]\"'<>`|)]+:[^]/@[:space:]\"'<>`|)]+@", "a password in a URL"},
};

static bool names_secret(const char *name)
{
    static const char *const words[] = {"PASSWORD", "PASSWD", "SECRET", "TOKEN", "KEY"};
    struct text upper = TEXT_INIT;
    for (; *name; name++)
        text_append_char(&upper, (char)toupper((unsigned char)*name));
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found = found || strstr(upper.bytes, words[i]);
    text_release(&upper);
    return found;
}

void secret_search_begin(struct secret_search *search, const char *const *environment)
{
    *search = (struct secret_search){.properties = true};
    for (; environment && *environment; environment++) {
        const char *equals = strchr(*environment, '=');
        if (!equals || strlen(equals + 1) < VALUE_LENGTH_MIN)
            continue;
        char *name = string_format("%.*s", (int)(equals - *environment), *environment);
        if (names_secret(name)) {
            string_list_push_format(&search->whats, "the value of the environment variable %s", name);
            string_list_push(&search->values, equals + 1);
        }
        free(name);
    }
}

void secret_search_release(struct secret_search *search)
{
    string_list_release(&search->whats);
    string_list_release(&search->values);
    string_list_release(&search->findings);
}

/* The text that is searched, and how places in it are named. */
struct place {
    struct secret_search *search;
    const char *where, *bytes;
    bool lines;
};

static void add_finding(const struct place *place, const char *at, const char *what)
{
    struct string_list *findings = &place->search->findings;
    struct text text = TEXT_INIT;
    int line = 1;
    for (const char *c = place->bytes; place->lines && c < at; c++)
        line += *c == '\n';
    text_append(&text, place->where);
    if (place->lines)
        text_append_format(&text, ":%d", line);
    text_append_format(&text, ": %s", what);
    if (findings->count < FINDINGS_MAX && !string_list_contains(findings, text.bytes))
        string_list_push(findings, text.bytes);
    text_release(&text);
}

static void search_token(const struct place *place, const struct token *token)
{
    regex_t form;
    if (!strstr(place->bytes, token->begin) || regcomp(&form, token->form, REG_EXTENDED | REG_NOSUB) != 0)
        return;
    for (const char *at = place->bytes; (at = strstr(at, token->begin)); at += strlen(token->begin)) {
        /* A window, or each look would go over all the rest. */
        char *window = string_format("%.*s", TOKEN_LENGTH_MAX, at);
        if (regexec(&form, window, 0, NULL, 0) == 0)
            add_finding(place, at, token->what);
        free(window);
    }
    regfree(&form);
}

static bool is_name_character(char c)
{
    return isalnum((unsigned char)c) || c == '.' || c == '_' || c == '-';
}

/* What stands for a value that is not told, or for none. */
static bool is_harmless(const char *value)
{
    static const char *const exact[] = {"", "null", "none", "None", "NULL", "...", "…", "********"};
    for (size_t i = 0; i < sizeof exact / sizeof *exact; i++)
        if (string_equal(value, exact[i]))
            return true;
    /* Markdown and HTML spell the brackets otherwise. */
    return string_starts_with(value, REDACTED) || string_starts_with(value, "\\<redacted") ||
           string_starts_with(value, "&lt;redacted") || string_starts_with(value, "${env:");
}

/* "name" of name=value, name: value, "name": "value" and name="value", where `separator` is the sign between the two. */
static char *name_before(const struct place *place, const char *separator)
{
    const char *end = separator;
    while (end > place->bytes && strchr(" \t\"'`", end[-1]))
        end--;
    const char *begin = end;
    while (begin > place->bytes && is_name_character(begin[-1]))
        begin--;
    return string_format("%.*s", (int)(end - begin), begin);
}

/* Up to the quote that began it, or else to the next blank. */
static char *value_behind(const char *separator)
{
    const char *begin = separator + 1 + strspn(separator + 1, " \t`");
    if (*begin == '"' || *begin == '\'') {
        const char quote[] = {*begin++, '\0'};
        return string_format("%.*s", (int)strcspn(begin, quote), begin);
    }
    return string_format("%.*s", (int)strcspn(begin, " \t\r\n,;|`\"'})]"), begin);
}

/* A value that is itself a list of names and values, each judged by its own name. */
static bool holds_properties(const char *name)
{
    return string_ends_with(name, "jaas.config");
}

static void search_properties(const struct place *place)
{
    for (const char *at = place->bytes; (at = strpbrk(at, "=:")); at++) {
        char *name = name_before(place, at);
        if (name[0] && redact_is_secret_property(name) && !holds_properties(name)) {
            char *value = value_behind(at), *what = string_format("a value of '%s'", name);
            if (!is_harmless(value))
                add_finding(place, at, what);
            free(what);
            free(value);
        }
        free(name);
    }
}

static void search_values(const struct place *place)
{
    const struct secret_search *search = place->search;
    for (size_t i = 0; i < search->values.count; i++) {
        const char *at = strstr(place->bytes, search->values.items[i]);
        if (at)
            add_finding(place, at, search->whats.items[i]);
    }
}

void secret_search_text(struct secret_search *search, const char *where, bool lines, const char *bytes, size_t length)
{
    char *text = string_format("%.*s", (int)length, bytes);
    const struct place place = {search, where, text, lines};
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++)
        search_token(&place, &tokens[i]);
    if (search->properties)
        search_properties(&place);
    search_values(&place);
    free(text);
}

void secret_search_property(struct secret_search *search, const char *where, const char *name, const char *value)
{
    if (!name || !value || !redact_is_secret_property(name) || holds_properties(name) || is_harmless(value))
        return;
    const struct place place = {search, where, "", false};
    char *what = string_format("a value of '%s'", name);
    add_finding(&place, place.bytes, what);
    free(what);
}

void secret_search_add(struct secret_search *search, const char *what, const char *value)
{
    string_list_push(&search->whats, what);
    string_list_push(&search->values, value);
}
