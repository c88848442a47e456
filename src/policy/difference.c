/* SPDX-License-Identifier: MIT */
/* Compares two packs over one set of variables. Knows packs only as spaces and as lists of
 * names. */
#include "policy/difference.h"

#include <stdlib.h>
#include <string.h>

#include "policy/proof_check.h"

/* The list doubles whenever its count is a power of two. */
static void add_only(struct difference *difference, bool in_first, const char *kind,
                     const char *id)
{
    size_t count = difference->only_count;
    if ((count & (count - 1)) == 0)
        difference->only = arena_grow(&difference->arena, difference->only, count,
                                      count ? count * 2 : 1, sizeof(*difference->only));
    difference->only[difference->only_count++] = (struct only){in_first, kind, id};
}

static void compare_options(struct difference *difference, const struct question *question,
                            const struct question *other, bool in_first)
{
    for (size_t o = 0; o < question->option_count; o++)
        if (question_find_option(other, question->option[o].id) == NO_OPTION)
            add_only(difference, in_first, "option",
                     arena_printf(&difference->arena, "%s.%s", question->id,
                                  question->option[o].id));
}

static bool has_outcome(const struct pack *pack, const char *id)
{
    for (size_t i = 0; i < pack->outcome_count; i++)
        if (!strcmp(pack->outcome[i].id, id))
            return true;
    return false;
}

/* What `pack` has and `other` has not. */
static void compare_names(struct difference *difference, const struct pack *pack,
                          const struct pack *other, bool in_first)
{
    for (size_t i = 0; i < pack->question_count; i++) {
        size_t same = pack_find_question(other, pack->question[i].id);
        if (same == PACK_NONE)
            add_only(difference, in_first, "question", pack->question[i].id);
        else
            compare_options(difference, &pack->question[i], &other->question[same], in_first);
    }
    for (size_t i = 0; i < pack->finding_count; i++)
        if (pack_find_finding(other, pack->finding[i].id) == PACK_NONE)
            add_only(difference, in_first, "finding", pack->finding[i].id);
    for (size_t i = 0; i < pack->outcome_count; i++)
        if (!has_outcome(other, pack->outcome[i].id))
            add_only(difference, in_first, "outcome", pack->outcome[i].id);
}

static node ends_in(struct space *space, enum outcome outcome)
{
    node ends = NODE_FALSE;
    for (size_t i = 0; i < space->pack->outcome_count; i++)
        if (space->pack->outcome[i].recommends == outcome)
            ends = diagram_or(space->diagram, ends, space->outcome[i]);
    return ends;
}

static void add_turn(struct difference *difference, struct space *second, enum outcome was,
                     enum outcome now, node situations)
{
    struct turn *turn = &difference->turn[difference->turn_count++];
    *turn = (struct turn){
        .was = was, .now = now, .situations = diagram_count(second->diagram, situations)};
    proof_example(second, situations, &difference->arena, &turn->example);
}

static int compare_turns(const void *a, const void *b)
{
    const struct turn *left = a, *right = b;
    if (left->example.count != right->example.count)
        return left->example.count < right->example.count ? -1 : 1;
    if (left->was != right->was)
        return left->was < right->was ? -1 : 1;
    return (left->now > right->now) - (left->now < right->now);
}

static void compare_endings(struct difference *difference, struct space *first,
                            struct space *second)
{
    difference->turn = arena_alloc(&difference->arena,
                                   OUTCOME_COUNT * OUTCOME_COUNT * sizeof(*difference->turn));
    node allowed = diagram_and(first->diagram, space_whole(first), space_whole(second));
    for (unsigned was = 0; was < OUTCOME_COUNT; was++)
        for (unsigned now = 0; now < OUTCOME_COUNT; now++) {
            if (was == now)
                continue;
            node turned =
                diagram_and(first->diagram, ends_in(first, was), ends_in(second, now));
            node situations = diagram_and(first->diagram, allowed, turned);
            difference->complete &= situations != NODE_LACKING;
            if (situations != NODE_FALSE && situations != NODE_LACKING)
                add_turn(difference, second, was, now, situations);
        }
    if (difference->turn_count)
        qsort(difference->turn, difference->turn_count, sizeof(*difference->turn),
              compare_turns);
}

void difference_find(const struct pack *first, const struct pack *second,
                     struct difference *ret_difference)
{
    *ret_difference = (struct difference){.complete = true};
    compare_names(ret_difference, first, second, true);
    compare_names(ret_difference, second, first, false);
    struct space *a, *b;
    space_new_pair(first, second, &a, &b);
    compare_endings(ret_difference, a, b);
    space_free(b);
    space_free(a);
}

void difference_release(struct difference *difference)
{
    arena_release(&difference->arena);
    *difference = (struct difference){0};
}
