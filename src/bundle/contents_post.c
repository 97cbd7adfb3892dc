/* SPDX-License-Identifier: Apache-2.0 */
/* The post as it was published, and the folder of its name beside it that its charts lie in. */
#include <sys/stat.h>

#include "base/file.h"
#include "bundle/contents.h"
#include "bundle/tree.h"
#include "publish/publish.h"

#include "base/banned.h"

static bool is_folder(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* A post that says something else than the database beside it is not given away with it. */
static bool check_post(const struct contents *contents, struct store *store, struct error *error)
{
    const struct bundle_request *request = contents->request;
    const struct publish_request check = {.store = store,
                                          .version = request->version,
                                          .document = request->post,
                                          .check = true};
    struct publish_result result;
    struct error_list errors = {0};
    bool ok = publish(&check, &result, &errors, error);
    if (!ok && errors.count)
        *error = errors.items[0];
    if (ok && result.changed.count)
        ok = error_set(error, ERROR_ANSWER_NO, "'%s' is not what the database says (%s): 'kbench publish %s %s' first",
                       request->post, result.changed.items[0], request->version, request->post);
    publish_result_release(&result);
    error_list_release(&errors);
    return ok;
}

static bool copy_post(const struct contents *contents, struct error *error)
{
    const char *post = contents->request->post;
    const char *slash = strrchr(post, '/');
    const char *name = slash ? slash + 1 : post, *dot = strrchr(name, '.');
    size_t stem = dot ? (size_t)(dot - post) : strlen(post);
    char *charts = string_format("%.*s", (int)stem, post);
    char *to = string_format("%s/post/%s", contents->folder, name);
    char *charts_to = string_format("%s/post/%s", contents->folder, charts + (name - post));
    bool ok = tree_copy_file(post, to, error) && (!dot || !is_folder(charts) || tree_copy(charts, charts_to, error));
    free(charts);
    free(to);
    free(charts_to);
    return ok;
}

bool contents_add_post(struct contents *contents, struct error *error)
{
    if (!contents->request->post)
        return true;
    char *database = string_format("%s/" BUNDLE_DATABASE, contents->folder);
    struct store *store = store_open_read_only(database, error);
    contents->has_post = true;
    bool ok = store && check_post(contents, store, error) && copy_post(contents, error);
    store_close(store);
    free(database);
    return ok;
}
