/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/driver_translate.h"

#include "driver/setting.h"
#include "driver/setting_map.h"
#include "driver/setting_value.h"

#include "base/banned.h"

static bool refuse(const struct translation *translation, const struct property *property, struct error *error,
                   const char *why)
{
    const struct experiment_run *run = translation->run;
    return error_set_at(error, translation->file, property->position.line, property->position.column,
                        "%s%s%s: driver '%s' %s", run ? "run '" : "", run ? run->name : "reading the topic back",
                        run ? "'" : "", translation->driver->name, why);
}

static bool refuse_unsupported(const struct translation *translation, const struct property *property,
                               const char *reason, struct error *error)
{
    char *why = string_format("cannot honour '%s': %s (a run that has it under 'allow-unsupported' goes without it)",
                              property->name, reason);
    refuse(translation, property, error, why);
    free(why);
    return false;
}

static bool refuse_unknown(const struct translation *translation, const struct property *property, struct error *error)
{
    char *suggestion = setting_map_suggestion(translation->driver, property->name);
    char *why = string_format("does not know the setting '%s'%s", property->name, suggestion);
    refuse(translation, property, error, why);
    free(suggestion);
    free(why);
    return false;
}

static bool refuse_value(const struct translation *translation, const struct property *property, const char *expected,
                         struct error *error)
{
    bool secret = redact_is_secret_property(property->name);
    char *why = string_format("cannot take '%s' for '%s', expected %s", secret ? REDACTED : property->value,
                              property->name, expected);
    refuse(translation, property, error, why);
    free(why);
    return false;
}

static bool is_always_so(const struct driver *driver, const struct property *property)
{
    const struct driver_setting *setting = setting_map_find(driver, property->name);
    return setting && setting->always && string_equal(setting->always, property->value);
}

bool translate_canonical(const struct translation *translation, const struct property *property, const char **native,
                         json_t **value, struct error *error)
{
    const struct driver *driver = translation->driver;
    const struct driver_setting *setting = setting_map_find(driver, property->name);
    bool allowed = translation->run && string_list_contains(&translation->run->allow_unsupported, property->name);
    const char *expected = "UTF-8 text";
    *native = NULL;
    *value = NULL;
    if (!setting && driver->passes_unknown) {
        *native = property->name;
        *value = json_string(property->value);
        return *value || refuse_value(translation, property, expected, error);
    }
    if (!setting)
        return allowed || refuse_unknown(translation, property, error);
    if (setting->unsupported)
        return allowed || refuse_unsupported(translation, property, setting->unsupported, error);
    if (setting->always)
        return allowed || is_always_so(driver, property) || refuse_value(translation, property, setting->always, error);
    *native = setting->native;
    *value = setting_value(setting, property->value, &expected);
    return *value || refuse_value(translation, property, expected, error);
}

bool translate_native(const struct translation *translation, const struct property *property, json_t **value,
                      struct error *error)
{
    const struct driver_setting *setting = setting_map_find_native(translation->driver, property->name);
    const char *expected = "UTF-8 text";
    *value =
        setting ? setting_value_unscaled(setting, property->value, &expected) : setting_value_guess(property->value);
    return *value || refuse_value(translation, property, expected, error);
}

const struct property_list *translate_role_properties(const struct experiment_case *c, const char *role)
{
    return string_equal(role, "consumer") ? &c->consumer : &c->producer;
}

/* Hand a value over; it wins over one that the client was to get under the same name before. NULL: nothing is handed over. */
static struct setting_record *hand_over(json_t *settings, struct setting_list *list, const char *canonical,
                                        const char *native, const struct property *property, json_t *value)
{
    for (size_t i = 0; value && i < list->count; i++)
        if (list->items[i].applied && string_equal(list->items[i].native, native)) {
            list->items[i].applied = false;
            free(list->items[i].handed);
            list->items[i].handed = NULL;
        }
    char *handed = json_scalar_text(value);
    struct setting_record *record = setting_list_add(list, canonical, native, property->value, handed);
    free(handed);
    if (value)
        json_object_set_new(settings, native, value);
    return record;
}

static bool add_canonical(const struct translation *translation, const struct property_list *properties,
                          const struct property_list *unless, json_t *settings, struct setting_list *list,
                          struct error *error)
{
    for (size_t i = 0; properties && i < properties->count; i++) {
        const struct property *property = &properties->items[i];
        const char *native;
        json_t *value;
        if (unless && property_list_get(unless, property->name))
            continue;
        if (!translate_canonical(translation, property, &native, &value, error))
            return false;
        struct setting_record *record = hand_over(settings, list, property->name, native, property, value);
        record->applied = record->applied || is_always_so(translation->driver, property);
    }
    return true;
}

static bool add_native(const struct translation *translation, json_t *settings, struct setting_list *list,
                       struct error *error)
{
    const struct property_list *config = &translation->run->config;
    for (size_t i = 0; i < config->count; i++) {
        json_t *value;
        if (!translate_native(translation, &config->items[i], &value, error))
            return false;
        hand_over(settings, list, NULL, config->items[i].name, &config->items[i], value);
    }
    return true;
}

/* Leaves nothing behind when the translation has failed. */
static bool finish(bool ok, json_t **settings, struct setting_list *list)
{
    if (ok)
        return true;
    json_decref(*settings);
    *settings = NULL;
    setting_list_release(list);
    return false;
}

bool driver_translate(const struct driver *driver, const struct driver_job *job, json_t **settings,
                      struct setting_list *list, struct error *error)
{
    const struct translation translation = {.driver = driver, .run = job->run, .file = job->experiment->file};
    const struct property_list *properties = translate_role_properties(job->c, job->role);
    *list = (struct setting_list){0};
    *settings = json_object();
    /* From the general to the special: the cluster's, the case's, the run's own. */
    bool ok = add_canonical(&translation, job->client_properties, properties, *settings, list, error) &&
              add_canonical(&translation, properties, NULL, *settings, list, error) &&
              add_native(&translation, *settings, list, error);
    return finish(ok, settings, list);
}

bool translate_reader(const struct driver *driver, const struct driver_reader_job *job, json_t **settings,
                      struct setting_list *list, struct error *error)
{
    const struct translation translation = {.driver = driver, .file = job->experiment->file};
    *list = (struct setting_list){0};
    *settings = json_object();
    bool ok = add_canonical(&translation, job->client_properties, NULL, *settings, list, error);
    return finish(ok, settings, list);
}
