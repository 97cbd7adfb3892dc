/* SPDX-License-Identifier: Apache-2.0 */
#include <dirent.h>
#include <errno.h>

#include "base/file.h"
#include "driver/driver.h"
#include "driver/driver_yaml.h"
#include "driver/setting_map.h"

#include "base/banned.h"

#define YAML_NAME "driver.yaml"
#define YAML_LIMIT_BYTES (1024 * 1024)

/* The last part of a path, without slashes at its end. The caller frees. */
static char *last_part(const char *path)
{
    size_t end = strlen(path);
    while (end > 1 && path[end - 1] == '/')
        end--;
    size_t start = end;
    while (start > 0 && path[start - 1] != '/')
        start--;
    return string_format("%.*s", (int)(end - start), path + start);
}

/* One error for all of a file: the first, with the number of the others. */
static bool report(const struct error_list *errors, struct error *error)
{
    *error = errors->items[0];
    if (errors->count > 1) {
        size_t length = strlen(error->message);
        snprintf(error->message + length, sizeof error->message - length, " (and %zu more in this file)",
                 errors->count - 1);
    }
    return false;
}

static bool refuse_second(const struct driver_list *list, const struct driver *driver, struct error *error)
{
    const struct driver *first = driver_list_find(list, driver->name);
    return !first || error_set(error, ERROR_INPUT, "there are two drivers '%s': in '%s' and in '%s'", driver->name,
                               first->folder, driver->folder);
}

static bool add_driver(struct driver_list *list, const char *folder, const char *file, struct error *error)
{
    struct text content = TEXT_INIT;
    struct driver driver = {.name = last_part(folder), .folder = string_copy(folder)};
    struct error_list errors = {0};
    bool ok = refuse_second(list, &driver, error) && file_read(file, YAML_LIMIT_BYTES, &content, error) &&
              (driver_yaml_read(&driver, file, content.bytes, content.length, &errors) || report(&errors, error));
    if (ok) {
        list->items = memory_resized(list->items, list->count + 1, sizeof *list->items);
        list->items[list->count++] = driver;
    } else {
        driver_release(&driver);
    }
    error_list_release(&errors);
    text_release(&content);
    return ok;
}

/* The folder itself when it is a driver's; a folder without driver.yaml is none and no error. */
static bool add_folder(struct driver_list *list, const char *folder, bool *found, struct error *error)
{
    char *file = string_format("%s/" YAML_NAME, folder);
    *found = file_exists(file);
    bool ok = !*found || add_driver(list, folder, file, error);
    free(file);
    return ok;
}

static bool add_children(struct driver_list *list, const char *folder, struct error *error)
{
    DIR *directory = opendir(folder);
    if (!directory)
        return error_set_errno(error, errno, "cannot read the drivers' folder '%s'", folder);
    bool ok = true, found;
    for (struct dirent *entry; ok && (entry = readdir(directory));) {
        if (entry->d_name[0] == '.')
            continue;
        char *child = string_format("%s/%s", folder, entry->d_name);
        ok = add_folder(list, child, &found, error);
        free(child);
    }
    closedir(directory);
    return ok;
}

/* Folders with colons between them, each a driver's or one of several drivers. */
static bool add_path(struct driver_list *list, const char *path, struct error *error)
{
    bool ok = true, found = false;
    for (const char *at = path; at && ok;) {
        size_t length = strcspn(at, ":");
        char *folder = string_format("%.*s", (int)length, at);
        if (folder[0])
            ok = add_folder(list, folder, &found, error) && (found || add_children(list, folder, error));
        free(folder);
        at = at[length] ? at + length + 1 : NULL;
    }
    return ok;
}

/* The maps that drivers share. */
static bool share_settings(struct driver_list *list, struct error *error)
{
    for (size_t i = 0; i < list->count; i++) {
        struct driver *driver = &list->items[i];
        const struct driver *from = driver->settings_from ? driver_list_find(list, driver->settings_from) : NULL;
        if (!driver->settings_from)
            continue;
        if (!from || from->settings_from) {
            char *file = string_format("%s/" YAML_NAME, driver->folder);
            error_set_at(error, file, driver->settings_from_position.line, driver->settings_from_position.column,
                         "there is no driver '%s' with settings of its own", driver->settings_from);
            free(file);
            return false;
        }
        setting_map_copy(driver, from);
    }
    return true;
}

static int compare_names(const void *left, const void *right)
{
    const struct driver *a = left, *b = right;
    return strcmp(a->name, b->name);
}

bool driver_list_load(struct driver_list *list, struct error *error)
{
    *list = (struct driver_list){0};
    char *own = string_format("%s/src/drivers", file_home());
    const char *path = getenv("KBENCH_DRIVERS");
    bool ok = add_children(list, own, error) && add_path(list, path, error) && share_settings(list, error);
    free(own);
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, compare_names);
    if (!ok)
        driver_list_release(list);
    return ok;
}

void driver_list_release(struct driver_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        driver_release(&list->items[i]);
    free(list->items);
    *list = (struct driver_list){0};
}

const struct driver *driver_list_find(const struct driver_list *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++)
        if (string_equal(list->items[i].name, name))
            return &list->items[i];
    return NULL;
}
