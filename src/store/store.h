/* SPDX-License-Identifier: MIT */
/*
 * The store: where decisions are kept. One folder (mode 0700) with two files: the keyring, and
 * an SQLite database in which every page is sealed (cipher.h). In it, one table that only
 * grows, the log; everything else is a projection of it or a draft.
 *
 * What it promises: an acknowledged draft or entry survives kill -9, a power cut and a full
 * disk; nothing reaches the disk unsealed; an entry once appended never changes; rules about
 * who may do what hold for every way in, because the database enforces them.
 *
 * What it never does: print, ask, read the clock (moments are arguments), or open the network.
 */
#ifndef DISCERN_STORE_STORE_H
#define DISCERN_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/digest.h"
#include "base/secret.h"
#include "base/status.h"
#include "record/excerpt.h"
#include "record/follow_up.h"
#include "record/incident.h"
#include "record/record.h"
#include "record/review.h"

struct store;

#define USER_NAME_MAX 32 /* bytes of a user's name: lower case letters, digits, . and - */

/* Makes a new store with its first user, whose entry begins the log. The folder must not exist
 * or be empty; a failure leaves nothing behind. Takes about half a second (Argon2id).
 * STATUS_REFUSED if there is a store already or the name or passphrase will not do, STATUS_IO.
 */
MUST_CHECK enum status store_create(const char *dir, const struct person *first,
                                    const struct passphrase *passphrase, struct moment now,
                                    struct error *error);

/* As store_create and store_open at once, for practice: the store is made in memory-backed or
 * temporary space, has one made-up user of each role, and is removed by store_close. */
MUST_CHECK enum status store_practice(const struct person *first, struct moment now,
                                      struct store **ret_store, struct error *error);

/* The people of a store of practice, in the arena; and carrying on as another of them, so that
 * one person can practise both sides of a review. STATUS_REFUSED in any other store. */
MUST_CHECK enum status store_practice_people(struct store *store, struct arena *arena,
                                             struct person **ret_people, size_t *ret_count,
                                             struct error *error);
MUST_CHECK enum status store_practice_as(struct store *store, const char *name,
                                         struct error *error);

/* Opens a store as one of its users. Takes about half a second, so that guessing is slow.
 * STATUS_NOT_FOUND (no store there, or no such user), STATUS_LOCKED (wrong passphrase; or the
 * user is disabled), STATUS_UNSUPPORTED (made by a later Discern), STATUS_DAMAGED, STATUS_IO
 * (read-only, full, or on a file system without locks). */
MUST_CHECK enum status store_open(const char *dir, const char *name,
                                  const struct passphrase *passphrase, struct store **ret_store,
                                  struct error *error);

/* Who is told how far something has come that takes its time: of `count` entries so many.
 * Returns false to have it stopped. */
struct watch {
    bool (*progress)(int64_t done, int64_t count, void *data);
    void *data;
};

/* As store_open. A store that an earlier Discern made is first copied, changed and verified,
 * which takes minutes if its log is long: `watch` is told, first with nothing done.
 * STATUS_FAILED if it was stopped: the store is as it was. */
MUST_CHECK enum status store_open_watched(const char *dir, const char *name,
                                          const struct passphrase *passphrase,
                                          const struct watch *watch, struct store **ret_store,
                                          struct error *error);

/* Closes it and wipes its keys. NULL is fine. */
void store_close(struct store *store);

/* Whether a store is there, and the names of its users that are not disabled, in *names (may be
 * NULL), without a passphrase. STATUS_NOT_FOUND if there is none, STATUS_DAMAGED, STATUS_IO. */
struct user_name {
    char name[USER_NAME_MAX + 1];
    enum role role; /* as the keyring claims; the log decides once it is open */
};
MUST_CHECK enum status store_users(const char *dir, struct user_name **ret_names,
                                   size_t *ret_count, struct error *error);

/* Who is using it; borrowed until store_close. */
const struct person *store_me(const struct store *store);

/* The key of pseudonyms (record.h); borrowed until store_close. */
const unsigned char *store_pseudonym_key(const struct store *store);

/* --- The log ------------------------------------------------------------------------------ */

