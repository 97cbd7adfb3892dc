/* SPDX-License-Identifier: Apache-2.0 */
/* The lines of the driver protocol, as bytes in and meaning out. Internal to this room. Pure. */
#ifndef KBENCH_DRIVER_DRIVER_PROTOCOL_H
#define KBENCH_DRIVER_DRIVER_PROTOCOL_H

#include "driver/driver.h"

#define PROTOCOL_START "{\"command\":\"start\"}\n"
#define PROTOCOL_STOP "{\"command\":\"stop\"}\n"

/* What a process does, which decides what its `done` must tell. */
enum protocol_role { ROLE_PRODUCER, ROLE_TOOL, ROLE_READER, ROLE_PROBE };

/* The first line of a conversation, with its line end. `settings` is borrowed. The caller frees. */
char *protocol_job_line(const struct driver_job *job, json_t *settings);
/* The same for a reader, and for a probe. The caller frees. */
char *protocol_reader_line(const struct driver_reader_job *job, json_t *settings);
char *protocol_probe_line(void);

/* What a line says. */
enum protocol_event { PROTOCOL_READY, PROTOCOL_DONE };
/* The line's object (new reference) and its event; NULL when it is not of the protocol. */
json_t *protocol_parse(const char *line, size_t length, enum protocol_event *event, struct error *error);

/* What a `ready` must fulfil. */
struct protocol_terms {
    int64_t earliest_ns, latest_ns; /* between these the driver has looked at the clock */
    const char *version;            /* of the client library, that the run asks for; or NULL */
};
bool protocol_check_ready(const json_t *ready, const struct protocol_terms *terms, struct error *error);

/* Checks a `done` and takes its counts. */
bool protocol_read_done(const json_t *done, enum protocol_role role, struct driver_outcome *outcome,
                        struct error *error);

#endif
