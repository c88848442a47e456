/* SPDX-License-Identifier: MIT */
/* What must follow from the log: each decision made again from its entries and compared, by a
 * crew on every core; users, the keyring; and the pages of the database, all of them. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/crew.h"
#include "store/index.h"
#include "store/rules.h"
#include "store/verify.h"

static enum status differs(const char *table, const char *row, struct error *error)
{
    return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                "The log is whole, but the table of %s does not follow from it (%s).", table,
                row);
}

/* --- Decisions ---------------------------------------------------------------------------- */

/* Whether the rules of review, and of amending, held when the entry was appended. */
static enum status check_rules(const struct projected *projected,
                               const struct stored_entry *stored, struct error *error)
{
    const struct entry *entry = &stored->entry;
    bool own = strcmp(projected->author, entry->author) == 0;

    if (entry->kind == ENTRY_RECORD)
        return projected->first
                   ? verify_wrong(entry->sequence, "its reference was taken already", error)
                   : STATUS_OK;
    if (!projected->first)
        return verify_wrong(entry->sequence, "it is about no decision", error);
    if (entry->kind == ENTRY_AMENDMENT && !own)
        return verify_wrong(entry->sequence, "it amends the record of someone else", error);
    if (entry->kind == ENTRY_AMENDMENT && projected->state == STATE_ERASED)
        return verify_wrong(entry->sequence, "it amends what was erased", error);
    if (entry->kind != ENTRY_REVIEW)
        return STATUS_OK;
    if (own)
        return verify_wrong(entry->sequence, "it reviews its author's own decision", error);
    if (projected->state != STATE_WAITING && projected->state != STATE_COUNTERSIGN)
        return verify_wrong(entry->sequence, "it reviews what did not wait for it", error);
    if ((projected->state == STATE_COUNTERSIGN) !=
            (stored->role == ROLE_GUARDIAN && projected->summary.countersign) &&
        entry->body && projected->summary.pack[0])
        return verify_wrong(entry->sequence, "it agrees out of turn", error);
    if (strcmp(projected->agreed_by, entry->author) == 0)
        return verify_wrong(entry->sequence, "both agreements are of one person", error);
    return STATUS_OK;
}

/* What one of the crew does at a time: all pages, all of the search index, or making decisions
 * again, those whose newest record or amendment is one of so many entries. */
#define PART 1024
struct part {
    const struct verify *verify;
    enum { PART_PAGES, PART_INDEX, PART_DECISIONS } kind;
    int64_t from; /* sequence */
    struct counted counted;
    enum status status;
    struct error error;
};

/* A decision while it is made again. */
struct making {
    const struct verify *verify;
    struct database *database;
    struct arena arena;
    struct projected kept, made;
    struct ruled ruled;
    struct counting counting;
};

/* The name of an amendment leads to its decision. */
static enum status check_name(struct making *making, const struct entry *entry,
                              struct error *error)
{
    const char *name = making->made.summary.reference;
    int64_t found = 0;
    enum status status;

    if (entry->kind != ENTRY_AMENDMENT || !entry->body ||
        strcmp(name, making->made.reference) == 0)
        return STATUS_OK;
    making->counting.counted->names++;
    status = query_number(making->database, 0, &found, error,
                          "SELECT count(*) FROM known_as WHERE name = ? AND ref = ?", "tt",
                          name, making->made.reference);
    return status == STATUS_OK && !found ? differs("names", name, error) : status;
}

/* The next entry of the history, and what is counted of it. */
static enum status take_entry(struct making *making, struct stored_entry *stored,
                              struct error *error)
{
    const struct entry *entry = &stored->entry;
    const char *wrong;
    enum status status = check_rules(&making->made, stored, error);

    if (status == STATUS_OK)
        status = verify_rules(&making->ruled, &making->made, stored, &making->arena, error);
    if (status == STATUS_OK && entry->kind == ENTRY_REVIEW)
        status = figures_of_review(making->made.summary.signed_at, stored, count_figure,
                                   &making->counting, error);
    if (status == STATUS_OK)
        status = verify_carried(making->database, entry, error);
    if (status == STATUS_OK && (wrong = replay(making->verify->packs, stored)))
        status = verify_wrong(entry->sequence, wrong, error);
    if (status == STATUS_OK)
        status = project_fold(&making->made, stored, &making->arena, error);
    if (status == STATUS_OK)
        status = check_name(making, entry, error);
    if (status == STATUS_OK && entry->sequence == making->kept.sequence &&
        entry->sequence <= making->verify->indexed)
        status = count_words(&making->counting, stored, &making->arena, error);
    return status;
}

