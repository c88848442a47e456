/* SPDX-License-Identifier: MIT */
/*
 * Answer files: a decision without a screen. Answers are given question by question in the
 * order of the pack, so that a file can say nothing that a practitioner could not have said.
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"
#include "record/answer_file.h"

static enum status check_sections(const struct ini *ini, struct error *error)
{
    for (size_t i = 0; i < ini->section_count; i++) {
        const char *name = ini->section[i].name;

        if (strcmp(name, "decision") != 0 && strcmp(name, "answers") != 0 &&
            !answer_file_is_item(&ini->section[i]))
            return fail_at(error, STATUS_BAD_DATA, ini->file, ini->section[i].line, name,
                           "Use [decision], [answers] and [item 1], [item 2] and so on.",
                           "[%s] is no section of an answer file.", name);
    }
    return STATUS_OK;
}

/* --- The head ----------------------------------------------------------------------------- */

static enum status head_outcome(const struct ini *ini, const struct ini_key *key,
                                enum outcome *ret_outcome, struct error *error)
{
    struct suggest suggest = {.wrong = key->value};
    char remedy[160];

    if (outcome_parse(key->value, ret_outcome))
        return STATUS_OK;
    for (int i = 0; i < OUTCOME_COUNT; i++)
        suggest_offer(&suggest, outcome_id((enum outcome)i));
    return answer_file_fail(error, ini, key,
                            suggest_text(&suggest,
                                         "Use share-urgently, share, share-in-part, ask-first, "
                                         "seek-advice or do-not-share.",
                                         remedy, sizeof(remedy)),
                            "'%s' is no outcome.", key->value);
}

enum status answer_file_head(const struct ini *ini, struct answer_file *ret_head,
                             struct error *error)
{
    static const char *const names[] = {"pack",   "agreement", "programme", "date",
                                        "expect", "title",     "decide",    "reason"};
    const struct ini_section *section = ini_find_section(ini, "decision");
    struct answer_file head = {.day = DATE_NONE};
    const struct ini_key *key;
    enum status status = check_sections(ini, error);

    if (status == STATUS_OK && !section)
        return fail_at(error, STATUS_BAD_DATA, ini->file, 1, "decision",
                       "Add [decision] with pack = and the id of the pack.",
                       "There is no [decision].");
    if (status == STATUS_OK)
        status = answer_file_keys(ini, section, names, COUNT(names), error);
    if (status != STATUS_OK)
        return status;
    head.pack = ini_value(ini, section, "pack", "");
    head.agreement = ini_value(ini, section, "agreement", "");
    head.programme = ini_value(ini, section, "programme", "");
    head.title = ini_value(ini, section, "title", "");
    if (!head.pack[0])
        return fail_at(error, STATUS_BAD_DATA, ini->file, section->line, "pack",
                       "Add pack = and the id of the pack.",
                       "The file does not say which pack to use.");
    key = ini_find(ini, section, "date");
    if (key && key->value[0] && !date_parse(key->value, &head.day))
        return answer_file_fail(error, ini, key, "Write it as 2026-09-30.", "'%s' is no date.",
                                key->value);
    key = ini_find(ini, section, "expect");
    head.expects = key && key->value[0];
    if (head.expects)
        status = head_outcome(ini, key, &head.expect, error);
    if (status == STATUS_OK)
        *ret_head = head;
    return status;
}

/* --- The answers -------------------------------------------------------------------------- */

/* The key in [answers] of a question's field, or NULL. */
static const struct ini_key *key_of(const struct ini *ini, const struct question *question,
                                    size_t field)
{
    const struct ini_section *section = ini_find_section(ini, "answers");
    const char *id = question_field_id(question->type, field);
    const struct ini_key *key = NULL;
    char *name;

    if (!section)
        return NULL;
    if (field == 0)
        key = ini_find(ini, section, question->id);
    if (key || !id[0])
        return key;
    name = xasprintf("%s.%s", question->id, id);
    key = ini_find(ini, section, name);
    free(name);
    return key;
}

