/* SPDX-License-Identifier: MIT */
/* Looking things up: filters, orders, words, a person's page, duplicates, saved filters. What a
 * query shows is compared with what plain counting over all decisions finds. */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "record/json.h"
#include "store/care.h"
#include "store/project.h"

#define DECISIONS 240
#define DAY 86400 /* seconds */

struct world {
    char *folder, *dir;
    struct store *jo, *sam;
};

static const char *const people[] = {"Zoë O'Brien", "Ayşe Yılmaz", "John Smith",
                                     "Mary Smithson", "Dai Smythe"};
static const char *const outcomes[] = {"share", "share-in-part", "share-urgently",
                                       "do-not-share"};
static const char *const agreements[] = {"", "kent", "essex"};

static void put(json_t *body, const char *object, const char *name, const char *text)
{
    json_t *inner = json_object_get(body, object);

    if (!inner) {
        inner = body_object();
        body_put(body, object, inner);
    }
    body_put_text(inner, name, text);
}

/* What decision `i` says besides the sample. */
static void vary(json_t *body, const struct store *store, int i)
{
    json_t *subject = body_element(body, "subject", 0), *entry = body_object();
    json_t *path = json_object_get(body, "path"), *fields = body_object();
    const char *name = people[i % 5];
    char hex[DIGEST_HEX_SIZE], note[40];

    store_pseudonym(store, name, "2010-05-01", hex);
    body_put_text(subject, "short", name);
    body_put_text(subject, "pseudonym", hex);
    body_put_text(fields, "name", name);
    body_put_text(entry, "id", "who");
    body_put_text(entry, "type", "person");
    body_put(entry, "fields", fields);
    body_append(path, entry);
    entry = body_object();
    snprintf(note, sizeof(note), "A note numbered n%03d, café", i);
    body_put_text(entry, "id", "note");
    body_put_text(entry, "type", "text");
    body_put_text(entry, "text", note);
    body_append(path, entry);
    put(body, "decision", "outcome", outcomes[i % 4]);
    put(body, "decision", "stance", i % 10 == 0 ? "depart" : "follow");
    put(body, "purpose", "short", i % 2 ? "To protect a child" : "To help");
    put(body, "recipient", "short", i % 3 ? "The School" : "Police");
    body_put_text(body, "agreement", agreements[i % 3]);
    put(body, "retention", "id", "all");
    put(body, "retention", "review", i % 2 ? "2027-01-31" : "2032-01-31");
}

static void sign(struct store *store, int i)
{
    char reference[REFERENCE_SIZE];
    struct buf sample = {0}, text = {0};
    struct error error;
    json_t *body;

    compose_sample(store_me(store), &(struct sample){.number = 1000 + i}, &sample);
    assert_ok(body_read(buf_text(&sample), sample.length, "record", &body, &error));
    vary(body, store, i);
    body_write(body, &text);
    assert_ok(store_append(store, ENTRY_RECORD, reference_of(1000 + i, reference),
                           buf_text(&text), text.length, at(i * DAY), NULL, &error));
    buf_release(&sample);
    buf_release(&text);
}

/* A decision a day, most of them Jo's; some reviewed. */
static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));
    struct error error;

    world->folder = folder_new();
    world->dir = path_join(world->folder, "store");
    make_store(world->dir);
    world->jo = open_as(world->dir, &jo);
    world->sam = open_as(world->dir, &sam);
    assert_ok(sign_sample(world->jo, &(struct sample){.number = 1}, NULL, &error));
    for (int i = 0; i < DECISIONS; i++)
        sign(i % 7 == 0 ? world->sam : world->jo, i);
    for (int i = 0; i < DECISIONS; i += 9) {
        if (i % 7 != 0)
            assert_ok(review_sample(world->sam, 1000 + i,
                                    i % 2 ? VERDICT_RETURN : VERDICT_AGREE, &error));
    }
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    store_close(world->jo);
    store_close(world->sam);
    folder_remove(world->folder);
    free(world->dir);
    free(world);
    return 0;
}

/* --- Filters ------------------------------------------------------------------------------ */

