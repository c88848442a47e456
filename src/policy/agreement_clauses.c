/* SPDX-License-Identifier: MIT */
/* The table of clauses: where each clause of the documents stands in an agreement pack. */
#include <string.h>

#include "base/buf.h"
#include "policy/agreement_check.h"
#include "policy/agreement_parts.h"
#include "policy/words.h"

struct clauses {
    struct report *report;
    const struct ini *ini;
    const struct ini_section *section;
    const struct clause_home *home;
    size_t home_count;
};

/* --- what a name may stand for ----------------------------------------------------------- */

static bool has_article(const struct agreement *agreement, const char *kind, const char *id)
{
    for (size_t i = 0; i < agreement->article_count; i++) {
        const struct article *article = &agreement->article[i];

        if (!strcmp(article_kind_id(article->kind), kind) && !strcmp(article->id, id))
            return true;
    }
    return false;
}

/* Whether [agreement] says something under that key. */
static bool has_field(const struct agreement *agreement, const char *name)
{
    for (size_t i = 0; i < agreement_section.key_count; i++) {
        const struct key_rule *key = &agreement_section.keys[i];
        const char *at = (const char *)agreement + key->offset;

        if (strcmp(key->name, name))
            continue;
        if (key->read == read_text || key->read == read_id)
            return (*(const char *const *)at)[0];
        if (key->read == read_day)
            return *(const date *)at != DATE_NONE;
        return key->read == read_number && *(const int *)at;
    }
    return false;
}

