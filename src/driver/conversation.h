/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A running driver: its three streams, what has been said, and the state that this has come to. driver_process.c starts
 * and commands it, conversation.c listens. Internal to this room.
 */
#ifndef KBENCH_DRIVER_CONVERSATION_H
#define KBENCH_DRIVER_CONVERSATION_H

#include "driver/driver.h"
#include "driver/driver_protocol.h"
#include "driver/kept_text.h"

struct driver_process {
    const struct driver *driver;
    char *version; /* that the run asks for, or NULL */
    enum protocol_role role;
    struct process process;
    int pidfd; /* readable when it has ended; -1 after */
    char *command_line;
    int64_t job_sent_ns;
    struct text outgoing; /* what its standard input has not taken yet */
    struct text line;     /* what has come in of an unfinished line */
    struct kept_text errors;
    char *stderr_text; /* of `errors`, once it is complete; or NULL */
    enum driver_state state;
    struct error error; /* of DRIVER_FAILED */
    json_t *ready, *done;
    struct setting_list settings;
    struct driver_outcome counts; /* what `done` said */
    struct process_result result;
};

/* Queue a line for its standard input and write what goes without waiting. A program that has closed its end gets nothing
 * more, and is judged by how it ends. */
void conversation_send(struct driver_process *process, const char *line);
/* Wait at most `timeout_ms` until something happens and take it. Not after the program's end. */
void conversation_step(struct driver_process *process, int timeout_ms);
/* Whether the state is final. */
bool conversation_has_ended(const struct driver_process *process);
/* The program has ended or is about to, by SIGKILL: reap it, read what is still there, and judge it. */
void conversation_take_end(struct driver_process *process);

/* One that is not started yet; free it with driver_process_free(). `run` may be NULL. */
struct driver_process *conversation_new(const struct driver *driver, enum protocol_role role,
                                        const struct experiment_run *run);
/* Start the program with the line of its job, which is taken over. */
bool conversation_open(struct driver_process *process, const struct experiment_run *run, char *job_line,
                       struct error *error);

#endif
