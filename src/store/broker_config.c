/* SPDX-License-Identifier: Apache-2.0 */
/* What the brokers answered to DescribeConfigs. */
#include "store/database.h"

#include "base/banned.h"

bool store_put_broker_setting(struct store *store, int64_t campaign_id, int broker, const char *name, const char *value,
                              const char *source, struct error *error)
{
    return store_run(store,
                     "INSERT INTO broker_config (campaign_id, broker, name, value, source) VALUES (?, ?, ?, ?, ?) "
                     "ON CONFLICT DO UPDATE SET value = excluded.value, source = excluded.source",
                     STORE_VALUES(value_integer(campaign_id), value_integer(broker), value_text(name),
                                  value_text(value), value_text(source)),
                     error);
}

static const struct column columns[] = {
    COLUMN(struct store_broker_row, broker),
    COLUMN(struct store_broker_row, name),
    COLUMN(struct store_broker_row, value),
    COLUMN(struct store_broker_row, source),
    COLUMNS_END,
};

bool store_read_broker_settings(struct store *store, int64_t campaign_id, struct store_broker_rows *rows,
                                struct error *error)
{
    static const struct selection selection = {columns,
                                               "FROM broker_config WHERE campaign_id = ? ORDER BY broker, name",
                                               sizeof(struct store_broker_row)};
    void *items;
    bool ok = store_select(store, &selection, STORE_VALUES(value_integer(campaign_id)), &items, &rows->count, error);
    rows->items = items;
    return ok;
}

void store_broker_rows_release(struct store_broker_rows *rows)
{
    store_rows_free(columns, rows->items, sizeof *rows->items, rows->count);
    *rows = (struct store_broker_rows){0};
}
