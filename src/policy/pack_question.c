/* SPDX-License-Identifier: MIT */
/* The sections of a pack that say what is asked: [question ID], its keys and its options. */
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "policy/pack_reader.h"
#include "policy/words.h"

#define PREFIX_OPTION "option."

static bool has_options(enum question_type type)
{
    return type == QUESTION_CHOICE || type == QUESTION_CHOICES || type == QUESTION_ITEMS;
}

/* --- single keys ------------------------------------------------------------------------- */

static enum status read_step(struct reader *reader, void *at)
{
    const struct pack *pack = reader->pack;
    struct suggest suggest = {.wrong = reader->key->value};

    for (size_t i = 0; i < pack->step_count; i++) {
        if (!strcmp(pack->step[i].id, reader->key->value)) {
            *(size_t *)at = i;
            return STATUS_OK;
        }
        suggest_offer(&suggest, pack->step[i].id);
    }
    return reader_fail_near(reader, &suggest, "Add a section for that step.",
                            "There is no step '%s'.", reader->key->value);
}

static const char *type_name(size_t number)
{
    return question_type_id((enum question_type)number);
}

static enum status read_type(struct reader *reader, void *at)
{
    size_t number = 0;
    enum status status =
        reader_word(reader, type_name, QUESTION_TYPE_COUNT, "a type of question", &number);

    if (!status)
        *(enum question_type *)at = (enum question_type)number;
    return status;
}

static const char *keep_name(size_t number)
{
    return keep_id((enum keep)number);
}

static enum status read_keep(struct reader *reader, void *at)
{
    size_t number = 0;
    enum status status = read_nothing(reader, at);

    if (!status)
        status = reader_word(reader, keep_name, KEEP_COUNT,
                             "something that a record keeps by name", &number);
    if (!status)
        *(enum keep *)at = (enum keep)number;
    return status;
}

/* The option that the suffix of the key names. */
static enum status find_option(struct reader *reader, const struct question *question,
                               struct option **ret_option)
{
    struct suggest suggest = {.wrong = reader->suffix};
    size_t number = question_find_option(question, reader->suffix);

    if (number != PACK_NONE) {
        *ret_option = &reader->option[reader->index][number];
        return STATUS_OK;
    }
    for (size_t i = 0; i < question->option_count; i++)
        suggest_offer(&suggest, question->option[i].id);
    return reader_fail_near(reader, &suggest, "Add that option, or remove this line.",
                            "The question '%s' has no option '%s'.", question->id,
                            reader->suffix);
}

static enum status read_option_hint(struct reader *reader, void *at)
{
    struct option *option;
    enum status status = find_option(reader, at, &option);

    return status ? status : read_words(reader, &option->hint);
}

static enum status read_option_say(struct reader *reader, void *at)
{
    const char *value = reader->key->value;
    size_t length = strlen(value);
    struct option *option;
    enum status status = find_option(reader, at, &option);

    if (status)
        return status;
    if (!length || value[length - 1] != '.')
        return reader_fail(reader, "End it with a full stop.",
                           "This should be a whole sentence of the justification.");
    return read_words(reader, &option->say);
}

static enum status read_option_when(struct reader *reader, void *at)
{
    struct option *option;
    enum status status = find_option(reader, at, &option);

    return status ? status : read_condition(reader, &option->when);
}

static enum status read_leave_out(struct reader *reader, void *at)
{
    struct question *question = at;
    const char *rest = reader->key->value;
    enum status status = STATUS_OK;
    struct option *option;

    if (question->type != QUESTION_ITEMS)
        return reader_fail(reader, "Remove it.", "Only items have flags that are left out.");
    for (char *flag = next_name(&reader->pack->arena, &rest); flag && !status;
         flag = next_name(&reader->pack->arena, &rest)) {
        reader->suffix = flag;
        status = find_option(reader, question, &option);
        if (!status)
            question->leave_out |= BIT(option - reader->option[reader->index]);
    }
    return status;
}

/* --- options and help, gathered ---------------------------------------------------------- */

