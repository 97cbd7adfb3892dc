/* SPDX-License-Identifier: Apache-2.0 */
#include "store/literal.h"

#include <math.h>

#include "base/utf8.h"
#include "store/query.h"

#include "base/banned.h"

static void append_hexadecimal(struct text *text, const char *bytes, size_t length)
{
    text_append(text, "X'");
    for (size_t i = 0; i < length; i++)
        text_append_format(text, "%02x", (unsigned)(unsigned char)bytes[i]);
    text_append_char(text, '\'');
}

static bool is_utf8(const char *bytes, size_t length)
{
    for (const char *at = bytes, *end = bytes + length; at < end;) {
        size_t character = utf8_length(at, end);
        if (character == 0 || *at == '\0')
            return false;
        at += character;
    }
    return true;
}

/* sqlite3 takes the CR off a line's end when it reads a script, and an escape sequence is no text for a terminal. */
static bool is_spelt(unsigned char c)
{
    return (c < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

static void append_text(struct text *text, const char *bytes, size_t length)
{
    if (!is_utf8(bytes, length)) {
        text_append(text, "CAST(");
        append_hexadecimal(text, bytes, length);
        text_append(text, " AS TEXT)");
        return;
    }
    text_append_char(text, '\'');
    for (size_t i = 0; i < length; i++) {
        if (is_spelt((unsigned char)bytes[i]))
            text_append_format(text, "'||char(%d)||'", bytes[i]);
        else if (bytes[i] == '\'')
            text_append(text, "''");
        else
            text_append_char(text, bytes[i]);
    }
    text_append_char(text, '\'');
}

static bool reads_back(sqlite3 *db, const char *digits, double value)
{
    sqlite3_stmt *statement = NULL;
    bool same = sqlite3_prepare_v2(db, "SELECT CAST(?1 AS REAL)", -1, &statement, NULL) == SQLITE_OK &&
                sqlite3_bind_text(statement, 1, digits, -1, SQLITE_STATIC) == SQLITE_OK &&
                sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_double(statement, 0) == value;
    sqlite3_finalize(statement);
    return same;
}

/* The fewest digits that SQLite reads back as the same number: its own reading is off by the last bit for one in 10,000 of those
 * that strtod() reads right. */
static void append_real(struct text *text, sqlite3 *db, double value)
{
    enum { DIGITS_MIN = 15, DIGITS_MAX = 20 };
    char digits[48];
    for (int precision = DIGITS_MIN; precision <= DIGITS_MAX; precision++) {
        snprintf(digits, sizeof digits, "%.*g", precision, value);
        if (reads_back(db, digits, value))
            break;
    }
    text_append_format(text, "%s%s", digits, strpbrk(digits, ".e") ? "" : ".0");
}

void literal_append(struct text *text, sqlite3_stmt *statement, int column)
{
    int type = sqlite3_column_type(statement, column);
    double real = type == SQLITE_FLOAT ? sqlite3_column_double(statement, column) : 0;
    if (type == SQLITE_NULL)
        text_append(text, "NULL");
    else if (isinf(real))
        text_append(text, real > 0 ? "9e999" : "-9e999");
    else if (type == SQLITE_FLOAT)
        append_real(text, sqlite3_db_handle(statement), real);
    else if (type == SQLITE_INTEGER)
        query_append_value(text, statement, column);
    else if (type == SQLITE_BLOB)
        append_hexadecimal(text, sqlite3_column_blob(statement, column),
                           (size_t)sqlite3_column_bytes(statement, column));
    else
        append_text(text, (const char *)sqlite3_column_text(statement, column),
                    (size_t)sqlite3_column_bytes(statement, column));
}
