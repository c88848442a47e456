/* SPDX-License-Identifier: MIT */
/* What follows a decision: duties, returns, incidents, figures; and who may do what about them,
 * tried with plain SQL on the open database. */
#include "tests/unit/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/json.h"
#include "store/care.h"
#include "store/project.h"

#define HOUR 3600 /* seconds */

struct world {
    char *folder, *dir;
    struct store *jo, *sam, *alex;
};

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));
    struct error error;

    world->folder = folder_new();
    world->dir = path_join(world->folder, "store");
    make_store(world->dir);
    world->jo = open_as(world->dir, &jo);
    world->sam = open_as(world->dir, &sam);
    world->alex = open_as(world->dir, &alex);
    assert_ok(sign_sample(world->jo, &(struct sample){.number = 1}, NULL, &error));
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    store_close(world->jo);
    store_close(world->sam);
    store_close(world->alex);
    folder_remove(world->folder);
    free(world->dir);
    free(world);
    return 0;
}

static void put_must(json_t *list, const char *id, int seconds)
{
    json_t *must = body_object();

    body_put_text(must, "id", id);
    body_put_text(must, "text", "Do what must be done");
    if (seconds)
        body_put_moment(must, "due", at(seconds));
    body_append(list, must);
}

/* Jo signs a record with two duties at set times and one at none, and a date of review. */
static void sign_with_duties(struct store *store, int number, const char *amends, int seconds)
{
    char reference[REFERENCE_SIZE];
    struct buf sample = {0}, text = {0};
    json_t *body, *list = body_list();
    struct error error;

    compose_sample(&jo, &(struct sample){.number = number, .amends = amends}, &sample);
    assert_ok(body_read(buf_text(&sample), sample.length, "record", &body, &error));
    put_must(list, "tell", seconds + 2 * HOUR);
    put_must(list, "call", seconds + HOUR);
    put_must(list, "minimum", 0);
    body_put(body, "must", list);
    body_put_text(body, "review", "2027-11-22");
    body_write(body, &text);
    assert_ok(store_append(store, amends ? ENTRY_AMENDMENT : ENTRY_RECORD,
                           amends ? amends : reference_of(number, reference), buf_text(&text),
                           text.length, at(seconds), NULL, &error));
    buf_release(&sample);
    buf_release(&text);
}

/* --- Duties ------------------------------------------------------------------------------- */

static void expect_duties(struct store *store, bool mine, struct moment now,
                          const char *const *expected)
{
    struct duty_query query = {.mine = mine, .limit = 2, .now = now};
    struct duty_window window = {.more_after = true};
    struct arena arena = {0};
    struct error error;
    size_t count = 0;

    while (window.more_after) {
        assert_ok(store_duties(store, &query, &arena, &window, &error));
        for (size_t i = 0; i < window.count; i++, count++) {
            char *found = arena_printf(&arena, "%s%s", window.row[i].duty.id,
                                       window.row[i].overdue ? "!" : "");

            if (!expected[count])
                fail_msg("There is '%s' too much.", found);
            assert_string_equal(found, expected[count]);
        }
        if (!window.count)
            break;
        query.after_reference = window.row[window.count - 1].reference;
        query.after_duty = window.row[window.count - 1].duty.id;
    }
    assert_null(expected[count]);
    query = (struct duty_query){.mine = mine, .limit = 200, .now = now, .backwards = true};
    assert_ok(store_duties(store, &query, &arena, &window, &error));
    assert_int_equal(window.count, count);
    arena_release(&arena);
}

#define DUTIES(...) ((const char *const[]){__VA_ARGS__, NULL})

static enum status do_duty(struct store *store, int number, const char *duty, int seconds,
                           struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct follow_up follow_up = {.reference = reference_of(number, reference),
                                  .duty = duty,
                                  .message = "Done by telephone."};
    struct buf body = {0};
    enum status status;

    follow_up_compose(&follow_up, store_me(store), at(seconds), &body);
    status = store_append(store, ENTRY_FOLLOW_UP, reference, buf_text(&body), body.length,
                          at(seconds), NULL, error);
    buf_release(&body);
    return status;
}

