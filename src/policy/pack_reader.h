/* SPDX-License-Identifier: MIT */
/*
 * Inside the loading of a pack. One table a kind of section says which keys it may have, which
 * it must have, and the function that reads each; the driver (pack_read.c) does the rest:
 * unknown and missing keys, order, duplicates. The file is gone through twice: first for
 * everything that stands alone, then for what names something else.
 */
#ifndef DISCERN_POLICY_PACK_READER_H
#define DISCERN_POLICY_PACK_READER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/ini.h"
#include "base/suggest.h"
#include "policy/pack.h"

enum pass { PASS_NAMES, PASS_LINKS, PASS_COUNT };

enum section_kind {
    SECTION_PACK,
    SECTION_SOURCE,
    SECTION_STEP,
    SECTION_QUESTION,
    SECTION_FINDING,
    SECTION_OUTCOME,
    SECTION_MUST,
    SECTION_STOP,
    SECTION_NEVER,
    SECTION_RETENTION,
    SECTION_CLOCK,
    SECTION_SCENARIO,
    SECTION_ACCEPT,
    SECTION_KIND_COUNT
};

#define ID_MAX 60 /* characters of an id */

struct reader {
    const struct ini *ini;
    struct error *error;
    struct pack *pack;
    void *object[SECTION_KIND_COUNT]; /* the pack's arrays while they may be written */
    size_t count[SECTION_KIND_COUNT]; /* how many are begun */
    struct option **option;           /* by question: its options while they may be written */
    struct duty **duty;               /* by outcome rule: its duties */
    struct rule *rule;

    /* What is being read now. */
    const struct ini_section *section;
    const struct ini_key *key;
    const char *suffix; /* of a key with a prefix: the part after the dot */
    size_t index;       /* of the object among its kind */
    size_t limit;       /* conditions may name rules below this */
};

/* Reads reader->key into the place that its table row names, or into the whole object. */
typedef enum status key_reader(struct reader *reader, void *at);

struct key_rule {
    const char *name; /* "title"; "option." begins names with an id after the dot */
    key_reader *read;
    size_t offset;
    enum pass pass;
    bool required;
};

struct section_rule {
    const char *name;
    size_t size, id_offset, line_offset;
    bool has_id;
    const struct key_rule *keys;
    size_t key_count;
    key_reader *finish[PASS_COUNT]; /* once its keys are read; may be NULL */
};

extern const struct section_rule pack_section, source_section, step_section, question_section,
    finding_section, outcome_section, must_section, stop_section, never_section,
    retention_section, clock_section, scenario_section, accept_section;

/* The error for the key, or for the section if no key is being read. */
MUST_CHECK enum status reader_fail(struct reader *reader, const char *remedy,
                                   const char *what_format, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with "did you mean"; without a candidate, the remedy is `otherwise`. */
MUST_CHECK enum status reader_fail_near(struct reader *reader, const struct suggest *suggest,
                                        const char *otherwise, const char *what_format, ...)
    __attribute__((format(printf, 4, 5)));

/* Whether an id may be called that: [a-z][a-z0-9-]*, and no word of the condition language. */
MUST_CHECK enum status reader_check_id(struct reader *reader, const char *id);

/* Which of the rules the section is of, and its id ("" if the kind takes none), both checked.
 */
MUST_CHECK enum status reader_kind(struct reader *reader,
                                   const struct section_rule *const *rules, size_t count,
                                   size_t *ret_number, const char **ret_id);

/* Reads the keys of the section that belong to the pass into the object; in the first pass it
 * checks them and begins the object: its id and line, "" and DATE_NONE. */
MUST_CHECK enum status reader_section(struct reader *reader, const struct section_rule *rule,
                                      const char *id, enum pass pass, void *object);

/* Gathers the paragraphs NAME, NAME.2, NAME.3 ... of the section, in that order, without gaps;
 * `first` is what the first is called. */
MUST_CHECK enum status reader_paragraphs(struct reader *reader, const char *name,
                                         const char *first, struct paragraphs *ret_paragraphs);

/* Reads sections as a pack. They may come from several files, the pack's own being ini->file.
 */
MUST_CHECK enum status pack_read_sections(const struct ini *ini,
                                          const struct digest *fingerprint,
                                          struct pack **ret_pack, struct error *error);

/* What concerns more than one section: names and types, once they are read and before anything
 * uses them; the order of outcomes and retention, once all of it is read. */
MUST_CHECK enum status pack_check_names(struct reader *reader);
MUST_CHECK enum status pack_check(struct reader *reader);

/* --- readers of single values, each for the type at `at` (pack_values.c) --- */
key_reader read_text;      /* const char *: words, not empty if required */
key_reader read_words;     /* const char *: words, never empty */
key_reader read_id;        /* const char * */
key_reader read_day;       /* date, DATE_NONE if empty */
key_reader read_number;    /* int, at least 1 */
key_reader read_yes_no;    /* bool */
key_reader read_months;    /* int: "6 months", "2 years" */
key_reader read_citations; /* struct citations */
key_reader read_condition; /* const struct condition * */
key_reader read_outcome;   /* enum outcome */
key_reader read_outcomes;  /* unsigned: bit n is enum outcome n; commas between them */
key_reader read_nothing;   /* words, not empty; the section's finish does the rest */

/* Reads the key as a condition; `with_outcome` as condition_parse has it. */
MUST_CHECK enum status reader_condition(struct reader *reader, bool with_outcome,
                                        const struct condition **ret_condition);

/* Reads the key's value as one of `count` names; `noun` says what they are in errors. */
MUST_CHECK enum status reader_word(struct reader *reader, const char *(*name)(size_t),
                                   size_t count, const char *noun, size_t *ret_number);

/* That a clock's warning begins after the clock does. */
MUST_CHECK enum status reader_warning(struct reader *reader, int hours, int warn_hours);

/* A number and its unit, "3 days", both checked; the units' names are singular. */
MUST_CHECK enum status reader_amount(struct reader *reader, const char *const *units,
                                     size_t count, int *ret_number, size_t *ret_unit);

#endif
