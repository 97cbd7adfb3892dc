/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/yaml_meaning.h"

#include <stdbool.h>
#include <strings.h>

#include "base/text.h"

#include "base/banned.h"

/* YAML knows three spellings of each word: all small, first letter large, all large. */
static bool is_word(const char *text, const char *word)
{
    if (strcasecmp(text, word) != 0)
        return false;
    bool first_small = text[0] == word[0];
    for (size_t i = 1; text[i]; i++) {
        bool small = text[i] == word[i];
        if (small != (text[1] == word[1]) || (first_small && !small))
            return false;
    }
    return true;
}

static bool is_any_word(const char *text, const char *const *words)
{
    for (; *words; words++)
        if (is_word(text, *words))
            return true;
    return false;
}

static bool consists_of(const char *text, const char *characters)
{
    return text[0] && !text[strspn(text, characters)];
}

/* Decimal, binary, octal (both spellings), hexadecimal; "_" between digits; base 60, "1:30". */
static bool is_integer(const char *text)
{
    if (text[0] == '0' && text[1] == 'b')
        return consists_of(text + 2, "01_");
    if (text[0] == '0' && text[1] == 'o')
        return consists_of(text + 2, "01234567");
    if (text[0] == '0' && text[1] == 'x')
        return consists_of(text + 2, "0123456789abcdefABCDEF_");
    return text[0] >= '0' && text[0] <= '9' && consists_of(text, "0123456789_:");
}

static bool is_real(const char *text)
{
    static const char *const words[] = {"inf", "nan", NULL};
    if (string_equal(text, ".NaN") || (text[0] == '.' && is_any_word(text + 1, words)))
        return true;
    size_t whole = strspn(text, "0123456789_:");
    size_t at = whole + (text[whole] == '.');
    size_t fraction = strspn(text + at, "0123456789_");
    if ((whole && text[0] == '_') || whole + fraction == 0)
        return false;
    at += fraction;
    if (text[at] == 'e' || text[at] == 'E') {
        size_t sign = text[at + 1] == '-' || text[at + 1] == '+';
        return consists_of(text + at + 1 + sign, "0123456789");
    }
    return !text[at];
}

static bool is_date(const char *text)
{
    size_t year = strspn(text, "0123456789");
    if (year != 4 || text[year] != '-')
        return false;
    size_t month = strspn(text + 5, "0123456789");
    if (month < 1 || month > 2 || text[5 + month] != '-')
        return false;
    const char *rest = text + 6 + month;
    size_t day = strspn(rest, "0123456789");
    return day >= 1 && day <= 2 && (!rest[day] || strchr("Tt ", rest[day]));
}

enum yaml_meaning yaml_meaning(const char *plain)
{
    static const char *const nothing[] = {"~", "null", NULL};
    static const char *const yes[] = {"true", "yes", "on", "y", NULL};
    static const char *const no[] = {"false", "no", "off", "n", NULL};
    if (!plain[0] || is_any_word(plain, nothing))
        return MEANS_NOTHING;
    if (is_any_word(plain, yes))
        return MEANS_TRUE;
    if (is_any_word(plain, no))
        return MEANS_FALSE;
    const char *unsigned_text = plain + (plain[0] == '-' || plain[0] == '+');
    if (is_integer(unsigned_text) || is_real(unsigned_text))
        return MEANS_NUMBER;
    return is_date(plain) ? MEANS_DATE : MEANS_TEXT;
}

char *yaml_meaning_describe(const char *plain)
{
    switch (yaml_meaning(plain)) {
    case MEANS_NOTHING: return string_copy("nothing");
    case MEANS_TRUE: return string_copy("true");
    case MEANS_FALSE: return string_copy("false");
    case MEANS_DATE: return string_copy("a date");
    case MEANS_TEXT: return string_copy("a text");
    case MEANS_NUMBER: break;
    }
    bool decimal = consists_of(plain + (plain[0] == '-'), "0123456789.") && (plain[0] != '0' || plain[1] == '.');
    return decimal ? string_format("the number %.15g", strtod(plain, NULL)) : string_copy("a number");
}