static void what_is_overdue_comes_first(void **state)
{
    const struct world *world = *state;
    int64_t mine, all;
    struct error error;

    sign_with_duties(world->jo, 2, NULL, 0);
    expect_duties(world->jo, true, at(HOUR / 2),
                  DUTIES("call", "tell", "look-again", "minimum"));
    expect_duties(world->jo, true, at(HOUR + 1),
                  DUTIES("call!", "tell", "look-again", "minimum"));
    expect_duties(world->sam, false, at(3 * HOUR),
                  DUTIES("call!", "tell!", "look-again", "minimum"));
    assert_ok(store_overdue(world->sam, at(3 * HOUR), &mine, &all, &error));
    assert_int_equal(mine, 0);
    assert_int_equal(all, 2);
}

static void what_was_done_is_said_by_an_entry(void **state)
{
    const struct world *world = *state;
    struct arena arena = {0};
    struct error error;
    struct row row;
    char reference[REFERENCE_SIZE];

    sign_with_duties(world->jo, 2, NULL, 0);
    assert_int_equal(do_duty(world->jo, 2, "cook", 10, &error), STATUS_REFUSED);
    assert_int_equal(do_duty(world->jo, 2, "", 10, &error), STATUS_REFUSED);
    assert_ok(do_duty(world->jo, 2, "call", 10, &error));
    assert_int_equal(do_duty(world->jo, 2, "call", 11, &error), STATUS_REFUSED);
    assert_ok(do_duty(world->sam, 2, "minimum", 12, &error));
    expect_duties(world->jo, true, at(3 * HOUR), DUTIES("tell!", "look-again"));
    assert_ok(store_find(world->jo, reference_of(2, reference), &arena, &row, &error));
    assert_int_equal(row.summary.due, moment_date(at(2 * HOUR)));
    assert_ok(do_duty(world->jo, 2, "tell", 13, &error));
    assert_ok(store_find(world->jo, reference, &arena, &row, &error));
    assert_int_equal(row.summary.due, DATE_NONE);
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    assert_ok(project_rebuild(world->jo->database, &error));
    expect_duties(world->jo, true, at(3 * HOUR), DUTIES("look-again"));
    arena_release(&arena);
}

static void a_return_is_done_by_amending(void **state)
{
    const struct world *world = *state;
    char reference[REFERENCE_SIZE];
    struct error error;

    sign_with_duties(world->jo, 2, NULL, 0);
    assert_ok(do_duty(world->jo, 2, "call", 10, &error));
    assert_ok(review_sample(world->sam, 2, VERDICT_RETURN, &error));
    expect_duties(world->jo, true, at(HOUR), DUTIES("amend", "tell", "look-again", "minimum"));
    assert_int_equal(do_duty(world->jo, 2, "amend", 300, &error), STATUS_REFUSED);
    /* What was done stays done; what the amendment asks for anew has its own time. */
    sign_with_duties(world->jo, 3, reference_of(2, reference), 4 * HOUR);
    expect_duties(world->jo, true, at(5 * HOUR), DUTIES("tell", "look-again", "minimum"));
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
}

/* --- Incidents ---------------------------------------------------------------------------- */

static enum status note_incident(struct store *store, struct incident_note note, int seconds,
                                 int64_t *ret_sequence, struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct buf body = {0};
    enum status status;

    note.reference = reference_of(1, reference);
    note.message = "The letter went to the wrong house.";
    incident_compose(&note, store_me(store), at(seconds), &body);
    status = store_append(store, ENTRY_INCIDENT, reference, buf_text(&body), body.length,
                          at(seconds), ret_sequence, error);
    buf_release(&body);
    return status;
}

static int64_t report(struct store *store, int aware, int seconds)
{
    struct incident_note note = {
        .act = INCIDENT_REPORT,
        .aware = at(aware),
        .agreement = "made-up",
        .running = {{"partners", "Partners are told", 48}, {"regulator", "And it", 72}},
        .running_count = 2};
    int64_t number = 0;
    struct error error;

    assert_ok(note_incident(store, note, seconds, &number, &error));
    return number;
}

