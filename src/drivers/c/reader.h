/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The reader: reads ranges of offsets of a topic's partitions, once, and tells of each record where it stood and which
 * number it begins with. It is of no group and commits nothing.
 */
#ifndef KBENCH_DRIVERS_C_READER_H
#define KBENCH_DRIVERS_C_READER_H

#include <stdbool.h>

#include "client.h"
#include "control.h"
#include "job.h"
#include "samples.h"

struct range {
    int32_t partition;
    int64_t next, end; /* offsets: the next one to read, and the first one not to */
    bool is_done;
};

struct reader {
    const struct job *job;
    const struct control *control;
    struct client client;
    struct samples samples;
    rd_kafka_queue_t *queue; /* of all partitions */
    struct range *ranges;    /* ascending by partition */
    size_t count, open;      /* of them; those that are not done */
    int64_t read;            /* records */
    int64_t progress_ns;     /* when the last record came */
    bool has_failed;         /* for this: */
    struct error problem;
};

/* Everything up to ready. reader_release() is needed afterwards in any case. */
bool reader_open(struct reader *reader, const struct job *job, const struct control *control, struct error *error);
/* From the start command to the last item written. False also when there is no progress for the job's patience. */
bool reader_run(struct reader *reader, struct error *error);
void reader_release(struct reader *reader);

#endif
