/* SPDX-License-Identifier: Apache-2.0 */
/* All charts of a report, in a folder. */
#include "base/file.h"
#include "base/interrupt.h"
#include "report/charts_data.h"
#include "report/format.h"

#include "base/banned.h"

/* A file name of its own for each case, also where two cases differ only in what a file name cannot hold. */
static char *chart_name(const struct report_charts *charts, enum report_chart chart,
                        const struct report_case *report_case)
{
    if (!report_case)
        return string_copy(report_chart_name(chart));
    char *safe = format_file_name(report_case->c->name);
    char *name = string_format("%s-%s", report_chart_name(chart), safe);
    for (int i = 2; string_list_contains(&charts->names[chart], name); i++) {
        free(name);
        name = string_format("%s-%s-%d", report_chart_name(chart), safe, i);
    }
    free(safe);
    return name;
}

static bool write_chart(const struct chart_subject *subject, enum report_chart chart, const char *folder,
                        struct report_charts *charts, struct error *error)
{
    char *name = chart_name(charts, chart, subject->report_case);
    char *path = string_format("%s/%s", folder, name);
    bool drawn = false, ok = interrupt_check(error) && chart_draw(chart, subject, path, true, &drawn, error);
    string_list_push(&charts->names[chart], ok && drawn ? name : "");
    free(path);
    free(name);
    return ok;
}

static bool write_all(const struct report_model *model, const char *folder, struct report_charts *charts,
                      struct error *error)
{
    struct chart_subject subject = {.model = model, .other = charts->other};
    bool ok = true;
    for (int chart = 0; ok && chart < CHART_COUNT; chart++) {
        subject.report_case = NULL;
        if (!report_chart_is_of_case((enum report_chart)chart))
            ok = write_chart(&subject, (enum report_chart)chart, folder, charts, error);
        else
            for (size_t i = 0; ok && i < model->case_count; i++) {
                subject.report_case = &model->cases[i];
                ok = write_chart(&subject, (enum report_chart)chart, folder, charts, error);
            }
    }
    return ok;
}

bool report_charts_write(const struct report_model *model, const struct report_model *other, const char *out_folder,
                         struct report_charts *charts, struct error *error)
{
    *charts = (struct report_charts){.other = other, .missing = report_charts_missing()};
    if (charts->missing)
        return true;
    char *folder = string_format("%s/charts", out_folder);
    bool ok = file_make_folder(folder, error) && write_all(model, folder, charts, error);
    free(folder);
    return ok;
}

void report_charts_release(struct report_charts *charts)
{
    for (int i = 0; i < CHART_COUNT; i++)
        string_list_release(&charts->names[i]);
    free(charts->missing);
}
