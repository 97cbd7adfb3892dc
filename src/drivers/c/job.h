/* SPDX-License-Identifier: Apache-2.0 */
/* The job: the first line that the harness sends, checked whole before anything is started. */
#ifndef KBENCH_DRIVERS_C_JOB_H
#define KBENCH_DRIVERS_C_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"

enum job_key { KEY_NONE, KEY_SEQUENTIAL, KEY_RANDOM };

struct job {
    json_t *document; /* owns all that the pointers below borrow */
    bool is_probe;    /* no cluster is there: only the versions are asked for */
    const char *topic;
    const char *bootstrap_servers;
    json_t *settings; /* librdkafka's names; may hold secrets */
    const char *payload_file;
    int64_t payload_records;
    int64_t record_size; /* bytes */
    enum job_key key;
    double rate;           /* records per second, open loop; 0: as fast as possible */
    int64_t limit_records; /* 0: until told to stop */
    const char *fifo;      /* NULL: no samples */
    uint64_t seed;
};

bool job_parse(struct job *job, const char *line, struct error *error);
void job_release(struct job *job);

#endif
