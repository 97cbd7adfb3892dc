/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/quotient.h"

#include <math.h>

#include "base/banned.h"

void interval_of_quotient(const struct interval *a, const struct interval *b, struct interval *quotient)
{
    double shift = log(b->estimate / a->estimate);
    *quotient = (struct interval){.n = a->n < b->n ? a->n : b->n,
                                  .estimate = exp(shift),
                                  .has_bounds = a->has_bounds && b->has_bounds,
                                  .low = (double)NAN,
                                  .high = (double)NAN};
    if (quotient->n == 0)
        quotient->estimate = (double)NAN;
    if (!quotient->has_bounds)
        return;
    quotient->low = exp(shift - hypot(log(b->estimate / b->low), log(a->high / a->estimate)));
    quotient->high = exp(shift + hypot(log(b->high / b->estimate), log(a->estimate / a->low)));
    quotient->method = "variance estimates recovered from two intervals";
}