static void an_incident_is_followed_to_its_end(void **state)
{
    const struct world *world = *state;
    int64_t number = report(world->jo, 1 * HOUR, 2 * HOUR), left;
    struct incident_note told = {.act = INCIDENT_TOLD,
                                 .incident = number,
                                 .clock = "partners",
                                 .who = "The school",
                                 .when = at(4 * HOUR)};
    struct incident_note nobody = {
        .act = INCIDENT_NOT_NOTIFY, .incident = number, .clock = "regulator"};
    struct incident_note close = {.act = INCIDENT_CLOSE, .incident = number};
    struct arena arena = {0};
    struct incident incident, *list;
    struct error error;
    size_t count;

    assert_int_equal(note_incident(world->alex, close, 3 * HOUR, NULL, &error), STATUS_REFUSED);
    assert_ok(note_incident(world->jo, told, 5 * HOUR, NULL, &error));
    assert_int_equal(note_incident(world->jo, nobody, 5 * HOUR, NULL, &error), STATUS_REFUSED);
    assert_ok(note_incident(world->sam, nobody, 6 * HOUR, NULL, &error));
    assert_int_equal(note_incident(world->jo, close, 6 * HOUR, NULL, &error), STATUS_REFUSED);
    assert_ok(store_incidents(world->jo, false, 0, 10, &arena, &list, &count, &error));
    assert_int_equal(count, 1);
    assert_ok(note_incident(world->alex, close, 7 * HOUR, NULL, &error));
    assert_int_equal(note_incident(world->alex, close, 8 * HOUR, NULL, &error), STATUS_REFUSED);
    assert_ok(store_incident(world->jo, number, &arena, &incident, &error));
    assert_true(incident.closed);
    assert_int_equal(incident_state(&incident, 0, at(8 * HOUR), &left), LIMIT_TOLD);
    assert_int_equal(incident_state(&incident, 1, at(8 * HOUR), &left), LIMIT_NOT_NEEDED);
    assert_ok(store_incidents(world->jo, false, 0, 10, &arena, &list, &count, &error));
    assert_int_equal(count, 0);
    assert_ok(store_incidents(world->jo, true, 0, 10, &arena, &list, &count, &error));
    assert_int_equal(count, 1);
    assert_int_equal(store_incident(world->jo, 1, &arena, &incident, &error), STATUS_NOT_FOUND);
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    arena_release(&arena);
}

/* What an erasure takes away is on no list, and the store still verifies. */
static void an_erased_incident_is_on_no_list(void **state)
{
    const struct world *world = *state;
    struct arena arena = {0};
    struct incident *list;
    char reference[REFERENCE_SIZE];
    struct error error;
    size_t count;

    report(world->jo, 1 * HOUR, 2 * HOUR);
    assert_ok(store_erase(world->alex, reference_of(1, reference), "Its time is over",
                          at(3 * HOUR), &error));
    assert_ok(store_incidents(world->jo, false, 0, 10, &arena, &list, &count, &error));
    assert_int_equal(count, 0);
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    assert_ok(project_rebuild(world->jo->database, &error));
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    arena_release(&arena);
}

/* A note that is erased alone is as if it had not been said. */
static void an_incident_stands_as_an_erasure_left_it(void **state)
{
    const struct world *world = *state;
    int64_t number = report(world->jo, 1 * HOUR, 2 * HOUR), said = 0;
    struct incident_note told = {.act = INCIDENT_TOLD,
                                 .incident = number,
                                 .clock = "partners",
                                 .who = "The school",
                                 .when = at(4 * HOUR)};
    char reference[REFERENCE_SIZE], body[80];
    struct error error;

    assert_ok(note_incident(world->jo, told, 5 * HOUR, &said, &error));
    snprintf(body, sizeof(body), "{\"reason\":\"x\",\"schema\":1,\"sequences\":[%lld]}",
             (long long)said);
    assert_ok(store_append(world->alex, ENTRY_ERASURE, reference_of(1, reference), body,
                           strlen(body), at(6 * HOUR), NULL, &error));
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
}

