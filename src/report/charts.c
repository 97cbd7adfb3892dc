/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Charts: a data file per chart, drawn by a script of plots/ that gnuplot reads. The scripts get everything as arguments
 * and data, so that text from outside is never part of a script.
 */
#include <errno.h>
#include <stdio.h>
#include <unistd.h>

#include "base/file.h"
#include "base/process.h"
#include "report/charts_data.h"
#include "report/format.h"
#include "report/writers.h"

#include "base/banned.h"

#define GNUPLOT_TIMEOUT_MS 60000
#define GNUPLOT_OUTPUT_LIMIT ((size_t)64 * 1024)
#define SVG_LIMIT ((size_t)256 * 1024 * 1024)
#define SCRIPT_LIMIT ((size_t)1024 * 1024)
#define HEADING_WIDTH 68.0

static const struct {
    const char *name;
    bool is_of_case;
    bool (*data)(const struct chart_subject *subject, struct chart_data *data);
} charts[CHART_COUNT] = {
    [CHART_THROUGHPUT] = {"throughput", true, chart_throughput_data},
    [CHART_RATIO] = {"ratio", true, chart_ratio_data},
    [CHART_LATENCY] = {"latency", true, chart_latency_data},
    [CHART_TIMELINE] = {"timeline", true, chart_timeline_data},
    [CHART_EFFICIENCY] = {"efficiency", true, chart_efficiency_data},
    [CHART_VERSIONS] = {"versions", true, chart_versions_data},
    [CHART_TRIALS] = {"trials", false, chart_trials_data},
};

const char *report_chart_name(enum report_chart chart)
{
    return charts[chart].name;
}

int report_chart_from_name(const char *name)
{
    for (int chart = 0; chart < CHART_COUNT; chart++)
        if (string_equal(charts[chart].name, name))
            return chart;
    return -1;
}

bool report_chart_is_of_case(enum report_chart chart)
{
    return charts[chart].is_of_case;
}

/* The files of one chart. gnuplot writes beside them, and what it wrote is then moved into place. */
struct files {
    char *data, *svg, *png, *new_svg, *new_png; /* new_png "": no PNG is wanted */
};

static struct files name_files(const char *path, bool all)
{
    return (struct files){
        .data = string_format(all ? "%s.dat" : "%s.dat.new", path),
        .svg = string_format("%s.svg", path),
        .png = string_format("%s.png", path),
        .new_svg = string_format("%s.svg.new", path),
        .new_png = all ? string_format("%s.png.new", path) : string_copy(""),
    };
}

static void release_files(struct files *files)
{
    free(files->data);
    free(files->svg);
    free(files->png);
    free(files->new_svg);
    free(files->new_png);
}

/* The caller frees. */
static char *heading_of(const struct chart_subject *subject)
{
    struct text text = TEXT_INIT;
    chart_label(&text, subject->report_case ? subject->report_case->c->title : subject->model->experiment->title,
                HEADING_WIDTH, 1);
    char *heading = string_copy(text.bytes + 1); /* without the quotation marks: it is an argument, not data */
    heading[strlen(heading) - 1] = '\0';
    text_release(&text);
    return heading;
}

/* In the order in which the scripts number them. */
static void list_arguments(enum report_chart chart, const struct chart_subject *subject, const struct chart_data *data,
                           const struct files *files, struct string_list *arguments)
{
    char *heading = heading_of(subject);
    bool covered = chart_text_is_covered(heading) && chart_text_is_covered(data->points.bytes);
    string_list_push(arguments, "gnuplot");
    string_list_push(arguments, "-c");
    string_list_push_format(arguments, "%s/plots/%s.gp", file_home(), charts[chart].name);
    string_list_push(arguments, files->data);
    string_list_push(arguments, files->new_svg);
    string_list_push(arguments, files->new_png);
    string_list_push(arguments, heading);
    string_list_push(arguments, data->styles.bytes);
    string_list_push(arguments, covered ? "pngcairo" : "png");
    for (size_t i = 0; i < data->arguments.count; i++)
        string_list_push(arguments, data->arguments.items[i]);
    free(heading);
}

static bool run_gnuplot(enum report_chart chart, const struct chart_subject *subject, const struct chart_data *data,
                        const struct files *files, struct error *error)
{
    struct string_list arguments = {0};
    list_arguments(chart, subject, data, files, &arguments);
    struct text messages = TEXT_INIT;
    struct process_result result;
    struct process_spec spec = {.arguments = (const char *const *)arguments.items};
    bool ok = process_run(&spec, GNUPLOT_TIMEOUT_MS, GNUPLOT_OUTPUT_LIMIT, NULL, &messages, &result, error);
    if (ok && result.status != 0)
        ok = error_set(error, ERROR_UNAVAILABLE, "gnuplot could not draw '%s': %s", files->data, messages.bytes);
    text_release(&messages);
    string_list_release(&arguments);
    return ok;
}

