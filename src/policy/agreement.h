/* SPDX-License-Identifier: MIT */
/*
 * An agreement pack: one information sharing agreement or protocol, as data. discern-policy(5),
 * AGREEMENT PACKS, describes the file. What the agreement says is a list of articles of a few
 * kinds, all of one shape; its programmes are the sharings that it was made for; and it may add
 * questions, findings and nevers to a walk (pack_join), but take none away.
 */
#ifndef DISCERN_POLICY_AGREEMENT_H
#define DISCERN_POLICY_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/date.h"
#include "base/mem.h"
#include "base/status.h"
#include "policy/pack.h"

/* What articles there are. `wanted` says who asks that an agreement has some: the LLR protocol
 * and the ICO's data sharing code (law.md 2.1), so that a check can say what is lacking.
 *      name, id, words, wanted */
#define ARTICLE_KIND_TABLE(X)                                                                  \
    X(PARTY, "party", "Parties", true)                                                         \
    X(SCOPE, "scope", "When it allows sharing", true)                                          \
    X(PURPOSE, "purpose", "Purposes", true)                                                    \
    X(CATEGORY, "category", "Categories of information", true)                                 \
    X(BASIS, "basis", "Lawful bases", true)                                                    \
    X(STATUTE, "statute", "Statutes", false)                                                   \
    X(PRINCIPLE, "principle", "Principles", false)                                             \
    X(COMMITMENT, "commitment", "Commitments", false)                                          \
    X(CONTROLLER, "controller", "Who answers for the data, and from when", true)               \
    X(RIGHT, "right", "Rights of the person", true)                                            \
    X(ACCURACY, "accuracy", "Accuracy", true)                                                  \
    X(MEASURE, "measure", "Security", true)                                                    \
    X(TRANSFER, "transfer", "Transfers abroad", false)                                         \
    X(KEEPING, "keeping", "Keeping and disposal", true)                                        \
    X(CLOCK, "clock", "Time limits for incidents", true)                                       \
    X(COMPLAINT, "complaint", "Complaints", false)                                             \
    X(REVIEW, "review", "Review and withdrawal", true)                                         \
    X(APPROVAL, "approval", "Approvals", false)                                                \
    X(TIER, "tier", "Tiers", false)                                                            \
    X(CONTACT, "contact", "Contacts", false)                                                   \
    X(DOCUMENT, "document", "Other documents", false)

enum article_kind {
#define X(name, id, words, wanted) ARTICLE_##name,
    ARTICLE_KIND_TABLE(X)
#undef X
        ARTICLE_KIND_COUNT
};
const char *article_kind_id(enum article_kind kind);
const char *article_kind_words(enum article_kind kind);
bool article_kind_wanted(enum article_kind kind);

/* How a thing that an old document says stands today.
 *      name, id, words */
#define STANDING_TABLE(X)                                                                      \
    X(CURRENT, "current", "Current")                                                           \
    X(REPLACED, "replaced", "Replaced")                                                        \
    X(REPEALED, "repealed", "Repealed")                                                        \
    X(WRONG, "wrong", "Wrong in the document")                                                 \
    X(STALE, "stale", "Out of date")

enum standing_today {
#define X(name, id, words) TODAY_##name,
    STANDING_TABLE(X)
#undef X
        TODAY_COUNT
};
const char *standing_today_id(enum standing_today today);
const char *standing_today_words(enum standing_today today);

/* How a walk meets a principle, scope condition or commitment. */
enum met_by { MET_BY_NOTHING, MET_BY_QUESTION, MET_BY_FINDING, MET_BY_RECORD };

struct article {
    enum article_kind kind;
    const char *id, *title;
    const char *says;   /* in our own words; "" if the title says it; a newline between
                           paragraphs */
    const char *clause; /* where in the document: "4", "Appendix B"; "" */
    enum standing_today today;
    const char *now;        /* what to read instead; "" while current */
    date from, until;       /* PARTY: signed, left; DATE_NONE if not (yet) */
    const char *party_kind; /* PARTY: "council", "police", ...; "" */
    int hours, warn_hours;  /* CLOCK: as of a pack's; hours 0: not said */
    enum met_by met;
    const char *met_name; /* id of the question or finding, or name of the record's field */
    int line;
};

