/* SPDX-License-Identifier: Apache-2.0 */
/* cmocka compares floats only; a double is compared with a bound, and the message names both. Include behind cmocka.h. */
#ifndef KBENCH_TESTS_UNIT_NEAR_H
#define KBENCH_TESTS_UNIT_NEAR_H

#include <math.h>

/* Within `bound`; a bound of 0 means the same number. */
#define assert_near(actual, expected, bound) near_check((actual), (expected), (bound), #actual, __FILE__, __LINE__)

static inline void near_check(double actual, double expected, double bound, const char *what, const char *file,
                              int line)
{
    if (fabs(actual - expected) <= bound)
        return;
    print_error("%s is %.17g, not %.17g\n", what, actual, expected);
    _fail(file, line);
}

#endif
