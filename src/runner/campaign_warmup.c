/* SPDX-License-Identifier: Apache-2.0 */
/* Which pair warms the cluster up, and what is kept of that. */
#include "runner/campaign.h"
#include "runner/warmup.h"

#include "base/banned.h"

/* The case that asks most of the brokers (most replicas, then the first), by the baseline where it is one of our drivers. */
static const struct campaign_step *choose_warmup(const struct campaign *campaign)
{
    const struct campaign_step *best = NULL;
    for (size_t i = 0; i < campaign->plan.plan.count; i++) {
        const struct campaign_step *step = &campaign->plan.steps[i];
        bool is_baseline = string_equal(step->run->name, campaign->experiment->report.baseline);
        bool best_is_baseline = best && string_equal(best->run->name, campaign->experiment->report.baseline);
        const struct driver *driver = driver_list_find(campaign->drivers, step->run->driver);
        if (driver->is_tool || !step->c->samples || !campaign_plan_is_left(&campaign->plan, step))
            continue;
        if (!best || step->c->replication_factor > best->c->replication_factor ||
            (step->c->replication_factor == best->c->replication_factor && is_baseline && !best_is_baseline))
            best = step;
    }
    return best;
}

bool campaign_warm_up(struct campaign *campaign, struct error *error)
{
    const struct campaign_step *step = choose_warmup(campaign);
    if (!step || campaign->experiment->design.warmup_ms == 0 || campaign->experiment->cluster.kind == CLUSTER_MOCK)
        return true;
    struct payload payload;
    struct trial_request request;
    bool ok = campaign_prepare(campaign, step, &payload, &request, error);
    if (ok) {
        progress_say(&campaign->progress, "warming the cluster up with %s/%s", step->c->name, step->run->name);
        json_t *notes = json_object();
        request.block = request.attempt = 0;
        char *topic = campaign_topic_name(campaign, &request);
        request.topic = topic;
        request.keep_topic = false;
        ok = warmup_run(&request, notes, &campaign->warmup_s, error);
        json_object_set_new(campaign->notes, "warmup", notes);
        free(topic);
    }
    payload_release(&payload);
    return ok;
}
