/* SPDX-License-Identifier: MIT */
/* What the subcommands of `discern policy` share. Judges nothing. */
#include "command/policy.h"

#include <string.h>

#include "command/print.h"
#include "policy/scenario.h"

enum status policy_named(struct context *context, const char *name,
                         const struct volume **ret_volume, struct error *error)
{
    return strpbrk(name, "/.") ? library_file(context->library, name, ret_volume, error)
                               : library_pack(context->library, name, ret_volume, error);
}

static enum status for_all(struct context *context, policy_each *each, struct error *error)
{
    const struct volume *volume;
    size_t count;
    enum status status = library_packs(context->library, &volume, &count, error);

    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        if (volume[i].pack) {
            status = each(context, volume[i].pack, error);
        } else {
            *error = volume[i].error;
            status = error->status;
        }
    }
    return status;
}

enum status policy_for_each(struct context *context, policy_each *each, struct error *error)
{
    const struct volume *volume;
    enum status status = STATUS_OK;

    if (!context->operand_count)
        return for_all(context, each, error);
    for (size_t i = 0; status == STATUS_OK && i < context->operand_count; i++) {
        status = policy_named(context, context->operand[i], &volume, error);
        if (status == STATUS_OK)
            status = each(context, volume->pack, error);
    }
    return status;
}

/* The answers of an example, each line ended. */
static void example_lines(const struct pack *pack, const struct example *example,
                          struct buf *out)
{
    struct answers answers;
    char day[DATE_SIZE];

    answers_init(&answers, pack);
    for (size_t i = 0; i < example->count; i++)
        answer_example(&answers, example->answer[i].question, example->answer[i].value);
    if (example->day != pack->from) {
        date_iso(example->day, day);
        buf_printf(out, "date = %s\n", day);
    }
    answer_file_write_answers(&answers, out);
    answers_release(&answers);
}

void policy_print_example(struct context *context, const struct pack *pack,
                          const struct example *example)
{
    struct buf lines = {0};
    const char *line;
    size_t length;

    example_lines(pack, example, &lines);
    for (line = buf_text(&lines); *line; line += length + 1) {
        length = strcspn(line, "\n");
        fprintf(context->out, "    %.*s\n", (int)length, line);
    }
    buf_release(&lines);
}

json_t *policy_example_json(const struct pack *pack, const struct example *example)
{
    struct buf lines = {0};
    json_t *object = body_object();

    example_lines(pack, example, &lines);
    body_put_day(object, "date", example->day);
    body_put_text(object, "answers", buf_text(&lines));
    buf_release(&lines);
    return object;
}

static const char *severity_of(const struct fault *fault)
{
    return fault->accepted ? "accepted" : severity_id(fault->rule->severity);
}

void policy_print_fault(struct context *context, const struct fault *fault)
{
    struct buf line = {0};

    buf_printf(&line, "%s:%d: %s %s: ", fault->file, fault->line, severity_of(fault),
               fault->rule->id);
    if (fault->field[0])
        buf_printf(&line, "%s: ", fault->field);
    buf_printf(&line, "%s%s%s", fault->what, fault->remedy[0] ? " " : "", fault->remedy);
    fprintf(context->out, "%s\n", context_safe(context, buf_text(&line)));
    buf_release(&line);
}

json_t *policy_fault_json(const struct fault *fault)
{
    json_t *object = body_object();

    body_put_text(object, "file", fault->file);
    body_put_number(object, "line", fault->line);
    body_put_text(object, "severity", severity_of(fault));
    body_put_text(object, "rule", fault->rule->id);
    body_put_text(object, "field", fault->field);
    body_put_text(object, "what", fault->what);
    body_put_text(object, "remedy", fault->remedy);
    return object;
}

const char *policy_count(struct context *context, long double count)
{
    int power = 0;

    if (count < 1e6L)
        return arena_printf(&context->arena, "%.0Lf", count);
    /* 9.95 would be printed as 10.0. */
    for (; count >= 9.95L; count /= 10)
        power++;
    return arena_printf(&context->arena, "%.1Lfe%d", count, power);
}
