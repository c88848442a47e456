/* SPDX-License-Identifier: MIT */
/* Makes made-up decisions and what happens to them, in one long run of big transactions. The
 * store must not be used until it is done: it is made without waiting for the disk. */
#include "tests/bench/log_maker.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "record/json.h"
#include "store/log.h"

#define BATCH 2000
#define PRACTITIONERS 8
#define SUPERVISORS 2
#define USERS (PRACTITIONERS + SUPERVISORS + 1)
#define PENDING_MAX 512
#define US_PER_SECOND INT64_C(1000000)
#define FIRST INT64_C(1577865600) /* 1 January 2020, in seconds */
#define LAST INT64_C(1795305600)  /* 22 November 2026 */

/* A decision that is not over yet. */
struct pending {
    char reference[REFERENCE_SIZE];
    int64_t sequence;
    int author;
    bool returned;
};

struct maker {
    struct store *user[USERS];
    struct store *main; /* whose database everybody writes to */
    uint64_t random;
    int64_t made, count, references;
    struct pending pending[PENDING_MAX];
    size_t pending_first, pending_count, pending_most;
    struct digest pack;
};

/* --- Chance ------------------------------------------------------------------------------- */

/* xorshift64-star: small, and the same everywhere. */
static uint32_t chance(struct maker *maker)
{
    maker->random ^= maker->random >> 12;
    maker->random ^= maker->random << 25;
    maker->random ^= maker->random >> 27;
    return (uint32_t)((maker->random * UINT64_C(2685821657736338717)) >> 32);
}

static uint32_t below(struct maker *maker, uint32_t limit)
{
    return chance(maker) % limit;
}

/* The first are the likeliest, as with names. */
static uint32_t skewed(struct maker *maker, uint32_t limit)
{
    uint64_t a = below(maker, limit), b = below(maker, limit);

    return (uint32_t)(a * b / limit);
}

static const char *one_of(struct maker *maker, const char *const *list, size_t count)
{
    return list[skewed(maker, (uint32_t)count)];
}

static struct moment moment_of(const struct maker *maker)
{
    int64_t at = FIRST + (LAST - FIRST) * maker->made / (maker->count + 1);

    return (struct moment){at * US_PER_SECOND, 0};
}

/* --- Words -------------------------------------------------------------------------------- */

static const char *const first_names[] = {
    "Amira", "Ben",  "Chloe", "Daniel", "Efa",   "Farid", "Grace", "Hamza", "Ines",   "Jakub",
    "Kezia", "Liam", "Maja",  "Noor",   "Omar",  "Priya", "Quinn", "Rhys",  "Sofia",  "Tomasz",
    "Uma",   "Vera", "Wren",  "Xanthe", "Yusuf", "Zoë",   "Ayşe",  "Björn", "Céline", "Siân"};
static const char *const syllables[] = {"mar", "ten", "low", "ash", "bur", "ford", "wick",
                                        "hal", "dra", "ne",  "os",  "tri", "vel",  "kin",
                                        "sto", "ley", "ham", "cro", "pen", "gar"};
static const char *const plain_words[] = {
    "the",      "school", "reported", "marks",  "on",       "arm",     "after",    "weekend",
    "mother",   "father", "afraid",   "home",   "police",   "asked",   "whether",  "known",
    "address",  "visit",  "missed",   "health", "nurse",    "worried", "bruise",   "night",
    "alone",    "found",  "money",    "carer",  "medicine", "fall",    "hospital", "neighbour",
    "shouting", "heard",  "door",     "locked", "food",     "cold",    "sister",   "brother",
    "nursery",  "absent", "twice",    "phone",  "message",  "threat",  "knife",    "station"};
static const char *const recipients[] = {
    "Borough Police", "County Hospital", "Hill School",      "Children's Services",
    "Housing Office", "Court",           "Community Nurses", "Probation Office"};
static const char *const purposes[] = {"Protect a child",  "Help a family",
                                       "Protect an adult", "Prevent or detect crime",
                                       "Answer a court",   "Care and treatment"};
static const char *const agreements[] = {"", "kmisa", "llr", "weisf", "essex"};
static const char *const outcomes[] = {"share",     "share-in-part", "share-urgently",
                                       "ask-first", "seek-advice",   "do-not-share"};
static const char *const exemptions[] = {"crime-prevention", "serious-harm", "legal-privilege"};

