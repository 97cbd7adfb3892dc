/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The sample writer: 24 bytes for each record, gathered to blocks of up to 64 KiB and written to the harness's FIFO. A
 * struct samples without a FIFO takes samples and keeps none (`samples: off`). A reader's items have the same form.
 */
#ifndef KBENCH_DRIVERS_C_SAMPLES_H
#define KBENCH_DRIVERS_C_SAMPLES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SAMPLE_BYTES 24
#define SAMPLES_PER_BLOCK (64 * 1024 / SAMPLE_BYTES)

struct samples {
    int fifo;           /* -1: off */
    int write_error;    /* errno of the first write that failed, or 0; nothing is kept after it */
    int64_t written_ns; /* when a block was last written */
    size_t length;      /* bytes in use */
    unsigned char block[SAMPLES_PER_BLOCK * SAMPLE_BYTES];
};

/* Open `fifo` for writing (its reader must be there: no waiting for one). NULL: off. */
bool samples_open(struct samples *samples, const char *fifo, struct error *error);
/* One record's sample: status 0 or librdkafka's error code. Both times are CLOCK_MONOTONIC. */
void samples_add(struct samples *samples, int64_t start_ns, int64_t end_ns, int32_t status);
/* One record that a reader has read: status 0, or 1 when it is too short to hold a sequence number. */
void samples_add_item(struct samples *samples, int64_t sequence, int64_t offset, int32_t partition, int32_t status);
/* Write what is gathered when nothing was written for 50 ms before `now_ns`: samples come in time at any rate. */
void samples_flush_stale(struct samples *samples, int64_t now_ns);
/* Write the rest and close. False when any write failed: the harness then has not all samples. */
bool samples_close(struct samples *samples, struct error *error);

#endif
