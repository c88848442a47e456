/* SPDX-License-Identifier: MIT */
/* `discern policy map` and `discern policy print`: a pack as its owner reads it. What they say
 * is policy/map.h's. */
#include "base/utf8.h"
#include "command/policy.h"
#include "command/subcommands.h"
#include "policy/map.h"

/* The text as it stands, but nothing in it that a terminal could obey. */
static void print_lines(struct context *context, const struct buf *text)
{
    struct buf safe = {0};

    utf8_printable(&safe, buf_text(text), text->length, true);
    fwrite(buf_text(&safe), 1, safe.length, context->out);
    buf_release(&safe);
}

static enum status map_pack(struct context *context, const struct pack *pack,
                            struct error *error)
{
    struct buf text = {0};

    (void)error;
    (context_has(context, "--dot") ? map_dot : map_outline)(pack, &text);
    print_lines(context, &text);
    buf_release(&text);
    return STATUS_OK;
}

static enum status print_pack(struct context *context, const struct pack *pack,
                              struct error *error)
{
    struct buf text = {0};

    (void)error;
    map_print(pack, &text);
    print_lines(context, &text);
    buf_release(&text);
    return STATUS_OK;
}

enum status command_policy_map(struct context *context, struct error *error)
{
    return policy_for_each(context, map_pack, error);
}

enum status command_policy_print(struct context *context, struct error *error)
{
    return policy_for_each(context, print_pack, error);
}
