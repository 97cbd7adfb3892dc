/* SPDX-License-Identifier: Apache-2.0 */
/* What stands between the markers of each kind, in the format of the document. The signature is that of struct marker_kind. */
#ifndef KBENCH_PUBLISH_FRAGMENTS_H
#define KBENCH_PUBLISH_FRAGMENTS_H

#include "publish/document.h"

struct publication;

typedef bool fragment_writer(struct publication *publication, const struct marker *marker, struct text *text,
                             struct error *error);

fragment_writer fragment_head, fragment_table, fragment_chart, fragment_settings, fragment_claims, fragment_environment,
    fragment_versions, fragment_changes, fragment_published, fragment_value;

#endif
