/* SPDX-License-Identifier: MIT */
/* Effects carried out in memory, for the app's tests: what each brings is made up here. */
#include "tests/unit/unit.h"
#include "tests/unit/ui_world.h"

#include <stdlib.h>
#include <string.h>

#include "tests/unit/record_cases.h"

#define HOUR_US (INT64_C(3600) * 1000000)

static const struct person USER = {"a.example", "Ann Example", "East team", ROLE_PRACTITIONER};

static struct person CAST[] = {
    {"a.example", "Ann Example", "East team", ROLE_PRACTITIONER},
    {"sam", "Sam Example", "East team", ROLE_SUPERVISOR},
    {"alex", "Alex Example", "East team", ROLE_GUARDIAN},
};

static void carry_on_as(struct ui_world *world)
{
    for (size_t n = 0; n < COUNT(CAST); n++)
        if (strcmp(CAST[n].name, world->app.wish.user) == 0)
            world->app.world.me = CAST[n];
    world->reviewer = world->app.world.me.role != ROLE_PRACTITIONER;
}

static void open_store(struct ui_world *world, bool practice)
{
    world->app.world.cast = CAST;
    world->app.world.cast_count = practice ? COUNT(CAST) : 0;
    world->app.world.open = true;
    world->app.world.practice = practice;
    world->app.world.me = USER;
    if (world->reviewer)
        world->app.world.me.role = ROLE_SUPERVISOR;
}

static void fetch_home(struct ui_world *world)
{
    struct world *out = &world->app.world;
    struct error error;

    arena_release(&out->home_arena);
    out->unfinished_count = world->draft.length > 0;
    out->unfinished = arena_alloc(&out->home_arena, sizeof(*out->unfinished));
    out->decisions = world->record.length > 0;
    out->reviewable = world->reviewer && world->record.length > 0;
    out->returned_to_me = !world->reviewer && world->state == STATE_RETURNED;
    if (!out->unfinished_count)
        return;
    assert_int_equal(draft_summarise(buf_text(&world->draft), world->draft.length,
                                     &out->home_arena, &out->unfinished->summary, &error),
                     STATUS_OK);
    out->unfinished->summary.touched = world->now;
    out->unfinished->most = world->pack->most_questions;
}

static void fetch_agreements(struct ui_world *world)
{
    struct world *out = &world->app.world;

    arena_release(&out->register_arena);
    out->agreement = arena_alloc(&out->register_arena, sizeof(*out->agreement));
    out->agreement_count = world->county != NULL;
    out->usual = world->usual ? world->county : NULL;
    if (world->county)
        *out->agreement = (struct world_agreement){world->county, true};
}

static void begin(struct ui_world *world)
{
    static const unsigned char random[REFERENCE_RANDOM] = {1, 2, 3, 4, 5, 6, 7};
    const struct wish *wish = &world->app.wish;
    const struct pack *pack = wish->agreement ? world->joined : world->pack;
    struct decision decision;

    decision_init(&decision, pack, moment_date(world->now), world->now, random);
    decision.practice = world->app.world.practice;
    decision.agreement = wish->agreement ? xstrdup(wish->agreement->id) : NULL;
    decision.programme = wish->programme ? xstrdup(wish->programme->id) : NULL;
    decision.terms = wish->agreement;
    world->app.world.brought = decision;
    world->app.world.has_brought = true;
}

static void resume(struct ui_world *world)
{
    struct error error;
    struct decision *brought = &world->app.world.brought;
    struct draft_summary summary;

    assert_int_equal(draft_summarise(buf_text(&world->draft), world->draft.length,
                                     &world->arena, &summary, &error),
                     STATUS_OK);
    assert_int_equal(draft_read(buf_text(&world->draft), world->draft.length,
                                summary.agreement[0] ? world->joined : world->pack, brought,
                                NULL, &error),
                     STATUS_OK);
    brought->terms = summary.agreement[0] ? world->county : NULL;
    world->app.world.has_brought = true;
}

