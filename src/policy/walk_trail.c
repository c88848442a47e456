/* SPDX-License-Identifier: MIT */
/* The trail: which answers and findings made a rule hold or not. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "policy/walk.h"

struct trail_room {
    const struct walk *walk;
    struct trail trail;
    size_t size;
};

static void add_line(struct trail_room *room, struct trail_line line)
{
    struct trail *trail = &room->trail;

    for (size_t i = 0; i < trail->count; i++) {
        const struct trail_line *other = &trail->line[i];
        bool day = line.question == WALK_NONE && line.finding == WALK_NONE;

        if (other->question == line.question && other->finding == line.finding &&
            (!day || other->test == line.test))
            return;
    }
    if (trail->count == room->size) {
        room->size = room->size ? room->size * 2 : 8;
        trail->line = xrealloc(trail->line, room->size, sizeof(*trail->line));
    }
    trail->line[trail->count++] = line;
}

/* A kind stands for the findings of it: the first that holds, or all that do not. */
static void add_kind(struct trail_room *room, const struct condition *leaf, bool holds)
{
    const struct pack *pack = room->walk->pack;

    for (size_t i = 0; i < pack->finding_count; i++) {
        const struct finding *finding = &pack->finding[i];

        if (pack_kind_variable(pack, finding->kind) != leaf->variable ||
            finding->rule >= leaf->limit)
            continue;
        if (holds && walk_finding(room->walk, i) != TRUTH_TRUE)
            continue;
        add_line(room, (struct trail_line){WALK_NONE, i, holds, leaf});
        if (holds)
            return;
    }
}

static void add_leaf(const struct condition *leaf, bool holds, void *data)
{
    struct trail_room *room = data;
    const struct pack *pack = room->walk->pack;
    struct trail_line line = {WALK_NONE, WALK_NONE, holds, leaf};

    if (leaf->kind == CONDITION_BITS && leaf->variable >= pack->rule_count) {
        if (leaf->variable < pack_outcome_variable(pack))
            add_kind(room, leaf, holds);
        return;
    }
    if (leaf->kind == CONDITION_BITS) {
        const struct rule *rule = &pack->rule[leaf->variable];

        line.question = rule->is_question ? rule->index : WALK_NONE;
        line.finding = rule->is_question ? WALK_NONE : rule->index;
    }
    add_line(room, line);
}

/* The kinds as they stood where the condition stands: findings after it do not count. */
static void count_kinds_before(const struct walk *walk, size_t limit, bits *value, bool *known)
{
    const struct pack *pack = walk->pack;
    size_t kinds = pack_kind_variable(pack, (enum finding_kind)0);

    for (size_t i = 0; i < FINDING_KIND_COUNT; i++) {
        value[kinds + i] = 0;
        known[kinds + i] = true;
    }
    for (size_t i = 0; i < pack->finding_count && pack->finding[i].rule < limit; i++) {
        size_t kind = pack_kind_variable(pack, pack->finding[i].kind);
        enum truth truth = walk_finding(walk, i);

        if (truth == TRUTH_TRUE)
            value[kind] = BIT_FOUND;
        if (truth == TRUTH_UNKNOWN)
            known[kind] = false;
    }
    for (size_t i = 0; i < FINDING_KIND_COUNT; i++)
        known[kinds + i] = known[kinds + i] || value[kinds + i];
}

void walk_trail(const struct walk *walk, const struct condition *condition,
                struct trail *ret_trail)
{
    size_t variables = pack_variable_count(walk->pack);
    bits *value = xcalloc(variables, sizeof(*value));
    bool *known = xcalloc(variables, sizeof(*known));
    struct facts facts = {walk->day, value, known};
    struct trail_room room = {.walk = walk};

    memcpy(value, walk->value, variables * sizeof(*value));
    memcpy(known, walk->known, variables * sizeof(*known));
    if (condition)
        count_kinds_before(walk, condition->limit, value, known);
    condition_trail(condition, &facts, add_leaf, &room);
    free(value);
    free(known);
    *ret_trail = room.trail;
}

void trail_release(struct trail *trail)
{
    free(trail->line);
    *trail = (struct trail){0};
}
