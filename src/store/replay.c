/* SPDX-License-Identifier: MIT */
/* Records walked again with the packs that were kept with them. */
#include "store/replay.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "policy/agreement.h"
#include "policy/walk.h"
#include "record/parsed.h"

struct packs {
    struct kept {
        char fingerprint[DIGEST_HEX_SIZE];
        struct pack *pack; /* NULL: not to be read */
    } * kept;
    size_t count, room;
};

static enum status add_pack(struct packs *packs, sqlite3_stmt *row, struct error *error)
{
    const char *text = column_text(row, 1);
    size_t length = (size_t)sqlite3_column_bytes(row, 1);
    struct digest fingerprint = digest_of(&(struct span){text, length}, 1);
    struct error ignored;
    struct kept *kept;

    if (sqlite3_column_bytes(row, 0) != DIGEST_SIZE ||
        memcmp(fingerprint.byte, sqlite3_column_blob(row, 0), DIGEST_SIZE) != 0)
        return fail(error, STATUS_DAMAGED, "Put the store back from a backup.",
                    "One of the packs that are kept with the records has been altered.");

    if (packs->count == packs->room) {
        packs->room = packs->room ? 2 * packs->room : 16;
        packs->kept = xrealloc(packs->kept, packs->room, sizeof(*packs->kept));
    }
    kept = &packs->kept[packs->count++];
    *kept = (struct kept){.pack = NULL};
    digest_hex(&fingerprint, kept->fingerprint);
    if (pack_read_kept("pack", text, length, &kept->pack, &ignored) != STATUS_OK)
        kept->pack = NULL;
    return STATUS_OK;
}

enum status packs_load(struct database *database, struct packs **ret_packs, struct error *error)
{
    struct packs *packs = xcalloc(1, sizeof(*packs));
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status =
        query(database, &statement, error, "SELECT fingerprint, text FROM pack", "");

    while (status == STATUS_OK) {
        status = query_row(database, statement, &row, error);
        if (status != STATUS_OK || !row)
            break;
        status = add_pack(packs, statement, error);
    }
    query_done(statement);
    if (status == STATUS_OK)
        *ret_packs = packs;
    else
        packs_free(packs);
    return status;
}

void packs_free(struct packs *packs)
{
    if (!packs)
        return;
    for (size_t i = 0; i < packs->count; i++)
        pack_free(packs->kept[i].pack);
    free(packs->kept);
    free(packs);
}

static const struct kept *find(const struct packs *packs, const char *fingerprint)
{
    for (size_t i = 0; i < packs->count; i++) {
        if (strcmp(packs->kept[i].fingerprint, fingerprint) == 0)
            return &packs->kept[i];
    }
    return NULL;
}

/* Whether the walk recommends, and by the same rule, what the body says that it did. */
static const char *compare(const struct pack *pack, const struct decision *decision,
                           const json_t *body)
{
    const struct outcome_rule *rule;
    struct walk walk;
    const char *wrong = NULL;

    walk_init(&walk, &decision->answers, decision->day);
    rule = walk.outcome == WALK_NONE ? NULL : &pack->outcome[walk.outcome];
    if (!rule)
        wrong = "its answers lead to no recommendation";
    else if (strcmp(outcome_id(rule->recommends), body_text(body, "recommendation.outcome")) !=
                 0 ||
             strcmp(rule->id, body_text(body, "recommendation.rule")) != 0)
        wrong = "its answers lead to another recommendation";
    walk_release(&walk);
    return wrong;
}

const char *replay(const struct packs *packs, struct stored_entry *stored)
{
    const struct entry *entry = &stored->entry;
    struct decision decision = {0};
    const struct kept *kept;
    struct error ignored;
    const char *wrong;

    if (!entry->body || (entry->kind != ENTRY_RECORD && entry->kind != ENTRY_AMENDMENT))
        return NULL;
    if (stored_body(stored, &ignored) != STATUS_OK)
        return "it is no record";
    kept = find(packs, body_text(stored->body, "pack.fingerprint"));
    if (!kept)
        return "the pack it was made with is missing";
    if (!kept->pack)
        return "the pack it was made with cannot be read";
    if (body_reopen(stored->body, kept->pack, &decision, &ignored) != STATUS_OK)
        return "its answers do not fit the pack it was made with";
    wrong = compare(kept->pack, &decision, stored->body);
    decision_release(&decision);
    return wrong;
}
