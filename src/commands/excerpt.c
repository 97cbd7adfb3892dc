/* SPDX-License-Identifier: Apache-2.0 */
#include "commands/excerpt.h"

#include "base/file.h"
#include "exchange/output.h"
#include "report/excerpt.h"
#include "store/transfer.h"

#include "base/banned.h"

static bool write_text(const char *database, const char *path, struct error *error)
{
    struct output output;
    struct store *store = store_open_read_only(database, error);
    if (!store)
        return false;
    bool ok = output_open(&output, path, error) && store_dump(store, output.file, error);
    ok = output_close(&output, ok, error);
    store_close(store);
    return ok;
}

bool excerpt_write(const struct excerpt_request *request, const char *format, struct error *error)
{
    if (!string_equal(format, "sql")) {
        if (!request->path)
            return error_set(error, ERROR_INPUT, "--format db is a file: name it with --out");
        return report_excerpt(request->store, request->version, request->revision, request->compact, request->path,
                              error);
    }
    char *scratch = file_make_temporary_folder(error);
    if (!scratch)
        return false;
    char *database = string_format("%s/excerpt.db", scratch);
    bool ok = report_excerpt(request->store, request->version, request->revision, request->compact, database, error) &&
              write_text(database, request->path, error);
    file_remove_tree(scratch, NULL);
    free(database);
    free(scratch);
    return ok;
}
