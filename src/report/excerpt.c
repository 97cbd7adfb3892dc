/* SPDX-License-Identifier: Apache-2.0 */
#include "report/excerpt.h"

#include "report/pair.h"
#include "store/transfer.h"

#include "base/banned.h"

bool report_excerpt(struct store *store, const char *version, int revision, bool compact, const char *path,
                    struct error *error)
{
    static const char *const beside[] = {REPORT_INSTRUMENT_VERSION, NULL};
    const struct store_excerpt excerpt = {
        .version = version,
        .revision = revision,
        .beside = beside,
        .compact = compact,
        .fine_below_s = REPORT_FINE_SERIES_BELOW_S,
    };
    return store_extract(store, &excerpt, path, error);
}
