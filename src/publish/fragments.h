/* SPDX-License-Identifier: Apache-2.0 */
/* What stands between the markers of each kind, in the format of the document. The signature is that of struct marker_kind. */
#ifndef KBENCH_PUBLISH_FRAGMENTS_H
#define KBENCH_PUBLISH_FRAGMENTS_H

#include "publish/document.h"

struct publication;

typedef bool fragment_writer(struct publication *publication, const struct marker *marker, struct text *text,
                             struct error *error);

/* The part of the kind: of the version, of the case that the marker names, of the history. */
fragment_writer fragment_model, fragment_case, fragment_history;
fragment_writer fragment_table, fragment_claims, fragment_chart, fragment_value;

#endif