/* The first key that answers the question, or NULL. */
static const struct ini_key *first_key(const struct ini *ini, const struct question *question)
{
    const struct ini_section *section = ini_find_section(ini, "answers");
    const struct ini_key *key = NULL;
    size_t fields = question_field_count(question->type);

    if (fields == 0)
        return section ? ini_find(ini, section, question->id) : NULL;
    for (size_t i = 0; !key && i < fields; i++)
        key = key_of(ini, question, i);
    return key;
}

/* The line where the file answers the question, 0 if it does not. */
static int line_of(const struct ini *ini, const struct question *question)
{
    const struct ini_key *key = first_key(ini, question);
    const struct ini_section *item = answer_file_first_item(ini);

    if (question->type == QUESTION_ITEMS && item)
        return item->line;
    return key ? key->line : 0;
}

/* Whether a key of [answers] belongs to a question of the pack: "id" or "id.field". */
static bool is_known(const struct pack *pack, const char *name)
{
    size_t length = strcspn(name, ".");
    char *id = xstrndup(name, length);
    size_t at = pack_find_question(pack, id);
    bool known = false;

    free(id);
    if (at == PACK_NONE)
        return false;
    if (name[length] == '\0')
        return true;
    for (size_t i = 0; i < question_field_count(pack->question[at].type); i++)
        known = known ||
                strcmp(question_field_id(pack->question[at].type, i), name + length + 1) == 0;
    return known && name[length + 1] != '\0';
}

static enum status check_answers(const struct ini *ini, const struct pack *pack,
                                 struct error *error)
{
    const struct ini_section *section = ini_find_section(ini, "answers");

    for (size_t i = section ? section->first : 0;
         section && i < section->first + section->count; i++) {
        struct suggest suggest = {.wrong = ini->key[i].name};
        char remedy[160];

        if (is_known(pack, ini->key[i].name))
            continue;
        for (size_t nr = 0; nr < pack->question_count; nr++)
            suggest_offer(&suggest, pack->question[nr].id);
        return answer_file_fail(error, ini, &ini->key[i],
                                suggest_text(&suggest,
                                             "discern policy print lists the questions.",
                                             remedy, sizeof(remedy)),
                                "The pack has no question '%s'.", ini->key[i].name);
    }
    return STATUS_OK;
}

static enum status give_fields(const struct ini *ini, struct decision *decision, size_t at,
                               struct error *error)
{
    const struct question *question = &decision->pack->question[at];
    const char *field[FIELD_MAX] = {NULL};

    for (size_t i = 0; i < question_field_count(question->type); i++) {
        const struct ini_key *key = key_of(ini, question, i);

        field[i] = key ? key->value : NULL;
    }
    return answer_write(&decision->answers, at, field, decision->begun, error);
}

/* --- Applying it -------------------------------------------------------------------------- */

/* Refuses an option that the answers before it rule out. */
static enum status check_offered(const struct walk *walk, struct decision *decision, size_t at,
                                 struct error *error)
{
    const struct question *question = &decision->pack->question[at];
    bits options = decision->answers.answer[at].options;

    for (size_t i = 0; i < question->option_count; i++) {
        if (!(options & BIT(i)) || walk_offers(walk, at, i))
            continue;
        answer_forget(&decision->answers, at);
        return fail(error, STATUS_BAD_DATA, "Choose another, or change the answers before it.",
                    "With the answers before it, '%s' is not offered.", question->option[i].id);
    }
    return STATUS_OK;
}

/* Says where the file gives the answer that will not do: where its part stands, if the problem
 * is in one, else where the answer begins. */
static enum status fail_answer(const struct ini *ini, const struct question *question, int line,
                               struct error *error)
{
    const struct ini_section *section = ini_find_section(ini, "answers");
    const struct ini_key *part = section ? ini_find(ini, section, error->field) : NULL;

    return fail_at(error, STATUS_BAD_DATA, ini->file, part ? part->line : line,
                   part ? part->name : question->id, error->remedy, "%s", error->what);
}

static enum status give(const struct ini *ini, const struct walk *walk,
                        struct decision *decision, size_t at, int line, struct error *error)
{
    const struct question *question = &decision->pack->question[at];
    enum status status;