#define ONE_OF(list) one_of(maker, list, COUNT(list))

static void add_family_name(struct maker *maker, struct buf *out)
{
    uint32_t kind = below(maker, 20000);
    size_t at = out->length;

    if (kind == 0) {
        buf_puts(out, "Vandrelomi");
        return;
    }
    if (kind < 2000) {
        buf_puts(out, "Marsh");
        return;
    }
    for (uint32_t i = 0; i < 2 + kind % 2; i++)
        buf_puts(out, ONE_OF(syllables));
    out->text[at] = (char)(out->text[at] - 'a' + 'A');
}

static void add_sentence(struct maker *maker, size_t words, struct buf *out)
{
    for (size_t i = 0; i < words; i++)
        buf_printf(out, "%s%s", i ? " " : "", ONE_OF(plain_words));
}

static json_t *text_of(struct buf *text)
{
    json_t *value = json_string(buf_text(text));

    buf_release(text);
    return value;
}

/* --- Bodies ------------------------------------------------------------------------------- */

static json_t *person_of(struct maker *maker, int user)
{
    json_t *object = body_object();

    body_put_person(object, "person", &maker->user[user]->me);
    json_t *inner = json_incref(json_object_get(object, "person"));
    json_decref(object);
    return inner;
}

static json_t *object_with(const char *name, const char *text)
{
    json_t *object = body_object();

    body_put_text(object, name, text);
    return object;
}

static json_t *path_entry(const char *id, const char *type, const char *ask)
{
    json_t *entry = object_with("id", id);

    body_put_text(entry, "type", type);
    body_put_text(entry, "ask", ask);
    body_put_text(entry, "step", "one");
    return entry;
}

/* Who it concerns and who would receive it: on the path, and under their own names. */
static void put_people(struct maker *maker, json_t *body, json_t *path)
{
    const char *to = ONE_OF(recipients), *purpose = ONE_OF(purposes);
    json_t *entry = path_entry("subject", "person", "Who is it about?"),
           *fields = body_object();
    json_t *subjects = body_list(), *subject = body_object(), *recipient;
    struct buf name = {0}, born = {0};
    char hex[DIGEST_HEX_SIZE];

    buf_printf(&name, "%s ", ONE_OF(first_names));
    add_family_name(maker, &name);
    buf_printf(&born, "%u-%02u-%02u", 1940 + below(maker, 85), 1 + below(maker, 12),
               1 + below(maker, 28));
    pseudonym_of(maker->main->keys->pseudonym, buf_text(&name), buf_text(&born), hex);
    body_put_text(fields, "name", buf_text(&name));
    body_put_text(fields, "born", buf_text(&born));
    body_put_text(subject, "short", buf_text(&name));
    body_put_text(subject, "pseudonym", hex);
    body_put(entry, "fields", fields);
    body_append(path, entry);
    body_append(subjects, subject);
    body_put(body, "subject", subjects);
    entry = path_entry("recipient", "organisation", "Who would receive it?");
    body_put(entry, "fields", object_with("name", to));
    body_append(path, entry);
    recipient = object_with("short", to);
    body_put(body, "recipient", recipient);
    body_put(body, "requester", object_with("short", ONE_OF(recipients)));
    body_put(body, "purpose", object_with("short", purpose));
    buf_release(&name);
    buf_release(&born);
}

static void put_path(struct maker *maker, json_t *body, const char *best)
{
    static const char *const texts[] = {"worry", "risk-of-sharing", "risk-of-not-sharing"};
    json_t *path = body_list(), *choice = path_entry("best", "choice", "What is best?");
    json_t *options = body_list();

    put_people(maker, body, path);
    for (size_t i = 0; i < COUNT(texts); i++) {
        json_t *entry = path_entry(texts[i], "text", "What is known?");
        struct buf text = {0};

        add_sentence(maker, 8 + below(maker, 10), &text);
        body_put(entry, "text", text_of(&text));
        body_append(path, entry);
    }
    body_append(options, object_with("id", best));
    body_put(choice, "options", options);
    body_append(path, choice);
    body_put(body, "path", path);
}

