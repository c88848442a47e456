/* SPDX-License-Identifier: MIT */
/* What the proof asks of the paths themselves: reachability, nevers, lengths, counts. */
#include <stdlib.h>

#include "base/mem.h"
#include "policy/proof_check.h"

static node both(struct prover *prover, node a, node b)
{
    return diagram_and(prover->space->diagram, a, b);
}

static node without(struct prover *prover, node a, node b)
{
    return both(prover, a, diagram_not(prover->space->diagram, b));
}

/* --- Questions ---------------------------------------------------------------------------- */

static void prove_options(struct prover *prover, const struct question *question, node on)
{
    for (size_t o = 0; o < question->option_count; o++) {
        const struct option *option = &question->option[o];
        if (!option->when)
            continue;
        node offered = both(prover, on, space_condition(prover->space, option->when));
        if (!possible(prover, offered))
            blame(prover, PROOF_OPTION_UNREACHABLE, option->line, "question", question->id,
                  "No answers lead to its option '%s' being offered.", option->id);
        else if (!possible(prover, without(prover, on, offered)))
            blame(prover, PROOF_CONDITION_ALWAYS, option->line, "question", question->id,
                  "Its option '%s' is offered whenever it is asked.", option->id);
    }
}

static void prove_kept_once(struct prover *prover, size_t number)
{
    const struct pack *pack = prover->pack;
    for (size_t other = 0; pack->question[number].keep && other < number; other++) {
        if (pack->question[other].keep != pack->question[number].keep)
            continue;
        node together = both(prover, prover->space->on[number], prover->space->on[other]);
        if (possible(prover, together))
            show(prover,
                 blame(prover, PROOF_KEEP_TWICE, pack->question[number].line, "question",
                       pack->question[number].id,
                       "It can be on one path with [question %s], and both are kept as '%s'.",
                       pack->question[other].id, keep_id(pack->question[number].keep)),
                 together);
    }
}

static void prove_question(struct prover *prover, size_t number)
{
    const struct question *question = &prover->pack->question[number];
    struct space *space = prover->space;
    space_stand_at(space, question->rule);
    if (!possible(prover, space->on[number])) {
        blame(prover, PROOF_QUESTION_UNREACHABLE, question->line, "question", question->id,
              "No answers lead to this question.");
        return;
    }
    if (question->when && !possible(prover, diagram_not(space->diagram, space->on[number])))
        blame(prover, PROOF_CONDITION_ALWAYS, question->line, "question", question->id,
              "Its condition holds on every path.");
    prove_condition(prover, question->when, NODE_TRUE, question->line, "question",
                    question->id);
    /* No walk gets past such a question, so it is not looked for among whole walks. */
    if (space_within(space, space->stuck[number]) != NODE_FALSE)
        show(prover,
             blame(prover, PROOF_QUESTION_STUCK, question->line, "question", question->id,
                   "It can be asked with no option to choose."),
             space->stuck[number]);
    if (question->type == QUESTION_ITEMS && !question->leave_out)
        blame(prover, PROOF_LEAVE_OUT_MISSING, question->line, "question", question->id,
              "Nothing it lists is left out when people ask for their own records.");
    prove_options(prover, question, space->on[number]);
    prove_kept_once(prover, number);
}

void prove_questions(struct prover *prover)
{
    for (size_t i = 0; i < prover->pack->question_count; i++)
        prove_question(prover, i);
}

/* --- Results ------------------------------------------------------------------------------ */

static void prove_finding(struct prover *prover, size_t number)
{
    const struct finding *finding = &prover->pack->finding[number];
    node found = prover->space->found[number];
    space_stand_at(prover->space, finding->rule);
    if (!possible(prover, found)) {
        blame(prover, PROOF_FINDING_UNREACHABLE, finding->line, "finding", finding->id,
              "No answers and no day of the pack establish this.");
        return;
    }
    if (finding->when && finding->from == DATE_NONE && finding->until == DATE_NONE &&
        !possible(prover, diagram_not(prover->space->diagram, found)))
        blame(prover, PROOF_CONDITION_ALWAYS, finding->line, "finding", finding->id,
              "Its condition holds on every path.");
    prove_condition(prover, finding->when, NODE_TRUE, finding->line, "finding", finding->id);
}

