/* SPDX-License-Identifier: Apache-2.0 */
#include "report/html_parts.h"

#include "base/banned.h"

static void attribute(struct html *html, const char *name, const char *value)
{
    text_append_format(html->text, " %s=\"", name);
    format_html(html->text, value);
    text_append_char(html->text, '"');
}

void html_element(struct html *html, const char *tag, const char *class, const char *string)
{
    text_append_format(html->text, "<%s", tag);
    if (class)
        attribute(html, "class", class);
    text_append_char(html->text, '>');
    format_html(html->text, string);
    text_append_format(html->text, "</%s>", tag);
}

void html_paragraph(struct html *html, const char *string)
{
    html_element(html, "p", NULL, string);
    text_append_char(html->text, '\n');
}

void html_list(struct html *html, const struct string_list *items)
{
    if (items->count == 0)
        return;
    text_append(html->text, "<ul>\n");
    for (size_t i = 0; i < items->count; i++) {
        html_element(html, "li", NULL, items->items[i]);
        text_append_char(html->text, '\n');
    }
    text_append(html->text, "</ul>\n");
}

void html_heading(struct html *html, int level, const char *id, const char *string)
{
    text_append_format(html->text, "<h%d", level);
    if (html->page && id)
        attribute(html, "id", id);
    text_append_char(html->text, '>');
    format_html(html->text, string);
    text_append_format(html->text, "</h%d>\n", level);
}

void html_id(struct text *text, const char *name)
{
    for (const char *c = name; *c; c++)
        if ((*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || (*c >= '0' && *c <= '9') || strchr(".-=,", *c))
            text_append_char(text, *c);
        else
            text_append_format(text, "_%02X", (unsigned)(unsigned char)*c);
}

char *html_pair_id(const struct report_pair *pair, const char *metric)
{
    struct text id = TEXT_INIT;
    html_id(&id, pair->c->name);
    text_append_char(&id, '/');
    html_id(&id, pair->run->name);
    if (metric)
        text_append_format(&id, "/%s", metric);
    return text_detach(&id);
}

/* A container that scrolls must be reached by the keyboard, so on the page it can have the focus and then needs a name. */
void html_table_begin(struct html *html, const char *class, const char *caption)
{
    if (html->page) {
        text_append(html->text, "<div class=\"scroll\" tabindex=\"0\" role=\"group\"");
        attribute(html, "aria-label", caption);
        text_append(html->text, ">");
    }
    text_append(html->text, "<table");
    if (html->page && class)
        attribute(html, "class", class);
    text_append(html->text, ">\n");
    html_element(html, "caption", NULL, caption);
    text_append(html->text, "\n<thead><tr>");
}

void html_column(struct html *html, const char *title, const char *class)
{
    text_append(html->text, "<th scope=\"col\"");
    if (html->page && class)
        attribute(html, "class", class);
    text_append_char(html->text, '>');
    format_html(html->text, title);
    text_append(html->text, "</th>");
}

void html_table_rows(struct html *html)
{
    text_append(html->text, "</tr></thead>\n<tbody>\n");
}

void html_table_end(struct html *html)
{
    text_append_format(html->text, "</tbody></table>%s\n", html->page ? "</div>" : "");
}

void html_facts_begin(struct html *html, const char *caption)
{
    html_table_begin(html, "facts", caption);
    html_column(html, "Name", NULL);
    html_column(html, "Value", NULL);
    html_table_rows(html);
}

void html_fact(struct html *html, const char *name, const char *value)
{
    text_append(html->text, "<tr><th scope=\"row\">");
    format_html(html->text, name);
    text_append(html->text, "</th>");
    html_cell_text(html, value);
    text_append(html->text, "</tr>\n");
}
