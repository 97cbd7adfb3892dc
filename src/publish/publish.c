/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/publish.h"

#include <errno.h>
#include <sys/stat.h>

#include "base/file.h"
#include "publish/difference.h"
#include "publish/kinds.h"
#include "publish/publication.h"

#include "base/banned.h"

#define DOCUMENT_LIMIT_BYTES ((size_t)16 * 1024 * 1024)

static bool complain(const struct document *document, struct error_list *errors, struct error *error)
{
    error_list_sort(errors);
    return error_set(error, ERROR_INPUT, "'%s' has %zu error%s; nothing is written", document->name, errors->count,
                     errors->count == 1 ? "" : "s");
}

static bool read_document(const char *path, struct document *document, struct error_list *errors, struct error *error)
{
    struct text bytes = TEXT_INIT;
    struct stat status;
    bool ok = stat(path, &status) != 0 || S_ISREG(status.st_mode);
    if (!ok) /* reading a pipe would wait for somebody who writes */
        error_set(error, ERROR_INPUT, "'%s' is not a regular file, so it cannot be filled in", path);
    ok = ok && file_read(path, DOCUMENT_LIMIT_BYTES, &bytes, error);
    document_parse(path, bytes.bytes, bytes.length, document, errors);
    text_release(&bytes);
    if (ok && document->marker_count == 0 && errors->count == 0)
        ok = error_set(
            error, ERROR_INPUT,
            "'%s' has no marker, so there is nothing to fill in; put lines like <!-- kbench:table case=NAME --> "
            "and <!-- /kbench --> where tables shall stand; 'kbench publish --markers' lists them all",
            path);
    return ok;
}

/* One fragment for each marker. What is wrong with a marker joins what the parser has found; anything else ends it at once. */
static bool fill_in(struct publication *publication, struct text *fragments, struct error_list *errors,
                    struct error *error)
{
    const struct document *document = publication->document;
    for (size_t i = 0; i < document->marker_count; i++) {
        const struct marker *marker = &document->markers[i];
        struct error problem = ERROR_INIT, placed = ERROR_INIT;
        if (marker->kind->write(publication, marker, &fragments[i], &problem))
            continue;
        if (problem.category != ERROR_INPUT)
            return error_set(error, problem.category, "%s", problem.message);
        error_set_at(&placed, document->name, marker->position.line, marker->position.column, "%s", problem.message);
        error_list_add(errors, &placed);
    }
    return errors->count == 0 ? true : complain(document, errors, error);
}

/* "v2.md:12: table case=no-replication" */
static void note_marker(const struct document *document, const struct marker *marker, struct string_list *changed)
{
    struct text text = TEXT_INIT;
    text_append_format(&text, "%s:%d: %s", document->name, marker->position.line, marker->kind->name);
    for (size_t i = 0; i < marker->attributes.count; i++)
        text_append_format(&text, " %s=%s", marker->attributes.items[i].name, marker->attributes.items[i].value);
    string_list_push(changed, text.bytes);
    text_release(&text);
}

static void note_changes(const struct publication *publication, const struct text *fragments,
                         struct string_list *changed)
{
    const struct document *document = publication->document;
    for (size_t i = 0; i < document->marker_count; i++) {
        const struct marker *marker = &document->markers[i];
        struct text text = TEXT_INIT;
        document_fragment(document, marker, &fragments[i], &text);
        if (text.length != marker->end - marker->begin ||
            memcmp(text.bytes, document->bytes.bytes + marker->begin, text.length) != 0)
            note_marker(document, marker, changed);
        text_release(&text);
    }
    for (size_t i = 0; i < publication->charts.count; i++) {
        const struct chart_file *file = &publication->charts.items[i];
        if (file->state != CHART_IS_CURRENT)
            string_list_push_format(changed, "%s/%s.svg: %s", publication->charts.link, file->name,
                                    file->state == CHART_IS_MISSING ? "missing" : "not that of the database");
    }
}

/* Whether the markers are found again where they were: what is filled in can change what Markdown takes for code. */
static bool check_filled(const struct document *document, const struct text *filled, struct error *error)
{
    struct document again;
    struct error_list errors = {0};
    size_t same = 0;
    document_parse(document->name, filled->bytes, filled->length, &again, &errors);
    while (same < document->marker_count && same < again.marker_count &&
           document->markers[same].kind == again.markers[same].kind)
        same++;
    bool ok = errors.count == 0 && same == document->marker_count && same == again.marker_count;
    if (!ok && same < document->marker_count)
        error_set_at(error, document->name, document->markers[same].position.line,
                     document->markers[same].position.column,
                     "filled in, this marker would be none any more; put it into a paragraph of its own");
    else if (!ok)
        error_set(error, ERROR_INPUT, "filled in, '%s' would have other markers than now", document->name);
    document_release(&again);
    error_list_release(&errors);
    return ok;
}

static bool finish(struct publication *publication, const struct publish_request *request, const char *path,
                   const struct text *fragments, struct publish_result *result, struct error *error)
{
    const struct document *document = publication->document;
    struct text filled = TEXT_INIT;
    document_compose(document, fragments, &filled);
    bool ok = check_filled(document, &filled, error);
    bool changed =
        filled.length != document->bytes.length || memcmp(filled.bytes, document->bytes.bytes, filled.length) != 0;
    if (ok && request->check && changed)
        ok = difference_unified(path, document->name, &filled, &result->difference, error);
    else if (ok && !request->check)
        ok = publication_charts_draw(&publication->charts, &publication->model, error) &&
             publication_charts_write(&publication->charts, error) &&
             (!changed || file_rewrite(path, filled.bytes, filled.length, error));
    text_release(&filled);
    return ok;
}

static bool publish_document(const struct publish_request *request, const struct document *document,
                             struct publish_result *result, struct error_list *errors, struct error *error)
{
    struct publication publication;
    char *path = realpath(request->document, NULL);
    if (!path)
        return error_set_errno(error, errno, "cannot find '%s'", request->document);
    if (!publication_load(&publication, request->store, request->version, document, path, error)) {
        free(path);
        return false;
    }
    struct text *fragments = memory_zeroed(document->marker_count, sizeof *fragments);
    for (size_t i = 0; i < document->marker_count; i++)
        fragments[i] = (struct text)TEXT_INIT;
    bool ok = fill_in(&publication, fragments, errors, error);
    if (ok) {
        result->markers = document->marker_count;
        result->charts = publication.charts.count;
        note_changes(&publication, fragments, &result->changed);
        ok = finish(&publication, request, path, fragments, result, error);
    }
    for (size_t i = 0; i < document->marker_count; i++)
        text_release(&fragments[i]);
    free(fragments);
    publication_release(&publication);
    free(path);
    return ok;
}

bool publish(const struct publish_request *request, struct publish_result *result, struct error_list *errors,
             struct error *error)
{
    struct document document;
    *result = (struct publish_result){.difference = TEXT_INIT};
    bool ok = read_document(request->document, &document, errors, error) &&
              publish_document(request, &document, result, errors, error);
    document_release(&document);
    return ok;
}

void publish_result_release(struct publish_result *result)
{
    string_list_release(&result->changed);
    text_release(&result->difference);
}
