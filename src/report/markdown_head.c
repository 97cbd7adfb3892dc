/* SPDX-License-Identifier: Apache-2.0 */
#include "report/format.h"
#include "report/head.h"
#include "report/markdown.h"

#include "base/banned.h"

void report_markdown_head(const struct report_model *model, struct text *text)
{
    struct string_list names = {0}, values = {0};
    report_head(model, &names, &values);
    text_append(text, "| Where the numbers are from | |\n| --- | --- |\n");
    for (size_t i = 0; i < names.count; i++) {
        text_append_format(text, "| %s | ", names.items[i]);
        format_markdown(text, values.items[i]);
        text_append(text, " |\n");
    }
    string_list_release(&names);
    string_list_release(&values);
}
