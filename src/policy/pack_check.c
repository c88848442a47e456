/* SPDX-License-Identifier: MIT */
/* What must hold of a pack as a whole, once each of its sections is right. */
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"

/* The error for the object of that kind whose section begins at that line. */
static enum status fail_object(struct reader *reader, const char *kind, const char *id,
                               int line, const char *key, const char *remedy, const char *what)
{
    char *field =
        arena_printf(&reader->pack->arena, "[%s %s]%s%s", kind, id, *key ? " " : "", key);

    const struct ini_section *section =
        ini_find_section(reader->ini, arena_printf(&reader->pack->arena, "%s %s", kind, id));

    return fail_at(reader->error, STATUS_BAD_DATA, section->file, line, field, remedy, "%s",
                   what);
}

/* The names that conditions know by themselves. */
static bool is_reserved(const char *id)
{
    for (size_t i = 0; i < FINDING_KIND_COUNT; i++) {
        if (!strcmp(finding_kind_id((enum finding_kind)i), id))
            return true;
    }
    return !strcmp(id, "date") || !strcmp(id, "outcome");
}

static enum status check_name(struct reader *reader, const char *kind, const char *id, int line)
{
    if (is_reserved(id))
        return fail_object(reader, kind, id, line, "", "Choose another name.",
                           "Conditions use this name for something else.");
    return STATUS_OK;
}

static enum status check_items(struct reader *reader)
{
    const struct pack *pack = reader->pack;
    bool seen = false;

    for (size_t i = 0; i < pack->question_count; i++) {
        const struct question *question = &pack->question[i];

        if (question->type != QUESTION_ITEMS)
            continue;
        if (seen)
            return fail_object(reader, "question", question->id, question->line, "type",
                               "Ask for all of them in one question.",
                               "A pack has one question of type items, and this is a second.");
        seen = true;
    }
    return STATUS_OK;
}

/* Questions and findings share their names: conditions tell them apart by nothing else. */
enum status pack_check_names(struct reader *reader)
{
    const struct pack *pack = reader->pack;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < pack->question_count && !status; i++)
        status = check_name(reader, "question", pack->question[i].id, pack->question[i].line);
    for (size_t i = 0; i < pack->finding_count && !status; i++) {
        const struct finding *finding = &pack->finding[i];

        status = check_name(reader, "finding", finding->id, finding->line);
        if (!status && pack_find_question(pack, finding->id) != PACK_NONE)
            status = fail_object(reader, "finding", finding->id, finding->line, "",
                                 "Choose another name for one of them.",
                                 "A question has the same name.");
    }
    return status ? status : check_items(reader);
}

/* Of rules in order, the last and only the last holds always. */
static enum status check_last(struct reader *reader, const char *kind, const char *id, int line,
                              bool has_when, bool is_last)
{
    if (is_last && has_when)
        return fail_object(reader, kind, id, line, "when",
                           "Remove its condition, or add one without a condition after it.",
                           "The last of its kind has to hold whatever the answers are.");
    if (!is_last && !has_when)
        return fail_object(reader, kind, id, line, "",
                           "Give it a condition, or move it to the end.",
                           "Without 'when' it always holds, so those after it never can.");
    return STATUS_OK;
}

enum status pack_check(struct reader *reader)
{
    const struct pack *pack = reader->pack;
    enum status status = STATUS_OK;

    for (size_t i = 0; i < pack->outcome_count && !status; i++)
        status = check_last(reader, "outcome", pack->outcome[i].id, pack->outcome[i].line,
                            pack->outcome[i].when, i + 1 == pack->outcome_count);
    for (size_t i = 0; i < pack->retention_count && !status; i++)
        status = check_last(reader, "retention", pack->retention[i].id, pack->retention[i].line,
                            pack->retention[i].when, i + 1 == pack->retention_count);
    return status;
}
