/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "base/file.h"
#include "report/other.h"
#include "report/writers.h"

#include "base/banned.h"

static bool write_file(const char *folder, const char *name, struct text *text, struct error *error)
{
    char *path = string_format("%s/%s", folder, name);
    bool ok = file_write(path, text->bytes, text->length, error);
    free(path);
    text_clear(text);
    return ok;
}

static bool write_formats(const struct report_model *model, const struct report_options *options,
                          const struct report_charts *charts, struct error *error)
{
    struct text text = TEXT_INIT;
    bool ok = true;
    if (options->markdown) {
        report_markdown(model, charts, &text);
        ok = write_file(options->out_folder, "report.md", &text, error);
    }
    if (ok && options->csv) {
        report_csv_results(model, &text);
        ok = write_file(options->out_folder, "results.csv", &text, error);
    }
    if (ok && options->csv) {
        report_csv_summary(model, &text);
        ok = write_file(options->out_folder, "summary.csv", &text, error);
    }
    if (ok && options->json) {
        report_json(model, &text);
        ok = write_file(options->out_folder, "report.json", &text, error);
    }
    text_release(&text);
    return ok;
}

/* Summaries and verdicts: for those who ask the database. */
static bool store_findings(struct store *store, const struct report_model *model, struct error *error)
{
    size_t count;
    struct store_summary *rows = report_model_summaries(model, &count);
    bool ok = store_put_summaries(store, model->row.id, rows, count, error);
    free(rows);
    return ok && report_claims_store(store, model, error);
}

bool report_write(struct store *store, bool writable, const struct report_options *options, struct error *error)
{
    struct report_model model, other = {.experiment = NULL};
    struct report_charts charts = {.missing = NULL};
    if (!report_model_load_all(store, options->version, options->include_disturbed, &model, error))
        return false;
    bool ok = report_claims_load(store, &model, error) && report_claims_compare(store, &model, error) &&
              file_make_folder(options->out_folder, error);
    if (ok && options->charts)
        ok = report_other_load(store, &model, &other, error) &&
             report_charts_write(&model, other.experiment ? &other : NULL, options->out_folder, &charts, error);
    if (ok && charts.missing)
        fprintf(stderr, "kbench: the report has no charts: %s\n", charts.missing);
    ok = ok && write_formats(&model, options, options->charts ? &charts : NULL, error);
    if (ok && writable && !options->include_disturbed)
        ok = store_findings(store, &model, error);
    report_charts_release(&charts);
    report_model_release(&other);
    report_model_release(&model);
    return ok;
}
