/* SPDX-License-Identifier: MIT */
/* Answers to questions with options, from words to bits, and which options go together. */
#include "policy/words.h"

#include <string.h>

#include "base/mem.h"
#include "base/suggest.h"

const struct item_attribute item_attributes[ITEM_ATTRIBUTE_COUNT] = {
    {"requested", BIT_ITEMS_REQUESTED},
    {"shared", BIT_ITEMS_SHARED},
    {"withheld", BIT_ITEMS_WITHHELD},
    {"unreasoned", BIT_ITEMS_UNREASONED},
};

char *next_name(struct arena *arena, const char **rest)
{
    const char *start = *rest, *end;

    if (!start)
        return NULL;
    end = strchr(start, ',');
    *rest = end ? end + 1 : NULL;
    if (!end)
        end = start + strlen(start);
    while (start < end && *start == ' ')
        start++;
    while (end > start && end[-1] == ' ')
        end--;
    return arena_strndup(arena, start, (size_t)(end - start));
}

/* The bit that a word stands for, 0 if it is unknown. */
static bits word_bit(const struct question *question, const char *word, struct suggest *suggest)
{
    size_t option = question_find_option(question, word);

    if (option != PACK_NONE)
        return BIT(option);
    for (size_t i = 0; i < question->option_count; i++)
        suggest_offer(suggest, question->option[i].id);
    for (size_t i = 0; i < ITEM_ATTRIBUTE_COUNT && question->type == QUESTION_ITEMS; i++) {
        if (!strcmp(item_attributes[i].id, word))
            return item_attributes[i].value;
        suggest_offer(suggest, item_attributes[i].id);
    }
    return 0;
}

static bits flag_bits(const struct question *question)
{
    return BIT(question->option_count) - 1;
}

static enum status settle_items(const struct question *question, const char *file, int line,
                                const char *field, bits *value, struct error *error)
{
    if ((*value & flag_bits(question)) && !(*value & BIT_ITEMS_SHARED))
        return fail_at(error, STATUS_BAD_DATA, file, line, field, "Add 'shared'.",
                       "Flags are of items that are shared, and none is.");
    if (!(*value & BIT_ITEMS_SHARED))
        *value |= BIT_ITEMS_WITHHELD;
    if (*value & BIT_ITEMS_WITHHELD)
        *value |= BIT_ITEMS_REQUESTED;
    return STATUS_OK;
}

enum status options_check(const struct question *question, bits options, const char *file,
                          int line, const char *field, struct error *error)
{
    size_t alone[] = {question->none, question->unknown};
    bool many = options & (options - 1);

    if (!options || (options & ~flag_bits(question)))
        return fail_at(error, STATUS_BAD_DATA, file, line, field,
                       question->type == QUESTION_CHOICE ? "Choose one answer."
                                                         : "Choose at least one answer.",
                       "Nothing has been chosen that this question offers.");
    if (question->type == QUESTION_CHOICE && many)
        return fail_at(error, STATUS_BAD_DATA, file, line, field, "Choose one answer.",
                       "This question has one answer only.");
    for (size_t i = 0; i < COUNT(alone) && many; i++) {
        if (alone[i] != NO_OPTION && (options & BIT(alone[i])))
            return fail_at(error, STATUS_BAD_DATA, file, line, field,
                           "Choose it alone, or choose the others without it.",
                           "'%s' cannot be chosen together with other answers.",
                           question->option[alone[i]].label);
    }
    return STATUS_OK;
}

enum status words_bits(const struct question *question, const char *words, const char *file,
                       int line, const char *field, bits *ret_value, struct error *error)
{
    struct arena arena = {0};
    const char *rest = words;
    bits value = 0;
    enum status status = STATUS_OK;

    for (char *word = next_name(&arena, &rest); word && !status;
         word = next_name(&arena, &rest)) {
        struct suggest suggest = {.wrong = word};
        bits bit = word_bit(question, word, &suggest);
        char remedy[200];

        suggest_text(&suggest, "Use the options that the pack gives this question.", remedy,
                     sizeof(remedy));
        if (!bit)
            status = fail_at(error, STATUS_BAD_DATA, file, line, field, remedy,
                             "The question '%s' has no option '%s'.", question->id, word);
        value |= bit;
    }
    if (!status)
        status = question->type == QUESTION_ITEMS
                     ? settle_items(question, file, line, field, &value, error)
                     : options_check(question, value, file, line, field, error);
    arena_release(&arena);
    if (!status)
        *ret_value = value | BIT_ANSWERED;
    return status;
}
