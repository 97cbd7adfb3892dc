/* SPDX-License-Identifier: Apache-2.0 */
/* What stood around the trials: campaigns, environments, the brokers' settings. */
#include "report/model.h"

#include "base/banned.h"

static void flatten(const char *prefix, const json_t *value, struct report_environment *environment)
{
    if (json_is_object(value) || json_is_array(value)) {
        size_t index;
        const char *key;
        json_t *item;
        char *name;
        if (json_is_array(value)) {
            json_array_foreach(value, index, item)
            {
                name = string_format("%s[%zu]", prefix, index);
                flatten(name, item, environment);
                free(name);
            }
            return;
        }
        /* jansson keeps the order of insertion; the store writes keys sorted, but the report must not depend on it. */
        struct string_list keys = {0};
        json_object_foreach((json_t *)(uintptr_t)value, key, item) string_list_push(&keys, key);
        for (size_t i = 1; i < keys.count; i++)
            for (size_t j = i; j > 0 && strcmp(keys.items[j - 1], keys.items[j]) > 0; j--) {
                char *swap = keys.items[j];
                keys.items[j] = keys.items[j - 1];
                keys.items[j - 1] = swap;
            }
        for (size_t i = 0; i < keys.count; i++) {
            name = string_format("%s%s%s", prefix, prefix[0] ? "." : "", keys.items[i]);
            flatten(name, json_object_get(value, keys.items[i]), environment);
            free(name);
        }
        string_list_release(&keys);
        return;
    }
    char *text = json_scalar_text(value);
    string_list_push(&environment->names, prefix);
    string_list_push(&environment->values, text ? text : "");
    free(text);
}

bool report_environment_load(struct store *store, int64_t id, struct report_environment *environment,
                             struct error *error)
{
    *environment = (struct report_environment){.id = id};
    json_t *json = store_read_environment(store, id, error);
    if (!json)
        return false;
    flatten("", json, environment);
    json_decref(json);
    return true;
}

void report_environment_release(struct report_environment *environment)
{
    string_list_release(&environment->names);
    string_list_release(&environment->values);
}

static bool load_environment(struct store *store, struct report_model *model, int64_t id, struct error *error)
{
    if (id == STORE_ABSENT)
        return true;
    for (size_t i = 0; i < model->environment_count; i++)
        if (model->environments[i].id == id)
            return true;
    model->environments =
        memory_resized(model->environments, model->environment_count + 1, sizeof *model->environments);
    return report_environment_load(store, id, &model->environments[model->environment_count++], error);
}

static bool is_default(const char *source)
{
    return !source || string_equal(source, "default");
}

/* One row per property: the value when all brokers agree, else each broker's. `rows` are of one campaign. */
static void add_broker_setting(struct report_model *model, const struct store_broker_rows *rows, const char *name)
{
    struct text value = TEXT_INIT;
    const struct store_broker_row *first = NULL;
    bool differ = false;
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_broker_row *row = &rows->items[i];
        if (!string_equal(row->name, name))
            continue;
        first = first ? first : row;
        differ = differ || !string_equal(row->value, first->value);
        text_append_format(&value, "%s%d: %s", value.length ? ", " : "", row->broker,
                           row->value ? row->value : "(none)");
    }
    for (size_t i = 0; i < model->broker_setting_count; i++) /* the same in an earlier campaign */
        if (string_equal(model->broker_settings[i].name, name) &&
            string_equal(model->broker_settings[i].value, differ         ? value.bytes
                                                          : first->value ? first->value
                                                                         : "(none)")) {
            text_release(&value);
            return;
        }
    model->broker_settings =
        memory_resized(model->broker_settings, model->broker_setting_count + 1, sizeof *model->broker_settings);
    model->broker_settings[model->broker_setting_count++] = (struct report_broker_setting){
        .name = string_copy(name),
        .value = string_copy(differ         ? value.bytes
                             : first->value ? first->value
                                            : "(none)"),
        .source = string_copy(first->source),
    };
    text_release(&value);
}

static bool load_broker_settings(struct store *store, struct report_model *model, int64_t campaign_id,
                                 struct error *error)
{
    struct store_broker_rows rows = {0};
    struct string_list names = {0};
    if (!store_read_broker_settings(store, campaign_id, &rows, error))
        return false;
    for (size_t i = 0; i < rows.count; i++)
        if (!is_default(rows.items[i].source) && !string_list_contains(&names, rows.items[i].name))
            string_list_push(&names, rows.items[i].name);
    for (size_t i = 0; i < names.count; i++)
        add_broker_setting(model, &rows, names.items[i]);
    string_list_release(&names);
    store_broker_rows_release(&rows);
    return true;
}

static int by_name(const void *a, const void *b)
{
    const struct report_broker_setting *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    return order ? order : strcmp(left->value, right->value);
}

const char *report_environment_value(const struct report_environment *environment, const char *name)
{
    for (size_t i = 0; i < environment->names.count; i++)
        if (string_equal(environment->names.items[i], name))
            return environment->values.items[i];
    return NULL;
}

bool report_context_load(struct store *store, struct report_model *model, struct error *error)
{
    if (!store_read_campaigns(store, model->row.id, &model->campaigns, error))
        return false;
    for (size_t i = 0; i < model->campaigns.count; i++)
        if (!load_environment(store, model, model->campaigns.items[i].environment_id, error) ||
            !load_broker_settings(store, model, model->campaigns.items[i].id, error))
            return false;
    if (model->broker_setting_count > 1)
        qsort(model->broker_settings, model->broker_setting_count, sizeof *model->broker_settings, by_name);
    return true;
}

void report_context_release(struct report_model *model)
{
    store_campaign_rows_release(&model->campaigns);
    for (size_t i = 0; i < model->environment_count; i++)
        report_environment_release(&model->environments[i]);
    free(model->environments);
    for (size_t i = 0; i < model->broker_setting_count; i++) {
        free(model->broker_settings[i].name);
        free(model->broker_settings[i].value);
        free(model->broker_settings[i].source);
    }
    free(model->broker_settings);
}
