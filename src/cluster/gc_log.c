/* SPDX-License-Identifier: Apache-2.0 */
#include "cluster/gc_log.h"

#include <inttypes.h>

#include "base/clock.h"
#include "base/text.h"

#include "base/banned.h"

/* The decoration in front of a line's words, which are at `*words` then; false when there is none. */
static bool take_time(const char *line, int64_t *at_ns, const char **words)
{
    int end = 0;
    if (sscanf(line, "[%" SCNd64 "ns] %n", at_ns, &end) != 1 || end == 0)
        return false;
    *words = line + end;
    return true;
}

/* How long the pause was that a line without its decoration tells of; < 0 when it tells of none. */
static double pause_ms(const char *words, size_t length)
{
    int end = 0;
    if (sscanf(words, "GC(%*u) %n", &end) != 0 || end == 0)
        return -1;
    const char *what = words + end, *stop = words + length;
    /* A generation of ZGC: young or old. */
    if (strchr("yYoO", what[0]) && string_starts_with(what + 1, ": "))
        what += 3;
    if (!string_starts_with(what, "Pause "))
        return -1;
    const char *last = stop;
    while (last > what && last[-1] != ' ')
        last--;
    char *unit;
    double duration_ms = strtod(last, &unit);
    return unit + 2 == stop && string_starts_with(unit, "ms") ? duration_ms : -1;
}

void gc_log_pauses(const char *log, int64_t from_ns, int64_t to_ns, struct gc_pauses *pauses)
{
    *pauses = (struct gc_pauses){.sum_s = 0};
    size_t length;
    for (const char *line = log; *line; line += length + (line[length] == '\n')) {
        length = strcspn(line, "\n");
        int64_t end_ns;
        const char *words;
        if (!take_time(line, &end_ns, &words))
            continue;
        double duration_ms = pause_ms(words, length - (size_t)(words - line));
        int64_t begin_ns = end_ns - (int64_t)(duration_ms * NS_PER_MS);
        if (duration_ms < 0 || end_ns <= from_ns || begin_ns >= to_ns)
            continue;
        int64_t first_ns = begin_ns > from_ns ? begin_ns : from_ns, last_ns = end_ns < to_ns ? end_ns : to_ns;
        pauses->sum_s += (double)(last_ns - first_ns) / NS_PER_S;
        if (duration_ms > pauses->longest_ms)
            pauses->longest_ms = duration_ms;
    }
}

int64_t gc_log_begin_ns(const char *log)
{
    int64_t at_ns;
    const char *words;
    for (const char *line = log; *line; line += line[0] == '\n') {
        if (take_time(line, &at_ns, &words))
            return at_ns;
        line += strcspn(line, "\n");
    }
    return INT64_MAX;
}