/* Kinds of entries. The body of each is described in discern-record(5). */
#define ENTRY_TABLE(X)                                                                         \
    X(USER, "user")     /* a user added, changed or disabled; the keyring's fingerprint */     \
    X(RECORD, "record") /* a signed decision */                                                \
    X(AMENDMENT, "amendment") /* a decision signed again with a reason */                      \
    X(REVIEW, "review")       /* agreed, returned, not agreed */                               \
    X(VIEW, "view")           /* someone other than its author read a record */                \
    X(EXPORT, "export")       /* records were written to a file */                             \
    X(RECEIPT, "receipt")     /* a bundle arrived, or was refused */                           \
    X(INCIDENT, "incident")   /* a breach reported against a record, and what followed */      \
    X(FOLLOW_UP, "follow-up") /* something that had to be done was done */                     \
    X(HOLD, "hold")           /* a record is kept beyond its retention, or released */         \
    X(ERASURE, "erasure")     /* the body of a record was removed */                           \
    X(KEYRING, "keyring")     /* the keyring changed; its fingerprint */                       \
    X(RESTORE, "restore")     /* the store was put back from a backup; the head it had */      \
    X(IDENTITY, "identity")   /* the certificate that the store signs its bundles with */      \
    X(BUNDLE, "bundle")       /* a bundle was made or sent; a decision set aside, put back */  \
    X(IMPORT, "import")       /* a bundle of another store was taken in */                     \
    X(VERDICT, "verdict")     /* a review of a record of another store, to be carried back */  \
    X(CARRIED, "carried")     /* a review that another store's user made and sent back */      \
    X(HAND_OVER, "hand-over") /* drafts of someone who was disabled given to another */
enum entry_kind {
#define X(name, id) ENTRY_##name,
    ENTRY_TABLE(X)
#undef X
        ENTRY_KIND_COUNT
};
const char *entry_kind_id(enum entry_kind kind);
bool entry_kind_parse(const char *id, enum entry_kind *ret_kind);

struct head {
    int64_t count;      /* entries in the log */
    struct digest link; /* of the newest */
};

struct entry {
    int64_t sequence; /* from 1, without gaps */
    enum entry_kind kind;
    struct moment at;
    bool clock_back; /* the clock stood earlier than at the entry before */
    char author[USER_NAME_MAX + 1];
    char reference[REFERENCE_SIZE]; /* of the decision it is about; "" if none */
    const char *body;               /* canonical JSON; NULL once erased */
    size_t length;
    struct digest link;
};

/* Signs and appends an entry by the user of the store, with all its effects on the
 * projections, in one transaction that is on the disk when this returns. STATUS_REFUSED for
 * what the user's role or the rules of review forbid, STATUS_IO if nothing was written,
 * STATUS_BAD_DATA if the body does not fit its kind. */
MUST_CHECK enum status store_append(struct store *store, enum entry_kind kind,
                                    const char *reference, const char *body, size_t length,
                                    struct moment now, int64_t *ret_sequence,
                                    struct error *error);

/* As store_append for the record or amendment of a decision, and removes its draft in the same
 * transaction. `pack` is the text of the pack that it was walked with, kept once a
 * fingerprint, so that the record can be replayed for ever. */
MUST_CHECK enum status store_sign(struct store *store, const struct decision *decision,
                                  const char *body, size_t length, const char *pack,
                                  size_t pack_length, struct moment now, int64_t *ret_sequence,
                                  struct error *error);

/* The entry of that number. Its body lives in the arena. STATUS_NOT_FOUND, STATUS_DAMAGED. */
MUST_CHECK enum status store_entry(struct store *store, int64_t sequence, struct arena *arena,
                                   struct entry *ret_entry, struct error *error);

/* What an outsider needs to check an entry, besides what struct entry has: discern-record(5),
 * THE LOG. The head lives in the arena; the salt is zeros once the body is erased. */
struct evidence {
    const char *head;
    size_t head_length;
    unsigned char signature[64], salt[32];
};
MUST_CHECK enum status store_evidence(struct store *store, int64_t sequence,
                                      struct arena *arena, struct entry *ret_entry,
                                      struct evidence *ret_evidence, struct error *error);