static void put_items(struct maker *maker, json_t *body)
{
    json_t *list = body_list();

    for (uint32_t i = 0; i <= below(maker, 3); i++) {
        json_t *item = body_object();
        struct buf what = {0};

        add_sentence(maker, 3, &what);
        body_put(item, "what", text_of(&what));
        body_put_text(item, "reason", "Needed to keep them safe");
        body_put_flag(item, "requested", true);
        body_put_flag(item, "shared", i == 0);
        body_append(list, item);
    }
    body_put(body, "items", list);
}

static void put_findings(struct maker *maker, json_t *body)
{
    json_t *list = body_list(), *finding = object_with("id", "public-task");

    body_put_text(finding, "kind", "basis");
    body_put_text(finding, "says", "It is necessary for a task in the public interest.");
    body_append(list, finding);
    if (below(maker, 10) == 0) {
        finding = object_with("id", ONE_OF(exemptions));
        body_put_text(finding, "kind", "exemption");
        body_append(list, finding);
    }
    body_put(body, "findings", list);
}

static void put_decision(struct maker *maker, json_t *body, const char *recommended,
                         struct moment at)
{
    bool departs = below(maker, 40) == 0;
    json_t *decision = object_with("outcome", departs ? "seek-advice" : recommended);
    json_t *must = body_list(), *retention = object_with("id", "adult-care");
    json_t *recommendation;
    struct buf reason = {0};

    body_put_text(decision, "stance", departs ? "depart" : "follow");
    if (departs) {
        add_sentence(maker, 9, &reason);
        body_put(decision, "reason", text_of(&reason));
    }
    body_put(body, "decision", decision);
    recommendation = object_with("outcome", recommended);
    body_put_text(recommendation, "rule", recommended);
    body_put(body, "recommendation", recommendation);
    if (below(maker, 5) == 0) {
        json_t *duty = object_with("id", "tell");

        body_put_text(duty, "text", "Tell the person what is shared, with whom and why");
        body_put_moment(duty, "due",
                        (struct moment){at.us + 172800 * US_PER_SECOND, at.offset_minutes});
        body_append(must, duty);
    }
    body_put_list(body, "must", must);
    body_put_flag(body, "countersign", below(maker, 50) == 0);
    body_put_day(retention, "review", date_add_months(moment_date(at), 72));
    body_put(body, "retention", retention);
}

static void compose(struct maker *maker, int author, const char *reference, const char *amends,
                    struct buf *out)
{
    struct moment at = moment_of(maker);
    json_t *body = body_object(), *pack = object_with("id", "made-up"), *times = body_object();
    const char *recommended = ONE_OF(outcomes);
    char hex[DIGEST_HEX_SIZE];

    digest_hex(&maker->pack, hex);
    body_put_text(pack, "fingerprint", hex);
    body_put_text(pack, "version", "1");
    body_put_day(body, "day", moment_date(at));
    body_put(body, "pack", pack);
    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", amends ? "amendment" : "record");
    body_put_text(body, "reference", reference);
    body_put_text(body, "amends", amends);
    body_put_text(body, "amendment", amends ? "More was learned" : "");
    body_put(body, "practitioner", person_of(maker, author));
    body_put_moment(times, "signed", at);
    body_put(body, "times", times);
    body_put_text(body, "agreement", ONE_OF(agreements));
    put_path(maker, body, recommended);
    put_items(maker, body);
    put_findings(maker, body);
    put_decision(maker, body, recommended, at);
    body_put_flag(body, "restricted", below(maker, 60) == 0);
    body_put_flag(body, "practice", false);
    body_write(body, out);
}

/* --- Entries ------------------------------------------------------------------------------ */

static enum status append(struct maker *maker, int user, enum entry_kind kind,
                          const char *reference, const struct buf *body, int64_t *ret_sequence,
                          struct error *error)
{
    struct store acting = *maker->user[user];

    acting.database = maker->main->database;
    maker->made++;
    return log_append(&acting, kind, reference, buf_text(body), body->length, moment_of(maker),
                      ret_sequence, error);
}

static void keep_pending(struct maker *maker, struct pending pending)
{
    size_t at = (maker->pending_first + maker->pending_count++) % PENDING_MAX;

    maker->pending[at] = pending;
}

static void next_reference(struct maker *maker, char reference[REFERENCE_SIZE])
{
    unsigned char random[REFERENCE_RANDOM] = {0};
    uint64_t number = (uint64_t)++maker->references * UINT64_C(2654435761);

    memcpy(random, &number, sizeof(random) < sizeof(number) ? sizeof(random) : sizeof(number));
    reference_make(random, reference);
}

