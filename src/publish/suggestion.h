/* SPDX-License-Identifier: Apache-2.0 */
/* What to say behind a wrong name. */
#ifndef KBENCH_PUBLISH_SUGGESTION_H
#define KBENCH_PUBLISH_SUGGESTION_H

#include "base/text.h"

/* ", did you mean 'x'?"; where nothing is near "; there are a, b and c"; of no names "; there are none". The caller frees. */
char *suggestion_of(const char *word, const struct string_list *names);

#endif