/* The fold over the history of a decision; its entries were checked one by one before. */
static enum status fold_history(struct making *making, struct error *error)
{
    struct stored_entry stored = {.body = NULL};
    sqlite3_stmt *statement = NULL;
    struct raw_entry raw;
    bool row = false;
    enum status status =
        query(making->database, &statement, error,
              "SELECT " ENTRY_COLUMNS " FROM " ENTRY_TABLES " WHERE ref = ? ORDER BY entry.seq",
              "t", making->kept.reference);

    while (status == STATUS_OK) {
        status = query_row(making->database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        raw_of_row(statement, &making->arena, &raw);
        status = entry_of_checked(&raw, &stored, error);
        if (status == STATUS_OK)
            status = take_entry(making, &stored, error);
        stored_release(&stored);
    }
    query_done(statement);
    return status;
}

static enum status check_decision(struct making *making, sqlite3_stmt *row, struct error *error)
{
    enum status status;

    projected_of_row(row, &making->arena, &making->kept);
    making->made = (struct projected){.first = 0};
    making->ruled = (struct ruled){.held = false};
    status = duties_load(making->database, &making->arena, &making->kept, error);
    if (status == STATUS_OK)
        status = fold_history(making, error);
    if (status == STATUS_OK && !projected_equal(&making->kept, &making->made))
        status = differs("decisions", making->kept.reference, error);
    if (status != STATUS_OK)
        return status;
    making->counting.counted->decisions++;
    count_tally(&making->counting, making->made.author, state_id(making->made.state), 1);
    return figures_of_decision(&making->made, count_figure, &making->counting, error);
}

static enum status check_decisions(struct part *part, struct database *database,
                                   struct error *error)
{
    struct making making = {.verify = part->verify,
                            .database = database,
                            .counting = {part->verify, &part->counted}};
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(database, &statement, error,
                               "SELECT " PROJECTED_COLUMNS " FROM decision WHERE seq BETWEEN ? "
                               "AND ? ORDER BY seq",
                               "ii", part->from, part->from + PART - 1);

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = check_decision(&making, statement, error);
        arena_release(&making.arena);
    }
    query_done(statement);
    return status;
}

/* SQLite's own check reads every page that is in use, and so opens what seals it. */
static enum status check_pages(struct database *database, struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = query(database, &statement, error, "PRAGMA quick_check(1)", "");

    if (status == STATUS_OK)
        status = query_row(database, statement, &row, error);
    if (status == STATUS_OK && (!row || strcmp(column_text(statement, 0), "ok") != 0))
        status =
            fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                 "The log is whole, but the database is not: %s.", column_text(statement, 0));
    query_done(statement);
    return status;
}

static enum status do_part(struct part *part, struct database *database, struct error *error)
{
    switch (part->kind) {
    case PART_PAGES:
        return check_pages(database, error);
    case PART_INDEX:
        return counted_in_index(part->verify, database, &part->counted.words, error);
    default:
        return check_decisions(part, database, error);
    }
}

static void check_part(void *job)
{
    struct part *part = job;
    struct database *database = reader_take(part->verify->readers);

    part->status = do_part(part, database, &part->error);
    reader_give(part->verify->readers, database);
}

static enum status take_part(struct verify *verify, const struct part *part,
                             struct counted *made, struct counted *kept, struct error *error)
{
    if (part->status != STATUS_OK) {
        *error = part->error;
        return part->status;
    }
    made->decisions += part->counted.decisions;
    made->names += part->counted.names;
    sum_join(&made->tally, &part->counted.tally);
    sum_join(&made->figures, &part->counted.figures);
    sum_join(part->kind == PART_INDEX ? &kept->words : &made->words, &part->counted.words);
    return verify_progress(
        verify, verify->count + (part->from < verify->count ? part->from : verify->count),
        error);
}

/* Pages and the search index are a part each, given first since they take longest. */
static enum status run_crew(struct verify *verify, struct crew *crew, struct part *parts,
                            struct counted *made, struct counted *kept, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t from = 1;
    size_t free_one = 0;
    struct part *next;

    do {
        bool fresh = free_one < crew_room(), whole = free_one < PART_DECISIONS;

        next = fresh ? &parts[free_one++] : crew_take(crew);
        if (next && !fresh)
            status = take_part(verify, next, made, kept, error);
        if (next && status == STATUS_OK && (whole || from <= verify->count)) {
            *next = (struct part){.verify = verify,
                                  .kind = whole ? free_one - 1 : PART_DECISIONS,
                                  .from = whole ? 0 : from};
            from += whole ? 0 : PART;
            crew_give(crew, next);
        }
    } while (next && status == STATUS_OK);
    return status;
}

