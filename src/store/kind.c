/* SPDX-License-Identifier: MIT */
/* Kinds of entries: who may append them, and what they are about. One table, for the rules in
 * the database, for the program's and for verifying. */
#include <string.h>

#include "record/parsed.h"
#include "store/log.h"

#define P (1u << ROLE_PRACTITIONER)
#define S (1u << ROLE_SUPERVISOR)
#define G (1u << ROLE_GUARDIAN)

static const struct {
    const char *id;
    unsigned roles;
    enum about about;
} kinds[] = {
    [ENTRY_USER] = {"user", G, ABOUT_NOTHING},
    [ENTRY_RECORD] = {"record", P | S | G, ABOUT_NEW},
    [ENTRY_AMENDMENT] = {"amendment", P | S | G, ABOUT_KNOWN},
    [ENTRY_REVIEW] = {"review", S | G, ABOUT_KNOWN},
    [ENTRY_VIEW] = {"view", P | S | G, ABOUT_KNOWN},
    [ENTRY_EXPORT] = {"export", P | S | G, ABOUT_ANY},
    [ENTRY_RECEIPT] = {"receipt", P | S | G, ABOUT_ANY},
    [ENTRY_INCIDENT] = {"incident", P | S | G, ABOUT_KNOWN},
    [ENTRY_FOLLOW_UP] = {"follow-up", P | S | G, ABOUT_KNOWN},
    [ENTRY_HOLD] = {"hold", G, ABOUT_KNOWN},
    [ENTRY_ERASURE] = {"erasure", G, ABOUT_KNOWN},
    [ENTRY_KEYRING] = {"keyring", P | S | G, ABOUT_NOTHING},
    [ENTRY_RESTORE] = {"restore", P | S | G, ABOUT_NOTHING},
    [ENTRY_IDENTITY] = {"identity", P | S | G, ABOUT_NOTHING},
    [ENTRY_BUNDLE] = {"bundle", P | S | G, ABOUT_ANY},
    [ENTRY_IMPORT] = {"import", P | S | G, ABOUT_NOTHING},
    [ENTRY_VERDICT] = {"verdict", S | G, ABOUT_NOTHING},
    [ENTRY_CARRIED] = {"carried", P | S | G, ABOUT_KNOWN},
    [ENTRY_HAND_OVER] = {"hand-over", G, ABOUT_NOTHING},
};

static const char *const about_id[] = {
    [ABOUT_NOTHING] = "nothing",
    [ABOUT_ANY] = "any",
    [ABOUT_NEW] = "new",
    [ABOUT_KNOWN] = "known",
};

const char *entry_kind_id(enum entry_kind kind)
{
    return kinds[kind].id;
}

bool entry_kind_parse(const char *id, enum entry_kind *ret_kind)
{
    for (size_t i = 0; i < COUNT(kinds); i++) {
        if (strcmp(kinds[i].id, id) == 0) {
            *ret_kind = (enum entry_kind)i;
            return true;
        }
    }
    return false;
}

bool kind_allowed(enum entry_kind kind, enum role role)
{
    return kinds[kind].roles >> role & 1;
}

enum about kind_about(enum entry_kind kind)
{
    return kinds[kind].about;
}

enum status kinds_install(struct database *database, struct error *error)
{
    enum status status = STATUS_OK;

    for (int kind = 0; kind < ENTRY_KIND_COUNT; kind++) {
        for (int role = 0; role < ROLE_COUNT && status == STATUS_OK; role++) {
            if (kind_allowed((enum entry_kind)kind, (enum role)role))
                status = query_run(database, error, "INSERT INTO may VALUES (?, ?, ?)", "ttt",
                                   kinds[kind].id, role_id((enum role)role),
                                   about_id[kinds[kind].about]);
        }
    }
    return status;
}

/* Each pair that may is counted off from as many rows as there are. */
enum status kinds_installed(struct database *database, bool *ret_installed, struct error *error)
{
    int64_t left, found = 1;
    enum status status =
        query_number(database, 0, &left, error, "SELECT count(*) FROM may", "");

    for (int kind = 0; kind < ENTRY_KIND_COUNT && status == STATUS_OK; kind++) {
        for (int role = 0; role < ROLE_COUNT && status == STATUS_OK && found; role++) {
            if (!kind_allowed((enum entry_kind)kind, (enum role)role))
                continue;
            left--;
            status = query_number(
                database, 0, &found, error,
                "SELECT count(*) FROM may WHERE kind = ? AND role = ? AND about = ?", "ttt",
                kinds[kind].id, role_id((enum role)role), about_id[kinds[kind].about]);
        }
    }
    *ret_installed = found && !left;
    return status;
}

static enum status check_canonical(const struct stored_entry *stored, struct error *error)
{
    const struct entry *entry = &stored->entry;
    struct buf again = {0};
    enum status status = STATUS_OK;

    body_write(json_incref(stored->body), &again);
    if (again.length != entry->length || memcmp(again.text, entry->body, again.length) != 0)
        status = fail(error, STATUS_BAD_DATA, NULL,
                      "This %s is not written canonically, so it cannot be signed.",
                      entry_kind_id(entry->kind));
    buf_release(&again);
    return status;
}

enum status stored_check(struct stored_entry *stored, struct error *error)
{
    struct arena arena = {0};
    struct review review;
    enum status status = stored_body(stored, error);

    if (status == STATUS_OK)
        status = check_canonical(stored, error);
    if (status == STATUS_OK && stored->entry.kind == ENTRY_REVIEW)
        status = body_review(stored->body, &arena, &review, error);
    arena_release(&arena);
    return status;
}