/* Whether a row should be shown, by what it says itself. */
static bool wanted(const struct log_query *query, const struct row *row)
{
    const struct summary *summary = &row->summary;
    date day = moment_date(summary->signed_at);

    return (!query->states || query->states >> row->state & 1) &&
           (!query->outcomes || query->outcomes >> summary->decided & 1) &&
           (!query->author || strcmp(query->author, summary->author) == 0) &&
           (!query->agreement || strcmp(query->agreement, summary->agreement) == 0) &&
           (!query->purpose || strcmp(query->purpose, summary->purpose) == 0) &&
           (!query->from || day >= query->from) && (!query->until || day <= query->until) &&
           (!query->departed || summary->departed) && (!query->urgent || summary->urgent) &&
           (!query->retention_due ||
            (summary->keep_until != DATE_NONE && summary->keep_until <= query->today)) &&
           (!query->mine || strcmp(summary->author, "jo") == 0);
}

static size_t count_wanted(struct store *store, const struct log_query *query)
{
    struct log_query all = {.limit = 200};
    struct window window = {.more_after = true};
    struct arena arena = {0};
    struct error error;
    size_t count = 0;

    while (window.more_after) {
        assert_ok(store_list(store, &all, &arena, &window, &error));
        for (size_t i = 0; i < window.count; i++)
            count += wanted(query, &window.row[i]);
        all.after = window.row[window.count - 1].sequence;
    }
    arena_release(&arena);
    return count;
}

static bool in_order(const struct row *one, const struct row *next, enum log_order order)
{
    int names = strcmp(one->summary.author, next->summary.author);

    switch (order) {
    case LOG_NEWEST_FIRST:
        return one->sequence > next->sequence;
    case LOG_OLDEST_FIRST:
        return one->sequence < next->sequence;
    case LOG_BY_AUTHOR:
        return names < 0 || (names == 0 && one->sequence < next->sequence);
    default:
        return one->summary.keep_until < next->summary.keep_until ||
               (one->summary.keep_until == next->summary.keep_until &&
                one->sequence < next->sequence);
    }
}

/* Pages forwards through the whole and back again; each row once, in order, all wanted. */
static size_t page_through(struct store *store, struct log_query query, enum log_order order)
{
    struct arena arena = {0};
    struct window window = {.more_after = true};
    struct row last = {0};
    struct error error;
    size_t count = 0, back = 0;

    query.limit = 7;
    while (window.more_after) {
        assert_ok(store_list(store, &query, &arena, &window, &error));
        for (size_t i = 0; i < window.count; i++, count++) {
            assert_true(wanted(&query, &window.row[i]));
            if (count)
                assert_true(in_order(&last, &window.row[i], order));
            last = window.row[i];
        }
        if (window.count)
            query.after = last.sequence;
    }
    query.after = 0;
    query.backwards = true;
    for (bool more = count > 0; more; more = window.more_before) {
        assert_ok(store_list(store, &query, &arena, &window, &error));
        assert_true(window.count > 0);
        if (!back)
            assert_int_equal(window.row[window.count - 1].sequence, last.sequence);
        back += window.count;
        query.after = window.row[0].sequence;
    }
    assert_int_equal(back, count);
    arena_release(&arena);
    return count;
}

static void any_mixture_of_filters_shows_what_it_says(void **state)
{
    const struct world *world = *state;
    const date first = moment_date(at(0));
    const struct log_query queries[] = {
        {0},
        {.outcomes = 1u << OUTCOME_SHARE},
        {.outcomes = 1u << OUTCOME_SHARE | 1u << OUTCOME_DO_NOT_SHARE, .agreement = "kent"},
        {.author = "jo"},
        {.author = "sam", .departed = true},
        {.mine = true, .states = 1u << STATE_RETURNED},
        {.mine = true, .urgent = true, .states = 1u << STATE_WAITING | 1u << STATE_AGREED},
        {.purpose = "To protect a child", .agreement = "essex"},
        {.from = first + 10, .until = first + 40},
        {.from = first + 31, .until = first + 31},
        {.from = first + 100, .until = first + 200, .departed = true, .author = "jo"},
        {.from = first + 200, .today = first + DECISIONS},
        {.until = first + 20},
        {.states = 1u << STATE_AGREED, .outcomes = 1u << OUTCOME_SHARE},
        {.agreement = "nowhere"},
        {.departed = true, .urgent = true},
        {.without_practice = true},
    };
    static const enum log_order orders[] = {LOG_NEWEST_FIRST, LOG_OLDEST_FIRST, LOG_BY_AUTHOR};
    struct error error;

    for (size_t i = 0; i < COUNT(queries); i++) {
        size_t expected = count_wanted(world->jo, &queries[i]);
        int64_t counted;

        for (size_t j = 0; j < COUNT(orders); j++) {
            struct log_query query = queries[i];

            query.order = orders[j];
            assert_int_equal(page_through(world->jo, query, orders[j]), expected);
        }
        assert_ok(store_count(world->jo, &queries[i], NULL, NULL, &counted, &error));
        assert_int_equal(counted, expected);
    }
}

