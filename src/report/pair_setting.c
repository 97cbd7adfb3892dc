/* SPDX-License-Identifier: Apache-2.0 */
/* What the client of a pair said of its settings, over all trials that count. */
#include "report/pair.h"

#include "base/banned.h"

static void add_distinct(struct string_list *list, const char *string)
{
    if (string && !string_list_contains(list, string))
        string_list_push(list, string);
}

/* What a definition asks of one client under a name that Kafka does not have. */
static void add_own(struct report_pair *pair, const struct store_setting_row *row)
{
    if (!row->requested || !row->native)
        return;
    char *assignment = string_format("%s=%s", row->native, row->requested);
    add_distinct(&pair->own_settings, assignment);
    free(assignment);
}

static struct report_setting *setting_of(struct report_pair *pair, const char *canonical)
{
    for (size_t i = 0; i < pair->setting_count; i++)
        if (string_equal(pair->settings[i].canonical, canonical))
            return &pair->settings[i];
    pair->settings = memory_resized(pair->settings, pair->setting_count + 1, sizeof *pair->settings);
    struct report_setting *setting = &pair->settings[pair->setting_count++];
    *setting = (struct report_setting){.canonical = string_copy(canonical), .applied = true};
    return setting;
}

bool report_pair_load_settings(struct store *store, struct report_pair *pair, int64_t trial_id, struct error *error)
{
    struct store_setting_rows rows = {0};
    if (!store_read_settings(store, trial_id, &rows, error))
        return false;
    for (size_t i = 0; i < rows.count; i++) {
        const struct store_setting_row *row = &rows.items[i];
        if (!row->canonical) {
            add_own(pair, row);
            continue;
        }
        struct report_setting *setting = setting_of(pair, row->canonical);
        add_distinct(&setting->natives, row->native);
        add_distinct(&setting->requested, row->requested);
        add_distinct(&setting->in_force, row->in_force);
        setting->applied = setting->applied && (row->applied || !row->requested);
    }
    store_setting_rows_release(&rows);
    return true;
}
