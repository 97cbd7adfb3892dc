/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/cases.h"

#include "experiment/sweep.h"
#include "experiment/keys.h"

#include "base/banned.h"

/* `defaults` checked on its own, so that a mistake shows also where every case overrides it. */
static void check_defaults(const struct yaml_node *defaults, struct problems *problems)
{
    struct experiment_case scratch = {0};
    keys_read(&case_keys, defaults, &scratch, KEYS_DEFAULTS, problems);
    keys_release(&case_keys, &scratch);
}

/* What a case starts from: `defaults` without the keys that cannot stand there. */
static struct yaml_node *template_of(const struct yaml_node *defaults, struct position position)
{
    if (!defaults || defaults->kind != YAML_MAPPING)
        return yaml_node_new(YAML_MAPPING, position);
    struct yaml_node *template = yaml_node_copy(defaults);
    for (const struct key *key = case_keys.keys; key->name; key++)
        if (key->not_in_defaults)
            yaml_node_remove(template, key->name);
    return template;
}

void cases_expand(struct yaml_node *root, struct problems *problems)
{
    const struct yaml_node *defaults = yaml_node_get(root, "defaults");
    const struct yaml_node *cases = yaml_node_get(root, "cases");
    if (defaults)
        check_defaults(defaults, problems);
    if (cases && cases->kind == YAML_SEQUENCE) {
        struct yaml_node *expanded = yaml_node_new(YAML_SEQUENCE, cases->position);
        struct yaml_node *template = template_of(defaults, cases->position);
        struct sweep_budget budget = SWEEP_BUDGET_INIT;
        for (size_t i = 0; i < cases->count; i++)
            sweep_expand(template, cases->items[i], expanded, &budget, problems);
        yaml_node_free(template);
        yaml_node_set(root, "cases", root->key_positions[yaml_node_find(root, "cases")], expanded);
    }
    yaml_node_remove(root, "defaults");
}