static void what_may_go_is_listed_by_its_day(void **state)
{
    const struct world *world = *state;
    struct log_query query = {.retention_due = true};

    assert_true(date_parse("2027-01-30", &query.today));
    assert_int_equal(page_through(world->jo, query, LOG_BY_RETENTION), 0);
    query.today++;
    assert_int_equal(page_through(world->jo, query, LOG_BY_RETENTION), DECISIONS / 2);
}

/* --- Words -------------------------------------------------------------------------------- */

static size_t found(struct store *store, const char *words, struct log_query query)
{
    struct arena arena = {0};
    struct window window;
    struct error error;
    int64_t counted;
    size_t count;

    query.search = words;
    query.limit = 200;
    assert_ok(store_list(store, &query, &arena, &window, &error));
    assert_ok(store_count(store, &query, NULL, NULL, &counted, &error));
    assert_int_equal(counted, window.count + (window.more_after ? counted - 200 : 0));
    count = (size_t)counted;
    arena_release(&arena);
    return count;
}

static void words_are_found_however_they_are_typed(void **state)
{
    static const struct {
        const char *words;
        size_t count;
    } rows[] = {
        {"smith", 2 * DECISIONS / 5},
        {"SMITH", 2 * DECISIONS / 5},
        {"smiths", DECISIONS / 5},
        {"sm", 3 * DECISIONS / 5},
        {"zoe", DECISIONS / 5},
        {"Zoë", DECISIONS / 5},
        {"o’brien", DECISIONS / 5},
        {"obrien", 0},
        {"ayse yilmaz", DECISIONS / 5},
        {"yıl", DECISIONS / 5},
        {"cafe", DECISIONS},
        {"n007", 1},
        {"n00", 10},
        {"smith n012", 1},
        {"smith n013", 1},
        {"nobody-at-all", 0},
        {"smith kent", 2 * DECISIONS / 15},
        {" ; \" * ( ) -- ", DECISIONS + 1},
        {"\" OR smith", 0},
        {"smith*", 2 * DECISIONS / 5},
    };
    const struct world *world = *state;

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = found(world->jo, rows[i].words, (struct log_query){0});

        if (count != rows[i].count)
            fail_msg("'%s' finds %zu, not %zu", rows[i].words, count, rows[i].count);
    }
    assert_int_equal(found(world->jo, "smith", (struct log_query){.author = "sam"}),
                     found(world->jo, "smith sam", (struct log_query){.author = "sam"}));
    assert_int_equal(
        found(world->jo, "cafe", (struct log_query){.states = 1u << STATE_RETURNED}),
        count_wanted(world->jo, &(struct log_query){.states = 1u << STATE_RETURNED}));
}

static void a_hit_is_shown_in_its_context(void **state)
{
    const struct world *world = *state;
    struct log_query query = {.search = "n012", .limit = 1};
    struct arena arena = {0};
    struct excerpt excerpt;
    struct window window;
    struct error error;

    assert_ok(store_list(world->jo, &query, &arena, &window, &error));
    assert_int_equal(window.count, 1);
    assert_ok(
        store_excerpt(world->jo, window.row[0].sequence, "n01", 60, &arena, &excerpt, &error));
    assert_string_equal(excerpt.text, "A note numbered n012, café");
    assert_int_equal(excerpt.at, 16);
    assert_int_equal(excerpt.length, 4);
    assert_ok(
        store_excerpt(world->jo, window.row[0].sequence, "n012", 12, &arena, &excerpt, &error));
    assert_memory_equal(excerpt.text + excerpt.at, "n012", 4);
    assert_ok(store_excerpt(world->jo, window.row[0].sequence, "elsewhere", 60, &arena,
                            &excerpt, &error));
    assert_string_equal(excerpt.text, "");
    arena_release(&arena);
}

