/* SPDX-License-Identifier: Apache-2.0 */
/* Every text of a database, for who looks for something in all of it. */
#ifndef KBENCH_STORE_TEXTS_H
#define KBENCH_STORE_TEXTS_H

#include "store/store.h"

struct store_text {
    const char *table, *column;
    const char *row;  /* by its key: "trial_id 3, position 2" */
    const char *name; /* where the column is the value of something that the row names; or NULL */
    const char *value;
};
typedef void store_text_visitor(void *context, const struct store_text *text);
/* Texts are borrowed until the visitor returns. */
bool store_each_text(struct store *store, store_text_visitor *visit, void *context, struct error *error);

#endif
