/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The keys of a definition, described once. Reading, defaults, "did you mean", the canonical form, release and
 * schema/experiment.schema.json all come from the tables in keys.c and keys_design.c. Internal to this room.
 */
#ifndef KBENCH_EXPERIMENT_KEYS_H
#define KBENCH_EXPERIMENT_KEYS_H

#include "base/text.h"
#include "experiment/yaml_tree.h"

/* How a value is written, and the C type of the field it goes to. */
enum key_type {
    KEY_STRING,         /* char *, not empty */
    KEY_NAME,           /* char *: lower-case letters, digits, dots and hyphens */
    KEY_CASE_NAME,      /* char *: a name, with the "[key=value]" of a sweep behind it */
    KEY_INTEGER,        /* int */
    KEY_COUNT,          /* int64_t */
    KEY_REAL,           /* double */
    KEY_BOOLEAN,        /* bool */
    KEY_ENUM,           /* an enum of the values 0 … in the order of `names` */
    KEY_METRIC,         /* char *: one of `names`, or another percentile of the latency (metric.h) */
    KEY_DURATION,       /* int64_t, milliseconds; written "3s" */
    KEY_SIZE,           /* int64_t, bytes; written 100 or "64KiB" */
    KEY_PERCENT,        /* double, a share; written "3%" */
    KEY_RATE,           /* double, 0 for "max" */
    KEY_PERCENT_OR_OFF, /* double, a share, INFINITY for "off" */
    KEY_SIZE_OR_OFF,    /* double, bytes, INFINITY for "off" */
    KEY_STRINGS,        /* struct string_list */
    KEY_REALS,          /* double *, with a count */
    KEY_RANGE,          /* double[2]; written [low, high] */
    KEY_PROPERTIES,     /* struct property_list: names and values are Kafka's or a client's */
    KEY_GROUP,          /* a mapping with a table of its own; its struct lies at `offset` */
    KEY_LIST,           /* an array of structs, with a count */
    KEY_DEFAULTS,       /* what every case starts from; no field, see cases.h */
    KEY_SWEEP,          /* values to make cases of; no field, see cases.h */
};

/* No table has more keys. */
#define KEYS_IN_TABLE_MAX 32

struct key_table;

struct key {
    const char *name;
    enum key_type type;
    size_t offset;
    const char *fallback; /* as it would be written; blanks between the items of a list. NULL: see `help` */
    bool required;
    bool optional;                 /* 0, an empty text or group: it was not given, and is not in the canonical form */
    bool not_in_defaults;          /* a key of a case that `defaults` cannot hold */
    double minimum, maximum;       /* of numbers, in the field's unit; both 0: no bounds */
    const char *const *names;      /* of an enum or metric, ended by NULL */
    const struct key_table *table; /* of a group or list */
    size_t count_offset;           /* of a list or reals: the size_t with their number */
    size_t position_offset;        /* a struct position that gets the value's place; 0: none */
    unsigned only;                 /* the key belongs to these values of the table's selector, as bits; 0: to all */
    const char *instead_of;        /* a key of the same table: a case with one of both drops the other of `defaults` */
    const char *help;
};

struct key_table {
    const char *what;           /* "the case", for messages */
    const struct key *keys;     /* ended by a NULL name */
    size_t size;                /* of the struct, for the elements of a list */
    size_t position_offset;     /* a struct position that gets the mapping's place; 0: none */
    const struct key *selector; /* an enum of the same table that decides which keys belong to it, or NULL */
};

extern const struct key_table experiment_keys;
extern const struct key_table case_keys;

/* The key of this name, or NULL. */
const struct key *key_table_find(const struct key_table *table, const char *name);
/* Whether `key` belongs to the struct at `base`. */
bool key_applies(const struct key_table *table, const struct key *key, const void *base);
/* What a value of the key must look like, for messages: "a duration such as 3s (ms, s, m or h)". The caller frees. */
char *key_expectation(const struct key *key);
/* A list's array and a count, at their offsets in the struct at `base`. */
void *key_pointer(const void *base, size_t offset);
size_t key_count(const struct key *key, const void *base);

enum keys_mode {
    KEYS_WHOLE,    /* required keys must be there, absent ones get their defaults */
    KEYS_DEFAULTS, /* a part, as in `defaults`: only what is there is checked */
};
/* Fill the zeroed struct at `base` from a mapping. With problems it is filled as far as that is possible; release it
 * in any case. */
void keys_read(const struct key_table *table, const struct yaml_node *node, void *base, enum keys_mode mode,
               struct problems *problems);
/* Free what keys_read() made in the struct, not the struct. */
void keys_release(const struct key_table *table, void *base);
/* The canonical form: every key sorted, defaults filled in, each value written in one way only. */
void keys_write(const struct key_table *table, const void *base, struct text *text);

#endif
