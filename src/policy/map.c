/* SPDX-License-Identifier: MIT */
/* What leads to what: one pass over all conditions of a pack, told to whoever draws. */
#include "policy/map.h"

#include <string.h>

/* Something with a condition: where an edge ends. */
struct end {
    const char *kind, *id, *part; /* part: an option or a duty of it; "" for the whole */
};

/* Draws one edge: the variable that is tested, where it leads, and in which words. */
typedef void draw_edge(const struct pack *pack, size_t variable, const struct end *end,
                       const char *words, void *data);

struct drawing {
    const struct pack *pack;
    struct end end;
    draw_edge *draw;
    void *data;
};

static void draw_leaf(const struct condition *leaf, void *data)
{
    const struct drawing *drawing = data;
    if (leaf->kind == CONDITION_BITS)
        drawing->draw(drawing->pack, leaf->variable, &drawing->end, leaf->text, drawing->data);
}

static void draw_condition(struct drawing *drawing, const struct condition *condition,
                           const char *kind, const char *id, const char *part)
{
    drawing->end = (struct end){kind, id, part};
    if (condition)
        condition_leaves(condition, draw_leaf, drawing);
}

static void draw_question(struct drawing *drawing, const struct question *question)
{
    draw_condition(drawing, question->when, "question", question->id, "");
    draw_condition(drawing, question->later, "question", question->id, "later");
    for (size_t o = 0; o < question->option_count; o++)
        draw_condition(drawing, question->option[o].when, "question", question->id,
                       question->option[o].id);
}

/* Every edge of the pack, in the order of the file. */
static void draw_edges(const struct pack *pack, draw_edge *draw, void *data)
{
    struct drawing drawing = {.pack = pack, .draw = draw, .data = data};
    for (size_t i = 0; i < pack->rule_count; i++) {
        const struct finding *finding = &pack->finding[pack->rule[i].index];
        if (pack->rule[i].is_question)
            draw_question(&drawing, &pack->question[pack->rule[i].index]);
        else
            draw_condition(&drawing, finding->when, "finding", finding->id, "");
    }
    for (size_t i = 0; i < pack->outcome_count; i++) {
        const struct outcome_rule *outcome = &pack->outcome[i];
        draw_condition(&drawing, outcome->when, "outcome", outcome->id, "");
        for (size_t m = 0; m < outcome->must_count; m++)
            draw_condition(&drawing, outcome->must[m].when, "outcome", outcome->id,
                           outcome->must[m].id);
    }
    for (size_t i = 0; i < pack->must_count; i++)
        draw_condition(&drawing, pack->must[i].when, "must", pack->must[i].id, "");
    for (size_t i = 0; i < pack->stop_count; i++)
        draw_condition(&drawing, pack->stop[i].when, "stop", pack->stop[i].id, "");
    for (size_t i = 0; i < pack->never_count; i++)
        draw_condition(&drawing, pack->never[i].when, "never", pack->never[i].id, "");
    for (size_t i = 0; i < pack->retention_count; i++)
        draw_condition(&drawing, pack->retention[i].when, "retention", pack->retention[i].id,
                       "");
}

static const char *rule_id(const struct pack *pack, size_t rule)
{
    size_t index = pack->rule[rule].index;
    return pack->rule[rule].is_question ? pack->question[index].id : pack->finding[index].id;
}

/* --- The outline -------------------------------------------------------------------------- */

struct outline {
    size_t variable; /* whose edges are wanted */
    struct buf *out;
};

static void outline_edge(const struct pack *pack, size_t variable, const struct end *end,
                         const char *words, void *data)
{
    const struct outline *outline = data;
    (void)pack;
    if (variable == outline->variable)
        buf_printf(outline->out, "    -> %s %s%s%s  (%s)\n", end->kind, end->id,
                   *end->part ? "." : "", end->part, words);
}

void map_outline(const struct pack *pack, struct buf *out)
{
    size_t step = PACK_NONE;
    buf_printf(out, "%s %s: %s\n", pack->id, pack->version, pack->title);
    for (size_t i = 0; i < pack->rule_count; i++) {
        const struct question *question = &pack->question[pack->rule[i].index];
        if (pack->rule[i].is_question && question->step != step) {
            step = question->step;
            buf_printf(out, "\n%s\n", pack->step[step].title);
        }
        if (pack->rule[i].is_question)
            buf_printf(out, "  question %s: %s\n", question->id, question->ask);
        else
            buf_printf(out, "  finding %s: %s\n", rule_id(pack, i),
                       pack->finding[pack->rule[i].index].says);
        draw_edges(pack, outline_edge, &(struct outline){i, out});
    }
    for (size_t i = 0; i < FINDING_KIND_COUNT; i++) {
        struct buf edges = {0};
        draw_edges(pack, outline_edge,
                   &(struct outline){pack_kind_variable(pack, (enum finding_kind)i), &edges});
        if (edges.length)
            buf_printf(out, "\n  any finding of the kind %s\n%s",
                       finding_kind_id((enum finding_kind)i), buf_text(&edges));
        buf_release(&edges);
    }
}

/* --- Graphviz ----------------------------------------------------------------------------- */

/* A string of the DOT language: quotes and backslashes escaped. */
static void dot_string(struct buf *out, const char *text)
{
    buf_putc(out, '"');
    for (; *text; text++) {
        if (strchr("\"\\", *text))
            buf_putc(out, '\\');
        buf_putc(out, *text);
    }
    buf_putc(out, '"');
}

static void dot_edge(const struct pack *pack, size_t variable, const struct end *end,
                     const char *words, void *data)
{
    struct buf *out = data;
    buf_puts(out, "  ");
    if (variable < pack->rule_count)
        dot_string(out, rule_id(pack, variable));
    else if (variable == pack_outcome_variable(pack))
        dot_string(out, "outcome");
    else
        dot_string(out, finding_kind_id((enum finding_kind)(variable - pack->rule_count)));
    buf_puts(out, " -> ");
    dot_string(out, end->id);
    buf_puts(out, " [label=");
    dot_string(out, words);
    buf_puts(out, "];\n");
}

static void dot_node(struct buf *out, const char *id, const char *shape, const char *words)
{
    buf_puts(out, "  ");
    dot_string(out, id);
    buf_printf(out, " [shape=%s, tooltip=", shape);
    dot_string(out, words);
    buf_puts(out, "];\n");
}

void map_dot(const struct pack *pack, struct buf *out)
{
    buf_puts(out, "digraph ");
    dot_string(out, pack->id);
    buf_puts(out, " {\n  rankdir=LR;\n");
    for (size_t i = 0; i < pack->question_count; i++)
        dot_node(out, pack->question[i].id, "box", pack->question[i].ask);
    for (size_t i = 0; i < pack->finding_count; i++)
        dot_node(out, pack->finding[i].id, "ellipse", pack->finding[i].says);
    for (size_t i = 0; i < pack->outcome_count; i++)
        dot_node(out, pack->outcome[i].id, "octagon", pack->outcome[i].because);
    draw_edges(pack, dot_edge, out);
    buf_puts(out, "}\n");
}
