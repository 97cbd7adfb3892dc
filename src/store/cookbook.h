/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The cookbook: questions that people ask of the database, and the queries that answer them, one file each in schema/cookbook/
 * (NN-name.sql). A file begins with a comment: a title, a paragraph of what is answered and how, and one line for each parameter,
 * ":name  what it is, and its default". All parameters have defaults: one that is NULL or empty is as if it was not given.
 */
#ifndef KBENCH_STORE_COOKBOOK_H
#define KBENCH_STORE_COOKBOOK_H

#include "store/store.h"

struct store_recipe {
    char *name; /* of its file, without number and ending */
    char *title, *description;
    struct string_list parameters, meanings; /* names without colon; as many of both */
    char *text;                              /* of the whole file */
    const char *sql;                         /* what follows the comment, in `text` */
};

struct store_cookbook {
    struct store_recipe *items; /* by number, from 1 at [0] */
    size_t count;
};
bool store_read_cookbook(struct store_cookbook *cookbook, struct error *error);
void store_cookbook_release(struct store_cookbook *cookbook);

/* The recipe of that name or number; NULL and ERROR_INPUT with the nearest name when there is none. */
const struct store_recipe *store_find_recipe(const struct store_cookbook *cookbook, const char *name,
                                             struct error *error);
/* The names among a recipe's values (version, metric, driver, publication, campaign) are of what there is. Of parameters that the
 * query has not, nothing is said: store_query_with() does. */
bool store_check_recipe_values(struct store *store, const struct store_parameters *parameters, struct error *error);

#endif
