/* SPDX-License-Identifier: Apache-2.0 */
/* Whether the planned faults of a case can happen, and whether its records can be read back. */
#include <inttypes.h>

#include "experiment/checks.h"

#include "base/banned.h"

/* The number that `verify: content` puts at the front of each record. */
#define SEQUENCE_BYTES 8

static void check_cluster(const struct cluster_definition *cluster, const struct fault *fault,
                          struct problems *problems)
{
    if (cluster->kind == CLUSTER_EXTERNAL)
        problems_add(problems, fault->position,
                     "a fault of an external cluster, expected a local or mock one: others' brokers are left alone");
    else if (fault->broker > cluster->brokers)
        problems_add(problems, fault->position, "the fault's broker is %d, expected at most the number of brokers, %d",
                     fault->broker, cluster->brokers);
    if (cluster->rtt_ms > 0 && fault->kind == FAULT_PAUSE)
        problems_add(
            problems, fault->position,
            "a pause does not go with the cluster's 'rtt', expected one of them: both delay the mock's responses");
}

static void check_time(const struct experiment_case *c, const struct fault *fault, struct problems *problems)
{
    int64_t length_ms = c->warmup_ms + c->duration_ms;
    if (c->records > 0)
        problems_add(problems, fault->position,
                     "a fault in a trial that 'records' ends, expected 'duration': nobody knows how long it takes");
    else if (fault->at_ms + fault->for_ms > length_ms)
        problems_add(problems, fault->position,
                     "the fault ends after %" PRId64 " ms, expected within warm-up and window, %" PRId64 " ms",
                     fault->at_ms + fault->for_ms, length_ms);
}

static bool overlap(const struct fault *a, const struct fault *b)
{
    bool same = a->broker == b->broker || a->broker == 0 || b->broker == 0;
    return same && a->at_ms < b->at_ms + b->for_ms && b->at_ms < a->at_ms + a->for_ms;
}

void checks_faults(const struct experiment *experiment, const struct experiment_case *c, struct problems *problems)
{
    for (size_t i = 0; i < c->fault_count; i++) {
        const struct fault *fault = &c->faults[i];
        check_cluster(&experiment->cluster, fault, problems);
        check_time(c, fault, problems);
        for (size_t j = 0; j < i; j++)
            if (overlap(fault, &c->faults[j])) {
                problems_add(problems, fault->position,
                             "the fault begins before that of line %d at the same broker ends, expected one at a time",
                             c->faults[j].position.line);
                break;
            }
    }
}

/* What takes records out of a topic again. */
static void check_keeps_all(const struct property *property, struct problems *problems)
{
    bool is_policy = string_equal(property->name, "cleanup.policy");
    bool is_retention = string_equal(property->name, "retention.ms") || string_equal(property->name, "retention.bytes");
    if ((is_policy && !string_equal(property->value, "delete")) ||
        (is_retention && !string_equal(property->value, "-1")))
        problems_add(
            problems, property->position,
            "'%s: %s' can take records away before 'verify: content' has read them back, expected it not to be "
            "there",
            property->name, property->value);
}

void checks_content(const struct experiment_case *c, const struct yaml_node *node, struct problems *problems)
{
    if (c->verify != VERIFY_CONTENT)
        return;
    if (c->record_size_bytes < SEQUENCE_BYTES)
        problems_add(problems, yaml_node_place(node, "record/size"),
                     "the record's size is %" PRId64 ", expected at least %d: 'verify: content' numbers each record",
                     c->record_size_bytes, SEQUENCE_BYTES);
    for (size_t i = 0; i < c->topic_config.count; i++)
        check_keeps_all(&c->topic_config.items[i], problems);
}