/* The id of the store, as the heads of its entries have it. */
#define STORE_ID_HEX_SIZE 33
void store_id(const struct store *store, char hex[STORE_ID_HEX_SIZE]);

/* All entries about a decision, oldest first, in the arena. STATUS_NOT_FOUND if none. */
MUST_CHECK enum status store_history(struct store *store, const char *reference,
                                     struct arena *arena, struct entry **ret_entries,
                                     size_t *ret_count, struct error *error);

/* The text of a pack by fingerprint, in the arena. */
MUST_CHECK enum status store_pack(struct store *store, const struct digest *fingerprint,
                                  struct arena *arena, const char **ret_text,
                                  size_t *ret_length, struct error *error);

MUST_CHECK enum status store_head(struct store *store, struct head *ret_head,
                                  struct error *error);

/* --- Lists -------------------------------------------------------------------------------- */

/* One decision as a list shows it. */
struct row {
    int64_t sequence; /* of its newest record or amendment */
    enum state state;
    struct summary summary;
};

/* The first two by when the newest record or amendment was signed. By author: names in order,
 * the oldest of each first. By what is due: only decisions with something still to be done at a
 * set time, the earliest first. By retention: only those that may go on a certain day, the
 * earliest first. A search, and a list of what is overdue or due for retention, has an order of
 * its own. */
#define LOG_ORDER_TABLE(X)                                                                     \
    X(NEWEST_FIRST, "newest", "Newest first")                                                  \
    X(OLDEST_FIRST, "oldest", "Oldest first")                                                  \
    X(BY_AUTHOR, "author", "By author")                                                        \
    X(BY_DUE, "due", "By what is due")                                                         \
    X(BY_RETENTION, "retention", "By retention")
enum log_order {
#define X(name, id, words) LOG_##name,
    LOG_ORDER_TABLE(X)
#undef X
        LOG_ORDER_COUNT
};
const char *log_order_id(enum log_order order);
const char *log_order_words(enum log_order order);

/* What a list shows; zeroed (with .limit set) is the whole log, newest first. Everything that
 * is set must hold. */
struct log_query {
    enum log_order order;
    int64_t after;      /* the row that the page follows, by sequence; 0: from the start */
    bool backwards;     /* the page before it instead; with `after` 0 the last page */
    size_t limit;       /* rows of a page, 1 to 200 */
    bool mine;          /* only those of the user of the store */
    bool reviewable;    /* the queue: what waits for someone of this user's role, departures
                           and urgent ones first, never the user's own */
    unsigned states;    /* bit n: enum state n; 0: all */
    const char *search; /* words and beginnings of words; NULL or "": no search */
    /* Filters: NULL, "", 0 or false asks for nothing. */
    unsigned outcomes; /* what was decided; bit n: enum outcome n */
    const char *author, *team, *agreement, *programme, *purpose;
    const char *pseudonym; /* a person's page: store_pseudonym */
    date from, until;      /* days of signing, both included */
    bool departed, urgent, countersign, unfinished;
    bool overdue, retention_due; /* on `today` */
    bool without_practice;
    date today;
};

struct window {
    struct row *row; /* in the arena, in the order asked for */
    size_t count;
    bool more_before, more_after;
};

/* One page of decisions, by one keyset query whose cost does not grow with the log. */
MUST_CHECK enum status store_list(struct store *store, const struct log_query *query,
                                  struct arena *arena, struct window *ret_window,
                                  struct error *error);

/* How many decisions a query shows in all. Counts as long as `going` (may be NULL) returns
 * true; STATUS_FAILED if it did not: for counting behind a page that is shown already, until a
 * key comes. It is asked several times a millisecond. */
MUST_CHECK enum status store_count(struct store *store, const struct log_query *query,
                                   bool (*going)(void *data), void *data, int64_t *ret_count,
                                   struct error *error);

/* A piece of a record around what was searched for (record/excerpt.h), by the sequence of a
 * row; its text is "" if the record was erased. */
MUST_CHECK enum status store_excerpt(struct store *store, int64_t sequence, const char *search,
                                     int cells, struct arena *arena,
                                     struct excerpt *ret_excerpt, struct error *error);

