/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/driver_yaml.h"

#include "driver/placeholder.h"
#include "driver/setting_map.h"
#include "experiment/yaml_tree.h"

#include "base/banned.h"

struct key {
    const char *name;
    enum { KEY_STRING, KEY_BOOLEAN, KEY_STRINGS, KEY_COMMAND, KEY_KIND, KEY_PROTOCOL, KEY_SETTINGS, KEY_FROM } type;
    size_t offset; /* of the field in struct driver */
    bool required;
    const char *const *words; /* of KEY_STRINGS: those allowed, ended by NULL; or NULL */
};

static const char *const cluster_words[] = {"local", "external", "mock", NULL};
static const char *const workload_words[] = {"produce", "consume", "end-to-end", "produce-consume", NULL};

#define AT(field) offsetof(struct driver, field)
static const struct key keys[] = {
    {"protocol", KEY_PROTOCOL, 0, true, NULL},
    {"title", KEY_STRING, AT(title), true, NULL},
    {"language", KEY_STRING, AT(language), true, NULL},
    {"library", KEY_STRING, AT(library), true, NULL},
    {"default-version", KEY_STRING, AT(default_version), false, NULL},
    {"kind", KEY_KIND, 0, true, NULL},
    {"delivers", KEY_BOOLEAN, AT(is_delivering), false, NULL},
    {"reads", KEY_BOOLEAN, AT(is_reading), false, NULL},
    {"clusters", KEY_STRINGS, AT(clusters), true, cluster_words},
    {"workloads", KEY_STRINGS, AT(workloads), true, workload_words},
    {"command", KEY_COMMAND, AT(command), true, NULL},
    {"requires", KEY_COMMAND, AT(requires), false, NULL},
    {"setup", KEY_STRING, AT(setup_hint), false, NULL},
    {"passes-unknown", KEY_BOOLEAN, AT(passes_unknown), false, NULL},
    {"settings", KEY_SETTINGS, 0, false, NULL},
    {"settings-from", KEY_FROM, 0, false, NULL},
};
#define KEY_COUNT (sizeof keys / sizeof *keys)

static void refuse(struct problems *problems, const struct yaml_node *node, const char *key, const char *expected)
{
    char *what = yaml_node_describe(node);
    problems_add(problems, node->position, "'%s' is %s, expected %s", key, what, expected);
    free(what);
}

static const char *read_string(struct problems *problems, const struct yaml_node *node, const char *key)
{
    if (node->kind == YAML_SCALAR && node->text[0])
        return node->text;
    refuse(problems, node, key, "a text");
    return NULL;
}

static void read_boolean(struct problems *problems, const struct yaml_node *node, const char *key, bool *value)
{
    const char *text = node->kind == YAML_SCALAR && node->plain ? node->text : "";
    if (string_equal(text, "true") || string_equal(text, "false"))
        *value = string_equal(text, "true");
    else
        refuse(problems, node, key, "true or false");
}

static void check_word(struct problems *problems, const struct yaml_node *node, const char *const *words)
{
    size_t count = 0;
    for (; words[count]; count++)
        if (string_equal(words[count], node->text))
            return;
    char *suggestion = problems_suggestion(node->text, words, count);
    problems_add(problems, node->position, "'%s' is not known here%s", node->text, suggestion);
    free(suggestion);
}

static void check_placeholders(struct problems *problems, const struct yaml_node *node)
{
    size_t length;
    const char *unknown = placeholder_unknown(node->text, &length);
    if (unknown)
        problems_add(problems, node->position,
                     "'%.*s' stands for nothing, expected {java}, {python}, {build}, {driver}, {jvm} or {version}",
                     (int)length, unknown);
    if (strstr(node->text, "{jvm}") && !string_equal(node->text, "{jvm}"))
        problems_add(problems, node->position, "'{jvm}' must be an element of its own");
}

static void read_strings(struct problems *problems, const struct yaml_node *node, const struct key *key,
                         struct string_list *list)
{
    if (node->kind != YAML_SEQUENCE || (key->required && !node->count)) {
        refuse(problems, node, key->name, key->required ? "a list that is not empty" : "a list");
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        const char *item = read_string(problems, node->items[i], key->name);
        if (!item)
            continue;
        if (key->words)
            check_word(problems, node->items[i], key->words);
        if (key->type == KEY_COMMAND)
            check_placeholders(problems, node->items[i]);
        string_list_push(list, item);
    }
}

