/* SPDX-License-Identifier: Apache-2.0 */
/*
 * For each line of standard input, one histogram's payload and what it says of itself, then an empty line:
 *   make LOWEST HIGHEST DIGITS VALUE COUNT VALUE COUNT …
 *   read PAYLOAD
 * src/verify/HistogramFigures.java does the same with the Java library.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measure/histogram.h"

#define TICKS 5
#define POINTS 4096

/* Doubles by their bits: every program prints them its own way. */
static uint64_t bits(double number)
{
    uint64_t bits_of_number;
    memcpy(&bits_of_number, &number, sizeof bits_of_number);
    return bits_of_number;
}

static void print_figures(const struct histogram *histogram)
{
    static const double percentiles[] = {0, 1, 25, 50, 75, 90, 95, 99, 99.9, 99.99, 99.999, 100};
    static struct histogram_point points[POINTS];
    printf("count %" PRId64 "\nmin %" PRId64 "\nmax %" PRId64 "\nmean %" PRIx64 "\n", histogram_count(histogram),
           histogram_min(histogram), histogram_max(histogram), bits(histogram_mean(histogram)));
    for (size_t i = 0; i < sizeof percentiles / sizeof percentiles[0]; i++)
        printf("percentile %" PRIx64 " %" PRId64 "\n", bits(percentiles[i]),
               histogram_percentile(histogram, percentiles[i]));
    size_t count = histogram_distribution(histogram, TICKS, points, POINTS);
    for (size_t i = 0; i < count; i++)
        printf("point %" PRIx64 " %" PRId64 " %" PRId64 "\n", bits(points[i].percentile), points[i].value,
               points[i].cumulative);
    putchar('\n');
}

static struct histogram *make(char *numbers)
{
    int64_t lowest = strtoll(numbers, &numbers, 10);
    int64_t highest = strtoll(numbers, &numbers, 10);
    struct histogram *histogram = histogram_new(lowest, highest, (int)strtol(numbers, &numbers, 10));
    while (histogram && *numbers == ' ') {
        int64_t value = strtoll(numbers, &numbers, 10);
        histogram_record(histogram, value, strtoll(numbers, &numbers, 10));
    }
    return histogram;
}

int main(void)
{
    struct error error = ERROR_INIT;
    char *line = NULL;
    size_t capacity = 0;
    bool ok = true;
    while (ok && getline(&line, &capacity, stdin) > 0) {
        line[strcspn(line, "\n")] = '\0';
        bool is_make = strncmp(line, "make ", 5) == 0;
        struct histogram *histogram = is_make ? make(line + 5) : histogram_decode(line + 5, &error);
        char *payload = histogram ? histogram_encode(histogram, &error) : NULL;
        ok = payload != NULL;
        if (ok) {
            printf("payload %s\n", payload);
            print_figures(histogram);
        }
        free(payload);
        histogram_free(histogram);
    }
    if (!ok)
        fprintf(stderr, "no histogram: %s\n", error.message);
    free(line);
    return !ok;
}