static bool write_svg(enum report_chart chart, const struct chart_subject *subject, const struct files *files,
                      const char *path, struct error *error)
{
    struct text drawn = TEXT_INIT, description = TEXT_INIT, svg = TEXT_INIT;
    const char *slash = strrchr(path, '/');
    char *name = format_file_name(slash ? slash + 1 : path);
    report_chart_describe(subject->model, subject->other, chart, subject->report_case, &description);
    bool ok = file_read(files->new_svg, SVG_LIMIT, &drawn, error) &&
              chart_svg_rewrite(drawn.bytes, name, description.bytes, &svg, error) &&
              file_write(files->svg, svg.bytes, svg.length, error);
    free(name);
    text_release(&svg);
    text_release(&description);
    text_release(&drawn);
    return ok;
}

static bool move_into_place(const char *from, const char *to, struct error *error)
{
    return rename(from, to) == 0 ? true : error_set_errno(error, errno, "cannot write '%s'", to);
}

bool chart_draw(enum report_chart chart, const struct chart_subject *subject, const char *path, bool all, bool *drawn,
                struct error *error)
{
    struct chart_data data;
    struct files files = name_files(path, all);
    chart_data_init(&data);
    *drawn = charts[chart].data(subject, &data);
    bool ok = !*drawn ||
              (file_write(files.data, data.points.bytes, data.points.length, error) &&
               run_gnuplot(chart, subject, &data, &files, error) && write_svg(chart, subject, &files, path, error) &&
               (!all || move_into_place(files.new_png, files.png, error)));
    if (*drawn && !all)
        unlink(files.data);
    unlink(files.new_svg);
    if (all && !ok)
        unlink(files.new_png);
    chart_data_release(&data);
    release_files(&files);
    return ok;
}

bool report_chart_draw(const struct report_model *model, const struct report_model *other, enum report_chart chart,
                       const struct report_case *report_case, const char *path, bool *drawn, struct error *error)
{
    *drawn = false;
    if (!report_case && charts[chart].is_of_case)
        return error_set(error, ERROR_INPUT, "chart '%s' is of one case, and none is given", charts[chart].name);
    return chart_draw(chart, &(struct chart_subject){model, other, report_case}, path, false, drawn, error);
}

/* A part ends with a NUL, so that no two different lists of parts are the same bytes. */
static void add_part(struct text *text, const char *part)
{
    text_append_bytes(text, part, strlen(part) + 1);
}

static bool add_script(struct text *text, const char *name, struct error *error)
{
    char *path = string_format("%s/plots/%s.gp", file_home(), name);
    bool ok = file_read(path, SCRIPT_LIMIT, text, error);
    free(path);
    return ok;
}

static void add_data(struct text *text, enum report_chart chart, const struct chart_subject *subject,
                     const struct chart_data *data)
{
    struct text description = TEXT_INIT;
    char *heading = heading_of(subject);
    report_chart_describe(subject->model, subject->other, chart, subject->report_case, &description);
    add_part(text, heading);
    add_part(text, description.bytes);
    add_part(text, data->styles.bytes);
    add_part(text, data->points.bytes);
    for (size_t i = 0; i < data->arguments.count; i++)
        add_part(text, data->arguments.items[i]);
    text_release(&description);
    free(heading);
}

bool report_chart_source(const struct report_model *model, const struct report_model *other, enum report_chart chart,
                         const struct report_case *report_case, char source[65], bool *shown, struct error *error)
{
    struct chart_subject subject = {model, other, report_case};
    struct chart_data data;
    struct text text = TEXT_INIT;
    chart_data_init(&data);
    *shown = charts[chart].data(&subject, &data);
    add_data(&text, chart, &subject, &data);
    bool ok = add_script(&text, charts[chart].name, error) && add_script(&text, "style", error);
    if (ok)
        file_sha256_hex(text.bytes, text.length, source);
    text_release(&text);
    chart_data_release(&data);
    return ok;
}

char *report_charts_missing(void)
{
    const char *arguments[] = {"gnuplot", "--version", NULL};
    struct process_spec spec = {.arguments = arguments};
    struct process_result result;
    struct error error = ERROR_INIT;
    if (!process_run(&spec, GNUPLOT_TIMEOUT_MS, GNUPLOT_OUTPUT_LIMIT, NULL, NULL, &result, &error))
        return string_copy(error.message);
    return result.status == 0 ? NULL : string_copy("'gnuplot --version' failed");
}
