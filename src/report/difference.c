/* SPDX-License-Identifier: Apache-2.0 */
#include "report/difference.h"

#include <strings.h>

#include "base/banned.h"

/* Producer settings that decide how fast records go out, without failures. */
static const char *const deciding[] = {
    "acks",
    "batch.size",
    "buffer.memory",
    "compression.type",
    "enable.idempotence",
    "linger.ms",
    "max.in.flight.requests.per.connection",
    "max.request.size",
    "partitioner.adaptive.partitioning.enable",
    "partitioner.class",
    "receive.buffer.bytes",
    "send.buffer.bytes",
};

/* What differs by its nature. */
static const char *const by_nature[] = {"bootstrap.servers", "client.id"};

static bool is_among(const char *name, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (string_equal(names[i], name))
            return true;
    return false;
}

static bool is_number(const char *text, double *number)
{
    char *end;
    *number = strtod(text, &end);
    return end != text && !*end;
}

/* Either way round. */
static bool are(const char *a, const char *b, const char *one, const char *other)
{
    return (string_equal(a, one) && string_equal(b, other)) || (string_equal(a, other) && string_equal(b, one));
}

bool difference_same_value(const char *a, const char *b)
{
    double x, y;
    if (strcasecmp(a, b) == 0 || are(a, b, "-1", "all") || are(a, b, "inf", "2147483647"))
        return true;
    return is_number(a, &x) && is_number(b, &y) && x == y;
}

/* In the unit of Kafka's name: librdkafka counts some in KiB, and says so in the name. The caller frees. */
static char *in_canonical_unit(const char *canonical, const char *native, const char *value)
{
    double number;
    if (native && strstr(native, ".kbytes") && !strstr(canonical, ".kbytes") && is_number(value, &number))
        return string_format("%.17g", number * 1024);
    return string_copy(value);
}

const struct report_setting *difference_setting(const struct report_pair *pair, const char *canonical)
{
    for (size_t i = 0; i < pair->setting_count; i++)
        if (string_equal(pair->settings[i].canonical, canonical))
            return &pair->settings[i];
    return NULL;
}

/* The pair's values of a setting: usually one, none when the client does not tell. */
static void values_of(const struct report_pair *pair, const char *canonical, struct string_list *values)
{
    const struct report_setting *setting = difference_setting(pair, canonical);
    if (!setting)
        return;
    const char *native = setting->natives.count ? setting->natives.items[0] : NULL;
    for (size_t i = 0; i < setting->in_force.count; i++) {
        char *value = in_canonical_unit(canonical, native, setting->in_force.items[i]);
        string_list_push(values, value);
        free(value);
    }
    for (size_t i = 0; setting->in_force.count == 0 && setting->applied && i < setting->requested.count; i++)
        string_list_push(values, setting->requested.items[i]);
}

struct spread {
    size_t told, silent; /* pairs */
    bool differs;
};

static struct spread spread_of(const struct report_case *report_case, const char *canonical)
{
    struct spread spread = {.differs = false};
    struct string_list all = {0};
    for (size_t i = 0; i < report_case->pair_count; i++) {
        size_t before = all.count;
        if (report_case->pairs[i].trial_count == 0)
            continue;
        values_of(&report_case->pairs[i], canonical, &all);
        if (all.count > before)
            spread.told++;
        else
            spread.silent++;
    }
    for (size_t i = 1; i < all.count; i++)
        spread.differs = spread.differs || !difference_same_value(all.items[0], all.items[i]);
    string_list_release(&all);
    return spread;
}

/* Keys and logins have no effect on a connection that uses neither. */
static bool has_no_effect(const struct report_case *report_case, const char *canonical)
{
    if (!string_starts_with(canonical, "ssl.") && !string_starts_with(canonical, "sasl."))
        return false;
    struct string_list protocols = {0};
    bool plain = true;
    for (size_t i = 0; i < report_case->pair_count; i++)
        values_of(&report_case->pairs[i], "security.protocol", &protocols);
    for (size_t i = 0; i < protocols.count; i++)
        plain = plain && difference_same_value(protocols.items[i], "PLAINTEXT");
    string_list_release(&protocols);
    return plain;
}

static void add(const struct report_case *report_case, const char *canonical, struct differences *differences)
{
    if (string_list_contains(&differences->deciding, canonical) ||
        string_list_contains(&differences->others, canonical) ||
        is_among(canonical, by_nature, sizeof by_nature / sizeof *by_nature) || has_no_effect(report_case, canonical))
        return;
    struct spread spread = spread_of(report_case, canonical);
    if (is_among(canonical, deciding, sizeof deciding / sizeof *deciding)) {
        if (spread.differs || (spread.told > 0 && spread.silent > 0))
            string_list_push(&differences->deciding, canonical);
    } else if (spread.differs)
        string_list_push(&differences->others, canonical);
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort(struct string_list *list)
{
    if (list->count > 1)
        qsort(list->items, list->count, sizeof *list->items, by_text);
}

void differences_find(const struct report_case *report_case, struct differences *differences)
{
    *differences = (struct differences){.deciding = {0}};
    for (size_t i = 0; i < report_case->pair_count; i++)
        for (size_t j = 0; j < report_case->pairs[i].setting_count; j++)
            add(report_case, report_case->pairs[i].settings[j].canonical, differences);
    sort(&differences->deciding);
    sort(&differences->others);
}

void differences_release(struct differences *differences)
{
    string_list_release(&differences->deciding);
    string_list_release(&differences->others);
}