/* The pseudonym of a person: name, and date of birth or "". */
void store_pseudonym(const struct store *store, const char *name, const char *born,
                     char hex[DIGEST_HEX_SIZE]);

/* Decisions that a new one about that person, for that recipient, may repeat: the same
 * pseudonym, the same recipient but for case and accents, signed within two weeks before `now`.
 * The newest first, at most `most`; erased ones and `except` (a reference, or NULL) left out.
 */
#define DUPLICATE_DAYS 14
MUST_CHECK enum status store_duplicates(struct store *store, const char *pseudonym,
                                        const char *recipient, const char *except,
                                        struct moment now, size_t most, struct arena *arena,
                                        struct row **ret_rows, size_t *ret_count,
                                        struct error *error);

/* A query in words: "outcome share, share-in-part; author jo; from 2026-01-01; departed". What
 * it says is read back as the same query; words that are none are STATUS_BAD_DATA with "did you
 * mean". Texts live in the arena. */
void log_query_words(const struct log_query *query, struct buf *out);
MUST_CHECK enum status log_query_parse(const char *words, struct arena *arena,
                                       struct log_query *ret_query, struct error *error);

/* The user's saved filters: a name and a query in words, in the order of their names. Saving
 * one of a name that there is replaces it. STATUS_NOT_FOUND if there is none to drop. */
struct saved_filter {
    const char *name, *words;
};
MUST_CHECK enum status store_filter_save(struct store *store, const char *name,
                                         const char *words, struct error *error);
MUST_CHECK enum status store_filter_drop(struct store *store, const char *name,
                                         struct error *error);
MUST_CHECK enum status store_filters(struct store *store, struct arena *arena,
                                     struct saved_filter **ret_filters, size_t *ret_count,
                                     struct error *error);

/* The newest row of one decision. STATUS_NOT_FOUND if there is none of that reference. */
MUST_CHECK enum status store_find(struct store *store, const char *reference,
                                  struct arena *arena, struct row *ret_row,
                                  struct error *error);

/* What the start screen says, from counters kept with the entries. */
struct figures {
    int64_t decisions, waiting, returned_to_me, reviewable, drafts;
};
MUST_CHECK enum status store_figures(struct store *store, struct figures *ret_figures,
                                     struct error *error);

/* Figures of a period, from counters of each day; practice and what was erased left out. */
#define FIGURE_TABLE(X)                                                                        \
    X(DECISIONS, "decisions", "Decisions")                                                     \
    X(OUTCOME, "outcome", "What was decided")                                                  \
    X(RECOMMENDED, "recommended", "What was recommended")                                      \
    X(DEPARTED, "departed", "Decided otherwise than recommended")                              \
    X(URGENT, "urgent", "Urgent")                                                              \
    X(AGREEMENT, "agreement", "Agreements")                                                    \
    X(PURPOSE, "purpose", "Purposes")                                                          \
    X(EXEMPTION, "exemption", "Exemptions")                                                    \
    X(VERDICT, "verdict", "Reviews")                                                           \
    X(REASON, "reason", "Reasons given in reviews")                                            \
    X(WAIT, "wait", "Time to review")                                                          \
    X(OPEN, "open", "Overdue now, whatever the period")
enum figure_kind {
#define X(name, id, words) FIGURE_##name,
    FIGURE_TABLE(X)
#undef X
        FIGURE_KIND_COUNT
};
const char *figure_id(enum figure_kind kind);
const char *figure_words(enum figure_kind kind);

struct figure {
    const char *name; /* an outcome's id, a purpose's words ...; "" for none */
    int64_t count;
    int64_t total; /* of WAIT: seconds in all */
};

/* What a name of WAIT means: "within 1 day". */
const char *figure_wait_words(const char *name);

/* The largest count. */
int64_t figure_most(const struct figure *list, size_t count);

/* The figures of one kind, from a day until a day, both included (DATE_NONE: no bound), the
 * largest first, but WAIT by how long it is. OPEN is what is still to be done, by the day on
 * which it is due: what is overdue is that of all days before today. */
