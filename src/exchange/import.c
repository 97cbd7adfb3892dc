/* SPDX-License-Identifier: Apache-2.0 */
#include "exchange/import.h"

#include "base/file.h"
#include "store/csv.h"

#include "base/banned.h"

enum { FILE_LIMIT_BYTES = 64 << 20, VERSION_LENGTH_MAX = 64 };
#define CSV_NAME "csv"

static const struct tool *const tools[] = {&tool_perf_test, &tool_rdkafka_performance, &tool_openmessaging};
#define TOOL_COUNT (sizeof tools / sizeof *tools)

/* ---- which format ---- */

static bool find_named(struct import_file *file, const char *name, struct error *error)
{
    const char *names[TOOL_COUNT + 1] = {CSV_NAME};
    for (size_t i = 0; i < TOOL_COUNT; i++) {
        names[i + 1] = tools[i]->name;
        if (string_equal(tools[i]->name, name))
            file->tool = tools[i];
    }
    if (file->tool || string_equal(name, CSV_NAME))
        return true;
    error_set(error, ERROR_INPUT, "--from: '%s' is no format", name);
    return error_suggest(error, name, names, TOOL_COUNT + 1);
}

/* One of the columns that such a file must have. */
static bool is_csv(const struct tool_text *text)
{
    static const char *const columns[] = {"version", "case", "run", "source_title"};
    struct csv_reader reader;
    struct string_list fields = {0};
    struct error error = ERROR_INIT;
    int line;
    bool found = false;
    csv_reader_init(&reader, text->file, text->bytes, strlen(text->bytes));
    if (csv_reader_next(&reader, &fields, &line, &error))
        for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
            found = found || string_list_contains(&fields, columns[i]);
    string_list_release(&fields);
    return found;
}

static bool recognise(struct import_file *file, const struct tool_text *text, struct error *error)
{
    if (is_csv(text))
        return true;
    for (size_t i = 0; i < TOOL_COUNT; i++) {
        if (!tools[i]->recognise(text))
            continue;
        if (file->tool)
            return error_set_at(
                error, file->path, 1, 1,
                "may be the output of %s or of %s: --from says which, and each run takes a file of its own",
                file->tool->name, tools[i]->name);
        file->tool = tools[i];
    }
    return file->tool || error_set_at(error, file->path, 1, 1,
                                      "neither a CSV of published tables nor the output of kafka-producer-perf-test, "
                                      "rdkafka_performance or OpenMessaging Benchmark (JSON); --from says what it is");
}

const char *import_file_format(const struct import_file *file)
{
    return file->tool ? file->tool->title : "a CSV of published tables";
}

/* ---- what the row needs beside the tool's figures ---- */

static bool check_csv_options(const struct import_options *options, const char *path, struct error *error)
{
    const struct {
        const char *name, *value;
    } given[] = {{"as", options->version},  {"case", options->case_name}, {"run", options->run_name},
                 {"title", options->title}, {"url", options->url},        {"date", options->date},
                 {"note", options->note}};
    for (size_t i = 0; i < sizeof given / sizeof *given; i++)
        if (given[i].value)
            return error_set(error, ERROR_INPUT, "'%s' is a CSV, which says so itself: --%s is for a tool's output",
                             path, given[i].name);
    return true;
}

static bool require(const char *value, const char *path, const char *what, const char *option, struct error *error)
{
    return (value && value[0]) ||
           error_set(error, ERROR_INPUT, "'%s' does not tell the %s that its figures are of: give --%s", path, what,
                     option);
}

/* The form that a definition's 'published:' takes: figures of another name could be reached by no claim. */
static bool check_version(const char *version, struct error *error)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    size_t length = strspn(version, letters);
    return (!version[length] && length <= VERSION_LENGTH_MAX && version[0] != '.' && version[0] != '-') ||
           error_set(error, ERROR_INPUT,
                     "--as: '%s' is no name of a version, expected at most %d lower-case letters, digits, dots and "
                     "hyphens, such as theirs-2026",
                     version, VERSION_LENGTH_MAX);
}

/* The number stays traceable: the note names the very bytes that it was read from. */
static void describe_source(struct import_file *file, const struct import_options *options,
                            const struct tool_text *text)
{
    struct store_published *row = &file->output.row;
    const char *slash = strrchr(file->path, '/'), *name = slash ? slash + 1 : file->path;
    char sha256[65];
    file_sha256_hex(text->bytes, strlen(text->bytes), sha256);
    file->title = string_copy(options->title ? options->title : name);
    file->note = string_format("%s%s%s%sOutput of %s, file '%s', SHA-256 %s.", options->note ? options->note : "",
                               options->note ? " " : "", row->note ? row->note : "", row->note ? " " : "",
                               file->tool->title, name, sha256);
    row->source_title = file->title;
    row->note = file->note;
    row->source_repository = options->url;
    row->source_date = options->date;
}

static bool complete_row(struct import_file *file, const struct import_options *options, const struct tool_text *text,
                         struct error *error)
{
    struct store_published *row = &file->output.row;
    row->version = options->version;
    row->case_name = options->case_name ? options->case_name : row->case_name;
    row->run_name = options->run_name ? options->run_name : row->run_name;
    describe_source(file, options, text);
    return require(row->version, file->path, "version", "as", error) && check_version(row->version, error) &&
           require(row->case_name, file->path, "case", "case", error) &&
           require(row->run_name, file->path, "run", "run", error) &&
           require(row->source_title, file->path, "source", "title", error);
}

/* ---- files ---- */

bool import_read(struct import_file *file, const char *path, const struct import_options *options, struct error *error)
{
    struct text content = TEXT_INIT;
    *file = (struct import_file){.path = path};
    tool_output_init(&file->output);
    bool ok = (file_exists(path) || error_set(error, ERROR_INPUT, "there is no file '%s'", path)) &&
              file_read(path, FILE_LIMIT_BYTES, &content, error);
    const struct tool_text text = {.file = path, .bytes = content.bytes};
    if (ok && content.length == 0)
        ok = error_set_at(error, path, 1, 1, "the file is empty");
    else if (ok && strlen(content.bytes) != content.length)
        ok = error_set_at(error, path, 1, 1, "holds a NUL byte: it is no text");
    ok = ok && (options->from ? find_named(file, options->from, error) : recognise(file, &text, error));
    if (ok && file->tool)
        ok = file->tool->read(&text, &file->output, error) && complete_row(file, options, &text, error);
    else if (ok)
        ok = check_csv_options(options, path, error);
    text_release(&content);
    return ok;
}

void import_file_release(struct import_file *file)
{
    tool_output_release(&file->output);
    free(file->title);
    free(file->note);
}

bool import_put(struct store *store, const struct import_file *file, const struct import_options *options,
                int64_t *changed, struct error *error)
{
    const struct store_published *row = &file->output.row;
    if (!file->tool)
        return store_import_csv(store, file->path, options->replace, changed, error);
    if (store_find_experiment(store, row->version) != STORE_ABSENT)
        return error_set(error, ERROR_INPUT,
                         "version '%s' was measured in this database: --as takes another name for what "
                         "was not",
                         row->version);
    const struct store_place place = {file->path, file->output.line};
    bool new_row = false;
    bool ok = store_put_published(store, row, &place, options->replace, &new_row, error);
    *changed = new_row;
    return ok;
}
