/* SPDX-License-Identifier: MIT */
/*
 * What the rules of data/schema.sql ask of an entry besides its author's role, asked again of
 * each entry in the history of its decision: whoever has the key of the store can take a rule
 * out, append what it forbids, and put it back. What an erasure took away is not judged.
 */
#include <string.h>

#include "record/json.h"
#include "store/verify.h"

static bool is_blank(const char *text)
{
    return text[strspn(text, " ")] == '\0';
}

/* --- Reviews and follow-ups --------------------------------------------------------------- */

static const char *judge_review(const struct projected *projected, const json_t *body)
{
    return body_number(body, "sequence") == projected->sequence
               ? NULL
               : "it reviews what was amended since";
}

/* As judge_review, of a review that came back; that it was sent is verify_carried's. */
static const char *judge_carried(const struct projected *projected, const json_t *body)
{
    bool countersigns = projected->state == STATE_COUNTERSIGN;
    enum role role;

    if (!role_parse(body_text(body, "role"), &role) || role == ROLE_PRACTITIONER ||
        (projected->state != STATE_WAITING && !countersigns) ||
        (countersigns && role != ROLE_GUARDIAN) ||
        (!countersigns && role == ROLE_GUARDIAN && projected->summary.countersign))
        return "it reviews what did not wait for it";
    return judge_review(projected, body);
}

static const char *judge_follow_up(const struct projected *projected, const json_t *body)
{
    for (size_t i = 0; i < projected->duty_count; i++) {
        const struct duty_to_do *duty = &projected->duty[i];

        if (strcmp(duty->id, body_text(body, "duty")) == 0 && !duty->done)
            return duty->kind == DUTY_AMEND ? "what was returned is done by amending it" : NULL;
    }
    return "nothing of that name was to be done";
}

/* --- Holds and erasures ------------------------------------------------------------------- */

static const char *judge_hold(struct ruled *ruled, const json_t *body)
{
    ruled->held = body_flag(body, "hold");
    return is_blank(body_text(body, "message")) ? "it does not say why" : NULL;
}

static const char *judge_erasure(const struct ruled *ruled, const json_t *body)
{
    if (ruled->held)
        return "it erases what was held";
    return is_blank(body_text(body, "reason")) ? "it does not say why" : NULL;
}

/* --- Incidents ---------------------------------------------------------------------------- */

static struct incident *find_incident(const struct ruled *ruled, int64_t number)
{
    for (size_t i = 0; i < ruled->incident_count; i++) {
        if (ruled->incident[i].number == number)
            return &ruled->incident[i];
    }
    return NULL;
}

static struct incident *add_incident(struct ruled *ruled, struct arena *arena)
{
    size_t count = ruled->incident_count++;

    ruled->incident =
        arena_grow(arena, ruled->incident, count, count + 1, sizeof(*ruled->incident));
    ruled->incident[count] = (struct incident){0};
    return &ruled->incident[count];
}

static const char *judge_note(struct ruled *ruled, const struct incident_note *note,
                              const struct stored_entry *stored, struct arena *arena)
{
    struct incident *incident = note->act == INCIDENT_REPORT
                                    ? add_incident(ruled, arena)
                                    : find_incident(ruled, note->incident);
    size_t running = 0;

    if (!incident)
        return ruled->unknown ? NULL : "it is about no incident of this decision";
    if (incident->closed)
        return "its incident was over";
    if ((note->act == INCIDENT_NOT_NOTIFY || note->act == INCIDENT_CLOSE) &&
        stored->role == ROLE_PRACTITIONER)
        return "its author's role did not allow it";
    if (note->act == INCIDENT_CLOSE)
        (void)incident_next(incident, &running);
    if (running)
        return "it ends an incident while a time limit runs";
    incident_fold(incident, note, stored->entry.sequence, stored->entry.at);
    return NULL;
}

static enum status judge_incident(struct ruled *ruled, const struct stored_entry *stored,
                                  struct arena *arena, const char **ret_wrong,
                                  struct error *error)
{
    struct incident_note note;
    enum status status =
        incident_read(stored->entry.body, stored->entry.length, arena, &note, error);

    if (status == STATUS_OK)
        *ret_wrong = judge_note(ruled, &note, stored, arena);
    return status;
}

/* --- Each ----------------------------------------------------------------------------------
 */

static const char *judge(struct ruled *ruled, const struct projected *projected,
                         enum entry_kind kind, const json_t *body)
{
    bool record = projected->summary.pack[0] != '\0'; /* and not erased */

    switch (kind) {
    case ENTRY_REVIEW:
        return judge_review(projected, body);
    case ENTRY_CARRIED:
        return record ? judge_carried(projected, body) : NULL;
    case ENTRY_FOLLOW_UP:
        return record ? judge_follow_up(projected, body) : NULL;
    case ENTRY_HOLD:
        return judge_hold(ruled, body);
    default:
        return judge_erasure(ruled, body);
    }
}

enum status verify_rules(struct ruled *ruled, const struct projected *projected,
                         const struct stored_entry *stored, struct arena *arena,
                         struct error *error)
{
    const struct entry *entry = &stored->entry;
    const char *wrong = NULL;
    enum status status = STATUS_OK;
    json_t *body;

    if (entry->kind == ENTRY_INCIDENT && !entry->body)
        ruled->unknown = true;
    if (!entry->body)
        return STATUS_OK;
    switch (entry->kind) {
    case ENTRY_INCIDENT:
        status = judge_incident(ruled, stored, arena, &wrong, error);
        break;
    case ENTRY_REVIEW:
    case ENTRY_CARRIED:
    case ENTRY_FOLLOW_UP:
    case ENTRY_HOLD:
    case ENTRY_ERASURE:
        status =
            body_read(entry->body, entry->length, entry_kind_id(entry->kind), &body, error);
        if (status == STATUS_OK) {
            wrong = judge(ruled, projected, entry->kind, body);
            json_decref(body);
        }
        break;
    default:
        break;
    }
    return status == STATUS_OK && wrong ? verify_wrong(entry->sequence, wrong, error) : status;
}