static bool stop(void *data)
{
    ++*(int *)data;
    return false;
}

static void a_count_stops_when_a_key_comes(void **state)
{
    const struct world *world = *state;
    int64_t count = -1;
    int asked = 0;
    struct error error;
    /* Compares each decision with each: long enough to be asked about. */
    struct log_query query = {.states = 1u << STATE_WAITING, .search = "a"};

    for (int i = 0; i < 40; i++)
        sign(world->jo, DECISIONS + i);
    if (store_count(world->jo, &query, stop, &asked, &count, &error) != STATUS_OK) {
        assert_int_equal(error.status, STATUS_FAILED);
        assert_int_equal(count, -1);
        assert_int_equal(asked, 1);
    }
    assert_ok(store_count(world->jo, &query, NULL, NULL, &count, &error));
}

/* What a query finds after an amendment and an erasure is what there is then. */
static void an_amended_record_is_found_by_its_new_words(void **state)
{
    const struct world *world = *state;
    char reference[REFERENCE_SIZE];
    struct error error;

    assert_int_equal(found(world->jo, MARKER, (struct log_query){0}), 0);
    assert_ok(sign_sample(world->jo,
                          &(struct sample){.number = 5000,
                                           .amends = reference_of(1001, reference),
                                           .subject = MARKER},
                          NULL, &error));
    assert_int_equal(found(world->jo, MARKER, (struct log_query){0}), 1);
    assert_int_equal(found(world->jo, "n001", (struct log_query){0}), 0);
}

/* --- A person ----------------------------------------------------------------------------- */

static void a_person_has_a_page(void **state)
{
    const struct world *world = *state;
    struct log_query query = {0};
    char hex[DIGEST_HEX_SIZE];

    store_pseudonym(world->sam, "  zoe  o'brien ", "1 5 2010", hex);
    query.pseudonym = hex;
    assert_int_equal(page_through(world->jo, query, LOG_NEWEST_FIRST), DECISIONS / 5);
    query.order = LOG_OLDEST_FIRST;
    assert_int_equal(page_through(world->jo, query, LOG_OLDEST_FIRST), DECISIONS / 5);
    store_pseudonym(world->sam, "Zoe O'Brien", "2010-05-02", hex);
    assert_int_equal(page_through(world->jo, query, LOG_OLDEST_FIRST), 0);
}

static void duplicates_are_of_two_weeks(void **state)
{
    const struct world *world = *state;
    struct moment now = at(DECISIONS * DAY);
    char hex[DIGEST_HEX_SIZE];
    struct arena arena = {0};
    struct error error;
    struct row *rows;
    size_t count;

    /* Zoë's are every fifth day, to the school unless the day is the third. */
    store_pseudonym(world->jo, "Zoe O'Brien", "2010-05-01", hex);
    assert_ok(store_duplicates(world->jo, hex, "THE SCHOOL", NULL, now, 10, &arena, &rows,
                               &count, &error));
    assert_int_equal(count, 2);
    assert_ok(store_duplicates(world->jo, hex, "The School", rows[0].summary.reference, now, 10,
                               &arena, &rows, &count, &error));
    assert_int_equal(count, 1);
    assert_ok(store_duplicates(world->jo, hex, "The Court", NULL, now, 10, &arena, &rows,
                               &count, &error));
    assert_int_equal(count, 0);
    now.us += (int64_t)30 * DAY * 1000000;
    assert_ok(store_duplicates(world->jo, hex, "The School", NULL, now, 10, &arena, &rows,
                               &count, &error));
    assert_int_equal(count, 0);
    assert_ok(store_duplicates(world->jo, "", "The School", NULL, now, 10, &arena, &rows,
                               &count, &error));
    assert_int_equal(count, 0);
    arena_release(&arena);
}

/* --- Filters in words --------------------------------------------------------------------- */

