/* SPDX-License-Identifier: Apache-2.0 */
/* The lock files: jars of Maven, packages of PyPI and Debian, and what each driver of the version is. */
#include "base/file.h"
#include "bundle/contents.h"
#include "bundle/tree.h"

#include "base/banned.h"

static bool add_file(const struct contents *contents, const char *name, const char *as, struct error *error)
{
    char *from = string_format("%s/%s", file_home(), name);
    char *to = string_format("%s/" BUNDLE_SETUP "/%s", contents->folder, as);
    bool ok = !file_exists(from) || tree_copy_file(from, to, error);
    free(from);
    free(to);
    return ok;
}

static bool add_driver(const struct contents *contents, const char *driver, struct error *error)
{
    static const char *const names[] = {"driver.yaml", "driver.mk", "requirements.txt"};
    bool ok = true;
    for (size_t i = 0; ok && i < sizeof names / sizeof *names; i++) {
        char *name = string_format("src/drivers/%s/%s", driver, names[i]);
        char *as = string_format("drivers/%s/%s", driver, names[i]);
        ok = add_file(contents, name, as, error);
        free(name);
        free(as);
    }
    return ok;
}

/* One to a line, as a person reads it: the versions of clients, libraries and programs stand there. */
static bool add_environment(const struct contents *contents, const struct report_environment *environment,
                            struct error *error)
{
    struct text text = TEXT_INIT;
    char *path =
        string_format("%s/" BUNDLE_SETUP "/environment-%lld.txt", contents->folder, (long long)environment->id);
    for (size_t i = 0; i < environment->names.count; i++)
        text_append_format(&text, "%s = %s\n", environment->names.items[i], environment->values.items[i]);
    bool ok = tree_write(path, &text, error);
    text_release(&text);
    free(path);
    return ok;
}

bool contents_add_setup(struct contents *contents, struct error *error)
{
    const struct experiment *experiment = contents->model.experiment;
    bool ok = add_file(contents, "src/setup/pom.xml", "pom.xml", error) &&
              add_file(contents, "src/setup/packages.sh", "packages.sh", error);
    for (size_t i = 0; ok && i < experiment->run_count; i++)
        ok = add_driver(contents, experiment->runs[i].driver, error);
    for (size_t i = 0; ok && i < contents->model.environment_count; i++)
        ok = add_environment(contents, &contents->model.environments[i], error);
    return ok;
}
