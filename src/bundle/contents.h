/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a bundle, each put into its folder by a file of its own. Inside this room. */
#ifndef KBENCH_BUNDLE_CONTENTS_H
#define KBENCH_BUNDLE_CONTENTS_H

#include "bundle/bundle.h"
#include "report/model.h"

#define BUNDLE_DATABASE "results.db"
#define BUNDLE_CANONICAL "canonical.yaml" /* in definition/, beside the one as it was written */
#define BUNDLE_SETUP "setup"              /* the folder of lock files */

struct contents {
    const struct bundle_request *request;
    char *folder;              /* that becomes the archive's */
    struct report_model model; /* of the excerpt */
    char *source;              /* name of the source archive in the bundle; NULL: there is none, */
    char *no_source;           /* and why */
    bool has_post;
};

/* contents_data.c: the excerpt, its report, the definitions; loads the model from the excerpt. */
bool contents_add_data(struct contents *contents, const char *scratch, struct error *error);
/* contents_setup.c: what fixes the versions of what drivers need, as far as it lies beside this kbench. */
bool contents_add_setup(struct contents *contents, struct error *error);
/* contents_source.c: this kbench's sources from git, when they are those that it was built from. */
bool contents_add_source(struct contents *contents, struct error *error);
/* contents_post.c */
bool contents_add_post(struct contents *contents, struct error *error);
/* readme.c: what is in it, how to check and how to repeat. Last. */
bool contents_add_readme(struct contents *contents, struct error *error);

#endif