static void prove_duties(struct prover *prover, const struct outcome_rule *rule, node reached)
{
    for (size_t i = 0; i < rule->must_count; i++) {
        if (!rule->must[i].when)
            continue;
        node due = both(prover, reached, space_condition(prover->space, rule->must[i].when));
        if (!possible(prover, due))
            blame(prover, PROOF_DUTY_UNREACHABLE, rule->line, "outcome", rule->id,
                  "'must.%s' never applies where this outcome is recommended.",
                  rule->must[i].id);
    }
}

/* Where an outcome of one of the kinds is recommended. */
static node after(struct prover *prover, unsigned kinds)
{
    node reached = NODE_FALSE;
    for (size_t i = 0; i < prover->pack->outcome_count; i++)
        if (kinds & 1u << prover->pack->outcome[i].recommends)
            reached = diagram_or(prover->space->diagram, reached, prover->space->outcome[i]);
    return reached;
}

static void prove_musts(struct prover *prover)
{
    for (size_t i = 0; i < prover->pack->must_count; i++) {
        const struct duty *duty = &prover->pack->must[i];
        node due = both(prover, after(prover, duty->after),
                        space_condition(prover->space, duty->when));
        if (!possible(prover, due))
            blame(prover, PROOF_DUTY_UNREACHABLE, duty->line, "must", duty->id,
                  "It never applies after an outcome that it names.");
        prove_condition(prover, duty->when, NODE_TRUE, duty->line, "must", duty->id);
    }
}

/* A stop holds somewhere, and no outcome is out of reach because of stops. */
static void prove_stops(struct prover *prover)
{
    node stopped = NODE_FALSE;
    for (size_t i = 0; i < prover->pack->stop_count; i++) {
        const struct stop *stop = &prover->pack->stop[i];
        node holds = space_condition(prover->space, stop->when);
        if (!possible(prover, holds))
            blame(prover, PROOF_STOP_UNREACHABLE, stop->line, "stop", stop->id,
                  "No answers make its condition hold.");
        prove_condition(prover, stop->when, NODE_TRUE, stop->line, "stop", stop->id);
        stopped = diagram_or(prover->space->diagram, stopped, holds);
    }
    for (size_t i = 0; i < prover->pack->outcome_count && stopped != NODE_FALSE; i++) {
        const struct outcome_rule *rule = &prover->pack->outcome[i];
        node reached = prover->space->outcome[i];
        if (possible(prover, reached) && !possible(prover, without(prover, reached, stopped)))
            blame(prover, PROOF_STOP_FINAL, rule->line, "outcome", rule->id,
                  "Wherever it is recommended, a stop keeps the decision from being signed.");
    }
}

static void prove_outcome(struct prover *prover, size_t number)
{
    const struct outcome_rule *rule = &prover->pack->outcome[number];
    struct space *space = prover->space;
    if (!possible(prover, space->holds[number])) {
        blame(prover, PROOF_OUTCOME_UNREACHABLE, rule->line, "outcome", rule->id,
              "No answers make its condition hold.");
        return;
    }
    if (!possible(prover, space->outcome[number])) {
        blame(prover, PROOF_OUTCOME_SHADOWED, rule->line, "outcome", rule->id,
              "Wherever it holds, an outcome above it is recommended first.");
        return;
    }
    if (rule->when && !possible(prover, diagram_not(space->diagram, space->holds[number])))
        blame(prover, PROOF_CONDITION_ALWAYS, rule->line, "outcome", rule->id,
              "Its condition holds on every path.");
    prove_condition(prover, rule->when, NODE_TRUE, rule->line, "outcome", rule->id);
    prove_duties(prover, rule, space->outcome[number]);
}

