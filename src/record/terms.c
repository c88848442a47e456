/* SPDX-License-Identifier: MIT */
/* A decision held against its agreement: whose signatures there are, which programme it belongs
 * to, and how it meets point by point. Only says so: whether it is enough is for people. */
#include "record/terms.h"

#include "record/answer_json.h"
#include "record/json.h"

/* --- Signatories -------------------------------------------------------------------------- */

static bool lists_parties(const struct agreement *terms)
{
    for (size_t i = 0; i < terms->article_count; i++) {
        if (terms->article[i].kind == ARTICLE_PARTY)
            return true;
    }
    return false;
}

static void say_party(const struct article *party, date day, struct buf *out)
{
    char words[DATE_WORDS_SIZE];

    if (party_signed(party, day)) {
        buf_printf(out, "%s: signed up", party->title);
    } else if (party->until != DATE_NONE && party->until <= day) {
        date_words(party->until, words);
        buf_printf(out, "%s: left on %s", party->title, words);
    } else if (party->from != DATE_NONE) {
        date_words(party->from, words);
        buf_printf(out, "%s: signed up only on %s", party->title, words);
    } else {
        buf_printf(out, "%s: listed as a party; no day of signing is given", party->title);
    }
}

void record_signatory(const struct agreement *terms, const char *organisation, date day,
                      struct buf *out)
{
    const struct article *party = agreement_party(terms, organisation);

    if (party)
        say_party(party, day, out);
    else if (lists_parties(terms)) /* which need not be all */
        buf_printf(out, "%s: not among the parties listed here; ask the owner who has signed",
                   organisation);
    else
        buf_puts(out, "Nothing here lists who has signed the agreement");
}

void record_organisation(const struct decision *decision, const struct walk *walk,
                         enum keep keep, struct buf *out)
{
    for (size_t i = 0; i < walk->path_count; i++) {
        const struct question *question = &walk->pack->question[walk->path[i]];
        const struct answer *answer = &decision->answers.answer[walk->path[i]];

        if (question->keep != keep || walk->state[walk->path[i]] != QUESTION_ANSWERED ||
            answer->skipped)
            continue;
        answer_short(question, answer, out);
        return;
    }
}

static void put_signatory(const struct decision *decision, const struct walk *walk,
                          enum keep keep, json_t *object)
{
    struct buf name = {0}, words = {0};
    const struct article *party;
    json_t *signatory;

    record_organisation(decision, walk, keep, &name);
    if (name.length > 0) {
        party = agreement_party(decision->terms, buf_text(&name));
        record_signatory(decision->terms, buf_text(&name), decision->day, &words);
        signatory = body_object();
        body_put_text(signatory, "party", party ? party->id : "");
        body_put_text(signatory, "title", party ? party->title : "");
        if (party && party->from != DATE_NONE)
            body_put_flag(signatory, "signed", party_signed(party, decision->day));
        body_put_text(signatory, "words", buf_text(&words));
        body_put(object, keep_id(keep), signatory);
    }
    buf_release(&words);
    buf_release(&name);
}

/* --- The rest ----------------------------------------------------------------------------- */

static void put_programme(const struct decision *decision, json_t *object)
{
    const struct programme *programme =
        decision->programme ? agreement_programme(decision->terms, decision->programme) : NULL;
    json_t *about, *minimum;

    if (!programme)
        return;
    about = body_object();
    minimum = body_list();
    body_put_text(about, "title", programme->title);
    body_put_text(about, "purpose", programme->purpose);
    for (size_t i = 0; i < programme->minimum.count; i++)
        body_append(minimum, json_string(programme->minimum.list[i]));
    body_put_list(about, "minimum", minimum);
    body_put(object, "programme", about);
}

static void put_meetings(const struct decision *decision, const struct walk *walk,
                         json_t *object)
{
    json_t *list = body_list();
    struct arena arena = {0};
    struct meeting *meeting;
    size_t count =
        agreement_meetings(decision->terms, walk, &decision->answers, &arena, &meeting);

    for (size_t i = 0; i < count; i++) {
        json_t *one = body_object();

        body_put_text(one, "id", meeting[i].article->id);
        body_put_text(one, "kind", article_kind_id(meeting[i].article->kind));
        body_put_text(one, "title", meeting[i].article->title);
        body_put_text(one, "clause", meeting[i].article->clause);
        body_put_flag(one, "met", meeting[i].met);
        body_put_text(one, "how", meeting[i].how);
        body_append(list, one);
    }
    body_put_list(object, "meetings", list);
    arena_release(&arena);
}

json_t *terms_to_json(const struct decision *decision, const struct walk *walk)
{
    const struct agreement *terms = decision->terms;
    json_t *object = body_object();

    body_put_text(object, "title", terms->title);
    body_put_text(object, "state", agreement_state_id(agreement_state(terms, decision->day)));
    body_put_text(object, "records-to", terms->records_to);
    put_programme(decision, object);
    put_signatory(decision, walk, KEEP_REQUESTER, object);
    put_signatory(decision, walk, KEEP_RECIPIENT, object);
    put_meetings(decision, walk, object);
    return object;
}
