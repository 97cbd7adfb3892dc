/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/fragments.h"

#include "publish/markup.h"
#include "publish/parts.h"
#include "publish/publication.h"
#include "publish/suggestion.h"

#include "base/banned.h"

static const struct part_writers *writers(const struct publication *publication)
{
    return parts_of(publication->document->format);
}

bool fragment_head(struct publication *publication, const struct marker *marker, struct text *text, struct error *error)
{
    (void)marker, (void)error;
    writers(publication)->head(&publication->model, text);
    return true;
}

/* The case that the marker names; the parser has seen to it that it names one where it must. */
static const struct report_case *case_of(const struct publication *publication, const struct marker *marker,
                                         struct error *error)
{
    return publication_case(publication, attributes_get(&marker->attributes, "case"), error);
}

static bool check_part(const char *part, struct error *error)
{
    static const char *const parts[] = {"results", "ratios", "efficiency"};
    struct string_list names = {0};
    bool known = part == NULL;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        known = known || string_equal(part, parts[i]);
        string_list_push(&names, parts[i]);
    }
    char *suggestion = known ? NULL : suggestion_of(part, &names);
    if (!known)
        error_set(error, ERROR_INPUT, "a table has no part '%s'%s", part, suggestion);
    free(suggestion);
    string_list_release(&names);
    return known;
}

bool fragment_table(struct publication *publication, const struct marker *marker, struct text *text,
                    struct error *error)
{
    const char *part = attributes_get(&marker->attributes, "part");
    const struct report_case *report_case = case_of(publication, marker, error);
    if (!report_case || !check_part(part, error))
        return false;
    if (!part || string_equal(part, "results"))
        writers(publication)->results(&publication->model, report_case, text);
    if (!part || string_equal(part, "ratios"))
        writers(publication)->ratios(&publication->model, report_case, text);
    if (string_equal(part, "efficiency"))
        writers(publication)->efficiency(&publication->model, report_case, text);
    markup_trace(publication->document->format, &publication->model, report_case, text);
    return true;
}

bool fragment_settings(struct publication *publication, const struct marker *marker, struct text *text,
                       struct error *error)
{
    const struct report_case *report_case = case_of(publication, marker, error);
    if (report_case)
        writers(publication)->settings(&publication->model, report_case, text);
    return report_case != NULL;
}

/* Only the claims that quote the same sentence as `claim`, as a model of them alone that borrows all else. */
static void write_sentence(const struct publication *publication, const struct report_claim *claim, struct text *text)
{
    struct report_model part = publication->model;
    part.claims = memory_zeroed(publication->model.claim_count, sizeof *part.claims);
    part.claim_count = 0;
    for (size_t i = 0; i < publication->model.claim_count; i++)
        if (string_equal(publication->model.claims[i].claim->quote, claim->claim->quote))
            part.claims[part.claim_count++] = publication->model.claims[i];
    writers(publication)->claims(&part, text);
    free(part.claims);
}

bool fragment_claims(struct publication *publication, const struct marker *marker, struct text *text,
                     struct error *error)
{
    const char *name = attributes_get(&marker->attributes, "claim");
    const struct report_claim *claim = name ? publication_claim(publication, name, error) : NULL;
    if (name && !claim)
        return false;
    if (publication->model.claim_count == 0)
        return error_set(error, ERROR_INPUT, "version '%s' has no claims", publication->model.row.version);
    if (claim)
        write_sentence(publication, claim, text);
    else
        writers(publication)->claims(&publication->model, text);
    return true;
}

bool fragment_environment(struct publication *publication, const struct marker *marker, struct text *text,
                          struct error *error)
{
    (void)marker, (void)error;
    writers(publication)->environment(&publication->model, text);
    return true;
}

static bool write_history(struct publication *publication, history_writer *write, struct text *text,
                          struct error *error)
{
    const struct history *history = publication_history(publication, error);
    if (history)
        write(history, text);
    return history != NULL;
}

bool fragment_versions(struct publication *publication, const struct marker *marker, struct text *text,
                       struct error *error)
{
    (void)marker;
    return write_history(publication, writers(publication)->versions, text, error);
}

bool fragment_changes(struct publication *publication, const struct marker *marker, struct text *text,
                      struct error *error)
{
    (void)marker;
    return write_history(publication, writers(publication)->changes, text, error);
}

bool fragment_published(struct publication *publication, const struct marker *marker, struct text *text,
                        struct error *error)
{
    (void)marker;
    return write_history(publication, writers(publication)->published, text, error);
}
