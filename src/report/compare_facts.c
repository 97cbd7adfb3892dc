/* SPDX-License-Identifier: Apache-2.0 */
#include "report/compare_facts.h"

#include "experiment/flatten.h"

#include "base/banned.h"

static void facts_add(struct facts *facts, const char *name, const char *value)
{
    size_t at = 0;
    while (at < facts->count && !string_equal(facts->items[at].name, name))
        at++;
    if (at == facts->count) {
        facts->items = memory_resized(facts->items, ++facts->count, sizeof *facts->items);
        facts->items[at] = (struct fact){.name = string_copy(name)};
    }
    if (!string_list_contains(&facts->items[at].values, value))
        string_list_push(&facts->items[at].values, value);
}

static void facts_add_list(struct facts *facts, const char *name, const struct string_list *values)
{
    for (size_t i = 0; i < values->count; i++)
        facts_add(facts, name, values->items[i]);
}

const struct string_list *facts_get(const struct facts *facts, const char *name)
{
    for (size_t i = 0; i < facts->count; i++)
        if (string_equal(facts->items[i].name, name))
            return &facts->items[i].values;
    return NULL;
}

void facts_release(struct facts *facts)
{
    for (size_t i = 0; i < facts->count; i++) {
        free(facts->items[i].name);
        string_list_release(&facts->items[i].values);
    }
    free(facts->items);
    *facts = (struct facts){0};
}

/* ---- the definition ---- */

/* What decides no result. */
static bool is_words(const char *name)
{
    static const char *const words[] = {"version", "title", "supersedes", "changes", "claims", "report"};
    size_t length = strcspn(name, ".[");
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && strncmp(words[i], name, length) == 0)
            return true;
    return string_ends_with(name, "].title");
}

/* Whether the other definition has the case or run that the name is of, or the name is of none. */
static bool is_of_both(const char *name, const struct experiment *other)
{
    bool is_case = string_starts_with(name, "cases["), is_run = string_starts_with(name, "runs[");
    const char *item = strchr(name, '['), *end = strstr(name, "].");
    if ((!is_case && !is_run) || !item || !end)
        return true;
    char *own = string_format("%.*s", (int)(end - item - 1), item + 1);
    bool found = (is_case ? experiment_find_case(other, own) : experiment_find_run(other, own)) >= 0;
    free(own);
    return found;
}

static void definition_facts(const struct experiment *experiment, const struct experiment *other, struct facts *facts)
{
    struct flat_definition flat;
    experiment_flatten(experiment, &flat);
    for (size_t i = 0; i < flat.names.count; i++)
        if (!is_words(flat.names.items[i]) && is_of_both(flat.names.items[i], other))
            facts_add(facts, flat.names.items[i], flat.values.items[i]);
    flat_definition_release(&flat);
}

/* ---- the environment ---- */

/* What the machine's description has of clients; the trials tell the library and its version themselves. */
static bool is_of_a_shared_client(const char *name, const struct experiment *other)
{
    const char *run = name + strlen("clients."), *last = strrchr(run, '.');
    if (!last || string_equal(last, ".client") || string_equal(last, ".library"))
        return false;
    char *own = string_format("%.*s", (int)(last - run), run);
    bool shared = experiment_find_run(other, own) >= 0;
    free(own);
    return shared;
}

static void environment_facts(const struct report_model *model, const struct experiment *other, struct facts *facts)
{
    for (size_t i = 0; i < model->environment_count; i++) {
        const struct report_environment *environment = &model->environments[i];
        for (size_t j = 0; j < environment->names.count; j++) {
            const char *name = environment->names.items[j];
            if (!string_starts_with(name, "clients.") || is_of_a_shared_client(name, other))
                facts_add(facts, name, environment->values.items[j]);
        }
    }
}

/* ---- clients and brokers, as the trials tell them ---- */

static void pair_facts(const struct report_pair *pair, struct facts facts[FACTS_GROUPS])
{
    facts_add_list(&facts[FACTS_CLIENTS], pair->run->name, &pair->clients);
    facts_add_list(&facts[FACTS_BROKERS], "version", &pair->brokers);
    for (size_t i = 0; i < pair->setting_count; i++) {
        char *name = string_format("%s %s in %s", pair->run->name, pair->settings[i].canonical, pair->c->name);
        facts_add_list(&facts[FACTS_CLIENT_SETTINGS], name, &pair->settings[i].in_force);
        free(name);
    }
}

/* Ports and folders of brokers that are started for a campaign are others each time. */
static bool is_of_one_start(const char *name)
{
    static const char *const names[] = {"listeners",
                                        "advertised.listeners",
                                        "controller.quorum.voters",
                                        "controller.quorum.bootstrap.servers",
                                        "log.dir",
                                        "log.dirs",
                                        "metadata.log.dir"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (string_equal(name, names[i]))
            return true;
    return false;
}

static void broker_setting_facts(const struct report_model *model, struct facts *facts)
{
    bool local = model->experiment->cluster.kind == CLUSTER_LOCAL;
    for (size_t i = 0; i < model->broker_setting_count; i++)
        if (!local || !is_of_one_start(model->broker_settings[i].name))
            facts_add(facts, model->broker_settings[i].name, model->broker_settings[i].value);
}

void facts_collect(const struct report_model *model, const struct report_model *other, struct facts facts[FACTS_GROUPS])
{
    for (int i = 0; i < FACTS_GROUPS; i++)
        facts[i] = (struct facts){0};
    definition_facts(model->experiment, other->experiment, &facts[FACTS_DEFINITION]);
    environment_facts(model, other->experiment, &facts[FACTS_ENVIRONMENT]);
    for (size_t i = 0; i < model->case_count; i++)
        for (size_t j = 0; j < model->cases[i].pair_count; j++) {
            const struct report_pair *pair = &model->cases[i].pairs[j];
            const struct report_pair *same = report_model_find_pair(other, pair->c->name, pair->run->name);
            if (pair->trial_count > 0 && same && same->trial_count > 0)
                pair_facts(pair, facts);
        }
    broker_setting_facts(model, &facts[FACTS_BROKER_SETTINGS]);
}