static void add_option(struct reader *reader, struct question *question, const char *id,
                       const struct ini_key *key, const char *label)
{
    struct arena *arena = &reader->pack->arena;
    struct option *option = &reader->option[reader->index][question->option_count++];

    *option = (struct option){.id = arena_strdup(arena, id),
                              .label = arena_strdup(arena, label),
                              .hint = "",
                              .say = "",
                              .line = key->line};
}

static enum status add_option_key(struct reader *reader, struct question *question)
{
    static const char *const taken[] = {"none", "unknown"};
    const char *id = reader->key->name + strlen(PREFIX_OPTION);
    enum status status = reader_check_id(reader, id);

    if (status)
        return status;
    for (size_t i = 0; i < COUNT(taken); i++) {
        if (!strcmp(taken[i], id))
            return reader_fail(reader, "Write it as a key of its own, without 'option.'.",
                               "The option '%s' is not written like this.", id);
    }
    for (size_t i = 0; i < ITEM_ATTRIBUTE_COUNT && question->type == QUESTION_ITEMS; i++) {
        if (!strcmp(item_attributes[i].id, id))
            return reader_fail(reader, "Choose another name.",
                               "Items are '%s' or not without any flag.", id);
    }
    if (!reader->key->value[0])
        return reader_fail(reader, "Write the words after the =.", "This option has no words.");
    add_option(reader, question, id, reader->key, reader->key->value);
    return STATUS_OK;
}

/* The exclusive options, last: none, then unknown. */
static enum status add_exclusive(struct reader *reader, struct question *question)
{
    const struct ini_key *none = ini_find(reader->ini, reader->section, "none");
    const struct ini_key *unknown = ini_find(reader->ini, reader->section, "unknown");

    question->none = question->unknown = NO_OPTION;
    if (none) {
        reader->key = none;
        if (question->type != QUESTION_CHOICES)
            return reader_fail(reader, "Remove it, or make the question one of type choices.",
                               "Only a question of type choices has a 'none'.");
        question->none = question->option_count;
        add_option(reader, question, "none", none, none->value);
    }
    if (unknown) {
        reader->key = unknown;
        if (question->type != QUESTION_CHOICE && question->type != QUESTION_CHOICES)
            return reader_fail(
                reader, "Remove it, or give the question options.",
                "Only a question of type choice or choices can offer 'unknown'.");
        question->unknown = question->option_count;
        add_option(reader, question, "unknown", unknown,
                   strcmp(unknown->value, "yes") ? unknown->value : "I do not know yet");
    }
    return STATUS_OK;
}

static bool is_option_key(const struct ini_key *key)
{
    return !strncmp(key->name, PREFIX_OPTION, strlen(PREFIX_OPTION));
}

static enum status check_option_count(struct reader *reader, const struct question *question)
{
    size_t least[QUESTION_TYPE_COUNT] = {[QUESTION_CHOICE] = 2, [QUESTION_CHOICES] = 1};

    reader->key = NULL;
    if (question->option_count < least[question->type])
        return reader_fail(reader, "Add options, each as option.NAME = words.",
                           "A question of type %s needs at least %zu of them to choose from.",
                           question_type_id(question->type), least[question->type]);
    if (question->option_count > OPTION_MAX)
        return reader_fail(reader, "Split the question.",
                           "A question has at most %d options; this one has %zu.", OPTION_MAX,
                           question->option_count);
    return STATUS_OK;
}

static enum status gather_options(struct reader *reader, struct question *question)
{
    const struct ini_section *here = reader->section;
    enum status status = STATUS_OK;

    reader->option[reader->index] = arena_alloc(
        &reader->pack->arena, (here->count + 2) * sizeof(*reader->option[reader->index]));
    question->option = reader->option[reader->index];
    for (size_t i = here->first; i < here->first + here->count && !status; i++) {
        reader->key = &reader->ini->key[i];
        if (!is_option_key(reader->key))
            continue;
        if (!has_options(question->type))
            return reader_fail(reader, "Remove it, or make the question one of type choice.",
                               "A question of type %s has no options.",
                               question_type_id(question->type));
        status = add_option_key(reader, question);
    }
    if (!status)
        status = add_exclusive(reader, question);
    return status ? status : check_option_count(reader, question);
}

