/* SPDX-License-Identifier: Apache-2.0 */
#include "experiment/checks.h"

#include "base/banned.h"

static void check_version(const struct experiment *experiment, const struct yaml_node *root, struct problems *problems)
{
    const char *slash = strrchr(experiment->file, '/');
    const char *file = slash ? slash + 1 : experiment->file;
    size_t length = strlen(file);
    if (string_ends_with(file, ".yaml"))
        length -= strlen(".yaml");
    if (!experiment->version)
        return;
    if (strlen(experiment->version) != length || strncmp(experiment->version, file, length) != 0)
        problems_add(problems, yaml_node_place(root, "version"),
                     "the version is '%s', expected the file's name '%.*s': one version, one file", experiment->version,
                     (int)length, file);
    if (string_equal(experiment->supersedes, experiment->version))
        problems_add(problems, yaml_node_place(root, "supersedes"),
                     "the version supersedes itself, expected an earlier one");
}

/* What only some clusters need. A key that does not go with the kind is the table's business. */
static void check_cluster(const struct cluster_definition *cluster, const struct yaml_node *root,
                          struct problems *problems)
{
    const struct yaml_node *node = yaml_node_get(root, "cluster");
    if (!node || node->kind != YAML_MAPPING)
        return;
    bool local = cluster->kind == CLUSTER_LOCAL;
    if (local && !yaml_node_get(node, "kafka"))
        problems_add(problems, node->position, "a local cluster has no 'kafka', expected the version of the broker");
    if (cluster->kind == CLUSTER_EXTERNAL && !yaml_node_get(node, "bootstrap.servers"))
        problems_add(problems, node->position,
                     "an external cluster has no 'bootstrap.servers', expected host:port,host:port");
    bool has_zookeeper = yaml_node_get(node, "zookeeper");
    if (local && cluster->mode == CLUSTER_ZOOKEEPER && !has_zookeeper)
        problems_add(problems, node->position, "mode zookeeper has no 'zookeeper', expected its version");
    if (local && cluster->mode == CLUSTER_KRAFT && has_zookeeper)
        problems_add(problems, yaml_node_place(node, "zookeeper"),
                     "'zookeeper' does not go with mode kraft, expected it not to be there");
}

static void check_measure(const struct experiment *experiment, const struct experiment_case *c,
                          const struct yaml_node *node, struct problems *problems)
{
    if (c->duration_ms && c->records)
        problems_add(problems, yaml_node_place(node, "measure/records"),
                     "both 'records' and 'duration' are given, expected one of them");
    int64_t length_ms = c->warmup_ms + c->duration_ms;
    if (experiment->design.timeout_ms && length_ms >= experiment->design.timeout_ms)
        problems_add(problems, yaml_node_place(node, "measure/duration"),
                     "warm-up and window take %lld ms, expected less than the design's timeout of %lld ms",
                     (long long)length_ms, (long long)experiment->design.timeout_ms);
}

static void check_load(const struct experiment_case *c, const struct yaml_node *node, struct problems *problems)
{
    bool produces = c->workload != WORKLOAD_CONSUME, consumes = c->workload != WORKLOAD_PRODUCE;
    if (produces && c->producers < 1)
        problems_add(problems, yaml_node_place(node, "load/producers"),
                     "the workload %s has no producer, expected at least 1", workload_name(c->workload));
    if (consumes && c->consumers < 1)
        problems_add(problems, yaml_node_place(node, "load/consumers"),
                     "the workload %s has no consumer, expected 'consumers' of at least 1", workload_name(c->workload));
    if (!consumes && c->consumers > 0)
        problems_add(problems, yaml_node_place(node, "load/consumers"),
                     "the workload produce has consumers, expected 0");
    if (c->arrivals == ARRIVALS_POISSON && !(c->rate_per_sec > 0))
        problems_add(problems, yaml_node_place(node, "load/arrivals"),
                     "'arrivals: poisson' has no rate, expected a 'rate' in records/s");
}

static void check_case(const struct experiment *experiment, const struct experiment_case *c,
                       const struct yaml_node *node, struct problems *problems)
{
    check_measure(experiment, c, node, problems);
    check_load(c, node, problems);
    checks_faults(experiment, c, problems);
    checks_content(c, node, problems);
    int brokers = experiment->cluster.brokers; /* 0 for an external cluster: not known here */
    if (brokers && c->replication_factor > brokers)
        problems_add(problems, yaml_node_place(node, "topic/replication.factor"),
                     "the replication factor is %d, expected at most the number of brokers, %d", c->replication_factor,
                     brokers);
}

static void check_design(const struct experiment *experiment, const struct yaml_node *root, struct problems *problems)
{
    const struct experiment_design *design = &experiment->design;
    const struct yaml_node *trials = yaml_node_get(yaml_node_get(root, "design"), "trials");
    struct position max = yaml_node_place(root, "design/trials/max");
    if (design->precision > 0 && design->trials_max <= design->trials_min)
        problems_add(problems, yaml_node_place(root, "design/trials/precision"),
                     "precision needs room for more trials, expected a 'max' above the min of %d", design->trials_min);
    else if (design->trials_max < design->trials_min)
        problems_add(problems, max, "'max' is %d, expected at least the min of %d", design->trials_max,
                     design->trials_min);
    else if (!yaml_node_get(trials, "precision") && design->trials_max > design->trials_min)
        problems_add(problems, max, "'max' says nothing without 'precision', expected both or none");
}

static void check_report(const struct experiment_report *report, const struct yaml_node *root,
                         struct problems *problems)
{
    for (size_t i = 1; i < report->percentile_count; i++)
        if (report->percentiles[i] <= report->percentiles[i - 1]) {
            problems_add(problems, yaml_node_place(root, "report/percentiles"),
                         "the percentiles are not rising, expected each above the one before");
            return;
        }
}

void checks_run(const struct experiment *experiment, const struct yaml_node *root, struct problems *problems)
{
    check_version(experiment, root, problems);
    check_cluster(&experiment->cluster, root, problems);
    const struct yaml_node *cases = yaml_node_get(root, "cases");
    for (size_t i = 0; i < experiment->case_count; i++)
        if (cases->items[i]->kind == YAML_MAPPING)
            check_case(experiment, &experiment->cases[i], cases->items[i], problems);
    check_design(experiment, root, problems);
    check_report(&experiment->report, root, problems);
    checks_names(experiment, root, problems);
    checks_properties(experiment, problems);
}
