/* SPDX-License-Identifier: MIT */
/* What the proof asks of conditions as text, of sources, steps and scenarios. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "policy/proof_check.h"
#include "policy/scenario.h"

/* The condition with one part left out: what neither makes an AND false nor an OR true. */
static node leave_out(struct prover *prover, const struct condition *condition,
                      const struct condition *part)
{
    struct diagram *diagram = prover->space->diagram;
    bool all = condition->kind == CONDITION_AND;
    node rest = all ? NODE_TRUE : NODE_FALSE;
    for (const struct condition *p = condition->first; p; p = p->next) {
        if (p == part)
            continue;
        node is = space_condition(prover->space, p);
        rest = all ? diagram_and(diagram, rest, is) : diagram_or(diagram, rest, is);
    }
    return rest;
}

/* A part is idle if, wherever the condition is looked at, it is the same without it. */
void prove_condition(struct prover *prover, const struct condition *condition, node within,
                     int line, const char *kind, const char *id)
{
    if (!condition || (condition->kind != CONDITION_AND && condition->kind != CONDITION_OR))
        return;
    struct diagram *diagram = prover->space->diagram;
    node whole = space_condition(prover->space, condition);
    for (const struct condition *part = condition->first; part; part = part->next) {
        node rest = leave_out(prover, condition, part);
        node differs = diagram_not(diagram, diagram_same(diagram, whole, rest));
        if (!possible(prover, diagram_and(diagram, within, differs))) {
            blame(prover, PROOF_CONDITION_IDLE, line, kind, id,
                  "'%s' changes nothing in its condition.", part->text);
            return; /* leaving one out can make the next one matter */
        }
    }
    bool all = condition->kind == CONDITION_AND;
    for (const struct condition *part = condition->first; part; part = part->next) {
        node rest = leave_out(prover, condition, part);
        node matters = diagram_and(diagram, within, all ? rest : diagram_not(diagram, rest));
        prove_condition(prover, part, matters, line, kind, id);
    }
}

static bool overdue(date review_by, date as_of)
{
    return as_of != DATE_NONE && review_by != DATE_NONE && review_by < as_of;
}

static void prove_sources(struct prover *prover)
{
    for (size_t i = 0; i < prover->pack->source_count; i++) {
        const struct source *source = &prover->pack->source[i];
        size_t places = pack_citing(prover->pack, i);
        char day[DATE_WORDS_SIZE];
        date_words(source->review_by, day);
        if (overdue(source->review_by, prover->as_of))
            blame(prover, PROOF_SOURCE_OVERDUE, source->line, "source", source->id,
                  "It was to be read again by %s.", day);
        if (!places)
            blame(prover, PROOF_SOURCE_UNUSED, source->line, "source", source->id,
                  "Nothing cites it.");
        if (source->verify)
            blame(prover, PROOF_SOURCE_VERIFY, source->line, "source", source->id,
                  "Cited in %zu places, and not yet checked against the text: %s", places,
                  source->note);
    }
}

static void prove_steps(struct prover *prover)
{
    for (size_t s = 0; s < prover->pack->step_count; s++) {
        bool used = false;
        for (size_t q = 0; q < prover->pack->question_count; q++)
            used |= prover->pack->question[q].step == s;
        if (!used)
            blame(prover, PROOF_STEP_UNUSED, prover->pack->step[s].line, "step",
                  prover->pack->step[s].id, "No question belongs to it.");
    }
}

static void prove_scenarios(struct prover *prover)
{
    for (size_t i = 0; i < prover->pack->scenario_count; i++) {
        const struct scenario *scenario = &prover->pack->scenario[i];
        struct error error;
        if (scenario_walk(prover->pack, scenario, &error))
            blame(prover, PROOF_SCENARIO_FAILS, scenario->line, "scenario", scenario->id, "%s",
                  error.what);
    }
}

/* Whether `where` is the field "[finding consent]": "finding consent", or "consent". */
static bool is_where(const char *where, const char *field)
{
    size_t length = strlen(where), end = strlen(field) - 1;
    if (length + 1 > end || strncmp(field + end - length, where, length))
        return false;
    return field[end - length - 1] == '[' || field[end - length - 1] == ' ';
}

static bool accept_any(struct proof *proof, const struct accept *accept)
{
    bool any = false;
    for (size_t i = 0; i < proof->report.count; i++) {
        struct fault *fault = &proof->report.fault[i];
        if (strcmp(fault->rule->id, accept->rule) || !is_where(accept->where, fault->field))
            continue;
        fault->accepted = accept;
        fault->remedy = arena_printf(&proof->report.arena, "Accepted by [accept %s]: %s",
                                     accept->id, accept->because);
        any = true;
    }
    return any;
}

/* Whether an agreement added the section. */
static bool is_added(const struct pack *pack, const struct accept *accept)
{
    char *section = xasprintf("[accept %s]", accept->id);
    bool added = pack_file_of(pack, section) != pack->file;
    free(section);
    return added;
}

void prove_accepts(struct prover *prover)
{
    const struct pack *pack = prover->pack;
    for (size_t i = 0; i < pack->accept_count; i++) {
        const struct accept *accept = &pack->accept[i];
        /* What an agreement adds can mend what the pack alone has to accept. */
        bool needed = pack->added_count == 0 || is_added(pack, accept);
        if (!accept_any(prover->proof, accept) && needed)
            blame(prover, PROOF_ACCEPT_UNUSED, accept->line, "accept", accept->id,
                  "The check finds no '%s' at '%s'.", accept->rule, accept->where);
    }
}

void prove_papers(struct prover *prover)
{
    char day[DATE_WORDS_SIZE];
    date_words(prover->pack->review_by, day);
    if (overdue(prover->pack->review_by, prover->as_of))
        blame(prover, PROOF_PACK_OVERDUE, 1, "pack", "", "The pack was to be reviewed by %s.",
              day);
    prove_sources(prover);
    prove_steps(prover);
    prove_scenarios(prover);
}
