/* SPDX-License-Identifier: Apache-2.0 */
/* kbench drivers: what each driver is, what it can, and whether it answers on this machine. */
#include "base/json.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/format_option.h"
#include "driver/driver.h"

#include "base/banned.h"

#define PROBES_AT_ONCE 2

enum { OPTION_FORMAT, OPTION_NO_PROBE };

static const struct option options[] = {
    {OPTION_STRING, "format", "table|json", "how it is written (default: table)"},
    {OPTION_FLAG, "no-probe", NULL, "start none of them: versions stay unknown"},
    {OPTION_END, NULL, NULL, NULL},
};

/* A driver as it was found. */
struct entry {
    const struct driver *driver;
    struct text missing; /* why it cannot be used, a line each; empty when it can */
    struct driver_process *probe;
    json_t *versions; /* NULL: not told */
};

static void note_error(struct entry *entry, const struct error *error)
{
    text_append_format(&entry->missing, "%s\n", error->message);
}

static void start_probe(struct entry *entry)
{
    struct error error = ERROR_INIT;
    entry->probe = driver_probe_start(entry->driver, NULL, &error);
    if (!entry->probe)
        note_error(entry, &error);
}

static void finish_probe(struct entry *entry)
{
    struct error error = ERROR_INIT;
    if (entry->probe && !driver_probe_finish(entry->probe, &entry->versions, &error))
        note_error(entry, &error);
}

/* A few at once: starting a JVM takes a core and more, and all of them together might not answer in time. */
static void look(const struct driver_list *list, bool probes, struct entry *entries)
{
    for (size_t i = 0; i < list->count + PROBES_AT_ONCE; i++) {
        if (i >= PROBES_AT_ONCE)
            finish_probe(&entries[i - PROBES_AT_ONCE]);
        if (i >= list->count)
            continue;
        entries[i] = (struct entry){.driver = &list->items[i], .missing = TEXT_INIT};
        if (driver_is_available(&list->items[i], &entries[i].missing) && probes)
            start_probe(&entries[i]);
    }
}

static const char *kind(const struct driver *driver)
{
    return driver->is_tool ? "tool" : driver->is_test ? "test" : "client";
}

static char *join(const struct string_list *list)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < list->count; i++)
        text_append_format(&text, "%s%s", i ? "," : "", list->items[i]);
    return text_detach(&text);
}

/* ---- the table ---- */

enum { COLUMN_COUNT = 9 };
static const char *const titles[COLUMN_COUNT] = {"NAME",    "KIND",      "TITLE",    "LANGUAGE", "LIBRARY",
                                                 "VERSION", "WORKLOADS", "CLUSTERS", "AVAILABLE"};

static void make_row(const struct entry *entry, char *cells[COLUMN_COUNT])
{
    const struct driver *driver = entry->driver;
    cells[0] = string_copy(driver->name);
    cells[1] = string_copy(kind(driver));
    cells[2] = string_copy(driver->title);
    cells[3] = string_copy(driver->language);
    cells[4] = string_copy(json_get_string(entry->versions, "library", driver->library));
    cells[5] = string_copy(json_get_string(entry->versions, "client", "-"));
    cells[6] = join(&driver->workloads);
    cells[7] = join(&driver->clusters);
    cells[8] = string_copy(entry->missing.length ? "no" : "yes");
}

/* In characters: a title need not be ASCII. */
static int width_of(const char *string)
{
    int width = 0;
    for (; *string; string++)
        width += ((unsigned char)*string & 0xC0) != 0x80;
    return width;
}

static void print_row(char *const cells[COLUMN_COUNT], const int widths[COLUMN_COUNT])
{
    for (int i = 0; i + 1 < COLUMN_COUNT; i++)
        printf("%s%*s", cells[i], widths[i] - width_of(cells[i]) + 2, "");
    printf("%s\n", cells[COLUMN_COUNT - 1]);
}

static void print_table(const struct entry *entries, size_t count)
{
    char *(*rows)[COLUMN_COUNT] = memory_zeroed(count + 1, sizeof *rows);
    int widths[COLUMN_COUNT] = {0};
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        rows[0][i] = string_copy(titles[i]);
    for (size_t i = 0; i < count; i++)
        make_row(&entries[i], rows[i + 1]);
    for (size_t i = 0; i <= count; i++)
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            if (width_of(rows[i][k]) > widths[k])
                widths[k] = width_of(rows[i][k]);
    for (size_t i = 0; i <= count; i++) {
        print_row(rows[i], widths);
        for (size_t k = 0; k < COLUMN_COUNT; k++)
            free(rows[i][k]);
    }
    free(rows);
    for (size_t i = 0; i < count; i++)
        printf("%s", entries[i].missing.bytes);
}

/* ---- JSON ---- */

static json_t *strings_json(const struct string_list *list)
{
    json_t *array = json_array();
    for (size_t i = 0; i < list->count; i++)
        json_array_append_new(array, json_string(list->items[i]));
    return array;
}

static json_t *entry_json(const struct entry *entry)
{
    const struct driver *driver = entry->driver;
    return json_pack("{s:s, s:s, s:s, s:s, s:s, s:s, s:O?, s:o, s:o, s:b, s:s?}", "name", driver->name, "folder",
                     driver->folder, "kind", kind(driver), "title", driver->title, "language", driver->language,
                     "library", driver->library, "versions", entry->versions, "workloads",
                     strings_json(&driver->workloads), "clusters", strings_json(&driver->clusters), "available",
                     entry->missing.length == 0, "missing", entry->missing.length ? entry->missing.bytes : NULL);
}

static void print_json(const struct entry *entries, size_t count)
{
    json_t *array = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(array, entry_json(&entries[i]));
    json_dumpf(array, stdout, JSON_INDENT(2) | JSON_SORT_KEYS);
    putchar('\n');
    json_decref(array);
}

static bool read_format(const struct option_value *value, bool *as_json, struct error *error)
{
    static const char *const names[] = {"table", "json"};
    size_t index;
    bool ok = format_option_find(value, names, sizeof names / sizeof *names, &index, error);
    *as_json = index == 1;
    return ok;
}

static bool run(const struct invocation *invocation, struct error *error)
{
    const struct option_value *values = invocation->values;
    struct driver_list list;
    bool as_json;
    if (!read_format(&values[OPTION_FORMAT], &as_json, error) || !driver_list_load(&list, error))
        return false;
    struct entry *entries = memory_zeroed(list.count + PROBES_AT_ONCE, sizeof *entries);
    look(&list, !values[OPTION_NO_PROBE].given, entries);
    if (as_json)
        print_json(entries, list.count);
    else
        print_table(entries, list.count);
    for (size_t i = 0; i < list.count; i++) {
        text_release(&entries[i].missing);
        json_decref(entries[i].versions);
    }
    free(entries);
    driver_list_release(&list);
    return true;
}

const struct command command_drivers = {
    .name = "drivers",
    .arguments = "",
    .summary = "the drivers, what they can, their versions, and what is missing",
    .options = options,
    .min_arguments = 0,
    .max_arguments = 0,
    .run = run,
};
