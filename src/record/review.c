/* SPDX-License-Identifier: MIT */
/* Reviews: what a supervisor or guardian says of a record. Never changes the record. */
#include "record/review.h"

#include <string.h>

#include "base/utf8.h"
#include "record/parsed.h"

/* A table of ids and words, looked up both ways. */
struct wording {
    const char *id, *words;
};

static bool find_id(const struct wording *list, size_t count, const char *id, size_t *ret_at)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].id, id) == 0) {
            *ret_at = i;
            return true;
        }
    }
    return false;
}

static const struct wording verdicts[] = {
    [VERDICT_AGREE] = {"agree", "Agreed"},
    [VERDICT_RETURN] = {"return", "Returned"},
    [VERDICT_NOT_AGREED] = {"not-agreed", "Not agreed"},
};

const char *verdict_id(enum verdict verdict)
{
    return verdicts[verdict].id;
}

const char *verdict_words(enum verdict verdict)
{
    return verdicts[verdict].words;
}

bool verdict_parse(const char *id, enum verdict *ret_verdict)
{
    size_t at;

    if (!find_id(verdicts, COUNT(verdicts), id, &at))
        return false;
    *ret_verdict = (enum verdict)at;
    return true;
}

static const struct wording reasons[] = {
#define X(name, id, words) [REVIEW_##name] = {id, words},
    REVIEW_REASON_TABLE(X)
#undef X
};

const char *review_reason_id(enum review_reason reason)
{
    return reasons[reason].id;
}

const char *review_reason_words(enum review_reason reason)
{
    return reasons[reason].words;
}

bool review_reason_parse(const char *id, enum review_reason *ret_reason)
{
    size_t at;

    if (!find_id(reasons, COUNT(reasons), id, &at))
        return false;
    *ret_reason = (enum review_reason)at;
    return true;
}

static const struct wording states[] = {
#define X(name, id, words, brief) [STATE_##name] = {id, words},
    STATE_TABLE(X)
#undef X
};

static const char *const brief_states[] = {
#define X(name, id, words, brief) [STATE_##name] = brief,
    STATE_TABLE(X)
#undef X
};

const char *state_id(enum state state)
{
    return states[state].id;
}

const char *state_words(enum state state)
{
    return states[state].words;
}

const char *state_brief(enum state state)
{
    return brief_states[state];
}

bool state_parse(const char *id, enum state *ret_state)
{
    size_t at;

    if (!find_id(states, COUNT(states), id, &at))
        return false;
    *ret_state = (enum state)at;
    return true;
}

enum state state_after(enum state state, bool countersign, enum role reviewer,
                       enum verdict verdict)
{
    if (state == STATE_ERASED)
        return STATE_ERASED;
    if (verdict == VERDICT_RETURN)
        return STATE_RETURNED;
    if (verdict == VERDICT_NOT_AGREED)
        return STATE_NOT_AGREED;
    if (!countersign)
        return STATE_AGREED;
    /* In order: a guardian's signature counts only on top of a supervisor's. */
    if (reviewer == ROLE_GUARDIAN)
        return state == STATE_COUNTERSIGN ? STATE_AGREED : state;
    return STATE_COUNTERSIGN;
}

/* --- Bodies ------------------------------------------------------------------------------- */

static bool verdict_from(const char *id, void *ret_value)
{
    return verdict_parse(id, ret_value);
}

static const char *verdict_to(const void *value)
{
    return verdict_id(*(const enum verdict *)value);
}

static const struct names verdict_names = {verdict_from, verdict_to};

static bool reason_from(const char *id, void *ret_value)
{
    return review_reason_parse(id, ret_value);
}

static const char *reason_to(const void *value)
{
    return review_reason_id(*(const enum review_reason *)value);
}

static const struct names reason_names = {reason_from, reason_to};

static const struct field review_fields[] = {
    {"reference", FIELD_TEXT, true, offsetof(struct review, reference), NULL},
    {"sequence", FIELD_NUMBER, true, offsetof(struct review, sequence), NULL},
    {"verdict", FIELD_NAME, true, offsetof(struct review, verdict), &verdict_names},
    {"reason", FIELD_NAME, true, offsetof(struct review, reason), &reason_names},
    {"message", FIELD_TEXT, false, offsetof(struct review, message), NULL},
};

enum status review_check(const struct review *review, struct error *error)
{
    bool agrees = review->verdict == VERDICT_AGREE;

    if (!agrees && review->reason == REVIEW_NONE)
        return fail_at(error, STATUS_REFUSED, NULL, 0, "reason",
                       "Choose the reason that fits best.",
                       "A record is not returned or disagreed with without a reason.");
    if (!agrees && utf8_blank(review->message))
        return fail_at(error, STATUS_REFUSED, NULL, 0, "message",
                       "Write what its author must know.",
                       "A record is not returned or disagreed with without a message.");
    return STATUS_OK;
}

void review_compose(const struct review *review, const struct person *reviewer,
                    struct moment at, struct buf *out)
{
    json_t *body = body_object();

    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "kind", "review");
    fields_write(body, review_fields, COUNT(review_fields), review);
    body_put_moment(body, "at", at);
    body_put_person(body, "reviewer", reviewer);
    body_write(body, out);
}

enum status body_review(const json_t *body, struct arena *arena, struct review *ret_review,
                        struct error *error)
{
    struct review review = {0};
    enum status status =
        fields_read(body, review_fields, COUNT(review_fields), "review", arena, &review, error);

    if (status == STATUS_OK && review_check(&review, error) != STATUS_OK) {
        error->status = STATUS_BAD_DATA;
        status = STATUS_BAD_DATA;
    }
    if (status == STATUS_OK)
        *ret_review = review;
    return status;
}

enum status review_read(const char *bytes, size_t length, struct arena *arena,
                        struct review *ret_review, struct error *error)
{
    json_t *body;
    enum status status = body_read(bytes, length, "review", &body, error);

    if (status != STATUS_OK)
        return status;
    status = body_review(body, arena, ret_review, error);
    json_decref(body);
    return status;
}
