/* SPDX-License-Identifier: Apache-2.0 */
/* How the cluster was warmed up, from the campaigns' notes. */
#include <math.h>

#include "report/model.h"

#include "base/banned.h"

static void read_warmup(const struct store_campaign_row *campaign, const json_t *notes, struct report_model *model)
{
    const json_t *rates = json_object_get(notes, "records_per_sec");
    const json_t *steady = json_object_get(notes, "steady");
    if (!json_is_array(rates) || !json_is_boolean(steady))
        return;
    model->warmups = memory_resized(model->warmups, model->warmup_count + 1, sizeof *model->warmups);
    struct report_warmup *warmup = &model->warmups[model->warmup_count++];
    *warmup = (struct report_warmup){
        .campaign_id = campaign->id,
        .case_name = string_copy(json_string_value(json_object_get(notes, "case"))),
        .run_name = string_copy(json_string_value(json_object_get(notes, "run"))),
        .seconds = json_number_value(json_object_get(notes, "seconds")),
        .window_s = json_number_value(json_object_get(notes, "window_s")),
        .steady = json_is_true(steady),
        .rates = memory_zeroed(json_array_size(rates) + 1, sizeof *warmup->rates),
        .rate_count = json_array_size(rates),
    };
    for (size_t i = 0; i < warmup->rate_count; i++)
        warmup->rates[i] = json_number_value(json_array_get(rates, i));
}

void report_warmup_load(struct report_model *model)
{
    for (size_t i = 0; i < model->campaigns.count; i++) {
        const struct store_campaign_row *campaign = &model->campaigns.items[i];
        json_t *notes = campaign->notes ? json_loads(campaign->notes, 0, NULL) : NULL;
        read_warmup(campaign, json_object_get(notes, "warmup"), model);
        json_decref(notes);
    }
}

void report_warmup_release(struct report_model *model)
{
    for (size_t i = 0; i < model->warmup_count; i++) {
        free(model->warmups[i].case_name);
        free(model->warmups[i].run_name);
        free(model->warmups[i].rates);
    }
    free(model->warmups);
}