/* --- Plain SQL ---------------------------------------------------------------------------- */

/* Appends an entry and its body as someone with the key but without the program would. */
static int append_raw(struct store *store, const char *author, const char *kind, int number,
                      const char *body)
{
    char reference[REFERENCE_SIZE];
    char *sql = xasprintf(
        "BEGIN; INSERT INTO entry (seq, head, link, signature) SELECT seq + 1, "
        "json_object('seq', seq + 1, 'prev', lower(hex(link)), 'kind', '%s', 'author', '%s', "
        "'role', (SELECT role FROM user WHERE name = '%s'), 'key', (SELECT "
        "lower(hex(public_key)) FROM user WHERE name = '%s'), 'ref', '%s'), randomblob(32), "
        "randomblob(64) FROM entry ORDER BY seq DESC LIMIT 1; INSERT INTO body SELECT max(seq), "
        "randomblob(32), '%s' FROM entry",
        kind, author, author, author, reference_of(number, reference), body);
    int code = sqlite3_exec(database_handle(store->database), sql, NULL, NULL, NULL);

    sqlite3_exec(database_handle(store->database), "ROLLBACK", NULL, NULL, NULL);
    free(sql);
    return code;
}

/* Every rule of review, for whoever has the key: who, of whose, in which order, of what. */
static void reviews_have_rules_for_plain_sql(void **state)
{
    const struct world *world = *state;
    struct store *store = world->alex;
    char agree[80];
    struct arena arena = {0};
    struct row row;
    struct error error;
    char reference[REFERENCE_SIZE];

    assert_ok(sign_sample(world->jo, &(struct sample){.number = 2, .countersign = true}, NULL,
                          &error));
    assert_ok(sign_sample(world->sam, &(struct sample){.number = 3}, NULL, &error));
    assert_ok(sign_sample(world->alex, &(struct sample){.number = 4, .countersign = true}, NULL,
                          &error));
    for (int i = 1; i <= 4; i++) {
        static const char *const denied[][4] = {
            /* of: jo's, jo's with countersign, sam's, alex's with countersign */
            {"jo", "jo", "jo", "jo"},      /* no reviewer */
            {"jo", "alex", "sam", "alex"}, /* out of turn, or one's own */
        };

        assert_ok(store_find(store, reference_of(i, reference), &arena, &row, &error));
        snprintf(agree, sizeof(agree), "{\"sequence\":%lld,\"verdict\":\"agree\"}",
                 (long long)row.sequence);
        for (size_t j = 0; j < COUNT(denied); j++) {
            if (append_raw(store, denied[j][i - 1], "review", i, agree) == SQLITE_OK)
                fail_msg("%s may review decision %d.", denied[j][i - 1], i);
        }
        /* What was not read is not reviewed. */
        assert_int_not_equal(append_raw(store, i == 3 ? "alex" : "sam", "review", i,
                                        "{\"sequence\":1,\"verdict\":\"agree\"}"),
                             SQLITE_OK);
        assert_int_equal(append_raw(store, i == 3 ? "alex" : "sam", "review", i, agree),
                         SQLITE_OK);
    }
    /* A supervisor's agreement stands: now a guardian's, and nobody else's. */
    assert_ok(review_sample(world->sam, 2, VERDICT_AGREE, &error));
    assert_ok(store_find(store, reference_of(2, reference), &arena, &row, &error));
    assert_int_equal(row.state, STATE_COUNTERSIGN);
    snprintf(agree, sizeof(agree), "{\"sequence\":%lld,\"verdict\":\"agree\"}",
             (long long)row.sequence);
    assert_int_not_equal(append_raw(store, "sam", "review", 2, agree), SQLITE_OK);
    assert_int_equal(append_raw(store, "alex", "review", 2, agree), SQLITE_OK);
    /* Reviewers comment, and only the author amends. */
    assert_int_not_equal(append_raw(store, "sam", "amendment", 2, "{}"), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "alex", "amendment", 2, "{}"), SQLITE_OK);
    assert_int_equal(append_raw(store, "jo", "amendment", 2, "{}"), SQLITE_OK);
    arena_release(&arena);
}

