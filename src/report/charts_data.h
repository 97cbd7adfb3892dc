/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The data file of each chart. Each appends to `text` what the script of plots/ with its name reads, and to `styles` the style
 * number of each run in it, with blanks between them; false when the case has nothing to show.
 */
#ifndef KBENCH_REPORT_CHARTS_DATA_H
#define KBENCH_REPORT_CHARTS_DATA_H

#include "report/model.h"

bool chart_throughput_data(const struct report_case *report_case, struct text *text, struct text *styles);
bool chart_latency_data(const struct report_case *report_case, struct text *text, struct text *styles);
bool chart_timeline_data(const struct report_case *report_case, struct text *text, struct text *styles);
bool chart_efficiency_data(const struct report_case *report_case, struct text *text, struct text *styles);

#endif
