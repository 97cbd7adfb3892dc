/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/verdict.h"

#include "base/banned.h"

const char *verdict_name(enum verdict verdict)
{
    switch (verdict) {
    case VERDICT_HOLDS: return "holds";
    case VERDICT_FAILS: return "fails";
    case VERDICT_UNDECIDED: return "undecided";
    }
    abort();
}

enum verdict verdict_judge(const struct interval *interval, double low, double high)
{
    if (!interval->has_bounds)
        return VERDICT_UNDECIDED;
    if (interval->low >= low && interval->high <= high)
        return VERDICT_HOLDS;
    if (interval->high < low || interval->low > high)
        return VERDICT_FAILS;
    return VERDICT_UNDECIDED;
}
