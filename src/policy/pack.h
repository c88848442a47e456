/* SPDX-License-Identifier: MIT */
/*
 * A policy pack: the questions, findings and outcomes of one body of law, as data.
 * discern-policy(5) describes the file for those who write one; this header is what becomes of
 * it. A loaded pack has been checked: names resolve, types fit, nothing is used before it can
 * have been asked. It never changes and lives until pack_free.
 *
 * Order is the order of the file. Rules (questions and findings together) are numbered in that
 * order, and a rule's condition names only rules before it: one pass walks a pack.
 *
 * Variables, as conditions see them, are numbered: 0 .. rule_count-1 the rules; then one for
 * each finding kind ("basis is found"); the last is the outcome.
 */
#ifndef DISCERN_POLICY_PACK_H
#define DISCERN_POLICY_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/digest.h"
#include "base/ini.h"
#include "base/status.h"
#include "policy/condition.h"
#include "policy/outcome.h"

/*      name      id             fields of an answer */
#define QUESTION_TYPE_TABLE(X)                                                                 \
    X(CHOICE, "choice", 0)                                                                     \
    X(CHOICES, "choices", 0)                                                                   \
    X(TEXT, "text", 1)                                                                         \
    X(DATE, "date", 1)                                                                         \
    X(PERSON, "person", 3)                                                                     \
    X(ORGANISATION, "organisation", 4)                                                         \
    X(ITEMS, "items", 0)

enum question_type {
#define X(name, id, fields) QUESTION_##name,
    QUESTION_TYPE_TABLE(X)
#undef X
        QUESTION_TYPE_COUNT
};

#define FIELD_MAX 4

/* The fields that an answer of this type has: ids ("name", "born", "reference") as used in
 * answer files ("subject.born = 2018-04-03") and records, and labels as shown. A text or a
 * date has one field whose id and label are "". The first field is the one that must be there.
 */
size_t question_field_count(enum question_type type);
const char *question_field_id(enum question_type type, size_t field);
const char *question_field_label(enum question_type type, size_t field);
bool question_field_is_date(enum question_type type, size_t field);
const char *question_type_id(enum question_type type);

/* What a question is kept as in the record, besides being one of its answers: "keep = subject"
 * in the pack. Each is kept by at most one question on any path. */
#define KEEP_TABLE(X)                                                                          \
    X(NONE, "")                                                                                \
    X(TRIGGER, "trigger")                                                                      \
    X(REPEAT, "repeat")                                                                        \
    X(REQUESTER, "requester")                                                                  \
    X(IDENTITY, "identity")                                                                    \
    X(SUBJECT, "subject")                                                                      \
    X(RECIPIENT, "recipient")                                                                  \
    X(PURPOSE, "purpose")                                                                      \
    X(CONSENT, "consent")                                                                      \
    X(CAPACITY, "capacity")                                                                    \
    X(ITEMS, "items")                                                                          \
    X(METHOD, "method")                                                                        \
    X(RISK_OF_SHARING, "risk-of-sharing")                                                      \
    X(RISK_OF_NOT_SHARING, "risk-of-not-sharing")                                              \
    X(TOLD, "told")                                                                            \
    X(NOT_TOLD, "not-told")                                                                    \
    X(ADVICE, "advice")                                                                        \
    X(SENSITIVITY, "sensitivity")

enum keep {
#define X(name, id) KEEP_##name,
    KEEP_TABLE(X)
#undef X
        KEEP_COUNT
};
const char *keep_id(enum keep keep);

/*      name         id           words, for a list of findings */
#define FINDING_KIND_TABLE(X)                                                                  \
    X(BASIS, "basis", "Lawful basis")                                                          \
    X(CONDITION, "condition", "Condition")                                                     \
    X(DUTY, "duty", "Duty")                                                                    \
    X(GATEWAY, "gateway", "Power to share")                                                    \
    X(GROUND, "ground", "Ground for overriding")                                               \
    X(EXEMPTION, "exemption", "Exemption")                                                     \
    X(PRINCIPLE, "principle", "Principle")                                                     \
    X(RIGHT, "right", "Rights of the person")                                                  \
    X(PROMPT, "prompt", "Think about")                                                         \
    X(WARNING, "warning", "Warning")

