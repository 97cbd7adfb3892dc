/* SPDX-License-Identifier: Apache-2.0 */
#include "runner/disturbance.h"

#include <math.h>

#include "base/banned.h"

/* The usual level of a two-sided test: a trend that chance would show more often is none. */
#define TREND_P_VALUE 0.05

struct measured {
    const struct store_trial *row;
    const struct disturbance_machine *machine;
};

static double steal(const struct measured *measured)
{
    return measured->row->steal_percent / 100;
}

/* What seconds of CPU and of pauses were counted over: a tool tells its own window, but not where it lies in its run. */
static double counted_s(const struct store_trial *row)
{
    return string_equal(row->source, "tool") ? row->run_s : row->duration_s;
}

static double other_cpu(const struct measured *measured)
{
    return measured->row->other_cpu_s / (counted_s(measured->row) * measured->machine->cores);
}

static double stall_cpu(const struct measured *measured)
{
    return measured->row->stall_cpu_percent / 100;
}

static double stall_io(const struct measured *measured)
{
    return measured->row->stall_io_percent / 100;
}

static double stall_memory(const struct measured *measured)
{
    return measured->row->stall_memory_percent / 100;
}

static double dirty(const struct measured *measured)
{
    int64_t bytes = measured->row->dirty_bytes_max;
    return bytes == STORE_ABSENT ? NAN : (double)bytes;
}

/* By how much slower; negative in a trial that is the fastest itself. */
static double frequency(const struct measured *measured)
{
    return 1 - measured->row->frequency_mhz / measured->machine->fastest_mhz;
}

static double broker_gc(const struct measured *measured)
{
    return measured->row->broker_gc_s / counted_s(measured->row);
}

static double trend(const struct measured *measured)
{
    return measured->row->trend_p_value < TREND_P_VALUE ? fabs(measured->row->trend_percent) / 100 : NAN;
}

#define BOUND(member) .bound = offsetof(struct disturbance_rules, member)

static const struct rule {
    const char *name;
    double (*measure)(const struct measured *measured); /* NAN: not known */
    size_t bound;                                       /* where it lies in the definition's rules */
    const char *before, *behind;                        /* the figure, in a sentence */
    bool not_with_faults, in_bytes;
} rules[DISTURBANCE_RULES] = {
    {"steal", steal, BOUND(steal), "the hypervisor took", "of the cores' time"},
    {"other-cpu", other_cpu, BOUND(other_cpu), "other processes used", "of the cores' time"},
    {"stall-cpu", stall_cpu, BOUND(stall_cpu), "tasks waited for a CPU", "of the window"},
    {"stall-io", stall_io, BOUND(stall_io), "tasks waited for a disk", "of the window"},
    {"stall-memory", stall_memory, BOUND(stall_memory), "tasks waited for memory", "of the window"},
    {"dirty", dirty, BOUND(dirty_bytes), "up to", "of memory waited to be written to disk", .in_bytes = true},
    {"frequency", frequency, BOUND(frequency), "the cores were", "slower than in the fastest trial"},
    {"broker-gc", broker_gc, BOUND(broker_gc), "a broker stood still to collect garbage", "of the window",
     .not_with_faults = true},
    {"trend", trend, BOUND(trend), "the throughput changed by", "over the window", .not_with_faults = true},
};

static double bound_of(const struct disturbance_rules *bounds, const struct rule *rule)
{
    double bound;
    memcpy(&bound, (const char *)bounds + rule->bound, sizeof bound);
    return bound;
}

size_t disturbance_judge(const struct disturbance_rules *bounds, const struct experiment_case *c,
                         const struct store_trial *row, const struct disturbance_machine *machine,
                         struct store_disturbance *broken)
{
    const struct measured measured = {row, machine};
    size_t count = 0;
    for (size_t i = 0; i < DISTURBANCE_RULES; i++) {
        double value = rules[i].measure(&measured), bound = bound_of(bounds, &rules[i]);
        bool applies = !rules[i].not_with_faults || c->fault_count == 0;
        if (applies && value > bound) /* never true of NAN */
            broken[count++] = (struct store_disturbance){.rule = rules[i].name, .measured = value, .bound = bound};
    }
    return count;
}

/* `name` is one of the rules'. */
static const struct rule *find_rule(const char *name)
{
    const struct rule *rule = rules;
    while (!string_equal(rule->name, name))
        rule++;
    return rule;
}

static void append_value(const struct rule *rule, double value, struct text *text)
{
    if (rule->in_bytes)
        text_append_format(text, "%.0f MiB", value / 1048576);
    else
        text_append_format(text, "%.3g %%", 100 * value);
}

char *disturbance_describe(const struct store_disturbance *broken, size_t count)
{
    struct text text = TEXT_INIT;
    for (size_t i = 0; i < count; i++) {
        const struct rule *rule = find_rule(broken[i].rule);
        text_append_format(&text, "%s%s ", i ? ", " : "", rule->before);
        append_value(rule, broken[i].measured, &text);
        text_append_format(&text, " %s (bound ", rule->behind);
        append_value(rule, broken[i].bound, &text);
        text_append(&text, ")");
    }
    return text_detach(&text);
}
