/* SPDX-License-Identifier: MIT */
/*
 * Conditions: the one language in which a pack says when. They read as English and cannot
 * fail: parsed and checked when the pack is loaded, evaluated without errors ever after.
 *
 *     consent is refused and risk does not include none
 *     purpose is one of child-protection, crime
 *     items.withheld is some
 *     date is on or after 2026-09-30 and not (body is charity or nation is wales)
 *     basis is found and duty-16la is not found
 *
 *     condition := conjunct ("or" conjunct)*
 *     conjunct  := term ("and" term)*
 *     term      := "not" term | "(" condition ")" | test
 *     test      := choice    "is" ["not"] options
 *                | choices   ("includes" | "does not include") options
 *                | choices   "is" ["not"] ("none" | "unknown")
 *                | question  "is" ["not"] "answered"
 *                | items "." attribute "is" ("some" | "none")
 *                | (finding | finding-kind) "is" ["not"] "found"
 *                | date      "is" ("before" | "on or after" | "after" | "on or before") DAY
 *                | "outcome" "is" ["not"] options
 *     options   := option | "one of" option ("," option)*
 *
 * Every variable, whatever its type, is a set of bits, and every test but those of dates asks
 * whether the set and a mask have a bit in common. That is all the walk and the proof know of
 * questions: a question that was not asked is the empty set.
 *
 * Truth has three values: while an earlier question is unanswered, what depends on it is
 * unknown (Kleene's strong logic), so the walk can say what is already settled.
 */
#ifndef DISCERN_POLICY_CONDITION_H
#define DISCERN_POLICY_CONDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/status.h"

struct pack;

/* The bits of a variable. Questions use bit n for option n in the order of the file; findings
 * use BIT_FOUND; `outcome` uses bit n for enum outcome n. */
typedef uint64_t bits;
#define BIT(n) ((bits)1 << (n))
#define OPTION_MAX 56                /* options (or item flags) of one question */
#define BIT_ITEMS_REQUESTED BIT(57)  /* some item was asked for */
#define BIT_ITEMS_SHARED BIT(58)     /* some item is to be shared */
#define BIT_ITEMS_WITHHELD BIT(59)   /* some item that was asked for is not to be shared */
#define BIT_ITEMS_UNREASONED BIT(60) /* some item is shared, or withheld, without a reason */
#define BIT_FOUND BIT(62)            /* a finding holds */
#define BIT_ANSWERED BIT(63)         /* the question was answered, not skipped */

enum truth { TRUTH_FALSE, TRUTH_TRUE, TRUTH_UNKNOWN };

/* The values that conditions look at: one a variable (pack.h numbers them). */
struct facts {
    date day;          /* the date of the decision */
    const bits *value; /* by variable */
    const bool *known; /* by variable; NULL means all are known */
};

enum condition_kind {
    CONDITION_AND,
    CONDITION_OR,
    CONDITION_NOT,
    CONDITION_BITS,
    CONDITION_DATE
};

struct condition {
    enum condition_kind kind;
    const struct condition *first; /* AND, OR: the first operand; NOT: the only one */
    const struct condition *next;  /* the next operand of the parent */
    size_t variable;               /* BITS; pack.h */
    bits mask;                     /* BITS: true if value & mask is not empty */
    date from, until;              /* DATE: true if from <= day < until; DATE_NONE is open */
    size_t limit;                  /* it may name only rules numbered below this */
    const char *text;              /* the words it was read from; those of a test that is
                                      negated ("x is not y") without the not ("x is y") */
};

/* Reads a condition. Names are looked up in `pack` among the variables numbered below `limit`
 * (what stands earlier in the file); `outcome` only if `with_outcome`. The result lives in
 * `arena`. STATUS_BAD_DATA with the place given, the word that was not understood and what was
 * meant; *ret_condition untouched. */
MUST_CHECK enum status condition_parse(const char *text, const struct pack *pack, size_t limit,
                                       bool with_outcome, const char *file, int line,
                                       const char *field, struct arena *arena,
                                       const struct condition **ret_condition,
                                       struct error *error);

/* Whether it holds. NULL holds always. */
enum truth condition_eval(const struct condition *condition, const struct facts *facts);

/* The tests that make the condition what it is: for a true OR its first true operand, for a
 * false AND its first false one, else all. Calls `visit` with each such leaf (a BITS or DATE
 * node) and whether it holds. */
void condition_trail(const struct condition *condition, const struct facts *facts,
                     void (*visit)(const struct condition *leaf, bool holds, void *data),
                     void *data);

/* Calls `visit` with every leaf. */
void condition_leaves(const struct condition *condition,
                      void (*visit)(const struct condition *leaf, void *data), void *data);

#endif
