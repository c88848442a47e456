/* SPDX-License-Identifier: MIT */
/* How a walk meets an agreement: what was answered, found or kept for each article that says
 * what meets it. Only says so; whether that is enough is for people. */
#include <string.h>

#include "base/buf.h"
#include "policy/agreement_parts.h"
#include "policy/walk.h"

/* --- what a record holds ----------------------------------------------------------------- */

/* Besides the answers that questions keep; discern-record(5) has the names. */
static const struct {
    const char *name, *words;
} held[] = {
    {"agreement", "the agreement that it was made under"},
    {"amends", "the decision that it amends, if it does"},
    {"countersign", "whether a guardian has to countersign it"},
    {"day", "the day of the decision"},
    {"decision", "what was decided, and the reason for departing from what was recommended"},
    {"findings", "each finding with its citations"},
    {"justification", "why, in words"},
    {"must", "what has to be done next, and by when"},
    {"pack", "the policy pack, its version and its fingerprint"},
    {"path", "every question as it was worded, and its answer"},
    {"practitioner", "who decided, in which role and team"},
    {"programme", "the programme that it belongs to, if it does"},
    {"recommendation", "what was recommended, and the answers that led to it"},
    {"reference", "a reference that can be checked"},
    {"restricted", "whether it is kept from the person"},
    {"retention", "how long it is kept"},
    {"review", "when it is to be looked at again, if it is"},
    {"sibling-of", "the decision that it was made together with, if there is one"},
    {"times", "when it was begun and signed"},
};

const char *record_holds(const char *name)
{
    for (size_t i = 0; i < COUNT(held); i++) {
        if (!strcmp(held[i].name, name))
            return held[i].words;
    }
    return NULL;
}

enum keep keep_of(const char *id)
{
    for (size_t i = KEEP_NONE + 1; i < KEEP_COUNT; i++) {
        if (!strcmp(keep_id((enum keep)i), id))
            return (enum keep)i;
    }
    return KEEP_NONE;
}

const char *record_field(size_t nr)
{
    size_t keep = nr - COUNT(held) + KEEP_NONE + 1;

    if (nr < COUNT(held))
        return held[nr].name;
    return keep < KEEP_COUNT ? keep_id((enum keep)keep) : NULL;
}

void record_offer(struct suggest *suggest)
{
    const char *name;

    for (size_t i = 0; (name = record_field(i)); i++)
        suggest_offer(suggest, name);
}

/* --- meetings ---------------------------------------------------------------------------- */

struct meeter {
    const struct walk *walk;
    const struct answers *answers;
    struct arena *arena;
    struct meeting *meeting; /* the one that is being made */
};

static void say(struct meeter *meeter, bool met, const char *how)
{
    meeter->meeting->met = met;
    meeter->meeting->how = arena_strdup(meeter->arena, how);
}

static void say_answer(struct meeter *meeter, size_t index)
{
    const struct question *question = &meeter->walk->pack->question[index];
    struct buf how = {0};

    buf_printf(&how, "%s ", question->ask);
    answer_words(question, &meeter->answers->answer[index], &how);
    say(meeter, !meeter->answers->answer[index].skipped, buf_text(&how));
    buf_release(&how);
}

static void meet_by_question(struct meeter *meeter, size_t index)
{
    switch (meeter->walk->state[index]) {
    case QUESTION_ANSWERED:
        say_answer(meeter, index);
        break;
    case QUESTION_OFF:
        say(meeter, false, "The question that would show it was not asked on this path.");
        break;
    default:
        say(meeter, false, "The question that would show it is not answered yet.");
    }
}

static void meet_by_finding(struct meeter *meeter, size_t index)
{
    switch (walk_finding(meeter->walk, index)) {
    case TRUTH_TRUE:
        say(meeter, true, meeter->walk->pack->finding[index].says);
        break;
    case TRUTH_FALSE:
        say(meeter, false, "The answers do not establish what would show it.");
        break;
    default:
        say(meeter, false, "It is not known yet: a question is still open.");
    }
}

/* The question on the path that is kept so, or the first one that could be. */
static size_t kept_question(const struct walk *walk, enum keep keep)
{
    size_t found = PACK_NONE;

    for (size_t i = 0; i < walk->pack->question_count; i++) {
        if (walk->pack->question[i].keep != keep)
            continue;
        if (walk->state[i] != QUESTION_OFF)
            return i;
        if (found == PACK_NONE)
            found = i;
    }
    return found;
}

static void meet_by_record(struct meeter *meeter, const char *name)
{
    size_t question = PACK_NONE;
    const char *words;
    enum keep keep = keep_of(name);
    struct buf how = {0};

    if (keep != KEEP_NONE)
        question = kept_question(meeter->walk, keep);
    words = record_holds(name);
    if (question != PACK_NONE) {
        meet_by_question(meeter, question);
    } else if (words) {
        buf_printf(&how, "The record holds %s.", words);
        say(meeter, true, buf_text(&how));
    } else {
        say(meeter, false, "Nothing in this walk bears on it.");
    }
    buf_release(&how);
}

static void meet(struct meeter *meeter, const struct article *article)
{
    const struct pack *pack = meeter->walk->pack;
    size_t index = PACK_NONE;

    if (article->met == MET_BY_QUESTION)
        index = pack_find_question(pack, article->met_name);
    else if (article->met == MET_BY_FINDING)
        index = pack_find_finding(pack, article->met_name);
    if (article->met == MET_BY_RECORD)
        meet_by_record(meeter, article->met_name);
    else if (index == PACK_NONE)
        say(meeter, false, "Nothing in this walk bears on it.");
    else if (article->met == MET_BY_QUESTION)
        meet_by_question(meeter, index);
    else
        meet_by_finding(meeter, index);
}

size_t agreement_meetings(const struct agreement *agreement, const struct walk *walk,
                          const struct answers *answers, struct arena *arena,
                          struct meeting **ret_list)
{
    struct meeter meeter = {walk, answers, arena, NULL};
    struct meeting *list = arena_alloc(arena, (agreement->article_count + 1) * sizeof(*list));
    size_t count = 0;

    for (size_t i = 0; i < agreement->article_count; i++) {
        const struct article *article = &agreement->article[i];

        if (article->kind != ARTICLE_PRINCIPLE && article->met == MET_BY_NOTHING)
            continue;
        meeter.meeting = &list[count++];
        meeter.meeting->article = article;
        meet(&meeter, article);
    }
    *ret_list = list;
    return count;
}