enum finding_kind {
#define X(name, id, words) FINDING_##name,
    FINDING_KIND_TABLE(X)
#undef X
        FINDING_KIND_COUNT
};
const char *finding_kind_id(enum finding_kind kind);
const char *finding_kind_words(enum finding_kind kind);

struct source {
    const char *id, *title, *at; /* at: where to find it */
    const char *note;            /* what is not sure about it; "" if nothing */
    bool verify;                 /* a fact in it is still to be checked against the text */
    date checked, review_by;
    int line;
};

struct citation {
    size_t source;       /* index into pack.source */
    const char *locator; /* "sch1.para18"; "" for the whole source */
};

struct citations {
    const struct citation *list;
    size_t count;
};

struct paragraphs {
    const char *const *list;
    size_t count;
};

struct step {
    const char *id, *title;
    int line;
};

struct option {
    const char *id, *label, *hint;
    const char *say;              /* its sentence in the justification; "" for none */
    const struct condition *when; /* offered only then; NULL always */
    int line;
};

struct question {
    const char *id;
    size_t step;
    size_t rule; /* its number among the rules, and as a variable */
    const char *ask, *hint, *why;
    struct paragraphs help;
    struct citations cite;
    enum question_type type;
    enum keep keep;
    const char *preset;          /* the setting that answers it beforehand; "" for none */
    const struct option *option; /* choices, or the flags of items */
    size_t option_count;
    bits leave_out;       /* items: flags of what a person who asks for their own records is
                             not shown without a fresh look */
    size_t none, unknown; /* option numbers, or NO_OPTION */
    bool required;
    const char *say;               /* text types: sentence with "{}" for the answer; "" none */
    const struct condition *when;  /* NULL always */
    const struct condition *later; /* may be answered after the decision; NULL never */
    int line;
};
#define NO_OPTION ((size_t)-1)

struct finding {
    const char *id;
    size_t rule;
    enum finding_kind kind;
    const char *says;
    struct citations cite;
    const struct condition *when;
    date from, until; /* holds only on days in from <= day < until; DATE_NONE is open */
    int line;
};

struct rule {
    bool is_question;
    size_t index; /* into question or finding */
};

/* Something that must follow an outcome, or several. */
struct duty {
    const char *id, *text;
    int hours;                    /* to do it in; 0 if no time is set */
    const struct condition *when; /* NULL always */
    struct citations cite;        /* of a duty of the pack; else the outcome has them */
    unsigned after;               /* of a duty of the pack: bit n is enum outcome n */
    int line;
};

struct outcome_rule {
    const char *id;
    enum outcome recommends;
    const char *because;
    struct citations cite;
    const struct duty *must;
    size_t must_count;
    int review_months;            /* review the decision after that; 0 never */
    bool countersign;             /* a guardian must countersign */
    const struct condition *when; /* NULL for the last, which always holds */
    int line;
};

/* What keeps a decision from being signed while it holds. */
struct stop {
    const char *id;
    const char *says;   /* "{}" is where the first item goes that makes it hold */
    const char *remedy; /* what to do then */
    struct citations cite;
    const struct condition *when;
    int line;
};

struct never {
    const char *id, *because;
    struct citations cite;
    const struct condition *when;
    int line;
};

struct retention {
    const char *id, *title; /* in words: what is kept, how long, from when */
    int months;             /* 0: until a person decides */
    struct citations cite;
    const struct condition *when; /* NULL for the last */
    int line;
};

