/* SPDX-License-Identifier: Apache-2.0 */
/* Campaigns: one row per start of the runner. */
#include "base/clock.h"
#include "store/database.h"
#include "store/liveness.h"

#include "base/banned.h"

struct open_campaign {
    int64_t id, pid_started;
    int pid;
    char *boot_id;
};
static const struct column open_columns[] = {
    COLUMN(struct open_campaign, id),
    COLUMN(struct open_campaign, pid_started),
    COLUMN(struct open_campaign, pid),
    COLUMN(struct open_campaign, boot_id),
    COLUMNS_END,
};

/* When they died is not known, and so stays absent. */
static bool close_dead(struct store *store, struct error *error)
{
    static const struct selection selection = {open_columns, "FROM campaign WHERE how IS NULL",
                                               sizeof(struct open_campaign)};
    void *items;
    size_t count;
    if (!store_select(store, &selection, STORE_NO_VALUES, &items, &count, error))
        return false;
    const struct open_campaign *campaigns = items;
    bool ok = true;
    for (size_t i = 0; ok && i < count; i++)
        if (!liveness_same(campaigns[i].pid, campaigns[i].pid_started, campaigns[i].boot_id))
            ok = store_run(store, "UPDATE campaign SET how = 'died' WHERE id = ?",
                           STORE_VALUES(value_integer(campaigns[i].id)), error);
    store_rows_free(open_columns, items, sizeof *campaigns, count);
    return ok;
}

bool store_begin_campaign(struct store *store, struct store_campaign *campaign, struct error *error)
{
    char now[CLOCK_ISO8601_SIZE];
    struct liveness self;
    liveness_look(campaign->pid, &self);
    if (!store_begin(store, error))
        return false;
    bool ok =
        close_dead(store, error) &&
        store_run(
            store,
            "INSERT INTO campaign (experiment_id, environment_id, started_at, command_line, seed, kbench_version, "
            "pid, pid_started, boot_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            STORE_VALUES(value_integer(campaign->experiment_id), value_integer(campaign->environment_id),
                         value_text(clock_iso8601(now)), value_text(campaign->command_line),
                         value_integer((int64_t)campaign->seed), value_text(campaign->kbench_version),
                         value_integer(campaign->pid), value_integer(self.started),
                         value_text(self.boot_id[0] ? self.boot_id : NULL)),
            error);
    campaign->id = sqlite3_last_insert_rowid(store->db);
    return store_finish(store, ok, error);
}

bool store_end_campaign(struct store *store, int64_t campaign_id, const char *how, double cluster_s, double warmup_s,
                        double measured_s, double total_s, const json_t *notes, struct error *error)
{
    char now[CLOCK_ISO8601_SIZE];
    char *line = notes ? json_line(notes) : NULL;
    bool ok = store_run(
        store,
        "UPDATE campaign SET ended_at = ?, how = ?, cluster_s = ?, warmup_s = ?, measured_s = ?, total_s = ?, "
        "notes = ? WHERE id = ?",
        STORE_VALUES(value_text(clock_iso8601(now)), value_text(how), value_real(cluster_s), value_real(warmup_s),
                     value_real(measured_s), value_real(total_s), value_text(line), value_integer(campaign_id)),
        error);
    if (ok && sqlite3_changes(store->db) != 1)
        ok = error_set(error, ERROR_UNAVAILABLE, "the database '%s' has no campaign %lld", store->path,
                       (long long)campaign_id);
    free(line);
    return ok;
}

#define TRIALS(status) "(SELECT count(*) FROM trial t WHERE t.campaign_id = g.id AND t.status = '" status "')"

static const struct column columns[] = {
    COLUMN_AS(struct store_campaign_row, id, "g.id"),
    COLUMN(struct store_campaign_row, environment_id),
    COLUMN(struct store_campaign_row, version),
    COLUMN(struct store_campaign_row, revision),
    COLUMN(struct store_campaign_row, started_at),
    COLUMN(struct store_campaign_row, ended_at),
    COLUMN(struct store_campaign_row, how),
    COLUMN(struct store_campaign_row, command_line),
    COLUMN(struct store_campaign_row, kbench_version),
    COLUMN(struct store_campaign_row, notes),
    COLUMN(struct store_campaign_row, pid),
    COLUMN(struct store_campaign_row, seed),
    COLUMN(struct store_campaign_row, cluster_s),
    COLUMN(struct store_campaign_row, warmup_s),
    COLUMN(struct store_campaign_row, measured_s),
    COLUMN(struct store_campaign_row, total_s),
    COLUMN_AS(struct store_campaign_row, trials_ok, TRIALS("ok")),
    COLUMN_AS(struct store_campaign_row, trials_failed, TRIALS("failed")),
    COLUMN_AS(struct store_campaign_row, trials_disturbed, TRIALS("disturbed")),
    COLUMN_AS(struct store_campaign_row, trials_interrupted, TRIALS("interrupted")),
    COLUMNS_END,
};

#define FROM_CAMPAIGN "FROM campaign g JOIN experiment e ON e.id = g.experiment_id "

static bool select_campaigns(struct store *store, const char *tail, const struct store_value *values, size_t count,
                             struct store_campaign_rows *rows, struct error *error)
{
    const struct selection selection = {columns, tail, sizeof(struct store_campaign_row)};
    void *items;
    bool ok = store_select(store, &selection, values, count, &items, &rows->count, error);
    rows->items = items;
    return ok;
}

bool store_read_campaigns(struct store *store, int64_t experiment_id, struct store_campaign_rows *rows,
                          struct error *error)
{
    return select_campaigns(store, FROM_CAMPAIGN "WHERE g.experiment_id = ? ORDER BY g.id",
                            STORE_VALUES(value_integer(experiment_id)), rows, error);
}

bool store_read_newest_campaigns(struct store *store, int64_t limit, struct store_campaign_rows *rows,
                                 struct error *error)
{
    static const char tail[] = FROM_CAMPAIGN
        "WHERE g.id IN (SELECT newest.id FROM campaign newest ORDER BY newest.id DESC LIMIT ?) ORDER BY g.id";
    return select_campaigns(store, tail, STORE_VALUES(value_integer(limit)), rows, error);
}

void store_campaign_rows_release(struct store_campaign_rows *rows)
{
    store_rows_free(columns, rows->items, sizeof *rows->items, rows->count);
    *rows = (struct store_campaign_rows){0};
}