static void prove_all_outcomes(struct prover *prover)
{
    unsigned reached = 0;
    for (size_t i = 0; i < prover->pack->outcome_count; i++) {
        prove_outcome(prover, i);
        reached |= 1u << prover->pack->outcome[i].recommends;
    }
    for (unsigned outcome = 0; outcome < OUTCOME_COUNT; outcome++)
        if (!(reached & 1u << outcome))
            blame(prover, PROOF_OUTCOME_MISSING, 1, "pack", "",
                  "Nothing in the pack recommends '%s'.", outcome_id(outcome));
}

/* Each class must be the first that holds somewhere. */
static void prove_retention(struct prover *prover)
{
    node open = NODE_TRUE;
    for (size_t i = 0; i < prover->pack->retention_count; i++) {
        const struct retention *class = &prover->pack->retention[i];
        node holds = space_condition(prover->space, class->when);
        if (!possible(prover, both(prover, open, holds)))
            blame(prover, PROOF_RETENTION_UNREACHABLE, class->line, "retention", class->id,
                  "No record is ever kept under this class.");
        prove_condition(prover, class->when, NODE_TRUE, class->line, "retention", class->id);
        open = without(prover, open, holds);
    }
}

static void prove_nevers(struct prover *prover)
{
    for (size_t i = 0; i < prover->pack->never_count; i++) {
        const struct never *never = &prover->pack->never[i];
        node met = space_condition(prover->space, never->when);
        if (possible(prover, met))
            show(prover,
                 blame(prover, PROOF_NEVER_MET, never->line, "never", never->id,
                       "These answers do what must never be: %s", never->because),
                 met);
    }
}

void prove_results(struct prover *prover)
{
    for (size_t i = 0; i < prover->pack->finding_count; i++)
        prove_finding(prover, i);
    space_stand_at(prover->space, prover->pack->rule_count);
    prove_all_outcomes(prover);
    prove_musts(prover);
    prove_stops(prover);
    prove_retention(prover);
    prove_nevers(prover);
}

/* --- Lengths and counts ------------------------------------------------------------------- */

/* The most questions that any walk in `paths` asks before the decision. */
static long most_asked(struct prover *prover, node paths)
{
    struct space *space = prover->space;
    long *weight = xcalloc(space->place_count + 1, sizeof(*weight));
    bool *assignment = xcalloc(space->place_count + 1, sizeof(*assignment));
    for (size_t v = 0; v < space->place_count; v++)
        weight[v] = space->place[v].kind == PLACE_ASKED;
    long most = paths == NODE_FALSE
                    ? 0
                    : diagram_extreme(space->diagram, paths, weight, true, assignment);
    free(weight);
    free(assignment);
    return most;
}

static void prove_length(struct prover *prover, enum proof_rule rule, long length, int promised)
{
    if (promised && length > promised)
        blame(prover, rule, 1, "pack", "",
              "The longest such path asks %ld questions; the pack promises at most %d.", length,
              promised);
}

void prove_paths(struct prover *prover)
{
    struct space *space = prover->space;
    struct proof *proof = prover->proof;
    node whole = prover->whole;
    node urgent = NODE_FALSE;
    if (whole == NODE_LACKING)
        return;
    proof->paths = diagram_count(space->diagram, whole);
    proof->longest = most_asked(prover, whole);
    for (unsigned outcome = 0; outcome < OUTCOME_COUNT; outcome++) {
        node ending = both(prover, whole, after(prover, 1u << outcome));
        if (ending == NODE_LACKING) {
            proof->complete = false;
            return;
        }
        proof->ending[outcome] = diagram_count(space->diagram, ending);
        if (outcome == OUTCOME_SHARE_URGENTLY)
            urgent = ending;
    }
    proof->urgent = most_asked(prover, urgent);
    prove_length(prover, PROOF_PATH_LONG, proof->longest, prover->pack->most_questions);
    prove_length(prover, PROOF_URGENT_LONG, proof->urgent, prover->pack->urgent_questions);
}
