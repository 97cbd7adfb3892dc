/* SPDX-License-Identifier: Apache-2.0 */
#include "publish/kinds.h"

#include "publish/fragments.h"
#include "publish/parts.h"

#include "base/banned.h"

#define REQUIRED true

const struct marker_kind marker_kinds[] = {
    {"head",
     false,
     {{0}},
     "version, revision, dates, the definition's SHA-256, campaigns, kbench",
     fragment_model,
     PART_HEAD},
    {"table",
     false,
     {{"case", "CASE", false}, {"part", "PART", false}},
     "results of a case and ratios to the baseline; PART: results, ratios or efficiency alone; without CASE the throughput of "
     "all cases and runs",
     fragment_table,
     0},
    {"chart",
     false,
     {{"kind", "KIND", REQUIRED}, {"case", "CASE", false}, {"against", "VERSION", false}},
     "a chart beside the document as an SVG; KIND: throughput, ratio, latency, timeline, efficiency, versions or trials",
     fragment_chart,
     0},
    {"settings",
     false,
     {{"case", "CASE", REQUIRED}},
     "what differs between the clients of a case beside the client",
     fragment_case,
     PART_SETTINGS},
    {"claims",
     false,
     {{"claim", "NAME", false}},
     "each quoted sentence with what was found of it; with NAME only the sentence of that claim",
     fragment_claims,
     0},
    {"reading", false, {{0}}, "what the tables' figures are", fragment_model, PART_READING},
    {"validity", false, {{0}}, "what has to be known before the figures are believed", fragment_model, PART_VALIDITY},
    {"environment", false, {{0}}, "clients' versions, the machine", fragment_model, PART_ENVIRONMENT},
    {"brokers", false, {{0}}, "settings of the brokers that are not at their default", fragment_model, PART_BROKERS},
    {"campaigns",
     false,
     {{0}},
     "how the campaigns went, and the trials that are in no figure",
     fragment_model,
     PART_CAMPAIGNS},
    {"versions", false, {{0}}, "the versions and revisions that belong together", fragment_history, PART_VERSIONS},
    {"changes", false, {{0}}, "what changed from one version to the next", fragment_history, PART_CHANGES},
    {"published",
     false,
     {{0}},
     "numbers that others published beside those measured",
     fragment_history,
     PART_PUBLISHED},
    {"value",
     true,
     {{"pair", "CASE/RUN", false},
      {"metric", "NAME", false},
      {"to", "CASE/RUN", false},
      {"published", "TABLE", false},
      {"case", "CASE", false},
      {"claim", "NAME", false},
      {"of", "NAME", false},
      {"setting", "NAME", false},
      {"environment", "NAME", false},
      {"format", "FORMAT", false}},
     "one number or word within a sentence",
     fragment_value,
     0},
    {NULL, false, {{0}}, NULL, NULL, 0},
};

const struct marker_kind *marker_kind_find(const char *name, struct error *error)
{
    struct string_list names = {0};
    for (const struct marker_kind *kind = marker_kinds; kind->name; kind++) {
        if (string_equal(kind->name, name)) {
            string_list_release(&names);
            return kind;
        }
        string_list_push(&names, kind->name);
    }
    error_set(error, ERROR_INPUT, "there is no kind of marker '%s'", name);
    error_suggest_from(error, name, &names);
    string_list_release(&names);
    return NULL;
}

static bool check_attribute(const struct marker_kind *kind, const char *name, struct error *error)
{
    struct string_list names = {0};
    bool known = false;
    for (const struct marker_attribute *attribute = kind->attributes; attribute->name; attribute++) {
        known = known || string_equal(attribute->name, name);
        string_list_push(&names, attribute->name);
    }
    if (!known) {
        error_set(error, ERROR_INPUT, "a '%s' marker has no attribute '%s'", kind->name, name);
        error_suggest_from(error, name, &names);
    }
    string_list_release(&names);
    return known;
}

bool marker_kind_check(const struct marker_kind *kind, const struct attributes *attributes, struct error *error)
{
    for (size_t i = 0; i < attributes->count; i++)
        if (!check_attribute(kind, attributes->items[i].name, error))
            return false;
    for (const struct marker_attribute *attribute = kind->attributes; attribute->name; attribute++)
        if (attribute->required && !attributes_get(attributes, attribute->name))
            return error_set(error, ERROR_INPUT, "a '%s' marker needs %s=%s", kind->name, attribute->name,
                             attribute->argument);
    return true;
}
