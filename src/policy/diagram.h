/* SPDX-License-Identifier: MIT */
/*
 * Decision diagrams: what the proof reasons with. A diagram is a function of yes/no variables,
 * kept so that equal functions are the same node (reduced ordered binary decision diagrams;
 * R. E. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation", IEEE Transactions
 * on Computers C-35(8), 1986). Two states of a pack that no later condition can tell apart are
 * one node, so the cost follows the pack and not the number of its paths.
 *
 * Variables are numbered in the order in which they are decided.
 */
#ifndef DISCERN_POLICY_DIAGRAM_H
#define DISCERN_POLICY_DIAGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t node;
#define NODE_FALSE 0u
#define NODE_TRUE 1u
/* What every operation gives once `node_limit` is reached, and gives on when given it. */
#define NODE_LACKING UINT32_MAX

struct diagram;

/* A workshop for functions of `variables` variables that makes at most `node_limit` nodes
 * (16 bytes each). Nodes live until diagram_free. */
struct diagram *diagram_new(size_t variables, size_t node_limit);
void diagram_free(struct diagram *diagram);

/* The function that is the variable itself. */
node diagram_variable(struct diagram *diagram, size_t variable);

/* if `test` then `yes` else `no`; every other operation is a case of it. */
node diagram_if(struct diagram *diagram, node test, node yes, node no);
node diagram_and(struct diagram *diagram, node a, node b);
node diagram_or(struct diagram *diagram, node a, node b);
node diagram_not(struct diagram *diagram, node a);
node diagram_implies(struct diagram *diagram, node a, node b);
node diagram_same(struct diagram *diagram, node a, node b);

/* Whether some assignment makes both true, told without making a node of it. False if either is
 * NODE_LACKING. */
bool diagram_meet(struct diagram *diagram, node a, node b);

/* Marks the variables that the function depends on in support[variables]; marks that are
 * there already stay. */
void diagram_support(const struct diagram *diagram, node function, bool *support);

/* How many assignments of all variables make it true. */
long double diagram_count(const struct diagram *diagram, node function);

/* An assignment that makes the function true (it must not be NODE_FALSE) with the smallest,
 * or if `most` the greatest, sum of the weights of its true variables. Variables that do not
 * matter are false, or if `most` true. Fills value[variables] and returns the sum. */
long diagram_extreme(const struct diagram *diagram, node function, const long *weight,
                     bool most, bool *value);

/* Whether the assignment makes it true. */
bool diagram_holds(const struct diagram *diagram, node function, const bool *value);

/* Nodes made so far. */
size_t diagram_size(const struct diagram *diagram);

#endif