/* An agreement is void once the record is amended: it waits again, from the start. */
static void an_amendment_goes_back_to_the_queue(void **state)
{
    const struct world *world = *state;
    char reference[REFERENCE_SIZE];
    struct arena arena = {0};
    struct error error;
    struct row row;

    assert_ok(sign_sample(world->jo, &(struct sample){.number = 2, .countersign = true}, NULL,
                          &error));
    assert_ok(review_sample(world->sam, 2, VERDICT_AGREE, &error));
    assert_ok(review_sample(world->alex, 2, VERDICT_AGREE, &error));
    assert_ok(store_find(world->jo, reference_of(2, reference), &arena, &row, &error));
    assert_int_equal(row.state, STATE_AGREED);
    assert_ok(sign_sample(
        world->jo, &(struct sample){.number = 3, .amends = reference, .countersign = true},
        NULL, &error));
    assert_ok(store_find(world->jo, reference, &arena, &row, &error));
    assert_int_equal(row.state, STATE_WAITING);
    assert_int_equal(review_sample(world->alex, 2, VERDICT_AGREE, &error), STATUS_REFUSED);
    assert_ok(review_sample(world->sam, 2, VERDICT_AGREE, &error));
    assert_ok(review_sample(world->alex, 2, VERDICT_AGREE, &error));
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    arena_release(&arena);
}

static void duties_and_incidents_have_rules_for_plain_sql(void **state)
{
    const struct world *world = *state;
    struct store *store = world->alex;
    int64_t number = report(world->jo, 0, 10);
    char other[60];
    static const struct {
        const char *author, *kind, *body;
        bool allowed;
    } rows[] = {
        {"jo", "follow-up", "{\"duty\":\"call\"}", true},
        {"sam", "follow-up", "{\"duty\":\"tell\"}", true},
        {"jo", "follow-up", "{\"duty\":\"cook\"}", false},
        {"jo", "follow-up", "{}", false},
        {"jo", "incident", "{\"act\":\"update\",\"incident\":%lld}", true},
        {"jo", "incident", "{\"act\":\"update\",\"incident\":2}", false},
        {"jo", "incident", "{\"act\":\"update\"}", false},
        {"jo", "incident", "{\"act\":\"not-notify\",\"incident\":%lld}", false},
        {"sam", "incident", "{\"act\":\"not-notify\",\"incident\":%lld}", true},
        {"jo", "incident", "{\"act\":\"close\",\"incident\":%lld}", false},
        {"alex", "incident", "{\"act\":\"close\",\"incident\":%lld}", false},
    };

    sign_with_duties(world->jo, 2, NULL, 20);
    for (size_t i = 0; i < COUNT(rows); i++) {
        bool duty = strcmp(rows[i].kind, "follow-up") == 0;
        char *body = xasprintf("%s", rows[i].body), *at_number = strstr(body, "%lld"), text[80];
        bool allowed;

        if (at_number)
            *at_number = '\0';
        snprintf(text, sizeof(text), at_number ? "%s%lld}" : "%s", body, (long long)number);
        allowed =
            append_raw(store, rows[i].author, rows[i].kind, duty ? 2 : 1, text) == SQLITE_OK;
        if (allowed != rows[i].allowed)
            fail_msg("%s %s %s: %s", rows[i].author, rows[i].kind, text,
                     allowed ? "let through" : "refused");
        free(body);
    }
    /* An incident of one decision is none of another. */
    snprintf(other, sizeof(other), "{\"act\":\"update\",\"incident\":%lld}", (long long)number);
    assert_int_equal(append_raw(store, "jo", "incident", 1, other), SQLITE_OK);
    assert_int_not_equal(append_raw(store, "jo", "incident", 2, other), SQLITE_OK);
}

/* --- Figures ------------------------------------------------------------------------------ */

static int64_t figure(struct store *store, enum figure_kind kind, const char *name)
{
    struct arena arena = {0};
    struct figure *list;
    struct error error;
    int64_t found = 0;
    size_t count;

    assert_ok(store_figure(store, kind, DATE_NONE, DATE_NONE, &arena, &list, &count, &error));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].name, name) == 0)
            found = list[i].count;
    }
    arena_release(&arena);
    return found;
}

