/* SPDX-License-Identifier: MIT */
/* A loaded agreement: its closed lists, where it stands on a day, its parties. Reading one is
 * in agreement_read.c. */
#include "policy/agreement.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/suggest.h"
#include "base/utf8.h"

static const struct {
    const char *id, *words;
    bool wanted;
} kinds[] = {
#define X(name, id, words, wanted) [ARTICLE_##name] = {id, words, wanted},
    ARTICLE_KIND_TABLE(X)
#undef X
};

const char *article_kind_id(enum article_kind kind)
{
    return kinds[kind].id;
}

const char *article_kind_words(enum article_kind kind)
{
    return kinds[kind].words;
}

bool article_kind_wanted(enum article_kind kind)
{
    return kinds[kind].wanted;
}

static const struct {
    const char *id, *words;
} standings[] = {
#define X(name, id, words) [TODAY_##name] = {id, words},
    STANDING_TABLE(X)
#undef X
};

const char *standing_today_id(enum standing_today today)
{
    return standings[today].id;
}

const char *standing_today_words(enum standing_today today)
{
    return standings[today].words;
}

void agreement_free(struct agreement *agreement)
{
    if (!agreement)
        return;
    arena_release(&agreement->arena);
    free(agreement);
}

bool agreement_for_pack(const struct agreement *agreement, const struct pack *pack)
{
    static const char *const nations[] = {"England", "Wales", "Scotland", "Northern Ireland"};
    bool named = false;

    for (size_t i = 0; i < COUNT(nations); i++) {
        if (!strstr(agreement->jurisdiction, nations[i]))
            continue;
        if (strstr(pack->jurisdiction, nations[i]))
            return true;
        named = true;
    }
    return !named;
}

enum agreement_state agreement_state(const struct agreement *agreement, date day)
{
    if (agreement->withdrawn != DATE_NONE && agreement->withdrawn <= day)
        return AGREEMENT_WITHDRAWN;
    if (agreement->review_by != DATE_NONE && agreement->review_by < day)
        return AGREEMENT_REVIEW_OVERDUE;
    return AGREEMENT_IN_FORCE;
}

const char *agreement_state_id(enum agreement_state state)
{
    static const char *const ids[] = {"in-force", "review-overdue", "withdrawn"};

    return ids[state];
}

const char *agreement_state_words(enum agreement_state state)
{
    static const char *const words[] = {"In force", "Review overdue", "Withdrawn"};

    return words[state];
}

void agreement_standing(const struct agreement *agreement, date day, struct buf *out)
{
    static const char *const joints[] = {"; review by", " since", " on"};
    enum agreement_state state = agreement_state(agreement, day);
    date since = state == AGREEMENT_WITHDRAWN ? agreement->withdrawn : agreement->review_by;
    char words[DATE_WORDS_SIZE];

    date_words(since, words);
    buf_puts(out, agreement_state_words(state));
    if (since == DATE_NONE)
        buf_puts(out, "; no day of review");
    else
        buf_printf(out, "%s %s", joints[state], words);
}

const struct programme *agreement_programme(const struct agreement *agreement, const char *id)
{
    for (size_t i = 0; i < agreement->programme_count; i++) {
        if (!strcmp(agreement->programme[i].id, id))
            return &agreement->programme[i];
    }
    return NULL;
}

enum status agreement_find_programme(const struct agreement *agreement, const char *id,
                                     struct error *error)
{
    struct suggest suggest = {.wrong = id};
    char remedy[160];

    if (agreement_programme(agreement, id))
        return STATUS_OK;
    for (size_t i = 0; i < agreement->programme_count; i++)
        suggest_offer(&suggest, agreement->programme[i].id);
    suggest_text(&suggest,
                 agreement->programme_count ? "`discern agreement show` lists its programmes."
                                            : "Take it out: the agreement has no programmes.",
                 remedy, sizeof(remedy));
    return fail(error, STATUS_NOT_FOUND, remedy, "The agreement '%s' has no programme '%s'.",
                agreement->id, id);
}

bool party_signed(const struct article *party, date day)
{
    return party->from != DATE_NONE && party->from <= day &&
           (party->until == DATE_NONE || day < party->until);
}

struct parties agreement_parties(const struct agreement *agreement, date day)
{
    struct parties parties = {0};

    for (size_t i = 0; i < agreement->article_count; i++) {
        const struct article *article = &agreement->article[i];

        if (article->kind != ARTICLE_PARTY)
            continue;
        parties.count++;
        parties.signatories += party_signed(article, day);
        parties.undated += article->from == DATE_NONE;
    }
    return parties;
}

/* --- parties by name --------------------------------------------------------------------- */

/* The words of a name: folded, without what stands between them or says nothing. */
struct name_words {
    struct buf folded;
    char **word;
    size_t count;
};

static bool is_word_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

static bool says_nothing(const char *word)
{
    static const char *const words[] = {"the", "of", "and", "for", "in", "s"};

    for (size_t i = 0; i < COUNT(words); i++) {
        if (!strcmp(words[i], word))
            return true;
    }
    return false;
}

static struct name_words name_words(const char *name)
{
    struct name_words words = {{0}, NULL, 0};
    char *at, *start;

    utf8_fold(&words.folded, name, strlen(name));
    buf_putc(&words.folded, ' ');
    words.word = xcalloc(words.folded.length, sizeof(*words.word));
    for (at = start = words.folded.text; *at; at++) {
        if (is_word_character(*at))
            continue;
        *at = '\0';
        if (*start && !says_nothing(start))
            words.word[words.count++] = start;
        start = at + 1;
    }
    return words;
}

static void name_words_release(struct name_words *words)
{
    free(words->word);
    buf_release(&words->folded);
}

/* Whether every word of `few` is among `many`. */
static bool holds_words(const struct name_words *many, const struct name_words *few)
{
    for (size_t i = 0; i < few->count; i++) {
        bool found = false;

        for (size_t k = 0; k < many->count && !found; k++)
            found = !strcmp(many->word[k], few->word[i]);
        if (!found)
            return false;
    }
    return few->count > 0;
}

/* How near a title is to a name: 0 not at all; the fewer words one has beyond the other, the
 * nearer. */
static size_t nearness(const struct name_words *name, const char *title)
{
    struct name_words words = name_words(title);
    size_t more = name->count > words.count ? name->count : words.count;
    size_t less = name->count > words.count ? words.count : name->count;
    bool means = holds_words(&words, name) || holds_words(name, &words);

    name_words_release(&words);
    return means ? SIZE_MAX - (more - less) : 0;
}

const struct article *agreement_party(const struct agreement *agreement,
                                      const char *organisation)
{
    struct name_words name = name_words(organisation);
    const struct article *party = NULL;
    size_t nearest = 0;

    for (size_t i = 0; i < agreement->article_count; i++) {
        const struct article *article = &agreement->article[i];
        size_t near = 0;

        if (article->kind == ARTICLE_PARTY)
            near = nearness(&name, article->title);
        if (near > nearest)
            party = article;
        else if (near && near == nearest)
            party = NULL; /* it could be either */
        if (near > nearest)
            nearest = near;
    }
    name_words_release(&name);
    return party;
}
