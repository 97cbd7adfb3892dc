/* SPDX-License-Identifier: Apache-2.0 */
/* Collects every error of one definition, so that a person sees all of them at once. Internal to this room. */
#ifndef KBENCH_EXPERIMENT_PROBLEMS_H
#define KBENCH_EXPERIMENT_PROBLEMS_H

#include "experiment/experiment.h"

/* More than this many errors help nobody, and a hostile file could have a million. */
#define PROBLEMS_MAX 100

struct problems {
    const char *file; /* borrowed */
    struct error_list *list;
    bool cut; /* there were more than PROBLEMS_MAX */
};

/* Add an error at a place (line 0: the file as a whole). The same error at the same place is added once: a mistake in
 * `defaults` shows in every case. Control characters of the definition do not reach the terminal. */
void problems_add(struct problems *problems, struct position position, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Bring the errors into the order of their place, and say so when some were left out. */
void problems_finish(struct problems *problems);

/* " (did you mean 'x'?)" or "", to stand behind a wrong word. The caller frees. */
char *problems_suggestion(const char *word, const char *const *candidates, size_t count);

#endif
