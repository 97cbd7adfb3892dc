/* SPDX-License-Identifier: Apache-2.0 */
#include "store/csv.h"

#include "base/banned.h"

void csv_reader_init(struct csv_reader *reader, const char *file, const char *bytes, size_t length)
{
    static const char mark[] = "\xef\xbb\xbf";
    bool marked = length >= 3 && memcmp(bytes, mark, 3) == 0;
    *reader = (struct csv_reader){.file = file, .at = bytes + (marked ? 3 : 0), .end = bytes + length, .line = 1};
}

/* Over a line break, if there is one. */
static bool take_break(struct csv_reader *reader)
{
    size_t left = (size_t)(reader->end - reader->at);
    size_t length = left >= 1 && *reader->at == '\n' ? 1 : left >= 2 && memcmp(reader->at, "\r\n", 2) == 0 ? 2 : 0;
    reader->at += length;
    reader->line += length > 0;
    return length > 0;
}

static bool wrong(const struct csv_reader *reader, int line, const char *what, struct error *error)
{
    return error_set_at(error, reader->file, line, 1, "%s", what);
}

/* After the opening quote. */
static bool take_quoted(struct csv_reader *reader, struct text *field, struct error *error)
{
    int start = reader->line;
    for (; reader->at < reader->end; reader->at++) {
        if (*reader->at == '\0')
            return wrong(reader, reader->line, "a NUL byte", error);
        reader->line += *reader->at == '\n';
        if (*reader->at != '"') {
            text_append_char(field, *reader->at);
            continue;
        }
        reader->at++;
        if (reader->at == reader->end || *reader->at != '"')
            return true;
        text_append_char(field, '"');
    }
    return wrong(reader, start, "a quote opens here and never closes", error);
}

static bool take_plain(struct csv_reader *reader, struct text *field, struct error *error)
{
    for (; reader->at < reader->end && *reader->at != ',' && *reader->at != '\n'; reader->at++) {
        if (*reader->at == '\r' && reader->at + 1 < reader->end && reader->at[1] == '\n')
            break;
        if (*reader->at == '"')
            return wrong(reader, reader->line, "a quote inside a field that does not begin with one", error);
        if (*reader->at == '\0' || *reader->at == '\r')
            return wrong(reader, reader->line, *reader->at ? "a carriage return alone" : "a NUL byte", error);
        text_append_char(field, *reader->at);
    }
    return true;
}

static bool take_record(struct csv_reader *reader, struct string_list *fields, struct error *error)
{
    struct text field = TEXT_INIT;
    bool ok;
    for (;;) {
        text_clear(&field);
        bool quoted = reader->at < reader->end && *reader->at == '"';
        reader->at += quoted;
        ok = quoted ? take_quoted(reader, &field, error) : take_plain(reader, &field, error);
        if (!ok)
            break;
        string_list_push(fields, field.bytes);
        if (reader->at == reader->end || take_break(reader))
            break;
        if (*reader->at != ',') {
            ok = wrong(reader, reader->line, "text behind a closing quote", error);
            break;
        }
        reader->at++;
    }
    text_release(&field);
    return ok;
}

bool csv_reader_next(struct csv_reader *reader, struct string_list *fields, int *line, struct error *error)
{
    string_list_release(fields);
    while (take_break(reader))
        ;
    *line = reader->line;
    return reader->at < reader->end && take_record(reader, fields, error);
}
