/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/tag.h"

#include "base/banned.h"

#define BLANKS " \t\r\n"

static const char *skip_blanks(const char *at)
{
    return at + strspn(at, BLANKS);
}

static void add(struct attributes *attributes, const char *name, size_t name_length, const char *value,
                size_t value_length)
{
    attributes->items = memory_resized(attributes->items, attributes->count + 1, sizeof *attributes->items);
    attributes->items[attributes->count++] =
        (struct attribute){.name = string_format("%.*s", (int)name_length, name),
                           .value = string_format("%.*s", (int)value_length, value)};
}

/* One name=value or name="value" at *at, which moves behind it. */
static bool read_attribute(const char **at, struct attributes *attributes, struct error *error)
{
    const char *name = *at;
    size_t name_length = strcspn(name, "=\"" BLANKS);
    if (name_length == 0 || name[name_length] != '=')
        return error_set(error, ERROR_INPUT, "expected NAME=VALUE, not '%.*s'", (int)strcspn(name, BLANKS), name);
    bool quoted = name[name_length + 1] == '"';
    const char *value = name + name_length + 1 + quoted;
    size_t value_length = strcspn(value, quoted ? "\"" : "\"" BLANKS);
    char end = value[value_length];
    if (quoted && end != '"')
        return error_set(error, ERROR_INPUT, "the quotation mark of '%.*s' is not closed", (int)name_length, name);
    *at = value + value_length + quoted;
    if ((!quoted && end == '"') || (quoted && **at && !strchr(BLANKS, **at)))
        return error_set(error, ERROR_INPUT,
                         "a quotation mark within the value of '%.*s'; write NAME=VALUE or NAME=\"VALUE\", with blanks "
                         "between them",
                         (int)name_length, name);
    if (value_length == 0)
        return error_set(error, ERROR_INPUT, "'%.*s' has no value", (int)name_length, name);
    add(attributes, name, name_length, value, value_length);
    return true;
}

static bool read_attributes(const char *at, struct attributes *attributes, struct error *error)
{
    for (at = skip_blanks(at); *at; at = skip_blanks(at)) {
        if (!read_attribute(&at, attributes, error))
            return false;
        const char *name = attributes->items[attributes->count - 1].name;
        for (size_t i = 0; i + 1 < attributes->count; i++)
            if (string_equal(attributes->items[i].name, name))
                return error_set(error, ERROR_INPUT, "'%s' is given twice", name);
    }
    return true;
}

static enum tag_type read_closing(const char *rest, struct error *error)
{
    if (!*skip_blanks(rest))
        return TAG_CLOSING;
    error_set(error, ERROR_INPUT, "a closing marker is <!-- /kbench -->, without anything else");
    return TAG_WRONG;
}

static enum tag_type read_content(const char *content, struct tag *tag, struct error *error)
{
    static const char opens[] = "kbench:", closes[] = "/kbench";
    const char *at = skip_blanks(content);
    if (string_starts_with(at, closes) && !strchr("_-.", at[strlen(closes)] ? at[strlen(closes)] : ' '))
        return read_closing(at + strlen(closes), error);
    if (!string_starts_with(at, opens))
        return TAG_NONE;
    at += strlen(opens);
    size_t length = strcspn(at, BLANKS);
    tag->kind = string_format("%.*s", (int)length, at);
    return read_attributes(at + length, &tag->attributes, error) ? TAG_OPENING : TAG_WRONG;
}

enum tag_type tag_read(const char *content, size_t length, struct tag *tag, struct error *error)
{
    struct text text = TEXT_INIT;
    *tag = (struct tag){0};
    text_append_bytes(&text, content, length);
    enum tag_type type = read_content(text.bytes, tag, error);
    text_release(&text);
    return type;
}

void tag_release(struct tag *tag)
{
    attributes_release(&tag->attributes);
    free(tag->kind);
    tag->kind = NULL;
}

const char *attributes_get(const struct attributes *attributes, const char *name)
{
    for (size_t i = 0; i < attributes->count; i++)
        if (string_equal(attributes->items[i].name, name))
            return attributes->items[i].value;
    return NULL;
}

void attributes_release(struct attributes *attributes)
{
    for (size_t i = 0; i < attributes->count; i++) {
        free(attributes->items[i].name);
        free(attributes->items[i].value);
    }
    free(attributes->items);
    *attributes = (struct attributes){0};
}
