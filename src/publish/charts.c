/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/charts.h"

#include "base/file.h"
#include "report/format.h"

#include "base/banned.h"

#define SVG_LIMIT_BYTES ((size_t)16 * 1024 * 1024)
#define HASH_LENGTH 64

/* The same length whatever the hashes are. The caller frees. */
static char *trailer_of(const char *source, const void *drawing, size_t length)
{
    char hash[HASH_LENGTH + 1];
    file_sha256_hex(drawing, length, hash);
    return string_format("<!-- kbench: drawn from %s, drawing %s -->\n", source, hash);
}

void publication_charts_begin(struct publication_charts *charts, const char *document)
{
    const char *slash = strrchr(document, '/');
    const char *base = slash ? slash + 1 : document;
    const char *ending = strrchr(base, '.');
    int stem = (int)(ending && ending > base ? (size_t)(ending - base) : strlen(base));
    /* A folder cannot have the name of a document without an ending. */
    char *name = string_format("%.*s%s", stem, base, base[stem] ? "" : "-charts");
    *charts = (struct publication_charts){0};
    charts->link = format_file_name(name);
    charts->folder = string_format("%.*s%s", (int)(base - document), document, charts->link);
    free(name);
}

void publication_charts_release(struct publication_charts *charts)
{
    for (size_t i = 0; i < charts->count; i++) {
        free(charts->items[i].name);
        free(charts->items[i].path);
        text_release(&charts->items[i].bytes);
    }
    for (size_t i = 0; i < charts->against_count; i++) {
        report_model_release(charts->against[i].model);
        free(charts->against[i].model);
        free(charts->against[i].version);
    }
    free(charts->items);
    free(charts->against);
    free(charts->folder);
    free(charts->link);
}

const struct report_model *publication_charts_against(struct publication_charts *charts, struct store *store,
                                                      const char *version, struct error *error)
{
    for (size_t i = 0; i < charts->against_count; i++)
        if (string_equal(charts->against[i].version, version))
            return charts->against[i].model;
    struct report_model *model = memory_zeroed(1, sizeof *model);
    if (!report_model_load(store, version, model, error)) {
        free(model);
        return NULL;
    }
    charts->against = memory_resized(charts->against, charts->against_count + 1, sizeof *charts->against);
    charts->against[charts->against_count++] = (struct against){string_copy(version), model};
    return model;
}

static enum chart_state state_of(const struct chart_file *file)
{
    struct text bytes = TEXT_INIT;
    if (!file_exists(file->path))
        return CHART_IS_MISSING;
    char *shortest = trailer_of(file->source, "", 0);
    size_t length = strlen(shortest);
    enum chart_state state = CHART_IS_STALE;
    if (file_read(file->path, SVG_LIMIT_BYTES, &bytes, NULL) && bytes.length >= length) {
        char *trailer = trailer_of(file->source, bytes.bytes, bytes.length - length);
        if (memcmp(bytes.bytes + bytes.length - length, trailer, length) == 0)
            state = CHART_IS_CURRENT;
        free(trailer);
    }
    free(shortest);
    text_release(&bytes);
    return state;
}

static bool is_taken(const struct publication_charts *charts, const char *name)
{
    for (size_t i = 0; i < charts->count; i++)
        if (string_equal(charts->items[i].name, name))
            return true;
    return false;
}

/* "throughput-no-replication", with a number where two names differ only in what a file's name cannot hold. The caller frees. */
static char *name_of(const struct publication_charts *charts, const struct chart_file *file)
{
    const struct report_model *other = file->other;
    char *long_name = string_format("%s%s%s%s%s", report_chart_name(file->chart), file->report_case ? "-" : "",
                                    file->report_case ? file->report_case->c->name : "", other ? "-against-" : "",
                                    other ? other->row.version : "");
    char *safe = format_file_name(long_name), *name = string_copy(safe);
    for (int i = 2; is_taken(charts, name); i++) {
        free(name);
        name = string_format("%s-%d", safe, i);
    }
    free(safe);
    free(long_name);
    return name;
}

static bool is_same(const struct chart_file *a, const struct chart_file *b)
{
    return a->chart == b->chart && a->report_case == b->report_case && a->other == b->other;
}

const struct chart_file *publication_charts_add(struct publication_charts *charts, const struct report_model *model,
                                                const struct report_model *other, enum report_chart chart,
                                                const struct report_case *report_case, struct error *error)
{
    struct chart_file file = {.chart = chart, .report_case = report_case, .other = other, .bytes = TEXT_INIT};
    bool shown;
    for (size_t i = 0; i < charts->count; i++)
        if (is_same(&charts->items[i], &file))
            return &charts->items[i];
    if (!report_chart_source(model, other, chart, report_case, file.source, &shown, error))
        return NULL;
    if (!shown) {
        error_set(error, ERROR_INPUT, "there is nothing to see in the %s chart of %s", report_chart_name(chart),
                  report_case ? report_case->c->name : model->row.version);
        return NULL;
    }
    file.name = name_of(charts, &file);
    file.path = string_format("%s/%s.svg", charts->folder, file.name);
    file.state = state_of(&file);
    charts->items = memory_resized(charts->items, charts->count + 1, sizeof *charts->items);
    charts->items[charts->count++] = file;
    return &charts->items[charts->count - 1];
}

static bool draw(struct chart_file *file, const struct report_model *model, const char *folder, struct error *error)
{
    char *path = string_format("%s/%s", folder, file->name), *svg = string_format("%s.svg", path);
    bool drawn = false;
    bool ok = report_chart_draw(model, file->other, file->chart, file->report_case, path, &drawn, error);
    if (ok && !drawn)
        ok = error_set(error, ERROR_UNAVAILABLE, "the chart '%s' was not drawn", file->name);
    ok = ok && file_read(svg, SVG_LIMIT_BYTES, &file->bytes, error);
    if (ok) {
        char *trailer = trailer_of(file->source, file->bytes.bytes, file->bytes.length);
        text_append(&file->bytes, trailer);
        free(trailer);
    }
    free(svg);
    free(path);
    return ok;
}

static bool has_stale(const struct publication_charts *charts)
{
    for (size_t i = 0; i < charts->count; i++)
        if (charts->items[i].state != CHART_IS_CURRENT)
            return true;
    return false;
}

bool publication_charts_draw(struct publication_charts *charts, const struct report_model *model, struct error *error)
{
    if (!has_stale(charts))
        return true;
    char *folder = file_make_temporary_folder(error);
    bool ok = folder != NULL;
    for (size_t i = 0; ok && i < charts->count; i++)
        if (charts->items[i].state != CHART_IS_CURRENT)
            ok = draw(&charts->items[i], model, folder, error);
    if (folder)
        file_remove_tree(folder, NULL);
    free(folder);
    return ok;
}

bool publication_charts_write(const struct publication_charts *charts, struct error *error)
{
    bool ok = !has_stale(charts) || file_make_folder(charts->folder, error);
    for (size_t i = 0; ok && i < charts->count; i++) {
        const struct chart_file *file = &charts->items[i];
        if (file->state != CHART_IS_CURRENT)
            ok = file_write(file->path, file->bytes.bytes, file->bytes.length, error);
    }
    return ok;
}