static void check_figures(struct store *store)
{
    assert_int_equal(figure(store, FIGURE_DECISIONS, ""), 3);
    assert_int_equal(figure(store, FIGURE_OUTCOME, "share"), 3);
    assert_int_equal(figure(store, FIGURE_DEPARTED, "share"), 1);
    assert_int_equal(figure(store, FIGURE_VERDICT, "agree"), 1);
    assert_int_equal(figure(store, FIGURE_VERDICT, "return"), 1);
    assert_int_equal(figure(store, FIGURE_REASON, "more-detail"), 1);
    assert_int_equal(figure(store, FIGURE_WAIT, "1"), 2);
    assert_int_equal(figure(store, FIGURE_OPEN, "must"), 1);
    assert_int_equal(figure(store, FIGURE_OPEN, "look-again"), 1);
}

static void figures_follow_the_entries(void **state)
{
    const struct world *world = *state;
    char reference[REFERENCE_SIZE];
    struct arena arena = {0};
    struct figure *list;
    struct error error;
    size_t count;

    sign_with_duties(world->jo, 2, NULL, 0);
    assert_ok(do_duty(world->jo, 2, "call", 10, &error));
    assert_ok(sign_sample(world->jo, &(struct sample){.number = 3}, NULL, &error));
    assert_ok(review_sample(world->sam, 1, VERDICT_AGREE, &error));
    assert_ok(review_sample(world->sam, 3, VERDICT_RETURN, &error));
    /* An amendment counts in place of what it amends. */
    assert_ok(sign_sample(
        world->jo,
        &(struct sample){.number = 4, .amends = reference_of(3, reference), .departed = true},
        NULL, &error));
    check_figures(world->jo);
    assert_ok(project_rebuild(world->jo->database, &error));
    check_figures(world->jo);
    assert_ok(store_figure(world->jo, FIGURE_DECISIONS, moment_date(at(0)) + 1, DATE_NONE,
                           &arena, &list, &count, &error));
    assert_int_equal(count, 0);
    arena_release(&arena);
}

/* A counter or a row that was changed by hand shows. */
static void verifying_compares_figures_and_incidents(void **state)
{
    static const char *const changes[] = {
        "UPDATE figure SET count = count + 1 WHERE what = 'decisions'",
        "UPDATE figure SET count = count - 1 WHERE what = 'decisions'",
        "DELETE FROM figure WHERE what = 'agreement'",
        "UPDATE figure SET day = day + 1 WHERE what = 'open'",
        "UPDATE duty SET done = 1",
        "UPDATE duty SET due = due + 1 WHERE id = 'tell'",
        "DELETE FROM duty WHERE id = 'minimum'",
        "UPDATE incident SET open = 0",
        "UPDATE incident SET running = 0",
        "DELETE FROM incident",
    };
    const struct world *world = *state;
    sqlite3 *db = database_handle(world->jo->database);
    struct error error;

    sign_with_duties(world->jo, 2, NULL, 0);
    report(world->jo, 0, 10);
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    for (size_t i = 0; i < COUNT(changes); i++) {
        assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_OK);
        if (store_verify(world->jo, NULL, NULL, NULL, &error) != STATUS_DAMAGED)
            fail_msg("This does not show: %s", changes[i]);
        assert_ok(project_rebuild(world->jo->database, &error));
        assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(what_is_overdue_comes_first),
        TEST(what_was_done_is_said_by_an_entry),
        TEST(a_return_is_done_by_amending),
        TEST(an_incident_is_followed_to_its_end),
        TEST(an_erased_incident_is_on_no_list),
        TEST(an_incident_stands_as_an_erasure_left_it),
        TEST(reviews_have_rules_for_plain_sql),
        TEST(an_amendment_goes_back_to_the_queue),
        TEST(duties_and_incidents_have_rules_for_plain_sql),
        TEST(figures_follow_the_entries),
        TEST(verifying_compares_figures_and_incidents),
    };

    secret_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
