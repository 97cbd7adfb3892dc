/* SPDX-License-Identifier: Apache-2.0 */
#include "report/report.h"

#include "base/file.h"
#include "report/history.h"
#include "report/html.h"
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

static bool write_page(struct store *store, const struct report_model *model, const struct report_options *options,
                       const struct report_charts *charts, const struct history *history, struct text *text,
                       struct error *error)
{
    char *charts_folder = string_format("%s/charts", options->out_folder);
    struct report_page page = {store, model, charts, charts_folder, history};
    bool ok = report_html(&page, text, error) && write_file(options->out_folder, "report.html", text, error);
    free(charts_folder);
    return ok;
}

static bool write_formats(struct store *store, const struct report_model *model, const struct report_options *options,
                          const struct report_charts *charts, const struct history *history, struct error *error)
{
    struct text text = TEXT_INIT;
    bool ok = true;
    if (options->markdown) {
        report_markdown(model, charts, &text);
        report_markdown_history(history, &text);
        ok = write_file(options->out_folder, "report.md", &text, error);
    }
    if (ok && options->html)
        ok = write_page(store, model, options, charts, history, &text, error);
    if (ok && options->csv) {
        report_csv_results(model, &text);
        ok = write_file(options->out_folder, "results.csv", &text, error);
    }
    if (ok && options->csv) {
        report_csv_summary(model, &text);
        ok = write_file(options->out_folder, "summary.csv", &text, error);
    }
    if (ok && options->json) {
        report_json(model, history, &text);
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

static bool write_all(struct store *store, const struct report_model *model, const struct report_options *options,
                      struct error *error)
{
    struct report_model other = {.baseline = -1};
    struct report_charts charts = {.missing = NULL};
    struct history history;
    if (!history_load(store, model, &history, error))
        return false;
    bool ok = report_other_load(store, model, &other, error) && file_make_folder(options->out_folder, error);
    if (ok && options->charts)
        ok = report_charts_write(model, other.experiment ? &other : NULL, options->out_folder, &charts, error);
    if (ok && charts.missing)
        fprintf(stderr, "kbench: the report has no charts: %s\n", charts.missing);
    ok = ok && write_formats(store, model, options, options->charts ? &charts : NULL, &history, error);
    report_charts_release(&charts);
    report_model_release(&other);
    history_release(&history);
    return ok;
}

bool report_write(struct store *store, bool writable, const struct report_options *options, struct error *error)
{
    struct report_model model;
    if (!report_model_load_all(store, options->version, options->include_disturbed, &model, error))
        return false;
    bool ok = report_claims_load(store, &model, error) && report_claims_compare(store, &model, error) &&
              write_all(store, &model, options, error);
    if (ok && writable && !options->include_disturbed)
        ok = store_findings(store, &model, error);
    report_model_release(&model);
    return ok;
}

bool report_write_index(struct store *store, const char *folder, struct error *error)
{
    struct text text = TEXT_INIT;
    bool ok = file_make_folder(folder, error) && report_html_index(store, folder, &text, error) &&
              write_file(folder, "index.html", &text, error);
    text_release(&text);
    return ok;
}
