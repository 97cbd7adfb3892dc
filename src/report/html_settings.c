/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between the runs of a case beside the client. */
#include "report/difference.h"
#include "report/html_parts.h"
#include "report/wording.h"

#include "base/banned.h"

/* The client's own name stands behind the value, since its unit may be another than Kafka's. */
static void setting_cell(struct html *html, const struct report_pair *pair, const char *canonical)
{
    const struct report_setting *setting = difference_setting(pair, canonical);
    char *value = wording_setting_value(setting), *native = setting ? format_list(&setting->natives) : NULL;
    text_append(html->text, "<td>");
    format_html(html->text, value);
    if (native && native[0] && !string_equal(native, canonical)) {
        text_append_char(html->text, ' ');
        html_element(html, "small", NULL, native);
    }
    text_append(html->text, "</td>");
    free(native);
    free(value);
}

/* Of the runs that have trials: the others had no chance to tell. */
static void deciding_table(struct html *html, const struct report_case *report_case, const struct string_list *names)
{
    html_table_begin(
        html, NULL,
        "What differs between the clients beside the client: settings that decide throughput and latency, as "
        "the clients report them. Small: the client's own name, whose unit may be another.");
    html_column(html, "Setting", NULL);
    for (size_t i = 0; i < report_case->pair_count; i++)
        if (report_case->pairs[i].trial_count > 0)
            html_column(html, report_case->pairs[i].run->title, NULL);
    html_table_rows(html);
    for (size_t i = 0; i < names->count; i++) {
        text_append(html->text, "<tr>");
        text_append(html->text, "<th scope=\"row\">");
        format_html(html->text, names->items[i]);
        text_append(html->text, "</th>");
        for (size_t j = 0; j < report_case->pair_count; j++)
            if (report_case->pairs[j].trial_count > 0)
                setting_cell(html, &report_case->pairs[j], names->items[i]);
        text_append(html->text, "</tr>\n");
    }
    html_table_end(html);
}

static void sentence(struct html *html, const char *beginning, const char *list)
{
    if (!list[0])
        return;
    text_append_format(html->text, "<p>%s", beginning);
    format_html(html->text, list);
    text_append(html->text, ".</p>\n");
}

void html_settings(struct html *html, const struct report_case *report_case)
{
    struct differences differences;
    struct text others = TEXT_INIT;
    if (!report_case->has_trials)
        return;
    differences_find(report_case, &differences);
    if (differences.deciding.count)
        deciding_table(html, report_case, &differences.deciding);
    else
        html_paragraph(
            html, "No setting that decides throughput or latency differs between the clients, as far as they tell.");
    char *own = wording_own_settings(report_case);
    sentence(html, "Given to single clients under names of their own: ", own);
    for (size_t i = 0; i < differences.others.count; i++)
        text_append_format(&others, "%s%s", i ? ", " : "", differences.others.items[i]);
    sentence(html, "These differ too, and should not matter to a run without failures (an opened row has the values): ",
             others.bytes);
    free(own);
    text_release(&others);
    differences_release(&differences);
}
