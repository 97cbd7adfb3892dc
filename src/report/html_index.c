/* SPDX-License-Identifier: Apache-2.0 */
/* The index over the versions of a database. */
#include <inttypes.h>

#include "base/file.h"
#include "report/html_frame.h"
#include "report/html_parts.h"
#include "store/revision.h"

#include "base/banned.h"

/* A page is of a version's newest revision; revisions rise, version by version. */
static bool is_newest(const struct store_revision_rows *rows, size_t index)
{
    return index + 1 == rows->count || !string_equal(rows->items[index + 1].version, rows->items[index].version);
}

static void version_cell(struct html *html, const struct store_revision *row, const char *folder, bool newest)
{
    char *page = string_format("%s/%s/report.html", folder, row->version);
    bool linked = newest && file_exists(page);
    text_append(html->text, "<tr><th scope=\"row\">");
    if (linked) {
        text_append(html->text, "<a href=\"./");
        format_html(html->text, row->version);
        text_append(html->text, "/report.html\">");
    }
    format_html(html->text, row->version);
    text_append_format(html->text, ", revision %d%s</th>", row->revision, linked ? "</a>" : "");
    free(page);
}

static void row_of(struct html *html, const struct store_revision *row, const char *folder, bool newest)
{
    version_cell(html, row, folder, newest);
    html_cell_text(html, row->title);
    html_cell_text(html, row->supersedes);
    html_cell_time(html, row->first_started);
    html_cell_time(html, row->last_ended);
    html_cell_text(html, row->campaigns);
    html_cell_count(html, row->trials_ok);
    html_cell_count(html, row->trials);
    html_cell_text(html, row->kbench_versions);
    html_cell_code(html, row->sha256);
    text_append(html->text, "</tr>\n");
}

static void table(struct html *html, const struct store_revision_rows *rows, const char *folder)
{
    static const struct {
        const char *title, *class;
    } columns[] = {{"Version", NULL},       {"Title", NULL},
                   {"Supersedes", NULL},    {"First started (UTC)", NULL},
                   {"Last ended", NULL},    {"Campaigns", NULL},
                   {"Trials ok", "number"}, {"Trials", "number"},
                   {"kbench", NULL},        {"Definition, SHA-256", NULL}};
    html_table_begin(html, "versions sortable",
                     "Versions and revisions in the database; a linked one has its page beside this");
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        html_column(html, columns[i].title, columns[i].class);
    html_table_rows(html);
    for (size_t i = 0; i < rows->count; i++)
        row_of(html, &rows->items[i], folder, is_newest(rows, i));
    html_table_end(html);
}

bool report_html_index(struct store *store, const char *folder, struct text *text, struct error *error)
{
    struct html_frame frame;
    struct html html = {.text = text, .page = true};
    struct store_revision_rows rows = {0};
    if (!html_frame_load(&frame, error))
        return false;
    bool ok = store_read_revisions(store, &rows, error);
    html_frame_begin(&frame, "kbench: versions", text);
    text_append(text, "<header>\n<p class=\"kind\">kbench</p>\n<h1>Versions in this database</h1>\n</header>\n"
                      "<main id=\"content\">\n");
    if (rows.count)
        table(&html, &rows, folder);
    else
        html_paragraph(&html, "There is none yet.");
    text_append(text, "</main>\n");
    html_frame_end(&frame, text);
    store_revision_rows_release(&rows);
    html_frame_release(&frame);
    return ok;
}
