/* SPDX-License-Identifier: MIT */
/* Fuzz target: any bytes as a pack. Either an error that says where and what to do, or a pack
 * that can be walked to its end. */
#include "base/mem.h"
#include "policy/walk.h"
#include "tests/fuzz/target.h"

static void check_error(const struct error *error)
{
    if (error->status != STATUS_BAD_DATA || !error->what[0] || !error->remedy[0])
        die("an error does not say enough: %s", error->what);
}

/* Some answer to the question that is next; false if it offers none. */
static bool answer_next(struct answers *answers, const struct walk *walk, uint8_t seed)
{
    const struct question *question = &answers->pack->question[walk->next];
    struct moment at = {0};
    struct error error;
    size_t count = question->option_count;

    if (question->type == QUESTION_ITEMS)
        return !answer_from_words(answers, walk->next, "", "shared, withheld", at, &error);
    if (question_field_count(question->type))
        return !answer_from_words(answers, walk->next, "", "2018-04-03", at, &error);
    for (size_t i = 0; i < count; i++) {
        size_t option = (i + seed) % count;

        if (walk_offers(walk, walk->next, option))
            return !answer_choose(answers, walk->next, BIT(option), at, &error);
    }
    return false;
}

/* An answer to each question on the path, one after the other; no walk may go round. */
static void walk_to_the_end(const struct pack *pack, const uint8_t *seed, size_t size)
{
    struct answers answers;
    struct walk walk;
    bool more = true;

    answers_init(&answers, pack);
    walk_init(&walk, &answers, pack->from);
    for (size_t turn = 0; walk.next != WALK_NONE && more; turn++) {
        if (turn > pack->question_count)
            die("a walk does not end");
        more = answer_next(&answers, &walk, seed[turn % size]);
        walk_release(&walk);
        walk_init(&walk, &answers, pack->from);
    }
    if (walk.next == WALK_NONE && (!walk.ready || walk.outcome == WALK_NONE))
        die("a walk ends without an outcome");
    walk_release(&walk);
    answers_release(&answers);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct pack *pack;
    struct error error = {0};

    if (pack_read("fuzz.ini", (const char *)bytes, size, &pack, &error)) {
        check_error(&error);
        return 0;
    }
    walk_to_the_end(pack, bytes, size);
    pack_free(pack);
    return 0;
}
