/* SPDX-License-Identifier: Apache-2.0 */
/* In which order versions follow each other: by what they say they supersede, not by when they were measured. */
#include "report/history_parts.h"

#include "base/banned.h"

/* Whether a row that belongs before this one has not been placed yet. */
static bool is_waiting(const struct store_revision_rows *rows, const bool *placed, size_t index)
{
    const struct store_revision *own = &rows->items[index];
    for (size_t i = 0; i < rows->count; i++) {
        const struct store_revision *other = &rows->items[i];
        bool earlier = string_equal(other->version, own->version) ? other->revision < own->revision
                                                                  : string_equal(other->version, own->supersedes);
        if (earlier && !placed[i])
            return true;
    }
    return false;
}

/* The first that may be placed; where versions supersede each other in a circle, the first that is left. */
static size_t next_row(const struct store_revision_rows *rows, const bool *placed)
{
    size_t first = SIZE_MAX;
    for (size_t i = 0; i < rows->count; i++) {
        if (placed[i])
            continue;
        if (!is_waiting(rows, placed, i))
            return i;
        first = first == SIZE_MAX ? i : first;
    }
    return first;
}

void history_sort(struct store_revision_rows *rows)
{
    bool *placed = memory_zeroed(rows->count + 1, sizeof *placed);
    struct store_revision *sorted = memory_zeroed(rows->count + 1, sizeof *sorted);
    for (size_t i = 0; i < rows->count; i++) {
        size_t next = next_row(rows, placed);
        sorted[i] = rows->items[next];
        placed[next] = true;
    }
    free(placed);
    free(rows->items);
    rows->items = sorted;
}