/* --- the question as a whole ------------------------------------------------------------- */

static bool keep_fits(enum keep keep, enum question_type type)
{
    switch (keep) {
    case KEEP_SUBJECT:
        return type == QUESTION_PERSON;
    case KEEP_REQUESTER:
    case KEEP_RECIPIENT:
        return type == QUESTION_ORGANISATION || type == QUESTION_CHOICE ||
               type == QUESTION_TEXT;
    case KEEP_ITEMS:
        return type == QUESTION_ITEMS;
    case KEEP_NONE:
        return true;
    default:
        return type != QUESTION_ITEMS;
    }
}

static enum status check_keep(struct reader *reader, const struct question *question)
{
    if (keep_fits(question->keep, question->type))
        return STATUS_OK;
    reader->key = ini_find(reader->ini, reader->section, "keep");
    return reader_fail(reader,
                       "A subject is a person, a requester or recipient an organisation, a "
                       "choice or a text, and items are items.",
                       "A question of type %s cannot be kept as %s.",
                       question_type_id(question->type), keep_id(question->keep));
}

/* The sentence of a question says its answer once, where {} stands. */
static enum status check_say(struct reader *reader, const struct question *question)
{
    const char *place = strstr(question->say, "{}");

    if (!question->say[0])
        return STATUS_OK;
    reader->key = ini_find(reader->ini, reader->section, "say");
    if (!question_field_count(question->type))
        return reader_fail(reader, "Give each option its sentence, as say.NAME.",
                           "A question of type %s has no sentence of its own.",
                           question_type_id(question->type));
    if (!place || strstr(place + 2, "{}"))
        return reader_fail(reader, "Write {} once, where the answer goes.",
                           "The sentence should hold {} exactly once.");
    return STATUS_OK;
}

static enum status finish_names(struct reader *reader, void *at)
{
    struct question *question = at;
    enum status status;

    question->rule = reader->limit;
    reader->rule[question->rule] = (struct rule){true, reader->index};
    if (!ini_find(reader->ini, reader->section, "required"))
        question->required = true;
    status = gather_options(reader, question);
    if (!status)
        status = reader_paragraphs(reader, "help", "help", &question->help);
    if (!status)
        status = check_keep(reader, question);
    return status ? status : check_say(reader, question);
}

#define AT(member) offsetof(struct question, member)
static const struct key_rule keys[] = {
    {"step", read_step, AT(step), PASS_NAMES, true},
    {"type", read_type, AT(type), PASS_NAMES, true},
    {"ask", read_text, AT(ask), PASS_NAMES, true},
    {"hint", read_text, AT(hint), PASS_NAMES, false},
    {"why", read_text, AT(why), PASS_NAMES, false},
    {"help", read_nothing, 0, PASS_NAMES, false},
    {"help.", read_nothing, 0, PASS_NAMES, false},
    {"cite", read_citations, AT(cite), PASS_NAMES, false},
    {"option.", read_nothing, 0, PASS_NAMES, false},
    {"none", read_nothing, 0, PASS_NAMES, false},
    {"unknown", read_nothing, 0, PASS_NAMES, false},
    {"required", read_yes_no, AT(required), PASS_NAMES, false},
    {"preset", read_id, AT(preset), PASS_NAMES, false},
    {"keep", read_keep, AT(keep), PASS_NAMES, false},
    {"say", read_text, AT(say), PASS_NAMES, false},
    {"hint.", read_option_hint, 0, PASS_LINKS, false},
    {"say.", read_option_say, 0, PASS_LINKS, false},
    {"leave-out", read_leave_out, 0, PASS_LINKS, false},
    {"when.", read_option_when, 0, PASS_LINKS, false},
    {"when", read_condition, AT(when), PASS_LINKS, false},
    {"later", read_condition, AT(later), PASS_LINKS, false},
};

const struct section_rule question_section = {
    .name = "question",
    .size = sizeof(struct question),
    .id_offset = AT(id),
    .line_offset = AT(line),
    .has_id = true,
    .keys = keys,
    .key_count = COUNT(keys),
    .finish = {[PASS_NAMES] = finish_names},
};
#undef AT