/* A time limit that the law sets when something has gone wrong with information. */
struct clock {
    const char *id, *title;
    int hours;      /* from the earliest moment at which anybody knew */
    int warn_hours; /* how many are left when the warning begins; 0 no warning */
    struct citations cite;
    int line;
};

/* A test that lives in the pack: these answers give this. */
struct scenario_answer {
    size_t question;
    bits value;
};

struct scenario {
    const char *id, *title;
    date day; /* DATE_NONE: the pack's first day */
    const struct scenario_answer *answer;
    size_t answer_count;
    enum outcome expect;
    const size_t *finds, *finds_not; /* findings by index */
    size_t finds_count, finds_not_count;
    int line;
};

/* A finding of the proof (proof.h) that the pack's owner has looked at and lets stand. */
struct accept {
    const char *id;
    const char *rule;  /* id of the proof's rule */
    const char *where; /* the section it is about, "finding consent", or its name alone */
    const char *because;
    int line;
};

struct pack {
    const char *file; /* the name used in errors */
    const char *id, *version, *title, *owner, *jurisdiction, *changed;
    date from, until, review_by;
    int urgent_questions;      /* a real emergency is promised its outcome within so many */
    int most_questions;        /* and nobody is asked more than so many before deciding */
    struct digest fingerprint; /* of the bytes of the file */

    /* What an agreement added (agreement.h, pack_join): see pack_file_of. */
    const char *added_file;   /* NULL if nothing was */
    const char *const *added; /* its sections, "question one-off" */
    size_t added_count;

    const struct source *source;
    size_t source_count;
    const struct step *step;
    size_t step_count;
    const struct rule *rule;
    size_t rule_count;
    const struct question *question;
    size_t question_count;
    const struct finding *finding;
    size_t finding_count;
    const struct outcome_rule *outcome;
    size_t outcome_count;
    const struct duty *must; /* of more than one outcome: walk_duty */
    size_t must_count;
    const struct stop *stop;
    size_t stop_count;
    const struct never *never;
    size_t never_count;
    const struct retention *retention;
    size_t retention_count;
    const struct clock *clock;
    size_t clock_count;
    const struct scenario *scenario;
    size_t scenario_count;
    const struct accept *accept;
    size_t accept_count;
    struct arena arena; /* owns all of it */
};

/* Variables beyond the rules. */
size_t pack_kind_variable(const struct pack *pack, enum finding_kind kind);
size_t pack_outcome_variable(const struct pack *pack);
size_t pack_variable_count(const struct pack *pack);

/* Reads and checks a pack of `length` bytes; `name` is used in errors. The caller frees it
 * with pack_free. STATUS_BAD_DATA with file, line, field and remedy for the first thing that
 * is not as discern-policy(5) has it. */
MUST_CHECK enum status pack_read(const char *name, const char *text, size_t length,
                                 struct pack **ret_pack, struct error *error);

void pack_free(struct pack *pack);

/* Index of the question, finding or step of that id, or PACK_NONE. */
#define PACK_NONE ((size_t)-1)
size_t pack_find_question(const struct pack *pack, const char *id);
size_t pack_find_finding(const struct pack *pack, const char *id);
size_t question_find_option(const struct question *question, const char *id);

/* Whether the pack may be used for a decision of that day; else STATUS_REFUSED, saying from
 * and until when it is in force. */
MUST_CHECK enum status pack_in_force(const struct pack *pack, date day, struct error *error);

/* The file that a section is in, "[question consent]": the pack's, or that of the agreement
 * that added it. */
const char *pack_file_of(const struct pack *pack, const char *section);

/* How many places of the pack cite the source: questions, findings, outcomes and so on. */
size_t pack_citing(const struct pack *pack, size_t source);

/* Appends a citation as people read it: "Data Protection Act 2018, sch 1 para 18 (verify)". */
#define CITATION_VERIFY "(verify)" /* ends one whose source has still to be checked */
struct buf;
void citation_text(const struct pack *pack, const struct citation *citation, struct buf *out);

#endif
