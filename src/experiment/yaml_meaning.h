/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What YAML 1.1 makes of a text without quotes. A definition is read as text, so nothing is lost here; but other readers
 * of the same file (and people) would take `no` for false and `4.10` for 4.1, so such values are refused where a text is
 * expected. Internal to this room.
 */
#ifndef KBENCH_EXPERIMENT_YAML_MEANING_H
#define KBENCH_EXPERIMENT_YAML_MEANING_H

enum yaml_meaning { MEANS_TEXT, MEANS_NOTHING, MEANS_TRUE, MEANS_FALSE, MEANS_NUMBER, MEANS_DATE };

enum yaml_meaning yaml_meaning(const char *plain);
/* "false", "the number 4.1", "a date", … as a person would name it. The caller frees. */
char *yaml_meaning_describe(const char *plain);

#endif
