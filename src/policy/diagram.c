/* SPDX-License-Identifier: MIT */
/* Decision diagrams: nodes in one growing array, found again by hashing, and caches of results
 * that grow with it. Knows nothing of packs. */
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

/* Two functions that are known never to hold together. */
struct apart {
    node a, b;
};

struct diagram {
    size_t variables, limit;
    struct branch *branch; /* 0 and 1 are the constants, below every variable */
    size_t count, room;
    uint32_t *bucket;     /* as many as room, a power of two */
    struct result *cache; /* as many as room: a newer result replaces an older one */
    struct apart *apart;  /* likewise */
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

/* Doubles the array and puts every node into its new bucket. The caches begin anew. */
static void grow(struct diagram *diagram)
{
    diagram->room = diagram->room ? diagram->room * 2 : 1024;
    diagram->branch = xrealloc(diagram->branch, diagram->room, sizeof(*diagram->branch));
    free(diagram->bucket);
    free(diagram->cache);
    free(diagram->apart);
    diagram->bucket = xcalloc(diagram->room, sizeof(*diagram->bucket));
    diagram->cache = xcalloc(diagram->room, sizeof(*diagram->cache));
    diagram->apart = xcalloc(diagram->room, sizeof(*diagram->apart));
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
    free(diagram->apart);
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
    uint32_t key = mix(test, yes, no);
    const struct result *known = &diagram->cache[key & (diagram->room - 1)];
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
    if (is != NODE_LACKING) /* the cache may have moved since */
        diagram->cache[key & (diagram->room - 1)] = (struct result){test, yes, no, is};
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

bool diagram_meet(struct diagram *diagram, node a, node b)
{
    if (a == NODE_FALSE || b == NODE_FALSE || a == NODE_LACKING || b == NODE_LACKING)
        return false;
    if (a == NODE_TRUE || b == NODE_TRUE || a == b)
        return true;
    if (a > b) {
        node swap = a;
        a = b;
        b = swap;
    }
    struct apart *known = &diagram->apart[mix(a, b, 0) & (diagram->room - 1)];
    if (known->a == a && known->b == b)
        return false;
    uint32_t variable = top(diagram, a) < top(diagram, b) ? top(diagram, a) : top(diagram, b);
    for (int high = 0; high < 2; high++)
        if (diagram_meet(diagram, branch_of(diagram, a, variable, high),
                         branch_of(diagram, b, variable, high)))
            return true;
    *known = (struct apart){a, b};
    return false;
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

/* --- Sums over a function ----------------------------------------------------------------- */

/* The nodes of a function, branches before what points to them (a node is made after its
 * branches, so its number is greater). */
struct nodes {
    node *list;
    size_t count, room;
};

static void collect(const struct diagram *diagram, node function, bool *seen,
                    struct nodes *nodes)
{
    if (function <= NODE_TRUE || seen[function])
        return;
    seen[function] = true;
    collect(diagram, diagram->branch[function].low, seen, nodes);
    collect(diagram, diagram->branch[function].high, seen, nodes);
    if (nodes->count == nodes->room) {
        nodes->room = nodes->room ? nodes->room * 2 : 256;
        nodes->list = xrealloc(nodes->list, nodes->room, sizeof(*nodes->list));
    }
    nodes->list[nodes->count++] = function;
}

/* Free the list with free(). */
static struct nodes nodes_of(const struct diagram *diagram, node function)
{
    struct nodes nodes = {0};
    bool *seen = xcalloc((size_t)function + 1, sizeof(*seen));
    collect(diagram, function, seen, &nodes);
    free(seen);
    return nodes;
}

/* Doubled once for each variable between the two. (Most edges that leap far lead nowhere.) */
static long double over(long double ways, uint32_t after, uint32_t before)
{
    for (uint32_t skipped = after + 1; ways > 0 && skipped < before; skipped++)
        ways *= 2;
    return ways;
}

long double diagram_count(const struct diagram *diagram, node function)
{
    struct nodes nodes = nodes_of(diagram, function);
    long double *count = xcalloc((size_t)function + 2, sizeof(*count));
    count[NODE_TRUE] = 1;
    for (size_t i = 0; i < nodes.count; i++) {
        const struct branch *branch = &diagram->branch[nodes.list[i]];
        count[nodes.list[i]] =
            over(count[branch->low], branch->variable, top(diagram, branch->low)) +
            over(count[branch->high], branch->variable, top(diagram, branch->high));
    }
    long double ways = over(count[function], UINT32_MAX, top(diagram, function));
    free(count);
    free(nodes.list);
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
    struct nodes nodes = nodes_of(diagram, function);
    for (size_t i = 0; i < nodes.count; i++) {
        node at = nodes.list[i];
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
    free(nodes.list);
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
