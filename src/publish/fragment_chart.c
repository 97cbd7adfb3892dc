/* SPDX-License-Identifier: Apache-2.0 */
/* An image of a chart that lies beside the document. */
#include "publish/fragments.h"
#include "publish/markup.h"
#include "publish/publication.h"
#include "report/writers.h"

#include "base/banned.h"

static bool find_chart(const char *name, enum report_chart *chart, struct error *error)
{
    int found = report_chart_from_name(name);
    if (found >= 0) {
        *chart = (enum report_chart)found;
        return true;
    }
    struct string_list names = {0};
    for (int i = 0; i < CHART_COUNT; i++)
        string_list_push(&names, report_chart_name((enum report_chart)i));
    error_set(error, ERROR_INPUT, "there is no chart '%s'", name);
    error_suggest_from(error, name, &names);
    string_list_release(&names);
    return false;
}

/* The case that it is of, where the marker names one; *report_case NULL: of the version. */
static bool find_case(const struct publication *publication, const struct marker *marker, enum report_chart chart,
                      const struct report_case **report_case, struct error *error)
{
    const char *name = attributes_get(&marker->attributes, "case");
    *report_case = NULL;
    if (!name && report_chart_is_of_case(chart))
        return error_set(error, ERROR_INPUT, "the chart '%s' is of one case: case=CASE is missing",
                         report_chart_name(chart));
    if (name)
        *report_case = publication_case(publication, name, error);
    return !name || *report_case;
}

static bool find_other(struct publication *publication, const struct marker *marker, enum report_chart chart,
                       const struct report_model **other, struct error *error)
{
    const char *version = attributes_get(&marker->attributes, "against");
    *other = NULL;
    if (version && chart != CHART_VERSIONS)
        return error_set(error, ERROR_INPUT, "against=%s goes with kind=%s only", version,
                         report_chart_name(CHART_VERSIONS));
    if (version)
        *other = publication_charts_against(&publication->charts, publication->store, version, error);
    return !version || *other;
}

bool fragment_chart(struct publication *publication, const struct marker *marker, struct text *text,
                    struct error *error)
{
    const struct report_model *other;
    const struct report_case *report_case;
    enum report_chart chart;
    if (!find_chart(attributes_get(&marker->attributes, "kind"), &chart, error) ||
        !find_case(publication, marker, chart, &report_case, error) ||
        !find_other(publication, marker, chart, &other, error))
        return false;
    const struct chart_file *file =
        publication_charts_add(&publication->charts, &publication->model, other, chart, report_case, error);
    if (!file)
        return false;
    struct text alternative = TEXT_INIT;
    char *path = string_format("%s/%s.svg", publication->charts.link, file->name);
    report_chart_describe(&publication->model, other, chart, report_case, &alternative);
    markup_image(publication->document->format, path, alternative.bytes, text);
    free(path);
    text_release(&alternative);
    return true;
}
