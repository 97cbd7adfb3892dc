/* SPDX-License-Identifier: Apache-2.0 */
#include "bundle/bundle.h"

#include <math.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/interrupt.h"
#include "bundle/archive.h"
#include "bundle/contents.h"
#include "bundle/secrets.h"
#include "bundle/sums.h"

#include "base/banned.h"

/* The version names the archive's folder and the definition's file. */
static bool check_version(const char *version, struct error *error)
{
    return (version[0] && version[0] != '.' && version[0] != '-' && !strchr(version, '/')) ||
           error_set(error, ERROR_INPUT, "'%s' is no version", version);
}

/* A folder or a device must not find out at the end that it is replaced. */
static bool check_path(const char *path, struct error *error)
{
    struct stat status;
    return stat(path, &status) != 0 || S_ISREG(status.st_mode) ||
           error_set(error, ERROR_INPUT, "'%s' is no file that an archive can take the place of", path);
}

/* When the last campaign ended, or where nobody saw that, began: the one date that is in the database and does not change. */
static bool find_time(const struct report_model *model, int64_t *time_s, struct error *error)
{
    double last = 0;
    for (size_t i = 0; i < model->campaigns.count; i++) {
        const struct store_campaign_row *campaign = &model->campaigns.items[i];
        last = fmax(last, clock_iso8601_seconds(campaign->ended_at ? campaign->ended_at : campaign->started_at));
    }
    *time_s = (int64_t)last;
    return *time_s > 0 || error_set(error, ERROR_INPUT, "nothing of version '%s' was measured yet", model->row.version);
}

static bool refuse(const struct secret_search *search, struct error *error)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < search->findings.count; i++)
        text_append_format(&text, "\n  %s", search->findings.items[i]);
    error_set(error, ERROR_ANSWER_NO, "no bundle was written, for these would be given away:%s", text.bytes);
    text_release(&text);
    return false;
}

static void add_name(struct secret_search *search, const char *what, const char *name, size_t longer_than)
{
    if (name && strlen(name) > longer_than)
        secret_search_add(search, what, name);
}

/* What is no secret, but tells of the machine and its owner. A short name is found in words. */
static bool say_names(const struct contents *contents, struct store *store, struct error *error)
{
    char host[256] = "";
    const char *user = getenv("USER");
    struct secret_search search;
    secret_search_begin(&search, NULL);
    gethostname(host, sizeof host - 1);
    add_name(&search, "the name of this host", host, 3);
    add_name(&search, "the path of your home folder", getenv("HOME"), 1);
    add_name(&search, "your name", string_equal(user, "root") ? NULL : user, 3);
    bool ok = secret_search_folder(&search, contents->folder, BUNDLE_SETUP "/drivers", error) &&
              secret_search_database(&search, store, BUNDLE_DATABASE, error);
    for (size_t i = 0; ok && i < search.findings.count; i++)
        fprintf(stderr, "kbench: given away with the bundle: %s\n", search.findings.items[i]);
    secret_search_release(&search);
    return ok;
}

static bool check_secrets(const struct contents *contents, struct error *error)
{
    struct secret_search search;
    char *database = string_format("%s/" BUNDLE_DATABASE, contents->folder);
    struct store *store = store_open_read_only(database, error);
    secret_search_begin(&search, contents->request->environment);
    bool ok = store && secret_search_folder(&search, contents->folder, BUNDLE_SETUP "/drivers", error) &&
              secret_search_database(&search, store, BUNDLE_DATABASE, error);
    if (ok && search.findings.count)
        ok = refuse(&search, error);
    ok = ok && (!contents->request->say || say_names(contents, store, error));
    secret_search_release(&search);
    store_close(store);
    free(database);
    return ok;
}

static bool fill(struct contents *contents, const char *scratch, struct error *error)
{
    return contents_add_data(contents, scratch, error) && interrupt_check(error) &&
           contents_add_setup(contents, error) && contents_add_source(contents, error) &&
           contents_add_post(contents, error) && contents_add_readme(contents, error) && interrupt_check(error);
}

static void release(struct contents *contents)
{
    report_model_release(&contents->model);
    free(contents->folder);
    free(contents->source);
    free(contents->no_source);
}

bool bundle_write(const struct bundle_request *request, struct error *error)
{
    struct contents contents = {.request = request, .model = {.verification = {.id = STORE_ABSENT}}};
    int64_t time_s;
    char *scratch = NULL, *name = NULL;
    bool ok = false;
    if (!check_version(request->version, error) || !check_path(request->path, error) ||
        !(scratch = file_make_temporary_folder(error)))
        goto done;
    name = string_format("kbench-%s", request->version);
    contents.folder = string_format("%s/%s", scratch, name);
    ok = file_make_folder(contents.folder, error) && fill(&contents, scratch, error) &&
         find_time(&contents.model, &time_s, error) && check_secrets(&contents, error) && interrupt_check(error) &&
         sums_write(contents.folder, error) && archive_write(scratch, name, time_s, request->path, error);
    if (ok && request->say && contents.no_source)
        fprintf(stderr, "kbench: the bundle has no sources: %s\n", contents.no_source);
done:
    if (scratch)
        file_remove_tree(scratch, NULL);
    release(&contents);
    free(scratch);
    free(name);
    return ok;
}
