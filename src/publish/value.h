/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One number or word within a sentence: what it is of (a pair, a case, a claim, a published table, or the version itself), which of the
 * names below is asked for, and how it is written. A value is rounded as the tables round it. What is not known is an error: a
 * sentence with a gap is no sentence.
 */
#ifndef KBENCH_PUBLISH_VALUE_H
#define KBENCH_PUBLISH_VALUE_H

#include "publish/publication.h"
#include "report/explain_metric.h"

struct value {
    enum value_type {
        VALUE_TEXT,
        VALUE_COUNT,
        VALUE_NUMBER,
        VALUE_METRIC, /* as `document` says */
        VALUE_RATIO,
        VALUE_SHARE, /* 0.123, written "12 %" */
        VALUE_TREND, /* in percent, written "+12 %" */
    } type;
    enum value_shape {
        VALUE_ONE,
        VALUE_INTERVAL, /* "[a, b]" */
        VALUE_RANGE,    /* "a to b" */
    } shape;
    double numbers[2];
    char *text; /* of VALUE_TEXT; owned */
    const struct metric_documentation *document;
};

/* What a name is of. */
enum value_subject {
    VALUE_OF_VERSION,
    VALUE_OF_CASE,
    VALUE_OF_PAIR,
    VALUE_OF_PUBLISHED,
    VALUE_OF_CLAIM,
    VALUE_SUBJECTS
};

/* value_names.c: the one table of the names that of= takes. */
struct value_name {
    enum value_subject subject;
    const char *name; /* NULL: the table ends */
    int what;         /* which one it is, for the function of its subject below */
    const char *help;
};
extern const struct value_name value_names[];
/* "pair=CASE/RUN metric=NAME" and the like: how a marker says that it is of such a subject. */
const char *value_subject_example(enum value_subject subject);
/* NULL and `error` with the nearest name when there is none. */
const struct value_name *value_name_find(enum value_subject subject, const char *name, struct error *error);

/* What a marker asks for. */
struct value_request {
    struct publication *publication;
    const struct attributes *attributes;
    const struct value_name *name;
};

/* Each finds the value of a name of its subject; false: `error`. value_version.c, value_case.c, value_pair.c, value_published.c,
 * value_claim.c */
typedef bool value_finder(const struct value_request *request, struct value *value, struct error *error);
value_finder value_of_version, value_of_case, value_of_pair, value_of_published, value_of_claim;

/* value_setting.c: the value of setting=NAME, in force for a pair, asked for by a case, in force for the brokers. */
bool value_of_setting(const struct value_request *request, const char *name, struct value *value, struct error *error);

/* value_format.c. `format` NULL, or one of value_formats. Plain text, not escaped. False: `error`, it does not go with the value. */
extern const struct value_format {
    const char *name; /* NULL: the table ends */
    const char *help;
} value_formats[];
bool value_show(const struct value *value, const char *format, struct text *text, struct error *error);

void value_set_text(struct value *value, const char *string);
/* The same of a setting's value: a whole number is a count. */
void value_set_word(struct value *value, const char *word);
void value_set_count(struct value *value, int64_t count);

#endif
