/* SPDX-License-Identifier: Apache-2.0 */
#include "driver/setting.h"

#include <strings.h>

#include "driver/setting_map.h"

#include "base/banned.h"

static bool is_secret(const char *canonical, const char *native)
{
    return (canonical && redact_is_secret_property(canonical)) || (native && redact_is_secret_property(native));
}

static char *shown_copy(const struct setting_record *record, const char *value)
{
    return string_copy(value && record->secret ? REDACTED : value);
}

struct setting_record *setting_list_add(struct setting_list *list, const char *canonical, const char *native,
                                        const char *requested, const char *handed)
{
    list->items = memory_resized(list->items, list->count + 1, sizeof *list->items);
    struct setting_record *record = &list->items[list->count++];
    *record = (struct setting_record){.canonical = string_copy(canonical),
                                      .native = string_copy(native),
                                      .applied = handed != NULL,
                                      .secret = is_secret(canonical, native)};
    record->requested = shown_copy(record, requested);
    record->handed = shown_copy(record, handed);
    return record;
}

static bool read_number(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && !*end;
}

/* Clients write the same value in their own ways: 1 and 1.0, true and True, and -1 for all replicas. */
static bool means_the_same(const char *handed, const char *in_force)
{
    double a, b;
    if (strcasecmp(handed, in_force) == 0)
        return true;
    if (read_number(handed, &a) && read_number(in_force, &b))
        return a <= b && a >= b;
    return (string_equal(handed, "all") && string_equal(in_force, "-1")) ||
           (string_equal(handed, "-1") && string_equal(in_force, "all"));
}

static void confirm(struct setting_record *record, const char *value)
{
    free(record->in_force);
    record->in_force = shown_copy(record, value);
    if (!record->secret && record->applied && value)
        record->differs = !means_the_same(record->handed, value);
    else
        record->differs = false;
}

/* What nobody asked for. */
static void append_reported(struct setting_list *list, const struct driver *driver, const char *name, const char *value)
{
    const struct driver_setting *setting = setting_map_find_native(driver, name);
    const char *canonical = setting ? setting->canonical : driver->passes_unknown ? name : NULL;
    confirm(setting_list_add(list, canonical, name, NULL, NULL), value);
}

void setting_list_confirm(struct setting_list *list, const struct driver *driver, json_t *reported)
{
    /* By the client's own names alone: it may use one of Kafka's for something else. */
    size_t asked_count = list->count;
    const char *name;
    json_t *value;
    json_object_foreach(reported, name, value)
    {
        char *text = json_scalar_text(value);
        bool found = false;
        for (size_t i = 0; i < asked_count; i++)
            if (string_equal(list->items[i].native, name)) {
                confirm(&list->items[i], text);
                found = true;
            }
        if (!found && text)
            append_reported(list, driver, name, text);
        free(text);
    }
}

void setting_list_release(struct setting_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        struct setting_record *record = &list->items[i];
        free(record->canonical);
        free(record->native);
        free(record->requested);
        free(record->handed);
        free(record->in_force);
    }
    free(list->items);
    *list = (struct setting_list){0};
}