static enum status add_record(struct maker *maker, struct error *error)
{
    struct pending pending = {.author = (int)below(maker, PRACTITIONERS)};
    struct buf body = {0};
    enum status status;

    next_reference(maker, pending.reference);
    compose(maker, pending.author, pending.reference, NULL, &body);
    status = append(maker, pending.author, ENTRY_RECORD, pending.reference, &body,
                    &pending.sequence, error);
    buf_release(&body);
    keep_pending(maker, pending);
    return status;
}

static enum status add_amendment(struct maker *maker, struct pending pending,
                                 struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct buf body = {0};
    enum status status;

    next_reference(maker, reference);
    compose(maker, pending.author, reference, pending.reference, &body);
    status = append(maker, pending.author, ENTRY_AMENDMENT, pending.reference, &body,
                    &pending.sequence, error);
    buf_release(&body);
    pending.returned = false;
    keep_pending(maker, pending);
    return status;
}

/* What had to be done is mostly done by the time somebody looks. */
static enum status add_follow_up(struct maker *maker, const struct pending *pending,
                                 struct error *error)
{
    struct follow_up follow_up = {
        .reference = pending->reference, .duty = "tell", .message = "Told them by telephone."};
    struct buf body = {0};
    int64_t open;
    enum status status = query_number(maker->main->database, 0, &open, error,
                                      "SELECT count(*) FROM duty WHERE ref = ? AND id = 'tell' "
                                      "AND done = 0",
                                      "t", pending->reference);

    if (status != STATUS_OK || !open || below(maker, 50) == 0)
        return status;
    follow_up_compose(&follow_up, &maker->user[pending->author]->me, moment_of(maker), &body);
    status =
        append(maker, pending->author, ENTRY_FOLLOW_UP, pending->reference, &body, NULL, error);
    buf_release(&body);
    return status;
}

static enum status add_review(struct maker *maker, struct pending pending, struct error *error)
{
    int reviewer = PRACTITIONERS + (int)below(maker, SUPERVISORS);
    struct review review = {.reference = pending.reference,
                            .sequence = pending.sequence,
                            .verdict = VERDICT_AGREE,
                            .message = ""};
    struct buf body = {0};
    enum status status;

    pending.returned = below(maker, 25) == 0;
    if (pending.returned) {
        review.verdict = VERDICT_RETURN;
        review.reason = REVIEW_MORE_DETAIL;
        review.message = "Say what they were told, and when.";
    }
    review_compose(&review, &maker->user[reviewer]->me, moment_of(maker), &body);
    status = append(maker, reviewer, ENTRY_REVIEW, pending.reference, &body, NULL, error);
    buf_release(&body);
    if (pending.returned && below(maker, 20) != 0)
        keep_pending(maker, pending);
    return status;
}

static enum status add_next(struct maker *maker, struct error *error)
{
    struct pending oldest;
    enum status status;

    if (maker->pending_count < maker->pending_most)
        return add_record(maker, error);
    oldest = maker->pending[maker->pending_first];
    maker->pending_first = (maker->pending_first + 1) % PENDING_MAX;
    maker->pending_count--;
    if (oldest.returned)
        return add_amendment(maker, oldest, error);
    if (below(maker, 200) == 0) /* stays in the queue */
        return STATUS_OK;
    status = add_follow_up(maker, &oldest, error);
    return status == STATUS_OK ? add_review(maker, oldest, error) : status;
}

static enum status add_batch(struct maker *maker, struct error *error)
{
    struct database *database = maker->main->database;
    enum status status = transaction_begin(database, error);
    int64_t until = maker->made + BATCH;

    if (status != STATUS_OK)
        return status;
    while (status == STATUS_OK && maker->made < until && maker->made < maker->count)
        status = add_next(maker, error);
    return transaction_end(database, status, error);
}

/* --- The store ---------------------------------------------------------------------------- */

static struct passphrase *passphrase_of(void)
{
    return passphrase_new(LOG_PASSPHRASE, strlen(LOG_PASSPHRASE));
}

enum status log_open(const char *dir, const char *user, struct store **ret_store,
                     struct error *error)
{
    struct passphrase *passphrase = passphrase_of();
    enum status status = store_open(dir, user, passphrase, ret_store, error);

