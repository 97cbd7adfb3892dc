/* SPDX-License-Identifier: Apache-2.0 */
/* What differs between the two sides of a comparison beside their figures, and which of it a definition asks for. */
#include "report/compare.h"
#include "report/compare_facts.h"
#include "report/format.h"

#include "base/banned.h"

#define NONE "(none)"

static bool same_values(const struct string_list *a, const struct string_list *b)
{
    if (!a || !b || a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (!string_list_contains(b, a->items[i]))
            return false;
    return true;
}

static char *values_text(const struct string_list *values)
{
    return values ? format_list(values) : string_copy(NONE);
}

/* What the environment says of the machine itself, of a client's platform, or of the rest. */
static enum difference_kind kind_of_environment(const char *name)
{
    static const char *const machine[] = {"host_hash",    "cpu_model",      "cpu_cores",
                                          "memory_bytes", "virtualization", "log_device"};
    for (size_t i = 0; i < sizeof machine / sizeof *machine; i++)
        if (string_equal(name, machine[i]))
            return DIFFERENCE_MACHINE;
    return string_starts_with(name, "clients.") ? DIFFERENCE_CLIENT : DIFFERENCE_ENVIRONMENT;
}

static void add_difference(struct comparison *comparison, enum difference_kind kind, const char *name,
                           const struct string_list *a, const struct string_list *b)
{
    comparison->differences =
        memory_resized(comparison->differences, comparison->difference_count + 1, sizeof *comparison->differences);
    comparison->differences[comparison->difference_count++] = (struct comparison_difference){
        .kind = kind == DIFFERENCE_ENVIRONMENT ? kind_of_environment(name) : kind,
        .name = string_copy(name),
        .a = values_text(a),
        .b = values_text(b),
        .intended = kind == DIFFERENCE_DEFINITION,
    };
}

static void compare_facts(struct comparison *comparison, enum difference_kind kind, const struct facts *a,
                          const struct facts *b)
{
    for (size_t i = 0; i < a->count; i++) {
        const struct string_list *other = facts_get(b, a->items[i].name);
        if (!same_values(&a->items[i].values, other))
            add_difference(comparison, kind, a->items[i].name, &a->items[i].values, other);
    }
    for (size_t i = 0; i < b->count; i++)
        if (!facts_get(a, b->items[i].name))
            add_difference(comparison, kind, b->items[i].name, NULL, &b->items[i].values);
}

/* ---- what is intended ---- */

/* Whether the definitions differ in this name, or with `or_ending` in one that ends with it. */
static bool is_asked_for(const struct comparison *comparison, const char *name, bool or_ending)
{
    char *ending = string_format(".%s", name);
    bool found = false;
    for (size_t i = 0; i < comparison->difference_count && !found; i++) {
        const struct comparison_difference *difference = &comparison->differences[i];
        found = difference->kind == DIFFERENCE_DEFINITION &&
                (string_equal(difference->name, name) || (or_ending && string_ends_with(difference->name, ending)));
    }
    free(ending);
    return found;
}

/* `name` is a run's, or "clients.<run>.runtime" and the like. */
static bool is_client_asked_for(const struct comparison *comparison, const char *name)
{
    static const char prefix[] = "clients.";
    bool in_environment = string_starts_with(name, prefix);
    const char *run = in_environment ? name + strlen(prefix) : name, *last = strrchr(run, '.');
    int length = in_environment && last ? (int)(last - run) : (int)strlen(run);
    char *version = string_format("runs[%.*s].version", length, run);
    char *driver = string_format("runs[%.*s].driver", length, run);
    bool asked = is_asked_for(comparison, version, false) || is_asked_for(comparison, driver, false);
    free(version);
    free(driver);
    return asked;
}

/* `name` is "<run> <setting> in <case>". */
static bool is_setting_asked_for(const struct comparison *comparison, const char *name)
{
    const char *setting = strchr(name, ' ') + 1;
    char *canonical = string_format("%.*s", (int)strcspn(setting, " "), setting);
    bool asked = is_asked_for(comparison, canonical, true);
    free(canonical);
    return asked;
}

static void mark_intended(struct comparison *comparison)
{
    for (size_t i = 0; i < comparison->difference_count; i++) {
        struct comparison_difference *difference = &comparison->differences[i];
        if (difference->kind == DIFFERENCE_BROKER)
            difference->intended = is_asked_for(comparison, "cluster.kafka", false);
        else if (difference->kind == DIFFERENCE_BROKER_SETTING)
            difference->intended = is_asked_for(comparison, difference->name, true);
        else if (difference->kind == DIFFERENCE_CLIENT)
            difference->intended = is_client_asked_for(comparison, difference->name);
        else if (difference->kind == DIFFERENCE_CLIENT_SETTING)
            difference->intended = is_setting_asked_for(comparison, difference->name);
    }
}

/* ---- their order ---- */

static int by_doubt(const void *left, const void *right)
{
    const struct comparison_difference *a = left, *b = right;
    if (a->intended != b->intended)
        return a->intended ? 1 : -1;
    return a->kind != b->kind ? (int)a->kind - (int)b->kind : strcmp(a->name, b->name);
}

static bool is_same_setting(const struct comparison_difference *a, const struct comparison_difference *b)
{
    size_t length = (size_t)(strstr(a->name, " in ") - a->name);
    return strncmp(a->name, b->name, length) == 0 && string_starts_with(b->name + length, " in ") &&
           string_equal(a->a, b->a) && string_equal(a->b, b->b);
}

/* One setting that changed in the same way in several cases is one difference: "<run> <setting> in <case>, <case>". */
static void merge_cases(struct comparison *comparison)
{
    size_t kept = 0;
    for (size_t i = 0; i < comparison->difference_count; i++) {
        struct comparison_difference *own = &comparison->differences[i];
        struct comparison_difference *before = kept ? &comparison->differences[kept - 1] : NULL;
        if (before && own->kind == DIFFERENCE_CLIENT_SETTING && before->kind == own->kind &&
            is_same_setting(before, own)) {
            char *name = string_format("%s, %s", before->name, strstr(own->name, " in ") + strlen(" in "));
            free(before->name);
            before->name = name;
            free(own->name);
            free(own->a);
            free(own->b);
        } else {
            comparison->differences[kept++] = *own;
        }
    }
    comparison->difference_count = kept;
}

/* The sides are of one machine when both know theirs and nothing that tells machines apart differs. */
static bool is_other_machine(const struct comparison *comparison)
{
    bool other = comparison->a.environment_count == 0 || comparison->b.environment_count == 0;
    for (size_t i = 0; i < comparison->difference_count; i++)
        other = other || comparison->differences[i].kind == DIFFERENCE_MACHINE;
    return other;
}

void comparison_find_differences(struct comparison *comparison)
{
    static const enum difference_kind kinds[FACTS_GROUPS] = {
        [FACTS_DEFINITION] = DIFFERENCE_DEFINITION,
        [FACTS_ENVIRONMENT] = DIFFERENCE_ENVIRONMENT,
        [FACTS_CLIENTS] = DIFFERENCE_CLIENT,
        [FACTS_BROKERS] = DIFFERENCE_BROKER,
        [FACTS_CLIENT_SETTINGS] = DIFFERENCE_CLIENT_SETTING,
        [FACTS_BROKER_SETTINGS] = DIFFERENCE_BROKER_SETTING,
    };
    struct facts a[FACTS_GROUPS], b[FACTS_GROUPS];
    facts_collect(&comparison->a, &comparison->b, a);
    facts_collect(&comparison->b, &comparison->a, b);
    for (int i = 0; i < FACTS_GROUPS; i++) {
        compare_facts(comparison, kinds[i], &a[i], &b[i]);
        facts_release(&a[i]);
        facts_release(&b[i]);
    }
    mark_intended(comparison);
    comparison->other_machine = is_other_machine(comparison);
    if (comparison->difference_count > 1)
        qsort(comparison->differences, comparison->difference_count, sizeof *comparison->differences, by_doubt);
    merge_cases(comparison);
}

const char *difference_kind_name(enum difference_kind kind)
{
    static const char *const names[] = {
        [DIFFERENCE_MACHINE] = "machine",       [DIFFERENCE_ENVIRONMENT] = "environment",
        [DIFFERENCE_BROKER] = "broker",         [DIFFERENCE_BROKER_SETTING] = "broker setting",
        [DIFFERENCE_CLIENT] = "client",         [DIFFERENCE_CLIENT_SETTING] = "client setting",
        [DIFFERENCE_DEFINITION] = "definition",
    };
    return names[kind];
}
