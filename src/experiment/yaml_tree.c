/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/yaml_tree.h"

#include <yaml.h>

#include "base/text.h"
#include "base/utf8.h"

#include "base/banned.h"

struct reader {
    yaml_parser_t parser;
    const char *bytes;
    size_t length;
    struct problems *problems;
    size_t nodes;
    bool failed; /* reading cannot go on */
};

static struct position mark_position(yaml_mark_t mark)
{
    return (struct position){.line = (int)mark.line + 1, .column = (int)mark.column + 1};
}

/* Whether the indentation of a line holds a tab: the usual reason for YAML's obscurer messages. Gives its column. */
static int tab_column(const struct reader *reader, size_t line)
{
    const char *at = reader->bytes, *end = at + reader->length;
    for (size_t i = 0; i < line && at; i++) {
        at = memchr(at, '\n', (size_t)(end - at));
        at = at ? at + 1 : NULL;
    }
    if (!at)
        return 0;
    for (int column = 1; at < end && (*at == ' ' || *at == '\t'); at++, column++)
        if (*at == '\t')
            return column;
    return 0;
}

static void syntax_error(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    struct position position = mark_position(parser->problem_mark);
    reader->failed = true;
    int tab = tab_column(reader, parser->problem_mark.line);
    if (tab)
        problems_add(reader->problems, (struct position){position.line, tab},
                     "a tab in the indentation, expected spaces: YAML allows no tabs there");
    else
        problems_add(reader->problems, position, "this is not YAML: %s%s%s", parser->context ? parser->context : "",
                     parser->context ? ", " : "", parser->problem ? parser->problem : "it cannot be read");
}

/* The next event, or one of type YAML_NO_EVENT when there is none to be had. */
static yaml_event_t next_event(struct reader *reader)
{
    yaml_event_t event = {.type = YAML_NO_EVENT};
    if (!reader->failed && !yaml_parser_parse(&reader->parser, &event)) {
        syntax_error(reader);
        event = (yaml_event_t){.type = YAML_NO_EVENT};
    }
    return event;
}

static void fail(struct reader *reader, struct position position, const char *message)
{
    problems_add(reader->problems, position, "%s", message);
    reader->failed = true;
}

/* YAML's ways of reusing and typing values are not part of a definition. */
static void refuse_decoration(struct reader *reader, struct position position, const void *anchor, const void *tag)
{
    if (anchor)
        problems_add(reader->problems, position,
                     "an anchor, expected the value alone: anchors and aliases are not allowed");
    if (tag)
        problems_add(reader->problems, position, "a tag, expected the value alone: tags are not allowed");
}

static struct yaml_node *read_scalar(struct reader *reader, const yaml_event_t *event)
{
    struct position position = mark_position(event->start_mark);
    const char *value = (const char *)event->data.scalar.value;
    refuse_decoration(reader, position, event->data.scalar.anchor, event->data.scalar.tag);
    if (strlen(value) != event->data.scalar.length)
        problems_add(reader->problems, position, "a NUL character in a text, expected none");
    return yaml_scalar_new(value, event->data.scalar.style == YAML_PLAIN_SCALAR_STYLE, position);
}

static struct yaml_node *read_node(struct reader *reader, yaml_event_t *event, int depth);

static struct yaml_node *read_sequence(struct reader *reader, struct position position, int depth)
{
    struct yaml_node *node = yaml_node_new(YAML_SEQUENCE, position);
    for (;;) {
        yaml_event_t event = next_event(reader);
        bool end = event.type == YAML_SEQUENCE_END_EVENT || event.type == YAML_NO_EVENT;
        struct yaml_node *item = end ? NULL : read_node(reader, &event, depth);
        yaml_event_delete(&event);
        if (!item)
            return node;
        yaml_node_append(node, NULL, item->position, item);
    }
}

static void append_pair(struct reader *reader, struct yaml_node *node, const struct yaml_node *key,
                        struct yaml_node *item)
{
    int known = key->kind == YAML_SCALAR ? yaml_node_find(node, key->text) : -1;
    if (key->kind != YAML_SCALAR)
        problems_add(reader->problems, key->position, "a mapping's key must be a text");
    else if (known >= 0)
        problems_add(reader->problems, key->position, "duplicate key '%.80s', it is already on line %d", key->text,
                     node->key_positions[known].line);
    else {
        yaml_node_append(node, key->text, key->position, item);
        return;
    }
    yaml_node_free(item);
}

