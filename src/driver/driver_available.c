/* SPDX-License-Identifier: Apache-2.0 */
#include <glob.h>

#include "base/file.h"
#include "driver/driver.h"
#include "driver/placeholder.h"

#include "base/banned.h"

/* A file, a pattern that a file matches, or (without a slash) a program on PATH. */
static bool is_there(const char *path)
{
    if (!strchr(path, '/')) {
        char *program = program_find(path);
        free(program);
        return program != NULL;
    }
    glob_t matches = {0};
    bool found = file_exists(path) || glob(path, GLOB_NOSORT, NULL, &matches) == 0;
    globfree(&matches);
    return found;
}

static bool check_file(const struct driver *driver, const struct placeholder_values *values, const char *file,
                       struct text *missing)
{
    char *path = placeholder_replace(values, file);
    bool found = is_there(path);
    if (!found && missing) {
        text_append_format(missing, "driver '%s': '%s' is missing", driver->name, path);
        if (driver->setup_hint)
            text_append_format(missing, "; type: %s", driver->setup_hint);
        text_append_char(missing, '\n');
    }
    free(path);
    return found;
}

bool driver_version_is_available(const struct driver *driver, const char *version, struct text *missing)
{
    const struct placeholder_values values = {.driver = driver, .version = version};
    const char *program = driver->command.items[0];
    bool available = string_list_contains(&driver->requires, program) || check_file(driver, &values, program, missing);
    for (size_t i = 0; i < driver->requires.count; i++)
        available = check_file(driver, &values, driver->requires.items[i], missing) && available;
    return available;
}

bool driver_is_available(const struct driver *driver, struct text *missing)
{
    return driver_version_is_available(driver, NULL, missing);
}