static void amend(struct ui_world *world)
{
    static const unsigned char random[REFERENCE_RANDOM] = {7, 6, 5, 4, 3, 2, 1};
    struct decision *brought = &world->app.world.brought;
    struct summary summary;
    struct error error;

    assert_int_equal(record_summarise(buf_text(&world->record), world->record.length,
                                      &world->arena, &summary, &error),
                     STATUS_OK);
    assert_int_equal(record_reopen(buf_text(&world->record), world->record.length,
                                   summary.agreement[0] ? world->joined : world->pack, brought,
                                   &error),
                     STATUS_OK);
    brought->terms = summary.agreement[0] ? world->county : NULL;
    free(brought->amends);
    brought->amends = xstrdup(brought->reference);
    reference_make(random, brought->reference);
    world->app.world.has_brought = true;
}

static void begin_beside(struct ui_world *world)
{
    struct decision *brought = &world->app.world.brought;

    assert_string_equal(world->app.wish.reference, world->reference);
    amend(world);
    free(brought->amends);
    brought->amends = NULL;
    for (size_t n = 0; n < world->pack->question_count; n++)
        if (world->pack->question[n].keep ==
            (world->app.wish.beside == BESIDE_PERSON ? KEEP_SUBJECT : KEEP_RECIPIENT))
            answer_forget(&brought->answers, n);
}

static void save(struct ui_world *world)
{
    world->saves++;
    buf_clear(&world->draft);
    app_note_loose(&world->app);
    draft_write(&world->app.decision, &world->draft);
}

static void sign(struct ui_world *world)
{
    buf_clear(&world->record);
    buf_clear(&world->draft);
    record_compose(&world->app.decision, &world->app.walk, &USER, world->now, test_key,
                   &world->record);
    memcpy(world->reference, world->app.decision.reference, sizeof(world->reference));
}

static struct world_row row_of(struct ui_world *world, struct arena *arena)
{
    struct world_row row = {.sequence = 3, .state = world->state};
    struct error error;

    assert_int_equal(record_summarise(buf_text(&world->record), world->record.length, arena,
                                      &row.summary, &error),
                     STATUS_OK);
    memcpy(row.reference, world->reference, sizeof(row.reference));
    return row;
}

static void list(struct ui_world *world)
{
    struct world *out = &world->app.world;

    arena_release(&out->list_arena);
    out->row_count = world->record.length > 0;
    out->row = arena_alloc(&out->list_arena, 2 * sizeof(*out->row));
    world->lists++;
    if (world->app.wish.list == LIST_FOUND)
        out->row_count = out->row_count && strncmp("amy example", world->app.wish.search,
                                                   strlen(world->app.wish.search)) == 0;
    if (out->row_count)
        *out->row = row_of(world, &out->list_arena);
    if (out->row_count && world->twice)
        out->row[out->row_count++] = out->row[0];
    if (out->row_count && world->app.wish.list == LIST_FOUND)
        out->row->excerpt = "... about Amy Example, who is at school ...";
    out->more_before = world->more;
    out->more_after = world->more;
    out->filter_words = world->app.wish.filter.marks ? "departed" : "";
    out->counting = COUNT_WANTED;
}

static void bring_filters(struct ui_world *world)
{
    static struct world_saved saved[] = {{"Departures", "departed"}};

    world->app.world.saved = saved;
    world->app.world.saved_count = COUNT(saved);
}

static void take_filter(struct ui_world *world)
{
    world->app.world.taken = (struct log_filter){.marks = 1u << MARK_DEPARTED};
    for (size_t n = 0; n < COUNT(world->app.world.taken_text); n++)
        world->app.world.taken_text[n] = "";
}

static void bring_duties(struct ui_world *world)
{
    static struct world_duty duty[] = {
        {"",
         {DUTY_MUST, "0a1b", "Chase the receipt for what was sent to a stick", {0}, 0},
         "",
         "",
         true},
        {"",
         {DUTY_MUST, "tell", "Tell the person", {0}, 0},
         "Amy Example",
         "East Police",
         true},
        {"", {DUTY_AMEND, "amend", "Amend it", {0}, 0}, "Amy Example", "", false},
    };

    for (size_t n = 0; n < COUNT(duty); n++)
        duty[n].duty.due = n <= 1 ? world->now : (struct moment){0};
    for (size_t n = 1; n < COUNT(duty); n++)
        memcpy(duty[n].reference, world->reference, sizeof(duty[n].reference));
    world->app.world.duty = world->chased ? duty : duty + 1;
    world->app.world.duty_count =
        world->record.length > 0 ? world->chased + 2 - world->followed : 0;
}