/* What only a joined pack can tell about: its lists, whose elements begin with their id. */
#define OF_PACK(kind, member)                                                                  \
    {                                                                                          \
        kind, offsetof(struct pack, member), offsetof(struct pack, member##_count),            \
            sizeof(*((struct pack *)NULL)->member)                                             \
    }
static const struct {
    const char *kind;
    size_t list, count, size;
} of_pack[] = {
    OF_PACK("source", source),   OF_PACK("step", step),       OF_PACK("question", question),
    OF_PACK("finding", finding), OF_PACK("outcome", outcome), OF_PACK("must", must),
    OF_PACK("stop", stop),       OF_PACK("never", never),     OF_PACK("retention", retention),
};
#undef OF_PACK

static bool is_of_pack(const char *kind, size_t *ret_row)
{
    for (size_t i = 0; i < COUNT(of_pack); i++) {
        if (!strcmp(of_pack[i].kind, kind)) {
            *ret_row = i;
            return true;
        }
    }
    return false;
}

static bool has_in_pack(const struct pack *pack, const char *kind, const char *id)
{
    const char *bytes = (const char *)pack, *list;
    size_t row;

    if (!is_of_pack(kind, &row))
        return false;
    list = *(const char *const *)(bytes + of_pack[row].list);
    for (size_t i = 0; i < *(const size_t *)(bytes + of_pack[row].count); i++) {
        if (!strcmp(*(const char *const *)(list + i * of_pack[row].size), id))
            return true;
    }
    return false;
}

/* The checks of this room, as a clause may be met by one. */
static bool is_check(const char *kind, const char *id)
{
    if (strcmp(kind, "check"))
        return false;
    for (size_t i = 0; i < AGREEMENT_RULE_COUNT; i++) {
        if (!strcmp(agreement_rules[i].id, id))
            return true;
    }
    return false;
}

static bool is_record(const char *kind, const char *id)
{
    return !strcmp(kind, "record") && (record_holds(id) || keep_of(id) != KEEP_NONE);
}

static bool stands(const struct clause_home *home, const char *kind, const char *id)
{
    return has_article(home->agreement, kind, id) ||
           (!strcmp(kind, "programme") && agreement_programme(home->agreement, id)) ||
           (!strcmp(kind, "field") && has_field(home->agreement, id)) || is_check(kind, id) ||
           is_record(kind, id) || (home->joined && has_in_pack(home->joined, kind, id));
}

/* --- one clause -------------------------------------------------------------------------- */

static void report_clause(struct clauses *clauses, enum agreement_rule rule,
                          const struct ini_key *key, const char *what)
{
    const struct ini_section *section = clauses->section;

    report_add(clauses->report, &agreement_rules[rule], clauses->ini->file,
               key ? key->line : section->line,
               arena_printf(&clauses->report->arena, "[%s]", section->name), NULL, "%s", what);
}

static const struct clause_home *home_of(const struct clauses *clauses, const char *id,
                                         struct suggest *suggest)
{
    for (size_t i = 0; i < clauses->home_count; i++) {
        if (!strcmp(clauses->home[i].agreement->id, id))
            return &clauses->home[i];
        suggest_offer(suggest, clauses->home[i].agreement->id);
    }
    return NULL;
}

/* Offers what the agreement has of that kind. */
static void offer_articles(const struct agreement *agreement, const char *kind,
                           struct suggest *suggest)
{
    for (size_t i = 0; i < agreement->article_count; i++) {
        if (!strcmp(article_kind_id(agreement->article[i].kind), kind))
            suggest_offer(suggest, agreement->article[i].id);
    }
    for (size_t i = 0; !strcmp(kind, "programme") && i < agreement->programme_count; i++)
        suggest_offer(suggest, agreement->programme[i].id);
}

static void report_dangling(struct clauses *clauses, const struct ini_key *key,
                            const struct suggest *suggest, const char *what)
{
    struct arena *arena = &clauses->report->arena;
    char remedy[200];

    suggest_text(suggest, agreement_rules[AGREEMENT_RULE_CLAUSE_DANGLING].remedy, remedy,
                 sizeof(remedy));
    report_add(clauses->report, &agreement_rules[AGREEMENT_RULE_CLAUSE_DANGLING],
               clauses->ini->file, key->line,
               arena_printf(arena, "[%s]", clauses->section->name), remedy, "%s", what);
}

/* Cuts "agreement:kind:name" into its parts. False if it has fewer. */
static bool cut_place(char *place, char **ret_kind, char **ret_id)
{
    char *kind = strchr(place, ':'), *id = kind ? strchr(kind + 1, ':') : NULL;

    if (!id)
        return false;
    *kind = *id = '\0';
    *ret_kind = kind + 1;
    *ret_id = id + 1;
    return true;
}

static void check_place(struct clauses *clauses, const struct ini_key *key, char *place)
{
    struct arena *arena = &clauses->report->arena;
    struct suggest suggest = {.wrong = place};
    const struct clause_home *home;
    char *kind, *id;
    size_t row;

    if (!cut_place(place, &kind, &id)) {
        report_dangling(clauses, key, &suggest,
                        arena_printf(arena, "'%s' does not name a place in a pack.", place));
        return;
    }
    home = home_of(clauses, place, &suggest);
    if (!home) {
        report_dangling(clauses, key, &suggest,
                        arena_printf(arena, "There is no agreement '%s'.", place));
        return;
    }
    if (stands(home, kind, id) || (!home->joined && is_of_pack(kind, &row)))
        return;
    suggest = (struct suggest){.wrong = id};
    offer_articles(home->agreement, kind, &suggest);
    report_dangling(clauses, key, &suggest,
                    arena_printf(arena, "The agreement '%s' has no %s '%s'.", place, kind, id));
}

static void check_places(struct clauses *clauses, const struct ini_key *key)
{
    const char *rest = key->value;

    for (char *place = next_name(&clauses->report->arena, &rest); place;
         place = next_name(&clauses->report->arena, &rest))
        check_place(clauses, key, place);
}

static void check_keys(struct clauses *clauses)
{
    static const char *const known[] = {"says", "at", "not"};
    const struct ini_section *section = clauses->section;

    for (size_t i = section->first; i < section->first + section->count; i++) {
        const struct ini_key *key = &clauses->ini->key[i];
        bool is_known = false;

        for (size_t k = 0; k < COUNT(known); k++)
            is_known |= !strcmp(known[k], key->name);
        if (!is_known)
            report_clause(clauses, AGREEMENT_RULE_CLAUSE_KEY, key,
                          arena_printf(&clauses->report->arena,
                                       "A clause has no such key as '%s'.", key->name));
    }
}

static const struct ini_key *said(const struct clauses *clauses, const char *name)
{
    const struct ini_key *key = ini_find(clauses->ini, clauses->section, name);

    return key && key->value[0] ? key : NULL;
}

static void check_clause(struct clauses *clauses)
{
    const struct ini_key *at = said(clauses, "at"), *reason = said(clauses, "not");

    check_keys(clauses);
    if (!said(clauses, "says"))
        report_clause(clauses, AGREEMENT_RULE_CLAUSE_SILENT, NULL,
                      "It does not say what the clause says.");
    if (!at && !reason)
        report_clause(clauses, AGREEMENT_RULE_CLAUSE_LOST, NULL,
                      "The clause is in no pack, and nothing says why.");
    if (at && reason)
        report_clause(clauses, AGREEMENT_RULE_CLAUSE_BOTH, reason,
                      "The clause stands in a pack, yet there is a reason why it does not.");
    if (at)
        check_places(clauses, at);
}

void clauses_check(struct report *report, const struct ini *clauses,
                   const struct clause_home *home, size_t home_count)
{
    struct clauses all = {report, clauses, NULL, home, home_count};

    for (size_t i = 0; i < clauses->section_count; i++) {
        all.section = &clauses->section[i];
        check_clause(&all);
    }
}
