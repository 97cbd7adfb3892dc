/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/open.h"

#include <sys/stat.h>

#include "base/file.h"
#include "bundle/archive.h"
#include "bundle/contents.h"
#include "bundle/sums.h"
#include "bundle/tree.h"

#include "base/banned.h"

/* Said of what the user named, not of the scratch folder that it was unpacked to. */
static bool check_sums(const char *path, const char *root, struct error *error)
{
    char *sums = string_format("%s/" SUMS_NAME, root);
    bool ok = file_exists(sums) || error_set(error, ERROR_INPUT, "'%s' is no bundle: it has no " SUMS_NAME, path);
    free(sums);
    return ok && sums_check(root, error);
}

static bool take_folder(const char *path, const char *scratch, char **root, struct error *error)
{
    *root = string_format("%s/bundle", scratch);
    return tree_copy(path, *root, error);
}

/* The one definition beside the canonical one has the version's name. */
static bool find_version(struct opened_bundle *bundle, const char *root, struct error *error)
{
    static const char ending[] = ".yaml";
    struct string_list files = {0};
    char *folder = string_format("%s/definition", root);
    bool ok = file_exists(folder) && tree_list(folder, &files, error);
    for (size_t i = 0; ok && i < files.count; i++)
        if (string_ends_with(files.items[i], ending) && !string_equal(files.items[i], BUNDLE_CANONICAL)) {
            free(bundle->version);
            free(bundle->definition);
            bundle->version = string_format("%.*s", (int)(strlen(files.items[i]) - strlen(ending)), files.items[i]);
            bundle->definition = string_format("%s/%s", folder, files.items[i]);
        }
    string_list_release(&files);
    free(folder);
    return bundle->version != NULL;
}

bool bundle_open(const char *path, struct opened_bundle *bundle, struct error *error)
{
    struct stat status;
    char *root = NULL;
    *bundle = (struct opened_bundle){0};
    if (stat(path, &status) != 0)
        return error_set(error, ERROR_INPUT, "there is no bundle '%s'", path);
    if (!(bundle->scratch = file_make_temporary_folder(error)))
        return false;
    bool ok = (S_ISDIR(status.st_mode) ? take_folder(path, bundle->scratch, &root, error)
                                       : archive_unpack(path, bundle->scratch, &root, error)) &&
              check_sums(path, root, error);
    if (ok) {
        bundle->database = string_format("%s/" BUNDLE_DATABASE, root);
        ok = (find_version(bundle, root, error) && file_exists(bundle->database)) ||
             error_set(error, ERROR_INPUT, "'%s' is no bundle: it has no definition or no " BUNDLE_DATABASE, path);
    }
    free(root);
    if (!ok)
        bundle_close(bundle);
    return ok;
}

void bundle_close(struct opened_bundle *bundle)
{
    if (bundle->scratch)
        file_remove_tree(bundle->scratch, NULL);
    free(bundle->scratch);
    free(bundle->version);
    free(bundle->definition);
    free(bundle->database);
    *bundle = (struct opened_bundle){0};
}
