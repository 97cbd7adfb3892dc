/* SPDX-License-Identifier: Apache-2.0 */
#include "report/head.h"

#include <inttypes.h>

#include "report/format.h"

#include "base/banned.h"

#define DAY_LENGTH 10 /* of a time in ISO 8601, "2026-11-25" */

char *report_head_campaigns(const struct report_model *model)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < model->campaigns.count; i++)
        text_append_format(&text, "%s%" PRId64, i ? ", " : "", model->campaigns.items[i].id);
    return text.length ? text_detach(&text) : NULL;
}

/* The end of the last campaign that has ended; one that still runs has begun on a day, too. */
char *report_head_dates(const struct report_model *model)
{
    const struct store_campaign_rows *campaigns = &model->campaigns;
    if (campaigns->count == 0)
        return NULL;
    const char *first = campaigns->items[0].started_at, *last = first;
    for (size_t i = 0; i < campaigns->count; i++) {
        const char *end = campaigns->items[i].ended_at ? campaigns->items[i].ended_at : campaigns->items[i].started_at;
        last = strcmp(end, last) > 0 ? end : last;
    }
    if (strncmp(first, last, DAY_LENGTH) == 0)
        return string_format("%.*s", DAY_LENGTH, first);
    return string_format("%.*s to %.*s", DAY_LENGTH, first, DAY_LENGTH, last);
}

char *report_head_kbench(const struct report_model *model)
{
    struct string_list versions = {0};
    for (size_t i = 0; i < model->campaigns.count; i++) {
        const char *version = model->campaigns.items[i].kbench_version;
        if (version && !string_list_contains(&versions, version))
            string_list_push(&versions, version);
    }
    char *list = versions.count ? format_list(&versions) : NULL;
    string_list_release(&versions);
    return list;
}

/* Takes the value; NULL is left out. */
static void add(struct string_list *names, struct string_list *values, const char *name, char *value)
{
    if (value) {
        string_list_push(names, name);
        string_list_push(values, value);
    }
    free(value);
}

static char *commit_of(const struct report_model *model)
{
    if (!model->row.git_commit)
        return NULL;
    return string_format("%s%s", model->row.git_commit, model->row.git_dirty == 1 ? ", with uncommitted changes" : "");
}

static char *brokers_of(const struct experiment *experiment)
{
    if (experiment->cluster.kind != CLUSTER_LOCAL)
        return NULL;
    return string_format("%d, Kafka %s, %s", experiment->cluster.brokers,
                         experiment->cluster.kafka_version ? experiment->cluster.kafka_version : "?",
                         cluster_mode_name(experiment->cluster.mode));
}

void report_head(const struct report_model *model, struct string_list *names, struct string_list *values)
{
    const struct experiment *experiment = model->experiment;
    add(names, values, "Version", string_format("%s, revision %d", model->row.version, model->row.revision));
    add(names, values, "Supersedes", string_copy(experiment->supersedes));
    add(names, values, "Measured", report_head_dates(model));
    add(names, values, "Campaigns in the database", report_head_campaigns(model));
    add(names, values, "Definition, SHA-256", string_copy(model->row.sha256));
    add(names, values, "kbench", report_head_kbench(model));
    add(names, values, "Git commit", commit_of(model));
    add(names, values, "Cluster", string_copy(cluster_kind_name(experiment->cluster.kind)));
    add(names, values, "Brokers", brokers_of(experiment));
    if (model->include_disturbed)
        add(names, values, "Trials",
            string_copy("with those that the definition's rules mark as disturbed and otherwise leave out"));
}