static void follow_up(struct ui_world *world)
{
    assert_string_not_equal(world->app.wish.follow_up.message, "");
    if (world->app.wish.follow_up.reference[0] == '\0')
        world->chased = false;
    else
        world->followed = 1;
}

static void bring_figures(struct ui_world *world)
{
    static struct world_figure figure[] = {
        {"Decisions", "Decisions", 12, 12},
        {"What was decided", "share", 8, 8},
        {NULL, "share in part", 4, 8},
        {NULL, "do not share", 0, 8},
    };

    world->app.world.figure = figure;
    world->app.world.figure_count = COUNT(figure);
}

static struct incident incident_of(struct ui_world *world)
{
    struct incident incident = {
        .number = 12,
        .reference = world->reference,
        .message = "It went to the wrong house.",
        .lessons = world->told > 1 ? "Two people check." : "",
        .who = "The duty desk",
        .kinds = "Address",
        .people = "3",
        .aware = {world->now.us - 30 * HOUR_US, 0},
        .newest = world->now,
        .limit = {{.clock = {"partners", "The partners", 48, 24}, .who = "", .not_needed = ""},
                  {.clock = {"regulator", "The regulator", 72, 24},
                   .who = "",
                   .not_needed = ""}},
        .limit_count = 2,
        .closed = world->told > 1};

    for (size_t n = 0; n < 2 && world->told > 0; n++) {
        incident.limit[n].told = world->now;
        incident.limit[n].who = "Everybody";
    }
    return incident;
}

static void bring_incidents(struct ui_world *world)
{
    struct world *out = &world->app.world;

    arena_release(&out->incidents_arena);
    out->incident = arena_alloc(&out->incidents_arena, sizeof(*out->incident));
    *out->incident = incident_of(world);
    out->incident_count =
        world->record.length > 0 && world->app.wish.closed == (world->told > 1);
}

static void bring_incident(struct ui_world *world)
{
    static struct world_note note[] = {
        {{.act = INCIDENT_UPDATE, .message = "It came back unopened."}, {0}, "sam"}};

    note[0].at = world->now;
    world->app.world.breach = incident_of(world);
    world->app.world.note = note;
    world->app.world.note_count = COUNT(note);
}

static void take_note(struct ui_world *world)
{
    const struct incident_note *note = &world->app.wish.note;

    assert_string_equal(note->reference, world->reference);
    world->app.wish.incident = 12;
    world->told += note->act == INCIDENT_TOLD || note->act == INCIDENT_CLOSE;
}

static void answer(struct ui_world *world)
{
    static const char *left_out[] = {"7MR9-Q363: It was erased"};

    assert_string_equal(world->app.wish.person, world->reference);
    world->app.world.answer =
        (struct subject_report){.shown = 1, .left_out = 1, .items_left_out = 2};
    world->app.world.left_out = left_out;
    world->app.world.left_out_count = COUNT(left_out);
}

static void show(struct ui_world *world)
{
    static const char *text[] = {"Decision record", "", "Somebody was in danger.", "End."};
    struct world *out = &world->app.world;

    arena_release(&out->record_arena);
    out->record = row_of(world, &out->record_arena);
    out->line = arena_alloc(&out->record_arena, sizeof(text));
    memcpy(out->line, text, sizeof(text));
    out->line_count = COUNT(text);
    out->mine = !world->reviewer;
    out->step = arena_alloc(&out->record_arena, 2 * sizeof(*out->step));
    out->step[0] = (struct world_step){"Is somebody in danger now?", "No", 12, 0};
    out->step[1] = (struct world_step){"Who asked?", "North School", 95, 2};
    out->step_count = 2;
    out->source = arena_alloc(&out->record_arena, sizeof(*out->source));
    *out->source = (struct world_source){"Duty: Children are kept safe.", "An Act, section 10"};
    out->source_count = 1;
    static struct world_change change[] = {
        {"Amended by a.example on 21 November 2026, 10:00: I had not asked them",
         "Have they been asked whether they agree?", "No", "Yes, and they refused"}};

    out->change = change;
    out->change_count = world->amended ? COUNT(change) : 0;
    out->sibling = arena_alloc(&out->record_arena, sizeof(*out->sibling));
    *out->sibling = out->record;
    out->sibling_count = world->amended;
    out->departure = "";
    out->has_review = out->record.state == STATE_RETURNED;
    out->review = (struct world_review){VERDICT_RETURN, REVIEW_MORE_DETAIL,
                                        "Say what the school saw.", "sam"};
}

