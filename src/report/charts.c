/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charts: a data file per chart, drawn by a script of plots/ that gnuplot reads. The scripts get everything as arguments
 * and data, so that text from outside is never part of a script.
 */
#include <errno.h>
#include <math.h>
#include <stdio.h>

#include "base/file.h"
#include "base/process.h"
#include "report/charts_data.h"
#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

#define GNUPLOT_TIMEOUT_MS 60000
#define GNUPLOT_OUTPUT_LIMIT ((size_t)64 * 1024)
#define TITLE_LIMIT 88

static const char *const chart_names[CHART_COUNT] = {"throughput", "latency", "timeline", "efficiency"};

static double warmup_s(const struct report_case *report_case)
{
    for (size_t i = 0; i < report_case->pair_count; i++)
        for (size_t j = 0; j < report_case->pairs[i].trial_count; j++)
            if (isfinite(report_case->pairs[i].trials[j].row->warmup_s))
                return report_case->pairs[i].trials[j].row->warmup_s;
    return 0;
}

static bool move_into_place(const char *from, const char *to, struct error *error)
{
    return rename(from, to) == 0 ? true : error_set_errno(error, errno, "cannot write '%s'", to);
}

static bool draw(const char *script, const char *path, const char *title, const char *styles, const char *warmup,
                 struct error *error)
{
    bool ok = false;
    char *script_path = string_format("%s/plots/%s.gp", file_home(), script);
    char *data = string_format("%s.dat", path), *svg = string_format("%s.svg", path),
         *png = string_format("%s.png", path);
    char *new_svg = string_format("%s.svg.new", path), *new_png = string_format("%s.png.new", path);
    struct text messages = TEXT_INIT;
    struct process_result result;
    const char *arguments[] = {"gnuplot", "-c", script_path, data, new_svg, new_png, title, styles, warmup, NULL};
    struct process_spec spec = {.arguments = arguments};
    if (!process_run(&spec, GNUPLOT_TIMEOUT_MS, GNUPLOT_OUTPUT_LIMIT, NULL, &messages, &result, error))
        goto done;
    if (result.status != 0) {
        error_set(error, ERROR_UNAVAILABLE, "gnuplot could not draw '%s': %s", data, messages.bytes);
        goto done;
    }
    ok = move_into_place(new_svg, svg, error) && move_into_place(new_png, png, error);
done:
    text_release(&messages);
    free(new_png);
    free(new_svg);
    free(png);
    free(svg);
    free(data);
    free(script_path);
    return ok;
}

/* A file name of its own for each case, also where two cases differ only in what a file name cannot hold. */
static char *chart_name(const struct report_charts *charts, enum report_chart chart, const char *case_name)
{
    char *safe = format_file_name(case_name);
    char *name = string_format("%s-%s", chart_names[chart], safe);
    for (int i = 2; string_list_contains(&charts->names[chart], name); i++) {
        free(name);
        name = string_format("%s-%s-%d", chart_names[chart], safe, i);
    }
    free(safe);
    return name;
}

static bool write_chart(const struct report_case *report_case, enum report_chart chart, const char *folder,
                        struct report_charts *charts, struct error *error)
{
    static bool (*const data[CHART_COUNT])(const struct report_case *, struct text *,
                                           struct text *) = {chart_throughput_data, chart_latency_data,
                                                             chart_timeline_data, chart_efficiency_data};
    struct text points = TEXT_INIT, styles = TEXT_INIT, title = TEXT_INIT;
    if (!data[chart](report_case, &points, &styles)) {
        string_list_push(&charts->names[chart], "");
        text_release(&points);
        text_release(&styles);
        return true;
    }
    char *name = chart_name(charts, chart, report_case->c->name);
    char *path = string_format("%s/%s", folder, name), *file = string_format("%s.dat", path);
    char *warmup = string_format("%.9g", warmup_s(report_case));
    format_gnuplot(&title, report_case->c->title, TITLE_LIMIT);
    title.bytes[--title.length] = '\0'; /* without the quotation marks: it is an argument, not data */
    bool ok = file_write(file, points.bytes, points.length, error) &&
              draw(chart_names[chart], path, title.bytes + 1, styles.bytes, warmup, error);
    string_list_push(&charts->names[chart], ok ? name : "");
    free(warmup);
    free(file);
    free(path);
    free(name);
    text_release(&title);
    text_release(&styles);
    text_release(&points);
    return ok;
}

/* Why there can be no charts, or NULL. The caller frees. */
static char *find_gnuplot(void)
{
    const char *arguments[] = {"gnuplot", "--version", NULL};
    struct process_spec spec = {.arguments = arguments};
    struct process_result result;
    struct error error = ERROR_INIT;
    if (!process_run(&spec, GNUPLOT_TIMEOUT_MS, GNUPLOT_OUTPUT_LIMIT, NULL, NULL, &result, &error))
        return string_copy(error.message);
    return result.status == 0 ? NULL : string_copy("'gnuplot --version' failed");
}

bool report_charts_write(const struct report_model *model, const char *out_folder, struct report_charts *charts,
                         struct error *error)
{
    char *folder = string_format("%s/charts", out_folder);
    charts->missing = find_gnuplot();
    bool ok = charts->missing || file_make_folder(folder, error);
    for (size_t i = 0; ok && !charts->missing && i < model->case_count; i++)
        for (int chart = 0; ok && chart < CHART_COUNT; chart++)
            ok = write_chart(&model->cases[i], (enum report_chart)chart, folder, charts, error);
    free(folder);
    return ok;
}

void report_charts_release(struct report_charts *charts)
{
    for (int i = 0; i < CHART_COUNT; i++)
        string_list_release(&charts->names[i]);
    free(charts->missing);
}
