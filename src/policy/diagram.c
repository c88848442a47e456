/* SPDX-License-Identifier: MIT */
/* Decision diagrams: nodes in one growing array, found again by hashing, and a cache of the
 * results of diagram_if. Knows nothing of packs. */
#include "policy/diagram.h"

#include <stdlib.h>

#include "base/mem.h"

struct branch {
    uint32_t variable;
    node low, high; /* where the variable is false, true */
    uint32_t next;  /* the next in the same bucket; 0 ends */
};

/* A remembered result of diagram_if. */
struct result {
    node test, yes, no, is;
};

#define CACHE_SIZE (1u << 16)

struct diagram {
    size_t variables, limit;
    struct branch *branch; /* 0 and 1 are the constants, below every variable */
    size_t count, room;
    uint32_t *bucket; /* as many as room, a power of two */
    struct result *cache;
};

static uint32_t mix(uint32_t a, uint32_t b, uint32_t c)
{
    uint64_t hash = (uint64_t)a * 0x9E3779B97F4A7C15u;
    hash = (hash ^ (hash >> 29) ^ b) * 0xBF58476D1CE4E5B9u;
    hash = (hash ^ (hash >> 31) ^ c) * 0x94D049BB133111EBu;
    return (uint32_t)(hash >> 32);
}

static uint32_t *bucket_of(const struct diagram *diagram, const struct branch *branch)
{
    return &diagram->bucket[mix(branch->variable, branch->low, branch->high) &
                            (diagram->room - 1)];
}

/* Doubles the array and puts every node into its new bucket. */
static void grow(struct diagram *diagram)
{
    diagram->room = diagram->room ? diagram->room * 2 : 1024;
    diagram->branch = xrealloc(diagram->branch, diagram->room, sizeof(*diagram->branch));
    free(diagram->bucket);
    diagram->bucket = xcalloc(diagram->room, sizeof(*diagram->bucket));
    for (size_t i = 2; i < diagram->count; i++) {
        uint32_t *bucket = bucket_of(diagram, &diagram->branch[i]);
        diagram->branch[i].next = *bucket;
        *bucket = (uint32_t)i;
    }
}

struct diagram *diagram_new(size_t variables, size_t node_limit)
{
    struct diagram *diagram = xcalloc(1, sizeof(*diagram));
    diagram->variables = variables;
    diagram->limit = node_limit;
    diagram->cache = xcalloc(CACHE_SIZE, sizeof(*diagram->cache));
    grow(diagram);
    for (node constant = NODE_FALSE; constant <= NODE_TRUE; constant++)
        diagram->branch[constant] = (struct branch){(uint32_t)variables, constant, constant, 0};
    diagram->count = 2;
    return diagram;
}

void diagram_free(struct diagram *diagram)
{
    if (!diagram)
        return;
    free(diagram->branch);
    free(diagram->bucket);
    free(diagram->cache);
    free(diagram);
}

/* The one node of that variable and those branches. */
static node make(struct diagram *diagram, uint32_t variable, node low, node high)
{
    if (low == high)
        return low;
    if (low == NODE_LACKING || high == NODE_LACKING)
        return NODE_LACKING;
    struct branch wanted = {variable, low, high, 0};
    uint32_t *bucket = bucket_of(diagram, &wanted);
    for (uint32_t at = *bucket; at; at = diagram->branch[at].next) {
        const struct branch *found = &diagram->branch[at];
        if (found->variable == variable && found->low == low && found->high == high)
            return at;
    }
    if (diagram->count >= diagram->limit)
        return NODE_LACKING;
    if (diagram->count == diagram->room) {
        grow(diagram);
        bucket = bucket_of(diagram, &wanted);
    }
    wanted.next = *bucket;
    *bucket = (uint32_t)diagram->count;
    diagram->branch[diagram->count] = wanted;
    return (node)diagram->count++;
}

node diagram_variable(struct diagram *diagram, size_t variable)
{
    return make(diagram, (uint32_t)variable, NODE_FALSE, NODE_TRUE);
}

static uint32_t top(const struct diagram *diagram, node function)
{
    return diagram->branch[function].variable;
}

/* The function where the variable, which none of its variables precedes, is as given. */
static node branch_of(const struct diagram *diagram, node function, uint32_t variable,
                      bool high)
{
    const struct branch *branch = &diagram->branch[function];
    if (branch->variable != variable)
        return function;
    return high ? branch->high : branch->low;
}

node diagram_if(struct diagram *diagram, node test, node yes, node no)
{
    if (test == NODE_LACKING || yes == NODE_LACKING || no == NODE_LACKING)
        return NODE_LACKING;
    if (test == NODE_TRUE || yes == no)
        return yes;
    if (test == NODE_FALSE)
        return no;
    if (yes == NODE_TRUE && no == NODE_FALSE)
        return test;
    struct result *known = &diagram->cache[mix(test, yes, no) & (CACHE_SIZE - 1)];
    if (known->test == test && known->yes == yes && known->no == no)
        return known->is;

    uint32_t variable = top(diagram, test);
    if (top(diagram, yes) < variable)
        variable = top(diagram, yes);
    if (top(diagram, no) < variable)
        variable = top(diagram, no);
    node part[2];
    for (int high = 0; high < 2; high++)
        part[high] = diagram_if(diagram, branch_of(diagram, test, variable, high),
                                branch_of(diagram, yes, variable, high),
                                branch_of(diagram, no, variable, high));
    node is = make(diagram, variable, part[0], part[1]);
    if (is != NODE_LACKING)
        *known = (struct result){test, yes, no, is};
    return is;
}

