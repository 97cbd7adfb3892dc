/* SPDX-License-Identifier: Apache-2.0 */
/* Charts: their SVGs stand in the page as gnuplot drew them, with what is to be seen in words below. */
#include "base/file.h"
#include "report/html_parts.h"

#include "base/banned.h"

#define SVG_LENGTH_MAX ((size_t)16 * 1024 * 1024)

static bool append_svg(struct html *html, const char *folder, const char *name, struct error *error)
{
    struct text svg = TEXT_INIT;
    char *path = string_format("%s/%s.svg", folder, name);
    bool ok = file_read(path, SVG_LENGTH_MAX, &svg, error);
    const char *root = strstr(svg.bytes, "<svg"); /* what stands before it is for a file of its own */
    if (ok && !root)
        ok = error_set(error, ERROR_INPUT, "'%s' is no SVG", path);
    if (ok)
        text_append(html->text, root);
    free(path);
    text_release(&svg);
    return ok;
}

static bool append_chart(struct html *html, const struct report_page *page, enum report_chart chart,
                         const struct report_case *report_case, const char *name, struct error *error)
{
    struct text description = TEXT_INIT;
    report_chart_describe(page->model, page->charts->other, chart, report_case, &description);
    text_append_format(
        html->text,
        "<figure class=\"chart\"><div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"Chart %s\">"
        "<div role=\"img\" aria-labelledby=\"caption-%s\">\n",
        name, name);
    bool ok = append_svg(html, page->charts_folder, name, error);
    text_append_format(html->text, "</div></div>\n<figcaption id=\"caption-%s\">", name);
    format_html(html->text, description.bytes);
    text_append(html->text, "</figcaption></figure>\n");
    text_release(&description);
    return ok;
}

bool html_charts(struct html *html, const struct report_page *page, const struct report_case *report_case,
                 struct error *error)
{
    bool ok = true;
    size_t at = report_case ? (size_t)(report_case - page->model->cases) : 0;
    for (int chart = 0; ok && page->charts && chart < CHART_COUNT; chart++) {
        const struct string_list *names = &page->charts->names[chart];
        if (report_chart_is_of_case((enum report_chart)chart) == (report_case != NULL) && at < names->count &&
            names->items[at][0])
            ok = append_chart(html, page, (enum report_chart)chart, report_case, names->items[at], error);
    }
    return ok;
}