static void bring_sending(struct ui_world *world)
{
    static struct world_peer peer[] = {{"00", "West team"}};
    struct sending *sending = &world->app.world.sending;

    sending->ready = !world->no_receiver;
    sending->counts = (struct sent_counts){12, 9, 1, 1, 1, 0, world->now};
    sending->receiver = "County register";
    sending->fingerprint = "0123456789abcdef0123456789abcdef";
    sending->folder = "/media/stick";
    sending->url = sending->problem = sending->remedy = "";
    sending->redact = "subject";
    sending->peer = peer;
    sending->peer_count = world->reviewer ? COUNT(peer) : 0;
}

static void bring_where(struct ui_world *world)
{
    static struct world_where where[] = {
        {"AAAA-BBBB", 7, "Amy Example", "Refused by the receiver", "It cannot be read.", false,
         true, false},
        {"CCCC-DDDD", 4, "Ben Example", "Set aside: it stays here", "They moved.", false, false,
         true},
        {"EEEE-FFFF", 3, "Cat Example", "Accepted by the receiver", "", true, false, false},
    };
    struct sending *sending = &world->app.world.sending;

    bring_sending(world);
    sending->where = where;
    sending->where_count = COUNT(where) - !world->app.wish.sending.everything;
    sending->more_before = sending->more_after = world->more;
}

static void bring_result(struct ui_world *world)
{
    struct sending *sending = &world->app.world.sending;

    bring_sending(world);
    sending->result = (struct sent_result){.kind = SENT_UPLOAD,
                                           .bundles = 1,
                                           .decisions = 2,
                                           .receipts = 1,
                                           .place = "/media/stick",
                                           .problem = ""};
}

static void bring_taken(struct ui_world *world)
{
    world->app.world.sending.result = (struct sent_result){.kind = SENT_TAKEN,
                                                           .from = "West team",
                                                           .decisions = 3,
                                                           .entries = 5,
                                                           .refused = 1,
                                                           .place = "/media/stick/x.receipt",
                                                           .problem = ""};
}

void ui_carry_out(struct ui_world *world, enum effect_kind effect)
{
    static void (*const DOES[EFFECT_QUIT + 1])(struct ui_world * world) = {
        [EFFECT_AS] = carry_on_as,
        [EFFECT_AGREEMENTS] = fetch_agreements,
        [EFFECT_HOME] = fetch_home,
        [EFFECT_BEGIN] = begin,
        [EFFECT_RESUME] = resume,
        [EFFECT_AMEND] = amend,
        [EFFECT_BESIDE] = begin_beside,
        [EFFECT_SAVE] = save,
        [EFFECT_SIGN] = sign,
        [EFFECT_LIST] = list,
        [EFFECT_RECORD] = show,
        [EFFECT_FILTERS] = bring_filters,
        [EFFECT_FILTER_TAKE] = take_filter,
        [EFFECT_DUTIES] = bring_duties,
        [EFFECT_FOLLOW_UP] = follow_up,
        [EFFECT_FIGURES] = bring_figures,
        [EFFECT_ANSWER] = answer,
        [EFFECT_SENDING] = bring_sending,
        [EFFECT_UPLOAD] = bring_result,
        [EFFECT_WHERE] = bring_where,
        [EFFECT_TAKE] = bring_taken,
        [EFFECT_INCIDENTS] = bring_incidents,
        [EFFECT_INCIDENT] = bring_incident,
        [EFFECT_NOTE] = take_note,
    };

    if (effect == EFFECT_CREATE || effect == EFFECT_UNLOCK || effect == EFFECT_PRACTISE)
        open_store(world, effect == EFFECT_PRACTISE);
    if (effect == EFFECT_DROP)
        buf_clear(&world->draft);
    if (DOES[effect])
        DOES[effect](world);
}