static struct yaml_node *read_mapping(struct reader *reader, struct position position, int depth)
{
    struct yaml_node *node = yaml_node_new(YAML_MAPPING, position);
    for (;;) {
        yaml_event_t event = next_event(reader);
        bool end = event.type == YAML_MAPPING_END_EVENT || event.type == YAML_NO_EVENT;
        struct yaml_node *key = end ? NULL : read_node(reader, &event, depth);
        yaml_event_delete(&event);
        if (!key)
            return node;
        event = next_event(reader);
        struct yaml_node *item = read_node(reader, &event, depth);
        yaml_event_delete(&event);
        if (item)
            append_pair(reader, node, key, item);
        yaml_node_free(key);
        if (node->count > YAML_KEYS_MAX)
            fail(reader, position, "a mapping of too many keys");
        if (!item)
            return node;
    }
}

/* The value that starts with `event`; NULL only when reading has failed. */
static struct yaml_node *read_node(struct reader *reader, yaml_event_t *event, int depth)
{
    struct position position = mark_position(event->start_mark);
    if (++reader->nodes > YAML_NODES_MAX)
        fail(reader, position, "too many values for a definition");
    else if (depth >= YAML_DEPTH_MAX)
        fail(reader, position, "nested too deeply for a definition");
    if (reader->failed)
        return NULL;
    switch (event->type) {
    case YAML_SCALAR_EVENT: return read_scalar(reader, event);
    case YAML_SEQUENCE_START_EVENT:
        refuse_decoration(reader, position, event->data.sequence_start.anchor, event->data.sequence_start.tag);
        return read_sequence(reader, position, depth + 1);
    case YAML_MAPPING_START_EVENT:
        refuse_decoration(reader, position, event->data.mapping_start.anchor, event->data.mapping_start.tag);
        return read_mapping(reader, position, depth + 1);
    case YAML_ALIAS_EVENT: return yaml_node_new(YAML_ALIAS, position); /* whoever expects a value there says so */
    default: fail(reader, position, "this is not YAML: a value was expected"); return NULL;
    }
}

/* Line and column of a byte, for what is wrong below the level of YAML. */
static struct position byte_position(const char *bytes, size_t offset)
{
    struct position position = {1, 1};
    for (size_t i = 0; i < offset; i++) {
        if (bytes[i] == '\n')
            position = (struct position){position.line + 1, 1};
        else if (((unsigned char)bytes[i] & 0xC0) != 0x80)
            position.column++;
    }
    return position;
}

static bool check_bytes(const char *bytes, size_t length, struct problems *problems)
{
    if (length > EXPERIMENT_LENGTH_MAX) {
        problems_add(problems, (struct position){0}, "the file has %zu bytes, expected a definition of at most %d",
                     length, EXPERIMENT_LENGTH_MAX);
        return false;
    }
    for (size_t i = 0; i < length;) {
        size_t step = utf8_length(bytes + i, bytes + length);
        if (bytes[i] == '\0' || !step) {
            problems_add(problems, byte_position(bytes, i), "%s, expected UTF-8 text",
                         step ? "a NUL character" : "a byte that is not UTF-8");
            return false;
        }
        i += step;
    }
    return true;
}

/* The end of the one document: nothing but the end of the stream may follow. */
static void expect_end(struct reader *reader)
{
    while (!reader->failed) {
        yaml_event_t event = next_event(reader);
        yaml_event_type_t type = event.type;
        if (type == YAML_DOCUMENT_START_EVENT)
            fail(reader, mark_position(event.start_mark), "a second document, expected one definition in a file");
        yaml_event_delete(&event);
        if (type == YAML_STREAM_END_EVENT)
            return;
    }
}

struct yaml_node *yaml_tree_read(const char *bytes, size_t length, struct problems *problems)
{
    struct reader reader = {.bytes = bytes, .length = length, .problems = problems};
    if (!check_bytes(bytes, length, problems))
        return NULL;
    if (!yaml_parser_initialize(&reader.parser))
        abort();
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)bytes, length);
    struct yaml_node *root = NULL;
    yaml_event_type_t type = YAML_NO_EVENT;
    do {
        yaml_event_t event = next_event(&reader);
        type = event.type;
        if (type == YAML_STREAM_END_EVENT)
            fail(&reader, (struct position){1, 1}, "the definition is empty");
        else if (type != YAML_STREAM_START_EVENT && type != YAML_DOCUMENT_START_EVENT && type != YAML_NO_EVENT)
            root = read_node(&reader, &event, 0);
        yaml_event_delete(&event);
    } while (!root && !reader.failed);
    expect_end(&reader);
    yaml_parser_delete(&reader.parser);
    if (reader.failed) {
        yaml_node_free(root);
        return NULL;
    }
    return root;
}
