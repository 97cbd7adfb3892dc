/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The points of the conformance test: each judges one play. Pure. Internal to this room.
 *
 * A judge writes what is wrong into `wrong`; nothing written means that the driver passes. What it saw, for the reader of a table,
 * goes to `seen`. It returns false when the point says nothing about this driver, with the reason in `seen`.
 */
#ifndef KBENCH_VERIFY_CONFORMANCE_POINTS_H
#define KBENCH_VERIFY_CONFORMANCE_POINTS_H

#include "verify/play.h"

/* What is done to the driver. The numbers stand in the definitions of conformance_points.c, too. */
enum conformance_play { PLAY_COUNTED, PLAY_FULL, PLAY_STALLED, PLAY_SCHEDULED, PLAY_FAILING, PLAY_COUNT };
extern const struct play_plan conformance_plays[PLAY_COUNT];

struct conformance_point {
    const char *name, *truth;
    enum conformance_play play;
    bool for_tools; /* also for a driver without samples */
    bool (*judge)(const struct play *play, const struct driver *driver, struct text *wrong, struct text *seen);
};
extern const struct conformance_point conformance_points[]; /* ends with a NULL name */

#endif
