/* SPDX-License-Identifier: Apache-2.0 */
/* Values as text, and the two formats for programs. */
#include "store/query.h"

#include <math.h>

#include "base/utf8.h"

#include "base/banned.h"

void query_append_utf8(struct text *text, const char *bytes, size_t length)
{
    for (const char *at = bytes, *end = bytes + length; at < end;) {
        size_t character = utf8_length(at, end);
        if (character)
            text_append_bytes(text, at, character);
        else
            text_append(text, "\xef\xbf\xbd");
        at += character ? character : 1;
    }
}

void query_append_real(struct text *text, double value, int digits)
{
    char number[40];
    int most = digits ? digits : 17;
    for (int precision = digits ? digits : 15; precision <= most; precision++) {
        snprintf(number, sizeof number, "%.*g", precision, value);
        if (strtod(number, NULL) == value)
            break;
    }
    text_append(text, number);
    if (isfinite(value) && !strpbrk(number, ".e"))
        text_append(text, ".0"); /* stays a real number for whoever reads it */
}

void query_append_value(struct text *text, sqlite3_stmt *statement, int column)
{
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_NULL: break;
    case SQLITE_INTEGER: text_append_format(text, "%lld", (long long)sqlite3_column_int64(statement, column)); break;
    case SQLITE_FLOAT: query_append_real(text, sqlite3_column_double(statement, column), 0); break;
    case SQLITE_BLOB: {
        const unsigned char *bytes = sqlite3_column_blob(statement, column);
        for (int i = 0, length = sqlite3_column_bytes(statement, column); i < length; i++)
            text_append_format(text, "%02x", bytes[i]);
        break;
    }
    default: {
        const char *bytes = (const char *)sqlite3_column_text(statement, column);
        query_append_utf8(text, bytes, (size_t)sqlite3_column_bytes(statement, column));
    }
    }
}

static void write_csv_field(const char *value, bool quoted, FILE *file)
{
    if (!quoted && !strpbrk(value, "\",\r\n")) {
        fputs(value, file);
        return;
    }
    fputc('"', file);
    for (; *value; value++) {
        if (*value == '"')
            fputc('"', file);
        fputc(*value, file);
    }
    fputc('"', file);
}

void query_write_csv_names(sqlite3_stmt *statement, FILE *file)
{
    int count = sqlite3_column_count(statement);
    for (int i = 0; i < count; i++) {
        if (i)
            fputc(',', file);
        write_csv_field(sqlite3_column_name(statement, i), false, file);
    }
    if (count)
        fputs("\r\n", file);
}

int query_write_csv_rows(sqlite3_stmt *statement, FILE *file)
{
    int count = sqlite3_column_count(statement), code;
    struct text value = TEXT_INIT;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW && !ferror(file)) {
        for (int i = 0; i < count; i++) {
            text_clear(&value);
            query_append_value(&value, statement, i);
            if (i)
                fputc(',', file);
            write_csv_field(value.bytes, !value.length && sqlite3_column_type(statement, i) != SQLITE_NULL, file);
        }
        fputs("\r\n", file);
    }
    text_release(&value);
    return code;
}

/* RFC 4180. NULL is an empty field, a text of no characters is "". */
int query_write_csv(sqlite3_stmt *statement, FILE *file)
{
    query_write_csv_names(statement, file);
    return query_write_csv_rows(statement, file);
}

static void write_json_string(const char *value, FILE *file)
{
    fputc('"', file);
    for (; *value; value++) {
        if (*value == '"' || *value == '\\')
            fprintf(file, "\\%c", *value);
        else if ((unsigned char)*value < 0x20 || *value == 0x7f)
            fprintf(file, "\\u%04x", (unsigned)(unsigned char)*value);
        else
            fputc(*value, file);
    }
    fputc('"', file);
}

static void write_json_value(sqlite3_stmt *statement, int column, struct text *value, FILE *file)
{
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL || (type == SQLITE_FLOAT && !isfinite(sqlite3_column_double(statement, column)))) {
        fputs("null", file); /* JSON knows no infinity */
        return;
    }
    text_clear(value);
    query_append_value(value, statement, column);
    if (type == SQLITE_INTEGER || type == SQLITE_FLOAT)
        fputs(value->bytes, file);
    else
        write_json_string(value->bytes, file);
}

void query_write_json_members(sqlite3_stmt *statement, struct text *value, FILE *file)
{
    for (int i = 0, count = sqlite3_column_count(statement); i < count; i++) {
        fputs(i ? "," : "", file);
        write_json_string(sqlite3_column_name(statement, i), file);
        fputc(':', file);
        write_json_value(statement, i, value, file);
    }
}

/* An array of objects, one a line. */
int query_write_json(sqlite3_stmt *statement, FILE *file)
{
    int code;
    struct text value = TEXT_INIT;
    const char *before = "[\n{";
    while ((code = sqlite3_step(statement)) == SQLITE_ROW && !ferror(file)) {
        fputs(before, file);
        query_write_json_members(statement, &value, file);
        fputc('}', file);
        before = ",\n{";
    }
    if (code == SQLITE_DONE)
        fputs(before[0] == '[' ? "[]\n" : "\n]\n", file);
    text_release(&value);
    return code;
}
