/* SPDX-License-Identifier: MIT */
/* A loaded pack: its names, its variables, its days. Reading one is in pack_read.c. */
#include "policy/pack.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"

size_t pack_kind_variable(const struct pack *pack, enum finding_kind kind)
{
    return pack->rule_count + (size_t)kind;
}

size_t pack_outcome_variable(const struct pack *pack)
{
    return pack->rule_count + FINDING_KIND_COUNT;
}

size_t pack_variable_count(const struct pack *pack)
{
    return pack->rule_count + FINDING_KIND_COUNT + 1;
}

void pack_free(struct pack *pack)
{
    if (!pack)
        return;
    arena_release(&pack->arena);
    free(pack);
}

size_t pack_find_question(const struct pack *pack, const char *id)
{
    for (size_t i = 0; i < pack->question_count; i++) {
        if (!strcmp(pack->question[i].id, id))
            return i;
    }
    return PACK_NONE;
}

size_t pack_find_finding(const struct pack *pack, const char *id)
{
    for (size_t i = 0; i < pack->finding_count; i++) {
        if (!strcmp(pack->finding[i].id, id))
            return i;
    }
    return PACK_NONE;
}

size_t question_find_option(const struct question *question, const char *id)
{
    for (size_t i = 0; i < question->option_count; i++) {
        if (!strcmp(question->option[i].id, id))
            return i;
    }
    return PACK_NONE;
}

enum status pack_in_force(const struct pack *pack, date day, struct error *error)
{
    char from[DATE_WORDS_SIZE], until[DATE_WORDS_SIZE], at[DATE_WORDS_SIZE];

    date_words(pack->from, from);
    date_words(pack->until, until);
    date_words(day, at);
    if (day < pack->from)
        return fail_at(error, STATUS_REFUSED, pack->file, 0, "[pack] from",
                       "Use the pack that was in force on that day.",
                       "The pack '%s' is in force from %s, not yet on %s.", pack->id, from, at);
    if (pack->until != DATE_NONE && day >= pack->until)
        return fail_at(error, STATUS_REFUSED, pack->file, 0, "[pack] until",
                       "Use the pack that has taken its place.",
                       "The pack '%s' was in force from %s until %s, not on %s.", pack->id,
                       from, until, at);
    return STATUS_OK;
}

const char *pack_file_of(const struct pack *pack, const char *section)
{
    for (size_t i = 0; i < pack->added_count; i++) {
        size_t length = strlen(pack->added[i]);

        if (section[0] == '[' && !strncmp(section + 1, pack->added[i], length) &&
            section[length + 1] == ']')
            return pack->added_file;
    }
    return pack->file;
}

/* "sch2.para5" as "sch 2 para 5", "art6.1.e" as "art 6(1)(e)", "s.3" as "s 3"; "14.43" and
 * words as they are. */
static void locator_text(const char *locator, struct buf *out)
{
    bool figures = isdigit((unsigned char)locator[0]), named = false;
    const char *part = locator;

    while (*part) {
        int length = (int)strcspn(part, "."), letters = 0;
        bool first = part == locator;

        while (isalpha((unsigned char)part[letters]))
            letters++;
        if (letters > 0 && isdigit((unsigned char)part[letters]))
            buf_printf(out, "%s%.*s %.*s", first ? "" : " ", letters, part, length - letters,
                       part + letters);
        else if (first || figures || named)
            buf_printf(out, "%s%.*s", first ? "" : figures ? "." : " ", length, part);
        else
            buf_printf(out, "(%.*s)", length, part);
        named = letters == length;
        part += length + (part[length] == '.');
    }
}

void citation_text(const struct pack *pack, const struct citation *citation, struct buf *out)
{
    const struct source *source = &pack->source[citation->source];

    buf_puts(out, source->title);
    if (citation->locator[0]) {
        buf_puts(out, ", ");
        locator_text(citation->locator, out);
    }
    if (source->verify)
        buf_puts(out, " " CITATION_VERIFY);
}

static bool cites(const struct citations *cite, size_t source)
{
    for (size_t i = 0; i < cite->count; i++) {
        if (cite->list[i].source == source)
            return true;
    }
    return false;
}

size_t pack_citing(const struct pack *pack, size_t source)
{
    size_t places = 0;

#define COUNT_IN(list)                                                                         \
    for (size_t i = 0; i < pack->list##_count; i++)                                            \
    places += cites(&pack->list[i].cite, source)
    COUNT_IN(question);
    COUNT_IN(finding);
    COUNT_IN(outcome);
    COUNT_IN(must);
    COUNT_IN(stop);
    COUNT_IN(never);
    COUNT_IN(retention);
    COUNT_IN(clock);
#undef COUNT_IN
    return places;
}