static void a_filter_in_words_is_read_back(void **state)
{
    static const char words[] =
        "mine; state waiting, returned; outcome share, do-not-share; author jo; purpose To "
        "help, at once; from 2026-01-31; departed; retention-due; search smith; order author";
    static const struct {
        const char *words, *what, *remedy;
    } wrong[] = {
        {"departd", "There is no filter 'departd'.", "Did you mean 'departed'?"},
        {"outcome shar", "There is no outcome 'shar'.", "Did you mean 'share'?"},
        {"from yesterday", "'yesterday' is no day.", "Write it like 2026-09-30."},
        {"departed yes", "Nothing can follow 'departed'.", NULL},
        {"author", "It is not said which author.", NULL},
    };
    struct arena arena = {0};
    struct log_query query;
    struct buf again = {0};
    struct error error;

    (void)state;
    assert_ok(log_query_parse(words, &arena, &query, &error));
    assert_int_equal(query.states, 1u << STATE_WAITING | 1u << STATE_RETURNED);
    assert_string_equal(query.purpose, "To help, at once");
    assert_int_equal(query.order, LOG_BY_AUTHOR);
    log_query_words(&query, &again);
    assert_string_equal(buf_text(&again), words);
    buf_release(&again);
    for (size_t i = 0; i < COUNT(wrong); i++) {
        assert_int_equal(log_query_parse(wrong[i].words, &arena, &query, &error),
                         STATUS_BAD_DATA);
        assert_string_equal(error.what, wrong[i].what);
        if (wrong[i].remedy)
            assert_string_equal(error.remedy, wrong[i].remedy);
    }
    query = (struct log_query){.search = "a; departed"};
    log_query_words(&query, &again);
    assert_string_equal(buf_text(&again), "search a  departed");
    buf_release(&again);
    arena_release(&arena);
}

static void filters_are_a_users_own(void **state)
{
    const struct world *world = *state;
    struct saved_filter *list;
    struct arena arena = {0};
    struct error error;
    size_t count;

    assert_ok(store_filter_save(world->jo, "Mine", "mine", &error));
    assert_ok(store_filter_save(world->jo, "Bad ones", "departed", &error));
    assert_ok(store_filter_save(world->jo, "Mine", "mine; departed", &error));
    assert_ok(store_filter_save(world->sam, "Mine", "urgent", &error));
    assert_int_equal(store_filter_save(world->jo, "  ", "mine", &error), STATUS_REFUSED);
    assert_ok(store_filters(world->jo, &arena, &list, &count, &error));
    assert_int_equal(count, 2);
    assert_string_equal(list[0].name, "Bad ones");
    assert_string_equal(list[1].words, "mine; departed");
    assert_ok(store_filter_drop(world->jo, "Mine", &error));
    assert_int_equal(store_filter_drop(world->jo, "Mine", &error), STATUS_NOT_FOUND);
    assert_ok(store_filters(world->sam, &arena, &list, &count, &error));
    assert_int_equal(count, 1);
    arena_release(&arena);
}

/* Whatever was changed by hand shows; and all of it is made again from the log. */
static void verifying_compares_every_word(void **state)
{
    static const char *const changes[] = {
        "INSERT INTO words (rowid, text) VALUES (9, 'strange')",
        "INSERT INTO words (words) VALUES ('delete-all')",
        "INSERT INTO words (words, rowid, text) VALUES ('delete', 12, 'cafe');"
        "INSERT INTO words (rowid, text) VALUES (300, 'cafe')",
        "DELETE FROM term WHERE word = 'cafe'",
        "INSERT INTO term VALUES ('aaa')",
        "INSERT INTO term VALUES ('zzz')",
        "UPDATE projection SET indexed = indexed - 60",
        "UPDATE figure SET count = count + 1 WHERE what = 'verdict'",
        "UPDATE figure SET total = total + 1 WHERE what = 'wait'",
        "UPDATE figure SET name = 'other' WHERE what = 'exemption' OR what = 'reason'",
        "UPDATE tally SET count = count + 1",
        "INSERT INTO known_as SELECT 'AAAA-AAAA', ref FROM decision LIMIT 1",
    };
    const struct world *world = *state;
    sqlite3 *db = database_handle(world->jo->database);
    struct error error;

    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    for (size_t i = 0; i < COUNT(changes); i++) {
        assert_int_equal(sqlite3_exec(db, changes[i], NULL, NULL, NULL), SQLITE_OK);
        if (store_verify(world->jo, NULL, NULL, NULL, &error) != STATUS_DAMAGED)
            fail_msg("This does not show: %s", changes[i]);
        assert_ok(project_rebuild(world->jo->database, &error));
        assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    }
}

