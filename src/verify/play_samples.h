/* SPDX-License-Identifier: Apache-2.0 */
/* The samples of a play, whole and in the order in which they came. Internal to this room. */
#ifndef KBENCH_VERIFY_PLAY_SAMPLES_H
#define KBENCH_VERIFY_PLAY_SAMPLES_H

#include "verify/play.h"

struct play_samples {
    char *path; /* of the FIFO */
    int fd;
    unsigned char *bytes;
    size_t length, capacity;
    size_t seen; /* whole samples that were looked at for their lateness */
    int64_t lateness_ns;
};

void play_samples_init(struct play_samples *samples);
bool play_samples_open(struct play_samples *samples, const char *folder, struct error *error);
/* Take what is there now, and note how long it was kept: until now, or until the stop command (`stop_ns`, 0: not given yet),
 * behind which a driver may take its time. */
bool play_samples_read(struct play_samples *samples, int64_t stop_ns, struct error *error);
/* All of them, sorted by start, to the caller, who frees; what is behind the last whole one is returned in bytes. */
size_t play_samples_take(struct play_samples *samples, struct play_sample **items, size_t *count, int64_t *lateness_ns);
void play_samples_release(struct play_samples *samples);

#endif
