/* SPDX-License-Identifier: Apache-2.0 */
/* The JSON Schema of definitions, made from the table of keys, for editors: schema/experiment.schema.json is its text. */
#ifndef KBENCH_EXPERIMENT_SCHEMA_H
#define KBENCH_EXPERIMENT_SCHEMA_H

/* Draft 2020-12, indented, with a newline at the end. The caller frees. */
char *experiment_schema(void);

#endif
