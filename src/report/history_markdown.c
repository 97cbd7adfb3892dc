/* SPDX-License-Identifier: Apache-2.0 */
/* The table of versions, in Markdown, and the sections of report.md. */
#include <inttypes.h>

#include "report/history.h"
#include "report/markdown_cells.h"
#include "report/origin.h"

#include "base/banned.h"

#define DAY_LENGTH 10  /* of "2026-11-25T02:39:40.123Z" */
#define HASH_LENGTH 12 /* as much of a hash as tells two apart */

/* "2026-11-25", or "2026-11-24 to 2026-11-25"; campaigns that died have no end. */
static void days_cell(const struct store_revision *row, struct text *text)
{
    const char *first = row->first_started, *last = row->last_ended ? row->last_ended : first;
    char *days = !first ? NULL
                 : strncmp(first, last, DAY_LENGTH) == 0
                     ? string_format("%.*s", DAY_LENGTH, first)
                     : string_format("%.*s to %.*s", DAY_LENGTH, first, DAY_LENGTH, last);
    cell_text(text, days);
    free(days);
}

static void short_cell(const char *hash, struct text *text)
{
    if (hash && hash[0])
        text_append_format(text, " `%.*s` |", HASH_LENGTH, hash);
    else
        cell_text(text, NULL);
}

static void revision_row(const struct history_revision *revision, struct text *text)
{
    const struct store_revision *row = &revision->row;
    const char *mark = revision->is_own ? "**" : "";
    text_append_format(text, "| %s", mark);
    format_markdown(text, row->version);
    text_append_format(text, "%s | %d |", mark, row->revision);
    cell_text(text, row->title);
    cell_text(text, row->supersedes);
    days_cell(row, text);
    short_cell(row->sha256, text);
    cell_text(text, row->campaigns);
    text_append_format(text, " %" PRId64 " of %" PRId64 " |", row->trials_ok, row->trials);
    cell_text(text, row->kbench_versions);
    short_cell(row->git_commit, text);
    text_append_char(text, '\n');
}

/* Numbers that others published were not measured here: there is nothing to say of revision, campaigns and trials. */
static void table_row(const struct history_table *table, struct text *text)
{
    const struct store_publication_rows *from = &table->publications;
    text_append(text, "| ");
    format_markdown(text, table->version);
    text_append_format(text, " | %s |", origin_of(&table->rows)->word);
    cell_text(text, from->count ? from->items[0].title : NULL);
    cell_text(text, NULL);
    cell_text(text, from->count ? from->items[0].date : NULL);
    for (int i = 0; i < 2; i++)
        cell_text(text, NULL);
    text_append_format(text, " none here, %zu numbers |", table->rows.count);
    cell_text(text, NULL);
    short_cell(from->count ? from->items[0].commit : NULL, text);
    text_append_char(text, '\n');
}

void report_markdown_versions(const struct history *history, struct text *text)
{
    text_append(text, "| Version | Revision | Title | Supersedes | Measured (UTC) | Definition, SHA-256 | Campaigns | "
                      "Trials ok | kbench | Git commit |\n"
                      "| --- | ---: | --- | --- | --- | --- | --- | ---: | --- | --- |\n");
    for (size_t i = history->revision_count; i-- > 0;)
        revision_row(&history->revisions[i], text);
    for (size_t i = 0; i < history->table_count; i++)
        table_row(&history->tables[i], text);
    text_append_char(text, '\n');
    if (history->is_cut)
        text_append(text, "There are earlier ones in this database, too far from this version to be listed here.\n\n");
    if (history->unknown.count == 0)
        return;
    char *names = format_list(&history->unknown);
    text_append(text, "Superseded too, and not in this database: ");
    format_markdown(text, names);
    text_append(text, ".\n\n");
    free(names);
}

void report_markdown_history(const struct history *history, struct text *text)
{
    text_append(text, "\n## Versions of this experiment\n\n");
    report_markdown_versions(history, text);
    text_append(text, "## What changed\n\n");
    report_markdown_changes(history, text);
    if (history->table_count)
        text_append(text, "## Published numbers beside the measured ones\n\n");
    report_markdown_published(history, text);
}
