/* SPDX-License-Identifier: Apache-2.0 */
/* The job: the first line that the harness sends, checked whole before anything is started. */
#ifndef KBENCH_DRIVERS_C_JOB_H
#define KBENCH_DRIVERS_C_JOB_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"

enum job_key { KEY_NONE, KEY_SEQUENTIAL, KEY_RANDOM };
enum job_role { ROLE_PRODUCER, ROLE_READER, ROLE_PROBE }; /* a probe has no cluster: only the versions are asked for */

struct job {
    json_t *document; /* owns all that the pointers below borrow */
    enum job_role role;
    const char *topic;
    const char *bootstrap_servers;
    json_t *settings; /* librdkafka's names; may hold secrets */
    const char *fifo; /* NULL: no samples */
    /* a producer's */
    const char *payload_file;
    int64_t payload_records;
    int64_t record_size; /* bytes */
    enum job_key key;
    double rate;               /* records per second, open loop; 0: as fast as possible */
    const char *schedule_file; /* when the rate's records are intended; NULL: at equal distances */
    int64_t schedule_records, schedule_span_ns;
    int64_t limit_records; /* 0: until told to stop */
    uint64_t seed;
    bool is_numbered; /* record i begins with the number sequence_base + i */
    int64_t sequence_base;
    /* a reader's */
    json_t *partitions; /* array of {partition, begin, end} */
    int64_t patience_ms;
};

bool job_parse(struct job *job, const char *line, struct error *error);
void job_release(struct job *job);

#endif