    if (question->type == QUESTION_ITEMS)
        status = answer_file_items(ini, decision, at, first_key(ini, question), error);
    else if (question_field_count(question->type) > 0)
        status = give_fields(ini, decision, at, error);
    else
        status = answer_from_words(&decision->answers, at, "", first_key(ini, question)->value,
                                   decision->begun, error);
    if (status == STATUS_OK)
        status = check_offered(walk, decision, at, error);
    if (status != STATUS_OK && error->line == 0)
        return fail_answer(ini, question, line, error);
    return status;
}

/* An answer that stands where its question does not. */
static enum status fail_off_path(const struct ini *ini, const struct walk *walk, size_t at,
                                 int line, struct error *error)
{
    const char *id = walk->pack->question[at].id;

    if (walk->state[at] == QUESTION_OFF)
        return fail_at(error, STATUS_BAD_DATA, ini->file, line, id,
                       "Take the answer out, or change the answers before it.",
                       "With the answers before it, '%s' is not asked.", id);
    return fail_at(error, STATUS_BAD_DATA, ini->file, line, id, "Answer that one as well.",
                   "'%s' cannot be asked before '%s' is answered.", id,
                   walk->next == WALK_NONE ? "" : walk->pack->question[walk->next].id);
}

/* Whether the question may be answered after the decision. */
static bool may_wait(const struct walk *walk, const struct question *question)
{
    struct facts facts = walk_facts(walk);

    return question->later && condition_eval(question->later, &facts) == TRUTH_TRUE;
}

static enum status apply_question(const struct ini *ini, struct decision *decision, size_t at,
                                  struct error *error)
{
    const struct question *question = &decision->pack->question[at];
    int line = line_of(ini, question);
    enum status status = STATUS_OK;
    struct walk walk = {0};

    walk_init(&walk, &decision->answers, decision->day);
    if (line > 0 && (walk.state[at] == QUESTION_OFF || walk.state[at] == QUESTION_UNKNOWN))
        status = fail_off_path(ini, &walk, at, line, error);
    else if (line > 0)
        status = give(ini, &walk, decision, at, line, error);
    else if (walk.state[at] == QUESTION_NEXT && !question->required &&
             !may_wait(&walk, question))
        status = answer_skip(&decision->answers, at, decision->begun, error);
    walk_release(&walk);
    return status;
}

/* Whether that is what the pack recommends on the answers so far. */
static bool is_recommended(const struct decision *decision, enum outcome outcome)
{
    struct walk walk = {0};
    bool same;

    walk_init(&walk, &decision->answers, decision->day);
    same = walk.outcome != WALK_NONE &&
           decision->pack->outcome[walk.outcome].recommends == outcome;
    walk_release(&walk);
    return same;
}

static enum status apply_stance(const struct ini *ini, struct decision *decision,
                                struct error *error)
{
    const struct ini_section *section = ini_find_section(ini, "decision");
    const struct ini_key *decide = ini_find(ini, section, "decide");
    const struct ini_key *reason = ini_find(ini, section, "reason");
    bool departs = decide && strcmp(decide->value, "follow") != 0;
    enum outcome decided = OUTCOME_COUNT;

    if (departs) {
        enum status status = head_outcome(ini, decide, &decided, error);

        if (status != STATUS_OK)
            return status;
        departs = !is_recommended(decision, decided);
    }
    if (departs && (!reason || !reason->value[0]))
        return answer_file_fail(
            error, ini, decide, "Add reason = and why.",
            "The decision departs from the recommendation without a reason.");
    if (!departs && reason)
        return answer_file_fail(error, ini, reason,
                                "Take it out, or decide otherwise with decide =.",
                                "A reason is given, but the recommendation is followed.");
    decision->stance = departs ? STANCE_DEPART : STANCE_FOLLOW;
    if (departs) {
        decision->decided = decided;
        free(decision->departure);
        decision->departure = xstrdup(reason->value);
    }
    return STATUS_OK;
}

enum status answer_file_apply(const struct ini *ini, struct decision *decision,
                              struct error *error)
{
    struct answer_file head;
    enum status status = answer_file_head(ini, &head, error);

    if (status == STATUS_OK)
        status = check_answers(ini, decision->pack, error);
    for (size_t i = 0; status == STATUS_OK && i < decision->pack->question_count; i++)
        status = apply_question(ini, decision, i, error);
    if (status == STATUS_OK)
        status = apply_stance(ini, decision, error);
    return status;
}
