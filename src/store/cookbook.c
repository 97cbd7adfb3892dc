/* SPDX-License-Identifier: Apache-2.0 */
#include "store/cookbook.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>

#include "base/file.h"

#include "base/banned.h"

enum { RECIPE_LIMIT_BYTES = 1 << 16 };

/* "NN-name.sql" */
static int is_recipe(const struct dirent *entry)
{
    const char *name = entry->d_name;
    return isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]) && name[2] == '-' &&
           string_ends_with(name, ".sql");
}

/* ":name  what it is" */
static void add_parameter(struct store_recipe *recipe, const char *line)
{
    size_t length = strcspn(line + 1, " ");
    const char *meaning = line + 1 + length;
    string_list_push_format(&recipe->parameters, "%.*s", (int)length, line + 1);
    string_list_push(&recipe->meanings, meaning + strspn(meaning, " "));
}

/* A line of the comment, without its dashes: the title is the first that is none of the licence, then comes the paragraph. */
static void take_line(struct store_recipe *recipe, struct text *description, const char *line)
{
    if (!line[0] || string_starts_with(line, "SPDX-"))
        return;
    if (!recipe->title)
        recipe->title = string_copy(line);
    else if (line[0] == ':')
        add_parameter(recipe, line);
    else
        text_append_format(description, "%s%s", description->length ? " " : "", line);
}

static void read_comment(struct store_recipe *recipe)
{
    struct text description = TEXT_INIT;
    const char *at = recipe->text;
    while (string_starts_with(at, "--")) {
        const char *from = at + 2 + strspn(at + 2, " ");
        size_t length = strcspn(at, "\n");
        char *line = string_format("%.*s", (int)(at + length - from), from);
        take_line(recipe, &description, line);
        free(line);
        at += length + (at[length] == '\n');
    }
    recipe->sql = at;
    recipe->description = text_detach(&description);
}

static bool read_recipe(const char *folder, const char *file, struct store_recipe *recipe, struct error *error)
{
    struct text text = TEXT_INIT;
    char *path = string_format("%s/%s", folder, file);
    bool ok = file_read(path, RECIPE_LIMIT_BYTES, &text, error);
    free(path);
    *recipe = (struct store_recipe){.name = string_format("%.*s", (int)(strlen(file) - strlen("NN-.sql")), file + 3),
                                    .text = text_detach(&text)};
    read_comment(recipe);
    return ok;
}

bool store_read_cookbook(struct store_cookbook *cookbook, struct error *error)
{
    *cookbook = (struct store_cookbook){0};
    char *folder = string_format("%s/schema/cookbook", file_home());
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_recipe, alphasort);
    bool ok =
        count > 0 || error_set_errno(error, count < 0 ? errno : ENOENT, "cannot read the queries in '%s'", folder);
    for (int i = 0; i < count; i++) {
        cookbook->items = memory_resized(cookbook->items, cookbook->count + 1, sizeof *cookbook->items);
        ok = ok && read_recipe(folder, entries[i]->d_name, &cookbook->items[cookbook->count++], error);
        free(entries[i]);
    }
    free(entries);
    free(folder);
    if (!ok)
        store_cookbook_release(cookbook);
    return ok;
}

void store_cookbook_release(struct store_cookbook *cookbook)
{
    for (size_t i = 0; i < cookbook->count; i++) {
        struct store_recipe *recipe = &cookbook->items[i];
        free(recipe->name);
        free(recipe->title);
        free(recipe->description);
        free(recipe->text);
        string_list_release(&recipe->parameters);
        string_list_release(&recipe->meanings);
    }
    free(cookbook->items);
    *cookbook = (struct store_cookbook){0};
}

const struct store_recipe *store_find_recipe(const struct store_cookbook *cookbook, const char *name,
                                             struct error *error)
{
    const struct store_recipe *found = NULL;
    const char **names = memory_zeroed(cookbook->count + 1, sizeof *names);
    for (size_t i = 0; i < cookbook->count; i++) {
        char number[24];
        snprintf(number, sizeof number, "%zu", i + 1);
        names[i] = cookbook->items[i].name;
        if (string_equal(name, number) || string_equal(name, names[i]))
            found = &cookbook->items[i];
    }
    if (!found) {
        error_set(error, ERROR_INPUT, "the cookbook has no query '%s'", name);
        error_suggest_or(error, name, names, cookbook->count, "; 'kbench sql --cookbook' lists them");
    }
    free(names);
    return found;
}
