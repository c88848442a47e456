/* SPDX-License-Identifier: MIT */
/* `discern policy diff`: what another version of a pack changes for those who use it. */
#include "command/policy.h"
#include "command/print.h"
#include "command/subcommands.h"
#include "policy/difference.h"

/* The two packs and how they differ. */
struct comparison {
    struct context *context;
    const struct pack *first, *second;
    struct difference difference;
};

static void print_turn(const struct comparison *comparison, const struct turn *turn)
{
    struct context *context = comparison->context;

    fprintf(context->out, "%s becomes %s (situations: %s), as in\n", outcome_id(turn->was),
            outcome_id(turn->now), policy_count(context, turn->situations));
    policy_print_example(context, comparison->second, &turn->example);
}

static void print_onlys(const struct comparison *comparison, bool in_first,
                        const struct pack *pack)
{
    const struct difference *difference = &comparison->difference;
    bool begun = false;

    for (size_t i = 0; i < difference->only_count; i++) {
        const struct only *only = &difference->only[i];

        if (only->in_first != in_first)
            continue;
        if (!begun)
            fprintf(comparison->context->out, "Only in %s %s:\n", pack->id,
                    context_safe(comparison->context, pack->version));
        fprintf(comparison->context->out, "    %s %s\n", only->kind, only->id);
        begun = true;
    }
}

static void print_comparison(const struct comparison *comparison)
{
    const struct difference *difference = &comparison->difference;

    for (size_t i = 0; i < difference->turn_count; i++)
        print_turn(comparison, &difference->turn[i]);
    print_onlys(comparison, true, comparison->first);
    print_onlys(comparison, false, comparison->second);
    if (difference->complete && !difference->turn_count)
        fprintf(comparison->context->out,
                "Every situation that both packs allow ends as it did.\n");
}

static json_t *turn_json(const struct comparison *comparison, const struct turn *turn)
{
    json_t *object = body_object();

    body_put_text(object, "was", outcome_id(turn->was));
    body_put_text(object, "now", outcome_id(turn->now));
    body_put_text(object, "situations", policy_count(comparison->context, turn->situations));
    body_put(object, "example", policy_example_json(comparison->second, &turn->example));
    return object;
}

static json_t *only_json(const struct only *only)
{
    json_t *object = body_object();

    body_put_text(object, "in", only->in_first ? "first" : "second");
    body_put_text(object, "kind", only->kind);
    body_put_text(object, "id", only->id);
    return object;
}

static void print_comparison_json(const struct comparison *comparison)
{
    const struct difference *difference = &comparison->difference;
    json_t *object = body_object(), *turns = body_list(), *onlys = body_list();

    for (size_t i = 0; i < difference->turn_count; i++)
        body_append(turns, turn_json(comparison, &difference->turn[i]));
    for (size_t i = 0; i < difference->only_count; i++)
        body_append(onlys, only_json(&difference->only[i]));
    body_put_flag(object, "complete", difference->complete);
    body_put(object, "turns", turns);
    body_put(object, "only", onlys);
    print_json(comparison->context->out, object);
}

enum status command_policy_diff(struct context *context, struct error *error)
{
    struct comparison comparison = {.context = context};
    const struct volume *first, *second;
    enum status status = policy_named(context, context->operand[0], &first, error);

    if (status == STATUS_OK)
        status = policy_named(context, context->operand[1], &second, error);
    if (status != STATUS_OK)
        return status;
    comparison.first = first->pack;
    comparison.second = second->pack;
    difference_find(first->pack, second->pack, &comparison.difference);
    if (context_has(context, "--json"))
        print_comparison_json(&comparison);
    else
        print_comparison(&comparison);
    if (!comparison.difference.complete)
        status = fail(error, STATUS_BAD_DATA, "Compare versions that differ less.",
                      "The packs have more situations than can be told apart in memory.");
    difference_release(&comparison.difference);
    return status;
}