static enum status compare(const struct counted *made, const struct counted *kept,
                           int64_t records, struct error *error)
{
    if (made->decisions != records)
        return differs("decisions", "a row is missing or too many", error);
    if (made->names != kept->names)
        return differs("names", "a row is missing or too many", error);
    if (!sum_equal(&made->tally, &kept->tally))
        return differs("tallies", "a row is wrong", error);
    if (!sum_equal(&made->figures, &kept->figures))
        return differs("figures", "a row is wrong", error);
    if (!sum_equal(&made->words, &kept->words))
        return differs("words", "a word is missing or too many", error);
    return STATUS_OK;
}

static enum status check_all_decisions(struct verify *verify, struct error *error)
{
    struct part *parts = xcalloc(crew_room(), sizeof(*parts));
    struct counted made = {.decisions = 0}, kept = made;
    struct crew *crew = crew_new(check_part);
    enum status status = index_upto(verify->store->database, &verify->indexed, error);

    if (status == STATUS_OK)
        status = counted_in_tables(verify, &kept, error);
    if (status == STATUS_OK)
        status = run_crew(verify, crew, parts, &made, &kept, error);
    crew_free(crew);
    free(parts);
    return status == STATUS_OK ? compare(&made, &kept, verify->records, error) : status;
}

/* --- The rest ----------------------------------------------------------------------------- */

static bool user_equal(sqlite3_stmt *row, const struct known_user *known)
{
    const struct log_user *user = &known->is;

    return strcmp(column_text(row, 1), user->full) == 0 &&
           strcmp(column_text(row, 2), user->team) == 0 &&
           strcmp(column_text(row, 3), role_id(user->role)) == 0 &&
           sqlite3_column_bytes(row, 4) == PUBLIC_KEY_SIZE &&
           memcmp(sqlite3_column_blob(row, 4), user->public_key, PUBLIC_KEY_SIZE) == 0 &&
           (sqlite3_column_int(row, 5) != 0) == !user->disabled &&
           (sqlite3_column_int(row, 6) != 0) == user->recovery &&
           sqlite3_column_int64(row, 7) == known->first;
}

static enum status check_users(struct verify *verify, struct error *error)
{
    struct database *database = verify->store->database;
    const struct known_user *known;
    sqlite3_stmt *statement = NULL;
    size_t count = 0;
    bool row = false;
    enum status status = query(database, &statement, error,
                               "SELECT name, full_name, team, role, public_key, active, "
                               "recovery, first FROM user",
                               "");

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        count++;
        known = verify_find_user(verify, column_text(statement, 0));
        if (!known || !user_equal(statement, known))
            status = differs("users", column_text(statement, 0), error);
    }
    query_done(statement);
    if (status == STATUS_OK && count != verify->user_count)
        status = differs("users", "a row is missing", error);
    return status;
}

static enum status check_count(struct verify *verify, const char *table, const char *sql,
                               struct error *error)
{
    int64_t wrong;
    enum status status = query_number(verify->store->database, 0, &wrong, error, sql, "");

    return status == STATUS_OK && wrong ? differs(table, "a row is wrong", error) : status;
}

static enum status check_keyring(struct verify *verify, struct error *error)
{
    int64_t same;
    enum status status =
        query_number(verify->store->database, 0, &same, error,
                     "SELECT count(*) FROM keyring WHERE serial = ? AND fingerprint = ?", "ib",
                     verify->serial, verify->fingerprint.byte, (size_t)DIGEST_SIZE);

    return status == STATUS_OK && same != 1 ? differs("the keyring", "its only row", error)
                                            : status;
}

/* Those that entries name were compared with them; there are no others. */
static enum status check_identities(struct verify *verify, struct error *error)
{
    int64_t count = 0;
    enum status status = query_number(verify->store->database, 0, &count, error,
                                      "SELECT count(*) FROM identity", "");

    return status == STATUS_OK && count != verify->identities
               ? differs("certificates", "a row is too many", error)
               : status;
}

enum status verify_tables(struct verify *verify, struct error *error)
{
    enum status status = check_all_decisions(verify, error);

    if (status == STATUS_OK)
        status = check_users(verify, error);
    if (status == STATUS_OK)
        status = check_keyring(verify, error);
    if (status == STATUS_OK)
        status = check_count(
            verify, "bodies",
            "SELECT count(*) FROM body WHERE seq NOT IN (SELECT seq FROM entry)", error);
    if (status == STATUS_OK)
        status = verify_incidents(verify, error);
    if (status == STATUS_OK)
        status = verify_foreign(verify->store->database, error);
    if (status == STATUS_OK)
        status = check_identities(verify, error);
    if (status == STATUS_OK)
        status = rules_check(verify->store->database, error);
    return status;
}
