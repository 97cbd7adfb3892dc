/* SPDX-License-Identifier: Apache-2.0 */
#include "report/format.h"
#include "report/schema_page.h"

#include "base/banned.h"

static void heading(const struct store_documentation_row *row, struct text *text)
{
    text_append_format(text, "## `%s`\n\n%s. ", row->table_name, row->is_view ? "View" : "Table");
    format_markdown(text, row->description);
    text_append(text, ".\n\n| Column | Type | Unit | What it is |\n| --- | --- | --- | --- |\n");
}

static void cell(const char *string, struct text *text)
{
    text_append_char(text, ' ');
    format_markdown(text, string ? string : "");
    text_append(text, string ? " |" : "|");
}

static void line(const struct store_documentation_row *row, struct text *text)
{
    text_append_format(text, "| `%s` |", row->column_name);
    cell(row->type, text);
    cell(row->unit, text);
    cell(row->description, text);
    text_append_char(text, '\n');
}

void report_markdown_schema(const struct store_documentation *documentation, const char *table, struct text *text)
{
    text_append(
        text,
        "# The results database\n\nSQLite. The views `results` and `summaries` are the public interface: their columns are "
        "only ever added to, while the tables may change with kbench. NULL means \"not known\", never 0.\n\n");
    for (size_t i = 0; i < documentation->count; i++) {
        const struct store_documentation_row *row = &documentation->items[i];
        if (table && !string_equal(table, row->table_name))
            continue;
        if (row->column_name[0]) {
            line(row, text);
            continue;
        }
        if (!string_ends_with(text->bytes, "\n\n"))
            text_append_char(text, '\n');
        heading(row, text);
    }
}
