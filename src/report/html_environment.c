/* SPDX-License-Identifier: Apache-2.0 */
/* The environments of the campaigns: the first whole, of the others what differs from it. */
#include <inttypes.h>

#include "report/html_parts.h"

#include "base/banned.h"

static void differences(struct html *html, const struct report_environment *environment,
                        const struct report_environment *first)
{
    for (size_t i = 0; i < environment->names.count; i++)
        if (!string_equal(report_environment_value(first, environment->names.items[i]), environment->values.items[i]))
            html_fact(html, environment->names.items[i], environment->values.items[i]);
    for (size_t i = 0; i < first->names.count; i++)
        if (!report_environment_value(environment, first->names.items[i]))
            html_fact(html, first->names.items[i], "(not there)");
}

void html_environments(struct html *html, const struct report_model *model)
{
    for (size_t i = 0; i < model->environment_count; i++) {
        const struct report_environment *environment = &model->environments[i];
        char *caption =
            string_format("Environment %" PRId64 "%s", environment->id, i ? ", where it differs from the first" : "");
        if (html->page)
            text_append_format(html->text, "<div id=\"environment-%" PRId64 "\">", environment->id);
        html_facts_begin(html, caption);
        for (size_t j = 0; i == 0 && j < environment->names.count; j++)
            html_fact(html, environment->names.items[j], environment->values.items[j]);
        if (i > 0)
            differences(html, environment, &model->environments[0]);
        html_table_end(html);
        if (html->page)
            text_append(html->text, "</div>\n");
        free(caption);
    }
    if (model->environment_count == 0)
        html_paragraph(html, "None is recorded.");
}