static void read_protocol(struct problems *problems, const struct yaml_node *node)
{
    char *version = string_format("%d", DRIVER_PROTOCOL_VERSION);
    if (node->kind != YAML_SCALAR || !string_equal(node->text, version))
        refuse(problems, node, "protocol", version);
    free(version);
}

static void read_kind(struct problems *problems, const struct yaml_node *node, struct driver *driver)
{
    static const char *const kinds[] = {"client", "tool", "test", NULL};
    const char *kind = read_string(problems, node, "kind");
    if (!kind)
        return;
    check_word(problems, node, kinds);
    driver->is_tool = string_equal(kind, "tool");
    driver->is_test = string_equal(kind, "test");
}

static void read_key(struct problems *problems, const struct yaml_node *node, const struct key *key,
                     struct driver *driver)
{
    void *field = (char *)driver + key->offset;
    switch (key->type) {
    case KEY_STRING: *(char **)field = string_copy(read_string(problems, node, key->name)); break;
    case KEY_BOOLEAN: read_boolean(problems, node, key->name, field); break;
    case KEY_STRINGS:
    case KEY_COMMAND: read_strings(problems, node, key, field); break;
    case KEY_KIND: read_kind(problems, node, driver); break;
    case KEY_PROTOCOL: read_protocol(problems, node); break;
    case KEY_SETTINGS: setting_map_read(problems, node, driver); break;
    case KEY_FROM:
        driver->settings_from = string_copy(read_string(problems, node, key->name));
        driver->settings_from_position = node->position;
        break;
    }
}

static void refuse_unknown_keys(struct problems *problems, const struct yaml_node *root)
{
    const char *names[KEY_COUNT];
    for (size_t i = 0; i < KEY_COUNT; i++)
        names[i] = keys[i].name;
    for (size_t i = 0; i < root->count; i++) {
        bool known = false;
        for (size_t k = 0; k < KEY_COUNT; k++)
            known = known || string_equal(root->keys[i], names[k]);
        if (known)
            continue;
        char *suggestion = problems_suggestion(root->keys[i], names, KEY_COUNT);
        problems_add(problems, root->key_positions[i], "unknown key '%s' of a driver%s", root->keys[i], suggestion);
        free(suggestion);
    }
}

/* {version} must have something to stand for, whatever the run says. */
static void check_version(struct problems *problems, const struct yaml_node *root, const struct driver *driver)
{
    const struct string_list *const lists[] = {&driver->command, &driver->requires};
    for (size_t i = 0; i < 2 && !driver->default_version; i++)
        for (size_t k = 0; k < lists[i]->count; k++)
            if (strstr(lists[i]->items[k], "{version}")) {
                problems_add(problems, root->position, "'{version}' is used, but there is no 'default-version'");
                return;
            }
}

static void read_root(struct problems *problems, const struct yaml_node *root, struct driver *driver)
{
    if (root->kind != YAML_MAPPING) {
        refuse(problems, root, "a driver", "a mapping");
        return;
    }
    refuse_unknown_keys(problems, root);
    for (size_t i = 0; i < KEY_COUNT; i++) {
        const struct yaml_node *node = yaml_node_get(root, keys[i].name);
        if (node)
            read_key(problems, node, &keys[i], driver);
        else if (keys[i].required)
            problems_add(problems, root->position, "the key '%s' is missing", keys[i].name);
    }
    check_version(problems, root, driver);
    if (driver->settings_from && driver->settings)
        problems_add(problems, driver->settings_from_position, "a driver has either 'settings' or 'settings-from'");
}

bool driver_yaml_read(struct driver *driver, const char *file, const char *bytes, size_t length,
                      struct error_list *errors)
{
    struct problems problems = {.file = file, .list = errors};
    driver->is_delivering = true;
    struct yaml_node *root = yaml_tree_read(bytes, length, &problems);
    if (root)
        read_root(&problems, root, driver);
    yaml_node_free(root);
    problems_finish(&problems);
    return errors->count == 0;
}

void driver_release(struct driver *driver)
{
    char *const strings[] = {driver->name,    driver->folder,     driver->title,           driver->language,
                             driver->library, driver->setup_hint, driver->default_version, driver->settings_from};
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
        free(strings[i]);
    string_list_release(&driver->clusters);
    string_list_release(&driver->workloads);
    string_list_release(&driver->command);
    string_list_release(&driver->requires);
    setting_map_release(driver);
    *driver = (struct driver){0};
}