/* Both operands in one order, so that the cache knows a-and-b as b-and-a. */
node diagram_and(struct diagram *diagram, node a, node b)
{
    return a < b ? diagram_if(diagram, a, b, NODE_FALSE)
                 : diagram_if(diagram, b, a, NODE_FALSE);
}

node diagram_or(struct diagram *diagram, node a, node b)
{
    return a < b ? diagram_if(diagram, a, NODE_TRUE, b) : diagram_if(diagram, b, NODE_TRUE, a);
}

node diagram_not(struct diagram *diagram, node a)
{
    return diagram_if(diagram, a, NODE_FALSE, NODE_TRUE);
}

node diagram_implies(struct diagram *diagram, node a, node b)
{
    return diagram_if(diagram, a, b, NODE_TRUE);
}

node diagram_same(struct diagram *diagram, node a, node b)
{
    return diagram_if(diagram, a, b, diagram_not(diagram, b));
}

static void mark(const struct diagram *diagram, node function, bool *support, bool *seen)
{
    if (function <= NODE_TRUE || seen[function])
        return;
    seen[function] = true;
    const struct branch *branch = &diagram->branch[function];
    support[branch->variable] = true;
    mark(diagram, branch->low, support, seen);
    mark(diagram, branch->high, support, seen);
}

void diagram_support(const struct diagram *diagram, node function, bool *support)
{
    bool *seen = xcalloc(function + 1, sizeof(*seen));
    mark(diagram, function, support, seen);
    free(seen);
}

/* Branches are made before what points to them, so a node's number exceeds its branches' and
 * one pass upwards serves where others would recurse. */
static long double *counts_up_to(const struct diagram *diagram, node function)
{
    long double *count = xcalloc(function + 2, sizeof(*count));
    count[NODE_TRUE] = 1;
    for (node at = 2; at <= function; at++) {
        const struct branch *branch = &diagram->branch[at];
        for (int high = 0; high < 2; high++) {
            node to = high ? branch->high : branch->low;
            long double ways = count[to];
            for (uint32_t skipped = branch->variable + 1; skipped < top(diagram, to); skipped++)
                ways *= 2;
            count[at] += ways;
        }
    }
    return count;
}

long double diagram_count(const struct diagram *diagram, node function)
{
    long double *count = counts_up_to(diagram, function);
    long double ways = count[function];
    for (uint32_t skipped = 0; skipped < top(diagram, function); skipped++)
        ways *= 2;
    free(count);
    return ways;
}

/* What the variables that a branch leaps over add to the greatest sum. `after` may be
 * UINT32_MAX: before the first. */
static long leap(const struct diagram *diagram, uint32_t after, node to, const long *weight,
                 bool most)
{
    long sum = 0;
    for (uint32_t skipped = after + 1; most && skipped < top(diagram, to); skipped++)
        sum += weight[skipped];
    return sum;
}

#define NO_SUM (-1) /* weights are not negative, so no sum is */

static bool better(long sum, long than, bool most)
{
    return sum != NO_SUM && (than == NO_SUM || (most ? sum > than : sum < than));
}

/* The best sum at each node from it downwards, and by which branch. */
static void weigh(const struct diagram *diagram, node function, const long *weight, bool most,
                  long *best, bool *high)
{
    best[NODE_FALSE] = NO_SUM;
    best[NODE_TRUE] = 0;
    for (node at = 2; at <= function; at++) {
        const struct branch *branch = &diagram->branch[at];
        long low = best[branch->low];
        if (low != NO_SUM)
            low += leap(diagram, branch->variable, branch->low, weight, most);
        long up = best[branch->high];
        if (up != NO_SUM)
            up += weight[branch->variable] +
                  leap(diagram, branch->variable, branch->high, weight, most);
        high[at] = better(up, low, most);
        best[at] = high[at] ? up : low;
    }
}

long diagram_extreme(const struct diagram *diagram, node function, const long *weight,
                     bool most, bool *value)
{
    long *best = xcalloc((size_t)function + 2, sizeof(*best));
    bool *high = xcalloc((size_t)function + 2, sizeof(*high));
    weigh(diagram, function, weight, most, best, high);
    long sum = best[function] + leap(diagram, UINT32_MAX, function, weight, most);
    for (uint32_t variable = 0; variable < diagram->variables; variable++) {
        value[variable] = most;
        if (top(diagram, function) != variable)
            continue;
        value[variable] = high[function];
        function =
            high[function] ? diagram->branch[function].high : diagram->branch[function].low;
    }
    free(best);
    free(high);
    return sum;
}

bool diagram_holds(const struct diagram *diagram, node function, const bool *value)
{
    while (function > NODE_TRUE) {
        const struct branch *branch = &diagram->branch[function];
        function = value[branch->variable] ? branch->high : branch->low;
    }
    return function == NODE_TRUE;
}

size_t diagram_size(const struct diagram *diagram)
{
    return diagram->count;
}
