/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/experiment.h"

#include "base/file.h"
#include "experiment/cases.h"
#include "experiment/checks.h"
#include "experiment/keys.h"

#include "base/banned.h"

#define DURATION_DEFAULT_MS 8000

bool experiment_case_matches(const struct experiment_case *c, const char *name)
{
    size_t base = strcspn(c->name, "[");
    return string_equal(c->name, name) || (strlen(name) == base && strncmp(c->name, name, base) == 0);
}

int experiment_find_case(const struct experiment *experiment, const char *name)
{
    for (size_t i = 0; i < experiment->case_count; i++)
        if (string_equal(experiment->cases[i].name, name))
            return (int)i;
    return -1;
}

int experiment_find_run(const struct experiment *experiment, const char *name)
{
    for (size_t i = 0; i < experiment->run_count; i++)
        if (string_equal(experiment->runs[i].name, name))
            return (int)i;
    return -1;
}

int experiment_find_pair(const struct experiment *experiment, int case_index, int run_index)
{
    for (size_t i = 0; i < experiment->pair_count; i++)
        if (experiment->pairs[i].case_index == case_index && experiment->pairs[i].run_index == run_index)
            return (int)i;
    return -1;
}

/* Defaults that depend on another value, and so cannot stand in the table of keys. */
static void fill_in(struct experiment *experiment)
{
    for (size_t i = 0; i < experiment->case_count; i++) {
        struct experiment_case *c = &experiment->cases[i];
        if (!c->title)
            c->title = string_copy(c->name);
        if (!c->duration_ms && !c->records)
            c->duration_ms = DURATION_DEFAULT_MS;
    }
    for (size_t i = 0; i < experiment->run_count; i++)
        if (!experiment->runs[i].title)
            experiment->runs[i].title = string_copy(experiment->runs[i].name);
    if (!experiment->design.trials_max)
        experiment->design.trials_max = experiment->design.trials_min;
    if (!experiment->report.baseline && experiment->run_count)
        experiment->report.baseline = string_copy(experiment->runs[0].name);
}

static bool is_excluded(const struct experiment *experiment, const struct experiment_case *c,
                        const struct experiment_run *run)
{
    for (size_t i = 0; i < experiment->exclusion_count; i++) {
        const struct exclusion *exclusion = &experiment->exclusions[i];
        if (c->name && exclusion->case_name && experiment_case_matches(c, exclusion->case_name) && run->name &&
            string_equal(run->name, exclusion->run_name))
            return true;
    }
    return false;
}

static void make_pairs(struct experiment *experiment)
{
    experiment->pairs = memory_zeroed(experiment->case_count * experiment->run_count, sizeof *experiment->pairs);
    for (size_t i = 0; i < experiment->case_count; i++)
        for (size_t j = 0; j < experiment->run_count; j++)
            if (!is_excluded(experiment, &experiment->cases[i], &experiment->runs[j]))
                experiment->pairs[experiment->pair_count++] =
                    (struct experiment_pair){.case_index = (int)i, .run_index = (int)j};
}

static void read_tree(struct experiment *experiment, struct yaml_node *root, struct problems *problems)
{
    if (root->kind == YAML_MAPPING)
        cases_expand(root, problems);
    keys_read(&experiment_keys, root, experiment, KEYS_WHOLE, problems);
    if (root->kind != YAML_MAPPING)
        return;
    fill_in(experiment);
    make_pairs(experiment);
    checks_run(experiment, root, problems);
}

static void identify(struct experiment *experiment, const char *bytes, size_t length)
{
    struct text canonical = TEXT_INIT;
    keys_write(&experiment_keys, experiment, &canonical);
    file_sha256_hex(canonical.bytes, canonical.length, experiment->sha256);
    experiment->canonical = text_detach(&canonical);
    experiment->as_written = string_format("%.*s", (int)length, bytes);
}

struct experiment *experiment_parse(const char *file, const char *bytes, size_t length, struct error_list *errors)
{
    struct problems problems = {.file = file, .list = errors};
    struct experiment *experiment = memory_zeroed(1, sizeof *experiment);
    experiment->file = string_copy(file);
    struct yaml_node *root = yaml_tree_read(bytes, length, &problems);
    if (root)
        read_tree(experiment, root, &problems);
    yaml_node_free(root);
    problems_finish(&problems);
    if (errors->count) {
        experiment_free(experiment);
        return NULL;
    }
    identify(experiment, bytes, length);
    return experiment;
}

void experiment_free(struct experiment *experiment)
{
    if (!experiment)
        return;
    keys_release(&experiment_keys, experiment);
    free(experiment->file);
    free(experiment->pairs);
    free(experiment->as_written);
    free(experiment->canonical);
    free(experiment);
}