MUST_CHECK enum status store_figure(struct store *store, enum figure_kind kind, date from,
                                    date until, struct arena *arena, struct figure **ret_list,
                                    size_t *ret_count, struct error *error);

/* --- Following up --------------------------------------------------------------------------
 */

struct duty_row {
    char reference[REFERENCE_SIZE];
    struct duty_to_do duty;
    const char *author, *subject, *recipient; /* of the decision */
    bool overdue;
};

struct duty_query {
    bool mine;                                /* only of the user's own decisions */
    const char *after_reference, *after_duty; /* the row that the page follows; NULL: none */
    bool backwards;
    size_t limit; /* 1 to 200 */
    struct moment now;
};

struct duty_window {
    struct duty_row *row; /* in the arena */
    size_t count;
    bool more_before, more_after;
};

/* What is still to be done: by time, so what is longest overdue comes first, and what has no
 * set time last. One is marked as done by an entry of kind follow-up (record/follow_up.h). */
MUST_CHECK enum status store_duties(struct store *store, const struct duty_query *asked,
                                    struct arena *arena, struct duty_window *ret_window,
                                    struct error *error);

/* How many are overdue, of the user's decisions and of all; 1,000 stands for more as well. */
MUST_CHECK enum status store_overdue(struct store *store, struct moment now, int64_t *ret_mine,
                                     int64_t *ret_all, struct error *error);

/* --- Incidents -----------------------------------------------------------------------------
 */

/* An incident by its number, as its entries have it. STATUS_NOT_FOUND. */
MUST_CHECK enum status store_incident(struct store *store, int64_t number, struct arena *arena,
                                      struct incident *ret_incident, struct error *error);

/* Incidents that are open: the one whose time runs out next first, those last for which nobody
 * is left to be told. Or those that are closed: the newest first. Those that follow `after` (0:
 * from the start), at most `limit` (1 to 200). */
MUST_CHECK enum status store_incidents(struct store *store, bool closed, int64_t after,
                                       size_t limit, struct arena *arena,
                                       struct incident **ret_list, size_t *ret_count,
                                       struct error *error);

/* --- Drafts ------------------------------------------------------------------------------- */

/* Keeps a draft of the user, replacing the one of that reference. On the disk on return.
 * STATUS_REFUSED if the same user, having the store open twice, has changed, signed or removed
 * it elsewhere since it was last listed or kept here; so do dropping and signing it. */
MUST_CHECK enum status store_draft_save(struct store *store, const char *reference,
                                        const char *bytes, size_t length, struct moment now,
                                        struct error *error);
MUST_CHECK enum status store_draft_drop(struct store *store, const char *reference,
                                        struct error *error);

struct draft {
    char reference[REFERENCE_SIZE];
    struct moment touched;
    const char *bytes;
    size_t length;
};

/* The user's drafts, the one touched last first, in the arena. */
MUST_CHECK enum status store_drafts(struct store *store, struct arena *arena,
                                    struct draft **ret_drafts, size_t *ret_count,
                                    struct error *error);

/* --- Proof -------------------------------------------------------------------------------- */

/* Checks every entry from the first: bodies, links, signatures, sequence, the users' rights to
 * sign, each record's answers walked again with its pack, projections against the log, and
 * every page of the database. Signatures and answers are checked on every core. `against` (may
 * be NULL) is a head someone holds. STATUS_DAMAGED names the first wrong entry. `progress` (may
 * be NULL) is called now and then and stops the check by returning false (STATUS_FAILED). */
MUST_CHECK enum status store_verify(struct store *store, const struct head *against,
                                    bool (*progress)(int64_t done, int64_t count, void *data),
                                    void *data, struct error *error);

/* --- People ------------------------------------------------------------------------------- */

/* Adds a user (guardians and, while there is none, the first user may). Asks for the new
 * user's passphrase, never for the others'. */
MUST_CHECK enum status store_user_add(struct store *store, const struct person *user,
                                      const struct passphrase *passphrase, struct moment now,
                                      struct error *error);

/* Changes the passphrase of the user of the store. */
MUST_CHECK enum status store_passphrase_change(struct store *store,
                                               const struct passphrase *old,
                                               const struct passphrase *new, struct moment now,
                                               struct error *error);

#endif