static size_t count_of(struct store *store, const struct log_query *query)
{
    struct log_query all = *query;
    struct arena arena = {0};
    struct window window;
    struct error error;
    int64_t count;

    all.limit = 200;
    assert_ok(store_list(store, &all, &arena, &window, &error));
    assert_ok(store_count(store, &all, NULL, NULL, &count, &error));
    assert_int_equal(count, window.count);
    arena_release(&arena);
    return window.count;
}

/* What is erased stays in the list of its author, and nothing else of it; all tables are the
 * same when they are made again without the bodies. */
static void an_erased_record_leaves_its_head(void **state)
{
    static const int erased[] = {18, 27, 234, 237}; /* indexed, reviewed; not indexed */
    const struct world *world = *state;
    struct store *alex_store = open_as(world->dir, &alex);
    const struct log_query jos = {.author = "jo", .until = moment_date(at(200 * DAY))};
    const struct log_query late = {.author = "jo", .from = moment_date(at(200 * DAY))};
    size_t before = count_of(world->jo, &jos), after = count_of(world->jo, &late);
    char reference[REFERENCE_SIZE];
    struct error error;

    for (size_t i = 0; i < COUNT(erased); i++) {
        int64_t number = 1000 + erased[i];

        assert_ok(store_erase(alex_store, reference_of((int)number, reference), "Due.",
                              at(DECISIONS * DAY * 30), &error));
        assert_ok(store_verify(alex_store, NULL, NULL, NULL, &error));
        assert_int_equal(count_of(world->jo, &(struct log_query){.search = "n018"}), 0);
    }
    assert_int_equal(count_of(world->jo, &(struct log_query){.search = "n234"}), 0);
    assert_int_equal(count_of(world->jo, &jos), before);
    assert_int_equal(count_of(world->jo, &late), after);
    assert_ok(project_rebuild(world->jo->database, &error));
    assert_ok(store_verify(world->jo, NULL, NULL, NULL, &error));
    assert_int_equal(count_of(world->jo, &jos), before);
    store_close(alex_store);
}

/* However rare the filter: by authors, and by what may go when, forwards and backwards. */
static void an_order_holds_under_a_rare_filter(void **state)
{
    const struct world *world = *state;
    struct log_query query = {.departed = true, .limit = 3, .order = LOG_BY_AUTHOR};

    for (int order = LOG_BY_AUTHOR; order <= LOG_BY_RETENTION; order += 2) {
        int64_t seen[DECISIONS] = {0};
        size_t count = 0;
        struct arena arena = {0};
        struct window window;
        struct error error;

        query = (struct log_query){.departed = true, .limit = 3, .order = order};
        do {
            assert_ok(store_list(world->jo, &query, &arena, &window, &error));
            for (size_t i = 0; i < window.count; i++) {
                assert_true(window.row[i].summary.departed);
                seen[count++] = window.row[i].sequence;
            }
            query.after = count ? seen[count - 1] : 0;
        } while (window.more_after);
        assert_int_equal(count, count_of(world->jo, &(struct log_query){.departed = true}));
        query.backwards = true;
        for (size_t left = count - 1; left > 0;) {
            query.after = seen[left];
            assert_ok(store_list(world->jo, &query, &arena, &window, &error));
            assert_true(window.count > 0 && window.count <= left);
            for (size_t i = window.count; i-- > 0;)
                assert_int_equal(window.row[i].sequence, seen[--left]);
        }
        arena_release(&arena);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(any_mixture_of_filters_shows_what_it_says),
        TEST(what_may_go_is_listed_by_its_day),
        TEST(words_are_found_however_they_are_typed),
        TEST(a_hit_is_shown_in_its_context),
        TEST(a_count_stops_when_a_key_comes),
        TEST(an_amended_record_is_found_by_its_new_words),
        TEST(a_person_has_a_page),
        TEST(duplicates_are_of_two_weeks),
        cmocka_unit_test(a_filter_in_words_is_read_back),
        TEST(filters_are_a_users_own),
        TEST(verifying_compares_every_word),
        TEST(an_erased_record_leaves_its_head),
        TEST(an_order_holds_under_a_rare_filter),
    };

    secret_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
