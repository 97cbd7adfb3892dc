/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/setting_map.h"

#include <math.h>

#include "base/banned.h"

/* The keys of one setting that is more than a name. */
static const char *const setting_keys[] = {"name", "type", "scale", "unsupported", "always"};
#define SETTING_KEY_COUNT (sizeof setting_keys / sizeof *setting_keys)

static char *read_text(struct problems *problems, const struct yaml_node *node, const char *key)
{
    if (node->kind == YAML_SCALAR && node->text[0])
        return string_copy(node->text);
    problems_add(problems, node->position, "'%s' must be a text that is not empty", key);
    return NULL;
}

static void read_type(struct problems *problems, const struct yaml_node *node, struct driver_setting *setting)
{
    static const char *const names[] =
        {[VALUE_STRING] = "string", [VALUE_INTEGER] = "integer", [VALUE_REAL] = "real", [VALUE_BOOLEAN] = "boolean"};
    size_t count = sizeof names / sizeof *names;
    for (size_t i = 0; i < count; i++)
        if (node->kind == YAML_SCALAR && string_equal(node->text, names[i])) {
            setting->type = (enum driver_value_type)i;
            return;
        }
    char *suggestion = problems_suggestion(node->kind == YAML_SCALAR ? node->text : "", names, count);
    problems_add(problems, node->position, "expected one of the types string, integer, real and boolean%s", suggestion);
    free(suggestion);
}

static void read_scale(struct problems *problems, const struct yaml_node *node, struct driver_setting *setting)
{
    char *end = NULL;
    double scale = node->kind == YAML_SCALAR && node->text[0] ? strtod(node->text, &end) : 0;
    if (end && !*end && isfinite(scale) && scale > 0)
        setting->scale = scale;
    else
        problems_add(problems, node->position, "'scale' must be a number above 0");
}

static void refuse_unknown_keys(struct problems *problems, const struct yaml_node *node)
{
    for (size_t i = 0; i < node->count; i++) {
        bool known = false;
        for (size_t k = 0; k < SETTING_KEY_COUNT; k++)
            known = known || string_equal(node->keys[i], setting_keys[k]);
        if (known)
            continue;
        char *suggestion = problems_suggestion(node->keys[i], setting_keys, SETTING_KEY_COUNT);
        problems_add(problems, node->key_positions[i], "unknown key '%s' of a setting%s", node->keys[i], suggestion);
        free(suggestion);
    }
}

static void read_mapping(struct problems *problems, const struct yaml_node *node, struct driver_setting *setting)
{
    const struct yaml_node *name = yaml_node_get(node, "name"), *type = yaml_node_get(node, "type");
    const struct yaml_node *scale = yaml_node_get(node, "scale"), *unsupported = yaml_node_get(node, "unsupported");
    const struct yaml_node *always = yaml_node_get(node, "always");
    refuse_unknown_keys(problems, node);
    if (name)
        setting->native = read_text(problems, name, "name");
    if (type)
        read_type(problems, type, setting);
    if (scale)
        read_scale(problems, scale, setting);
    if (unsupported)
        setting->unsupported = read_text(problems, unsupported, "unsupported");
    if (always)
        setting->always = read_text(problems, always, "always");
    if (!!name + !!unsupported + !!always != 1 || (!name && (type || scale)))
        problems_add(problems, node->position,
                     "a setting has either a 'name', the one value that it has 'always', or the reason why it is "
                     "'unsupported'");
    else if (scale && setting->type != VALUE_INTEGER && setting->type != VALUE_REAL)
        problems_add(problems, scale->position, "'scale' needs the type integer or real");
}

void setting_map_read(struct problems *problems, const struct yaml_node *node, struct driver *driver)
{
    if (node->kind != YAML_MAPPING) {
        problems_add(problems, node->position, "'settings' must map Kafka's names to the client's");
        return;
    }
    driver->settings = memory_zeroed(node->count + 1, sizeof *driver->settings);
    driver->setting_count = node->count;
    for (size_t i = 0; i < node->count; i++) {
        struct driver_setting *setting = &driver->settings[i];
        setting->canonical = string_copy(node->keys[i]);
        if (node->items[i]->kind == YAML_MAPPING)
            read_mapping(problems, node->items[i], setting);
        else
            setting->native = read_text(problems, node->items[i], node->keys[i]);
    }
}

void setting_map_copy(struct driver *driver, const struct driver *from)
{
    driver->settings = memory_zeroed(from->setting_count + 1, sizeof *driver->settings);
    driver->setting_count = from->setting_count;
    for (size_t i = 0; i < from->setting_count; i++) {
        struct driver_setting *setting = &driver->settings[i];
        *setting = from->settings[i];
        setting->canonical = string_copy(setting->canonical);
        setting->native = string_copy(setting->native);
        setting->unsupported = string_copy(setting->unsupported);
        setting->always = string_copy(setting->always);
    }
}

void setting_map_release(struct driver *driver)
{
    for (size_t i = 0; i < driver->setting_count; i++) {
        free(driver->settings[i].canonical);
        free(driver->settings[i].native);
        free(driver->settings[i].unsupported);
        free(driver->settings[i].always);
    }
    free(driver->settings);
    driver->settings = NULL;
    driver->setting_count = 0;
}

const struct driver_setting *setting_map_find(const struct driver *driver, const char *canonical)
{
    for (size_t i = 0; i < driver->setting_count; i++)
        if (string_equal(driver->settings[i].canonical, canonical))
            return &driver->settings[i];
    return NULL;
}

const struct driver_setting *setting_map_find_native(const struct driver *driver, const char *native)
{
    for (size_t i = 0; i < driver->setting_count; i++)
        if (string_equal(driver->settings[i].native, native))
            return &driver->settings[i];
    return NULL;
}

char *setting_map_suggestion(const struct driver *driver, const char *word)
{
    const char **names = memory_zeroed(driver->setting_count + 1, sizeof *names);
    for (size_t i = 0; i < driver->setting_count; i++)
        names[i] = driver->settings[i].canonical;
    char *suggestion = problems_suggestion(word, names, driver->setting_count);
    free(names);
    return suggestion;
}
