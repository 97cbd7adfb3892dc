/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/fragments.h"

#include "publish/kinds.h"
#include "publish/markup.h"
#include "publish/parts.h"
#include "publish/publication.h"

#include "base/banned.h"

bool fragment_model(struct publication *publication, const struct marker *marker, struct text *text,
                    struct error *error)
{
    (void)error; /* the model is there, and a writer cannot fail */
    parts_write_model(publication->document->format, (enum model_part)marker->kind->part, &publication->model, text);
    return true;
}

bool fragment_history(struct publication *publication, const struct marker *marker, struct text *text,
                      struct error *error)
{
    const struct history *history = publication_history(publication, error);
    enum history_part part = (enum history_part)marker->kind->part;
    if (!history)
        return false;
    if (part == PART_PUBLISHED && history->table_count == 0)
        return error_set(error, ERROR_INPUT,
                         "version '%s' names no table of published numbers that the database has; 'report: {published: "
                         "NAME}' names one, 'kbench import' takes one in",
                         publication->model.row.version);
    parts_write_history(publication->document->format, part, history, text);
    return true;
}

bool fragment_case(struct publication *publication, const struct marker *marker, struct text *text, struct error *error)
{
    const struct report_case *report_case =
        publication_case(publication, attributes_get(&marker->attributes, "case"), error);
    if (report_case)
        parts_write_case(publication->document->format, (enum case_part)marker->kind->part, &publication->model,
                         report_case, text);
    return report_case != NULL;
}

/* The parts that a table of a case can have, by their names. */
static const struct {
    const char *name;
    enum case_part part;
    bool by_default;
} table_parts[] = {{"results", PART_RESULTS, true},
                   {"ratios", PART_RATIOS, true},
                   {"efficiency", PART_EFFICIENCY, false}};
#define TABLE_PARTS (sizeof table_parts / sizeof *table_parts)

static bool check_part(const char *name, struct error *error)
{
    struct string_list names = {0};
    bool known = name == NULL;
    for (size_t i = 0; i < TABLE_PARTS; i++) {
        known = known || string_equal(name, table_parts[i].name);
        string_list_push(&names, table_parts[i].name);
    }
    if (!known) {
        error_set(error, ERROR_INPUT, "a table has no part '%s'", name);
        error_suggest_from(error, name, &names);
    }
    string_list_release(&names);
    return known;
}

bool fragment_table(struct publication *publication, const struct marker *marker, struct text *text,
                    struct error *error)
{
    const char *part = attributes_get(&marker->attributes, "part"), *name = attributes_get(&marker->attributes, "case");
    enum document_format format = publication->document->format;
    if (!name && part)
        return error_set(error, ERROR_INPUT, "part=%s is of the table of a case: case=CASE is missing", part);
    if (!name) {
        parts_write_model(format, PART_GLANCE, &publication->model, text);
        return true;
    }
    const struct report_case *report_case = publication_case(publication, name, error);
    if (!report_case || !check_part(part, error))
        return false;
    for (size_t i = 0; i < TABLE_PARTS; i++)
        if (part ? string_equal(part, table_parts[i].name) : table_parts[i].by_default)
            parts_write_case(format, table_parts[i].part, &publication->model, report_case, text);
    markup_trace(format, &publication->model, report_case, text);
    return true;
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
    parts_write_model(publication->document->format, PART_SENTENCES, &part, text);
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
        parts_write_model(publication->document->format, PART_CLAIMS, &publication->model, text);
    return true;
}
