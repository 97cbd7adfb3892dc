/* SPDX-License-Identifier: Apache-2.0 */
#include "statistics/detectable.h"

#include <gsl/gsl_cdf.h>
#include <math.h>

#include "base/banned.h"

#define POWER 0.8

double detectable_share(const struct interval *ratio)
{
    if (!ratio->has_bounds)
        return NAN;
    double half_width = (log(ratio->high) - log(ratio->low)) / 2;
    return expm1(half_width * (1 + gsl_cdf_ugaussian_Pinv(POWER) / gsl_cdf_ugaussian_Pinv(0.975)));
}
