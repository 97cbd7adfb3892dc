/* SPDX-License-Identifier: Apache-2.0 */
/* What was measured, and what is said of it. */
#include "base/file.h"
#include "bundle/contents.h"
#include "bundle/tree.h"
#include "report/excerpt.h"
#include "report/report.h"
#include "store/provenance.h"

#include "base/banned.h"

static bool write_report(struct store *store, const char *version, const char *folder, struct error *error)
{
    struct report_options options = {.version = version,
                                     .out_folder = folder,
                                     .markdown = true,
                                     .html = true,
                                     .csv = true,
                                     .json = true,
                                     .charts = true};
    return report_write(store, true, &options, error);
}

/* The report is of the excerpt, so that it tells what the reader has. It stores its summaries and verdicts there; then that database
 * is cut out of itself, for the bytes of a file depend on how often it was written. */
static bool add_database(const struct contents *contents, const char *scratch, struct error *error)
{
    const struct bundle_request *request = contents->request;
    char *working = string_format("%s/excerpt.db", scratch), *report = string_format("%s/report", contents->folder);
    char *database = string_format("%s/" BUNDLE_DATABASE, contents->folder);
    struct store *store = NULL;
    bool ok = report_excerpt(request->store, request->version, request->revision, false, working, error) &&
              (store = store_open(working, error)) && write_report(store, request->version, report, error) &&
              report_excerpt(store, request->version, request->revision, false, database, error);
    store_close(store);
    free(working);
    free(report);
    free(database);
    return ok;
}

/* The folder's name is none of the version's: a version may hold anything that a file's name may. */
static bool add_definition(const struct contents *contents, struct store *store, struct error *error)
{
    const struct store_experiment_row *row = &contents->model.row;
    char *written = string_format("%s/definition/%s.yaml", contents->folder, row->version);
    char *canonical = string_format("%s/definition/" BUNDLE_CANONICAL, contents->folder);
    char *as_written = store_read_as_written(store, row->id, error);
    bool ok = as_written &&
              tree_write(written, &(struct text){.bytes = as_written, .length = strlen(as_written)}, error) &&
              tree_write(canonical, &(struct text){.bytes = row->canonical, .length = strlen(row->canonical)}, error);
    free(as_written);
    free(written);
    free(canonical);
    return ok;
}

bool contents_add_data(struct contents *contents, const char *scratch, struct error *error)
{
    char *database = string_format("%s/" BUNDLE_DATABASE, contents->folder);
    struct store *store = NULL;
    bool ok = add_database(contents, scratch, error) && (store = store_open_read_only(database, error)) &&
              report_model_load(store, contents->request->version, &contents->model, error) &&
              add_definition(contents, store, error);
    store_close(store);
    free(database);
    return ok;
}