    secret_free(passphrase);
    return status;
}

static void person_at(int user, char name[USER_NAME_MAX], struct person *person)
{
    bool practitioner = user < PRACTITIONERS, supervisor = user < USERS - 1;

    if (practitioner)
        snprintf(name, USER_NAME_MAX, "jo.%d", user + 1);
    else if (supervisor)
        snprintf(name, USER_NAME_MAX, "sam.%d", user - PRACTITIONERS + 1);
    else
        snprintf(name, USER_NAME_MAX, "alex");
    *person = (struct person){name,
                              practitioner ? "Jo Bloggs"
                              : supervisor ? "Sam Shaw"
                                           : "Alex Ash",
                              user % 2 ? "North team" : "South team",
                              practitioner ? ROLE_PRACTITIONER
                              : supervisor ? ROLE_SUPERVISOR
                                           : ROLE_GUARDIAN};
}

/* The pack that the decisions can be walked again with. */
static enum status keep_pack(struct maker *maker, struct database *database,
                             struct error *error)
{
    struct buf text = {0};
    enum status status = file_read(MADE_UP_PACK, (size_t)1 << 20, &text, error);

    if (status == STATUS_OK) {
        maker->pack = digest_of(&(struct span){buf_text(&text), text.length}, 1);
        status = query_run(database, error, "INSERT INTO pack VALUES (?, ?)", "bb",
                           maker->pack.byte, (size_t)DIGEST_SIZE, buf_text(&text), text.length);
    }
    buf_release(&text);
    return status;
}

static enum status make_users(const char *dir, struct maker *maker, struct error *error)
{
    struct moment at = {FIRST * US_PER_SECOND, 0};
    struct passphrase *passphrase = passphrase_of();
    struct store *store = NULL;
    char name[USER_NAME_MAX];
    struct person person;
    enum status status;

    person_at(USERS - 1, name, &person);
    status = store_create_at(dir, &person, passphrase, KDF_FLOOR, at, error);
    if (status == STATUS_OK)
        status = log_open(dir, "alex", &store, error);
    for (int i = 0; i < USERS - 1 && status == STATUS_OK; i++) {
        person_at(i, name, &person);
        status = store_user_add(store, &person, passphrase, at, error);
    }
    if (status == STATUS_OK)
        status = keep_pack(maker, store->database, error);
    store_close(store);
    secret_free(passphrase);
    return status;
}

static enum status open_users(const char *dir, struct maker *maker, struct error *error)
{
    enum status status = STATUS_OK;
    char name[USER_NAME_MAX];
    struct person person;

    for (int i = 0; i < USERS && status == STATUS_OK; i++) {
        person_at(i, name, &person);
        status = log_open(dir, name, &maker->user[i], error);
    }
    maker->main = maker->user[0];
    return status;
}

/* Not safe against a power cut, and many times as quick: there is nothing to lose yet. */
static void hurry(sqlite3 *db, bool on)
{
    sqlite3_exec(db, on ? "PRAGMA synchronous = OFF" : "PRAGMA synchronous = FULL", NULL, NULL,
                 NULL);
    sqlite3_exec(db, on ? "PRAGMA cache_size = -524288" : "PRAGMA cache_size = -16384", NULL,
                 NULL, NULL);
}

enum status log_make(const char *dir, int64_t count, uint64_t seed,
                     void (*progress)(int64_t done, int64_t count), struct error *error)
{
    struct maker *maker = xcalloc(1, sizeof(*maker));
    enum status status = make_users(dir, maker, error);

    maker->random = seed ? seed : LOG_SEED;
    maker->count = count;
    maker->pending_most = (size_t)(count / 100 < 20    ? 20
                                   : count / 100 < 400 ? count / 100
                                                       : 400);
    if (status == STATUS_OK)
        status = open_users(dir, maker, error);
    if (status == STATUS_OK)
        hurry(database_handle(maker->main->database), true);
    while (status == STATUS_OK && maker->made < count) {
        status = add_batch(maker, error);
        if (progress)
            progress(maker->made, count);
    }
    if (maker->main)
        hurry(database_handle(maker->main->database), false);
    for (int i = USERS - 1; i >= 0; i--)
        store_close(maker->user[i]);
    free(maker);
    return status;
}
