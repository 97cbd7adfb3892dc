/* SPDX-License-Identifier: Apache-2.0 */
#include "base/clock.h"

#include <math.h>
#include <time.h>

#include "base/banned.h"

int64_t clock_monotonic_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * NS_PER_S + now.tv_nsec;
}

char *clock_iso8601(char *buffer)
{
    struct timespec now;
    struct tm utc;
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &utc);
    size_t length = strftime(buffer, CLOCK_ISO8601_SIZE, "%Y-%m-%dT%H:%M:%S", &utc);
    snprintf(buffer + length, CLOCK_ISO8601_SIZE - length, ".%03dZ", (int)(now.tv_nsec / NS_PER_MS) % 1000);
    return buffer;
}

double clock_iso8601_seconds(const char *text)
{
    struct tm utc = {0};
    const char *rest = text ? strptime(text, "%Y-%m-%dT%H:%M:%S", &utc) : NULL;
    if (!rest)
        return NAN;
    return (double)timegm(&utc) + (*rest == '.' ? strtod(rest, NULL) : 0);
}

void clock_sleep_ms(int ms)
{
    struct timespec span = {.tv_sec = ms / 1000, .tv_nsec = (long)(ms % 1000) * NS_PER_MS};
    nanosleep(&span, NULL);
}