struct programme {
    const char *id, *title, *purpose, *says, *clause;
    const char *legal;      /* the legal footing in words; "" */
    const char *recipients; /* in words */
    bool repeat;            /* repeat sharing, not one-off */
    enum standing_today today;
    const char *now;
    struct paragraphs minimum; /* the least data that serves the purpose, item by item */
    int line;
};

struct agreement {
    const char *file;
    const char *id, *title, *owner, *contact, *jurisdiction;
    const char *records_to; /* who gets the Record of Sharing; "" if nobody */
    const char *note;       /* what a reader must know first; "" */
    date dated, review_by, withdrawn;
    int notice_days;               /* of withdrawal; 0 not said */
    const struct article *article; /* in the order of the file */
    size_t article_count;
    const struct programme *programme;
    size_t programme_count;
    int line; /* of the section [agreement] */
    struct arena arena;
};

/* Reads an agreement pack. Its questions, findings and nevers are left to pack_join. The
 * caller frees it with agreement_free. STATUS_BAD_DATA with file, line, field and remedy. */
MUST_CHECK enum status agreement_read(const char *name, const char *text, size_t length,
                                      struct agreement **ret_agreement, struct error *error);
void agreement_free(struct agreement *agreement);

/* The policy pack with the questions, findings and nevers of an agreement pack added: the
 * agreement's sources after the pack's, its steps after the pack's, its questions and findings
 * after the pack's last, its nevers after the pack's. Its conditions may name everything of the
 * pack. The joined pack's id and version are the policy pack's; its fingerprint is that of both
 * texts together. Errors name the file that they are in. */
MUST_CHECK enum status pack_join(const char *pack_name, const char *pack_text,
                                 size_t pack_length, const char *agreement_name,
                                 const char *agreement_text, size_t agreement_length,
                                 struct pack **ret_pack, struct error *error);

/* The text that a store keeps of a joined pack (its fingerprint is the joined pack's), and the
 * pack that a kept text holds, joined or not. */
struct buf;
void pack_kept_text(const char *pack_text, size_t pack_length, const char *agreement_text,
                    size_t agreement_length, struct buf *out);
MUST_CHECK enum status pack_read_kept(const char *name, const char *text, size_t length,
                                      struct pack **ret_pack, struct error *error);

/* The agreement in a kept text, as agreement_read; NULL if it holds a pack alone. */
MUST_CHECK enum status agreement_read_kept(const char *name, const char *text, size_t length,
                                           struct agreement **ret_agreement,
                                           struct error *error);

/* Whether it may be used with a pack: false if it holds in some nations, and the pack's is not
 * among them. */
bool agreement_for_pack(const struct agreement *agreement, const struct pack *pack);

/* Where an agreement stands on a day. */
enum agreement_state { AGREEMENT_IN_FORCE, AGREEMENT_REVIEW_OVERDUE, AGREEMENT_WITHDRAWN };
enum agreement_state agreement_state(const struct agreement *agreement, date day);
const char *agreement_state_id(enum agreement_state state); /* "in-force" ... */
const char *agreement_state_words(enum agreement_state state);

/* Appends the same with its day: "Review overdue since 30 June 2026". */
void agreement_standing(const struct agreement *agreement, date day, struct buf *out);

/* The party whose title an organisation's name means (folded; either may hold the other's
 * words, and the nearest counts), or NULL if there is none or it could be several. Whether it
 * is signed up on that day: signed and not left. */
const struct article *agreement_party(const struct agreement *agreement,
                                      const char *organisation);
bool party_signed(const struct article *party, date day);

/* How many parties it lists, how many of them are signed up on that day, and of how many it is
 * not known. */
struct parties {
    size_t count, signatories, undated;
};
struct parties agreement_parties(const struct agreement *agreement, date day);

const struct programme *agreement_programme(const struct agreement *agreement, const char *id);

/* STATUS_NOT_FOUND with "did you mean" if it has no programme of that id. */
MUST_CHECK enum status agreement_find_programme(const struct agreement *agreement,
                                                const char *id, struct error *error);

/* Appends, principle by principle, how a walk meets the agreement: the answer to the question
 * or the finding that `met-by` names, or that nothing in the walk bears on it. */
struct walk;
struct answers;
struct meeting {
    const struct article *article;
    bool met;
    const char *how; /* in the arena */
};
size_t agreement_meetings(const struct agreement *agreement, const struct walk *walk,
                          const struct answers *answers, struct arena *arena,
                          struct meeting **ret_list);

#endif
