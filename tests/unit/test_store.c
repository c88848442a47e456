/* SPDX-License-Identifier: MIT */
/* The store as its callers see it: made, opened, signed into, read, reviewed, verified. */
#include "tests/unit/store_fixture.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"

struct world {
    char *folder, *dir;
};

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    world->folder = folder_new();
    world->dir = path_join(world->folder, "a/store");
    make_store(world->dir);
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    folder_remove(world->folder);
    free(world->dir);
    free(world);
    return 0;
}

/* --- Making and opening ------------------------------------------------------------------- */

static void a_store_is_two_private_files(void **state)
{
    const struct world *world = *state;
    struct error error;
    struct stat info;
    char **names, *path;
    size_t count;

    assert_ok(file_list(world->dir, "", &names, &count, &error));
    assert_int_equal(count, 2);
    assert_string_equal(names[0], "discern.db");
    assert_string_equal(names[1], "keyring");
    assert_int_equal(stat(world->dir, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
    for (size_t i = 0; i < count; i++) {
        path = path_join(world->dir, names[i]);
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_mode & 0777, 0600);
        free(path);
    }
    free(names);
}

static void a_store_is_made_private_again(void **state)
{
    const struct world *world = *state;
    struct stat info;

    assert_int_equal(chmod(world->dir, 0777), 0);
    store_close(open_as(world->dir, &jo));
    assert_int_equal(stat(world->dir, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0700);
}

/* A pipe in the place of a file is not waited for, and a folder not taken for a failing disk.
 */
static void what_is_no_file_is_no_store(void **state)
{
    static const char *const names[] = {"keyring", "discern.db"};
    const struct world *world = *state;
    struct passphrase *passphrase = passphrase_of("jo");
    struct store *store = NULL;
    struct error error;

    for (size_t i = 0; i < COUNT(names); i++) {
        char *path = path_join(world->dir, names[i]), *kept = path_join(world->dir, "kept");

        assert_int_equal(rename(path, kept), 0);
        assert_int_equal(mkfifo(path, 0600), 0);
        assert_int_equal(store_open(world->dir, "jo", passphrase, &store, &error),
                         STATUS_DAMAGED);
        assert_int_equal(unlink(path), 0);
        assert_int_equal(mkdir(path, 0700), 0);
        assert_int_equal(store_open(world->dir, "jo", passphrase, &store, &error),
                         STATUS_DAMAGED);
        assert_int_equal(rmdir(path), 0);
        assert_int_equal(rename(kept, path), 0);
        free(path);
        free(kept);
    }
    store_close(open_as(world->dir, &jo));
    secret_free(passphrase);
}

static void a_store_is_not_made_over_something(void **state)
{
    const struct world *world = *state;
    struct passphrase *passphrase = passphrase_of("jo"), *brief = passphrase_new("short", 5);
    struct person odd = jo;
    char *other = path_join(world->folder, "other");
    struct error error;

    assert_int_equal(store_create_at(world->dir, &jo, passphrase, KDF_FLOOR, at(0), &error),
                     STATUS_REFUSED);
    assert_int_equal(store_create_at(other, &jo, brief, KDF_FLOOR, at(0), &error),
                     STATUS_REFUSED);
    odd.name = "Jo Bloggs";
    assert_int_equal(store_create_at(other, &odd, passphrase, KDF_FLOOR, at(0), &error),
                     STATUS_REFUSED);
    assert_int_not_equal(access(other, F_OK), 0);
    free(other);
    secret_free(passphrase);
    secret_free(brief);
}

static void only_the_right_passphrase_opens(void **state)
{
    const struct world *world = *state;
    struct passphrase *wrong = passphrase_of("nobody");
    struct store *store = NULL;
    struct error error;

    assert_int_equal(store_open(world->dir, "jo", wrong, &store, &error), STATUS_LOCKED);
    assert_int_equal(store_open(world->dir, "kim", wrong, &store, &error), STATUS_NOT_FOUND);
    assert_int_equal(store_open(world->folder, "jo", wrong, &store, &error), STATUS_NOT_FOUND);
    assert_null(store);
    store = open_as(world->dir, &jo);
    assert_string_equal(store_me(store)->full, "Jo Bloggs");
    assert_int_equal(store_me(store)->role, ROLE_PRACTITIONER);
    store_close(store);
    secret_free(wrong);
}

static void users_are_listed_without_a_passphrase(void **state)
{
    const struct world *world = *state;
    struct user_name *names;
    struct error error;
    size_t count;

    assert_ok(store_users(world->dir, &names, &count, &error));
    assert_int_equal(count, 3);
    assert_string_equal(names[0].name, "alex");
    assert_int_equal(names[0].role, ROLE_GUARDIAN);
    assert_string_equal(names[2].name, "jo");
    free(names);
    assert_int_equal(store_users(world->folder, NULL, NULL, &error), STATUS_NOT_FOUND);
}

static void a_passphrase_can_be_changed(void **state)
{
    const struct world *world = *state;
    struct store *store = open_as(world->dir, &jo);
    struct passphrase *old = passphrase_of("jo"), *new = passphrase_of("jo the second");
    struct error error;

    assert_int_equal(store_passphrase_change(store, new, new, at(5), &error), STATUS_LOCKED);
    assert_ok(store_passphrase_change(store, old, new, at(5), &error));
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    store_close(store);
    store = NULL;
    assert_int_equal(store_open(world->dir, "jo", old, &store, &error), STATUS_LOCKED);
    assert_ok(store_open(world->dir, "jo", new, &store, &error));
    store_close(store);
    secret_free(old);
    secret_free(new);
}

static void only_a_guardian_adds_users(void **state)
{
    const struct world *world = *state;
    const struct person kim = {"kim", "Kim", "Duty team", ROLE_PRACTITIONER};
    struct passphrase *passphrase = passphrase_of("kim");
    struct store *store = open_as(world->dir, &sam);
    struct user_name *names;
    struct error error;
    size_t count;

    assert_int_equal(store_user_add(store, &kim, passphrase, at(5), &error), STATUS_REFUSED);
    store_close(store);
    assert_ok(store_users(world->dir, &names, &count, &error));
    assert_int_equal(count, 3);
    free(names);
    store = open_as(world->dir, &alex);
    assert_int_equal(store_user_add(store, &jo, passphrase, at(5), &error), STATUS_REFUSED);
    assert_ok(store_user_add(store, &kim, passphrase, at(5), &error));
    store_close(store);
    store_close(open_as(world->dir, &kim));
    secret_free(passphrase);
}

/* --- Drafts and the log ------------------------------------------------------------------- */

static void drafts_are_kept_and_dropped(void **state)
{
    const struct world *world = *state;
    struct store *store = open_as(world->dir, &jo), *other = open_as(world->dir, &sam);
    struct arena arena = {0};
    struct draft *drafts;
    struct error error;
    char one[REFERENCE_SIZE], two[REFERENCE_SIZE];
    size_t count;

    reference_of(1, one);
    reference_of(2, two);
    assert_ok(store_draft_save(store, one, "first", 5, at(10), &error));
    assert_ok(store_draft_save(store, two, "second", 6, at(11), &error));
    assert_ok(store_draft_save(store, one, "first again", 11, at(12), &error));
    assert_ok(store_drafts(store, &arena, &drafts, &count, &error));
    assert_int_equal(count, 2);
    assert_string_equal(drafts[0].reference, one);
    assert_int_equal(drafts[0].length, 11);
    assert_memory_equal(drafts[0].bytes, "first again", 11);
    assert_true(drafts[0].touched.us == at(12).us);
    assert_ok(store_drafts(other, &arena, &drafts, &count, &error));
    assert_int_equal(count, 0);
    assert_ok(store_draft_drop(store, two, &error));
    assert_ok(sign_sample(store, &(struct sample){.number = 1}, NULL, &error));
    assert_ok(store_drafts(store, &arena, &drafts, &count, &error));
    assert_int_equal(count, 0);
    arena_release(&arena);
    store_close(store);
    store_close(other);
}

/* One user with the store open twice, and one draft: neither loses what was kept in the other.
 */
static void a_draft_changed_elsewhere_is_not_written_over(void **state)
{
    const struct world *world = *state;
    struct store *here = open_as(world->dir, &jo), *there = open_as(world->dir, &jo);
    struct arena arena = {0};
    struct draft *drafts;
    struct error error;
    char one[REFERENCE_SIZE];
    size_t count;

    reference_of(1, one);
    assert_ok(store_draft_save(here, one, "first", 5, at(10), &error));
    assert_ok(store_drafts(there, &arena, &drafts, &count, &error));
    assert_ok(store_draft_save(here, one, "second", 6, at(10), &error));
    assert_int_equal(store_draft_save(there, one, "other", 5, at(11), &error), STATUS_REFUSED);
    assert_non_null(strstr(error.what, "another window"));
    assert_int_equal(store_draft_drop(there, one, &error), STATUS_REFUSED);
    assert_int_equal(sign_sample(there, &(struct sample){.number = 1}, NULL, &error),
                     STATUS_REFUSED);
    assert_ok(store_drafts(there, &arena, &drafts, &count, &error));
    assert_memory_equal(drafts[0].bytes, "second", 6);
    assert_ok(store_draft_save(there, one, "third", 5, at(12), &error));
    assert_int_equal(store_draft_save(here, one, "fourth", 6, at(13), &error), STATUS_REFUSED);
    assert_ok(sign_sample(there, &(struct sample){.number = 1}, NULL, &error));
    assert_int_equal(store_draft_save(here, one, "fourth", 6, at(14), &error), STATUS_REFUSED);
    assert_non_null(strstr(error.what, "signed"));
    assert_ok(store_drafts(here, &arena, &drafts, &count, &error));
    assert_int_equal(count, 0);
    arena_release(&arena);
    store_close(here);
    store_close(there);
}

static void a_record_is_kept_as_signed(void **state)
{
    const struct world *world = *state;
    struct store *store = open_as(world->dir, &jo);
    struct sample sample = {.number = 7, .subject = MARKER};
    struct arena arena = {0};
    struct buf body = {0};
    struct entry *entries;
    char reference[REFERENCE_SIZE];
    struct error error;
    struct head before, after;
    int64_t sequence;
    size_t count;

    reference_of(7, reference);
    assert_ok(store_head(store, &before, &error));
    assert_ok(sign_sample(store, &sample, &sequence, &error));
    assert_ok(store_head(store, &after, &error));
    assert_true(after.count == before.count + 1 && sequence == after.count);
    compose_sample(&jo, &sample, &body);
    assert_ok(store_history(store, reference, &arena, &entries, &count, &error));
    assert_int_equal(count, 1);
    assert_int_equal(entries[0].kind, ENTRY_RECORD);
    assert_int_equal(entries[0].length, body.length);
    assert_memory_equal(entries[0].body, body.text, body.length);
    assert_memory_equal(entries[0].link.byte, after.link.byte, DIGEST_SIZE);
    assert_string_equal(entries[0].author, "jo");
    assert_int_equal(sign_sample(store, &sample, NULL, &error), STATUS_REFUSED);
    assert_ok(store_verify(store, &after, NULL, NULL, &error));
    buf_release(&body);
    arena_release(&arena);
    store_close(store);
}

static void what_does_not_fit_is_not_signed(void **state)
{
    const struct world *world = *state;
    struct store *store = open_as(world->dir, &jo);
    char reference[REFERENCE_SIZE];
    struct error error;
    struct head before, after;

    reference_of(1, reference);
    assert_ok(store_head(store, &before, &error));
    assert_int_equal(store_append(store, ENTRY_RECORD, reference, "{}", 2, at(9), NULL, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(store_append(store, ENTRY_VIEW, reference, "{}", 2, at(9), NULL, &error),
                     STATUS_NOT_FOUND);
    assert_int_equal(store_append(store, ENTRY_EXPORT, NULL, "{ }", 3, at(9), NULL, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(store_append(store, ENTRY_EXPORT, "ABC", "{}", 2, at(9), NULL, &error),
                     STATUS_BAD_DATA);
    assert_int_equal(store_append(store, ENTRY_USER, NULL, "{}", 2, at(9), NULL, &error),
                     STATUS_REFUSED);
    assert_int_equal(store_append(store, ENTRY_HOLD, reference, "{}", 2, at(9), NULL, &error),
                     STATUS_NOT_FOUND);
    assert_ok(store_head(store, &after, &error));
    assert_true(after.count == before.count);
    store_close(store);
}

static void a_clock_that_went_back_is_noted(void **state)
{
    const struct world *world = *state;
    struct store *store = open_as(world->dir, &jo);
    struct arena arena = {0};
    struct entry entry;
    struct error error;
    int64_t sequence;

    assert_ok(store_append(store, ENTRY_EXPORT, NULL, "{}", 2, at(-100), &sequence, &error));
    assert_ok(store_entry(store, sequence, &arena, &entry, &error));
    assert_true(entry.clock_back);
    assert_ok(store_append(store, ENTRY_EXPORT, NULL, "{}", 2, at(-90), &sequence, &error));
    assert_ok(store_entry(store, sequence, &arena, &entry, &error));
    assert_false(entry.clock_back);
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    arena_release(&arena);
    store_close(store);
}

/* --- Reviews ------------------------------------------------------------------------------ */

static enum state state_of(struct store *store, int number)
{
    struct arena arena = {0};
    char reference[REFERENCE_SIZE];
    struct error error;
    struct row row;

    assert_ok(store_find(store, reference_of(number, reference), &arena, &row, &error));
    arena_release(&arena);
    return row.state;
}

static void reviews_follow_their_rules(void **state)
{
    const struct world *world = *state;
    struct store *his = open_as(world->dir, &jo), *hers = open_as(world->dir, &sam);
    struct store *guardian = open_as(world->dir, &alex);
    struct error error;

    assert_ok(sign_sample(his, &(struct sample){.number = 1}, NULL, &error));
    assert_ok(
        sign_sample(his, &(struct sample){.number = 2, .countersign = true}, NULL, &error));
    assert_ok(sign_sample(hers, &(struct sample){.number = 3}, NULL, &error));
    assert_int_equal(review_sample(his, 1, VERDICT_AGREE, &error), STATUS_REFUSED);
    assert_int_equal(review_sample(hers, 3, VERDICT_AGREE, &error), STATUS_REFUSED);
    assert_int_equal(review_sample(guardian, 2, VERDICT_AGREE, &error), STATUS_REFUSED);
    assert_int_equal(state_of(his, 1), STATE_WAITING);
    assert_ok(review_sample(hers, 1, VERDICT_RETURN, &error));
    assert_int_equal(state_of(his, 1), STATE_RETURNED);
    assert_int_equal(review_sample(hers, 1, VERDICT_AGREE, &error), STATUS_REFUSED);
    assert_ok(review_sample(hers, 2, VERDICT_AGREE, &error));
    assert_int_equal(state_of(his, 2), STATE_COUNTERSIGN);
    assert_int_equal(review_sample(hers, 2, VERDICT_AGREE, &error), STATUS_REFUSED);
    assert_ok(review_sample(guardian, 2, VERDICT_AGREE, &error));
    assert_int_equal(state_of(his, 2), STATE_AGREED);
    assert_ok(store_verify(his, NULL, NULL, NULL, &error));
    store_close(his);
    store_close(hers);
    store_close(guardian);
}

static void an_amendment_waits_again(void **state)
{
    const struct world *world = *state;
    struct store *his = open_as(world->dir, &jo), *hers = open_as(world->dir, &sam);
    char reference[REFERENCE_SIZE];
    struct sample amendment = {.number = 2, .amends = reference_of(1, reference)};
    struct arena arena = {0};
    struct entry *entries;
    struct error error;
    struct row row;
    size_t count;

    assert_ok(sign_sample(his, &(struct sample){.number = 1}, NULL, &error));
    assert_ok(review_sample(hers, 1, VERDICT_AGREE, &error));
    assert_int_equal(sign_sample(hers, &amendment, NULL, &error), STATUS_REFUSED);
    assert_ok(sign_sample(his, &amendment, NULL, &error));
    assert_int_equal(state_of(his, 1), STATE_WAITING);
    assert_ok(store_history(his, reference_of(2, reference), &arena, &entries, &count, &error));
    assert_int_equal(count, 3);
    assert_ok(store_find(his, reference, &arena, &row, &error));
    assert_string_equal(row.summary.reference, reference_of(1, reference));
    assert_true(row.sequence == entries[2].sequence);
    assert_ok(store_verify(his, NULL, NULL, NULL, &error));
    arena_release(&arena);
    store_close(his);
    store_close(hers);
}

/* --- Lists -------------------------------------------------------------------------------- */

#define SAMPLES 25

static void sign_many(struct store *store, int first, int count)
{
    struct error error;

    for (int i = first; i < first + count; i++) {
        char *subject = xasprintf("Person Number%d", i);

        assert_ok(sign_sample(
            store, &(struct sample){.number = i, .subject = subject, .departed = i % 10 == 0},
            NULL, &error));
        free(subject);
    }
}

/* Pages through the list, and checks that it goes through `expected` rows both ways. */
static void check_pages(struct store *store, struct log_query query, size_t expected)
{
    struct arena arena = {0};
    struct window window;
    int64_t seen[2 * SAMPLES];
    struct error error;
    size_t count = 0;

    query.limit = 7;
    do {
        assert_ok(store_list(store, &query, &arena, &window, &error));
        assert_int_equal(window.more_before, query.after != 0);
        for (size_t i = 0; i < window.count; i++)
            seen[count++] = window.row[i].sequence;
        query.after = count ? seen[count - 1] : 0;
    } while (window.more_after);
    assert_int_equal(count, expected);
    if (count > 7) {
        query.after = seen[count - 1];
        query.backwards = true;
        assert_ok(store_list(store, &query, &arena, &window, &error));
        assert_int_equal(window.count, 7);
        assert_true(window.more_after && window.more_before == (count - 1 > 7));
        for (size_t i = 0; i < 7; i++)
            assert_true(window.row[i].sequence == seen[count - 8 + i]);
    }
    arena_release(&arena);
}

static void lists_are_paged_both_ways(void **state)
{
    const struct world *world = *state;
    struct store *his = open_as(world->dir, &jo), *hers = open_as(world->dir, &sam);
    struct error error;

    sign_many(his, 1, SAMPLES);
    sign_many(hers, 101, 10);
    for (int i = 1; i <= 9; i++)
        assert_ok(review_sample(hers, i, i % 2 ? VERDICT_AGREE : VERDICT_RETURN, &error));
    check_pages(his, (struct log_query){0}, SAMPLES + 10);
    check_pages(his, (struct log_query){.order = LOG_OLDEST_FIRST}, SAMPLES + 10);
    check_pages(his, (struct log_query){.mine = true}, SAMPLES);
    check_pages(hers, (struct log_query){.mine = true, .order = LOG_OLDEST_FIRST}, 10);
    check_pages(hers, (struct log_query){.reviewable = true}, SAMPLES - 9);
    check_pages(hers, (struct log_query){.reviewable = true, .order = LOG_OLDEST_FIRST},
                SAMPLES - 9);
    check_pages(his, (struct log_query){.reviewable = true}, 0);
    check_pages(his, (struct log_query){.states = 1u << STATE_AGREED}, 5);
    check_pages(his, (struct log_query){.states = 1u << STATE_AGREED | 1u << STATE_RETURNED},
                9);
    check_pages(his, (struct log_query){.search = "person"}, SAMPLES + 10);
    check_pages(his, (struct log_query){.search = "per NUMBER2"}, 7);
    check_pages(his, (struct log_query){.search = "Number2", .states = 1u << STATE_RETURNED},
                1);
    check_pages(his, (struct log_query){.search = "number1 \"sam"}, 10);
    check_pages(his, (struct log_query){.search = "nobody at all"}, 0);
    store_close(his);
    store_close(hers);
}

static void departures_lead_the_queue(void **state)
{
    const struct world *world = *state;
    struct store *his = open_as(world->dir, &jo), *hers = open_as(world->dir, &sam);
    struct log_query query = {.reviewable = true, .limit = 50};
    struct arena arena = {0};
    struct window window;
    struct error error;

    sign_many(his, 1, SAMPLES);
    assert_ok(store_list(hers, &query, &arena, &window, &error));
    assert_int_equal(window.count, SAMPLES);
    assert_true(window.row[0].summary.departed && window.row[1].summary.departed);
    assert_false(window.row[2].summary.departed);
    assert_true(window.row[0].sequence > window.row[1].sequence);
    arena_release(&arena);
    store_close(his);
    store_close(hers);
}

static void figures_are_counted(void **state)
{
    const struct world *world = *state;
    struct store *his = open_as(world->dir, &jo), *hers = open_as(world->dir, &sam);
    struct figures figures;
    struct error error;

    sign_many(his, 1, 5);
    sign_many(hers, 11, 2);
    assert_ok(review_sample(hers, 1, VERDICT_AGREE, &error));
    assert_ok(review_sample(hers, 2, VERDICT_RETURN, &error));
    assert_ok(store_draft_save(his, "ABCD-EFGH", "x", 1, at(9), &error));
    assert_ok(store_figures(his, &figures, &error));
    assert_int_equal(figures.decisions, 7);
    assert_int_equal(figures.waiting, 5);
    assert_int_equal(figures.returned_to_me, 1);
    assert_int_equal(figures.reviewable, 0);
    assert_int_equal(figures.drafts, 1);
    assert_ok(store_figures(hers, &figures, &error));
    assert_int_equal(figures.reviewable, 3);
    assert_int_equal(figures.returned_to_me, 0);
    store_close(his);
    store_close(hers);
}

/* --- Practice ----------------------------------------------------------------------------- */

static void practice_leaves_nothing(void **state)
{
    struct store *store = NULL;
    struct error error;
    struct head head;
    char *dir;

    (void)state;
    assert_ok(store_practice(&jo, at(0), &store, &error));
    dir = xstrdup(store->dir);
    assert_ok(
        sign_sample(store, &(struct sample){.number = 1, .subject = MARKER}, NULL, &error));
    assert_ok(store_head(store, &head, &error));
    assert_int_equal(head.count, 4);
    assert_false(folder_holds(dir, MARKER));
    assert_ok(store_verify(store, &head, NULL, NULL, &error));
    store_close(store);
    assert_int_not_equal(access(dir, F_OK), 0);
    free(dir);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_store_is_two_private_files),
        TEST(a_store_is_made_private_again),
        TEST(what_is_no_file_is_no_store),
        TEST(a_store_is_not_made_over_something),
        TEST(only_the_right_passphrase_opens),
        TEST(users_are_listed_without_a_passphrase),
        TEST(a_passphrase_can_be_changed),
        TEST(only_a_guardian_adds_users),
        TEST(drafts_are_kept_and_dropped),
        TEST(a_draft_changed_elsewhere_is_not_written_over),
        TEST(a_record_is_kept_as_signed),
        TEST(what_does_not_fit_is_not_signed),
        TEST(a_clock_that_went_back_is_noted),
        TEST(reviews_follow_their_rules),
        TEST(an_amendment_waits_again),
        TEST(lists_are_paged_both_ways),
        TEST(departures_lead_the_queue),
        TEST(figures_are_counted),
        cmocka_unit_test(practice_leaves_nothing),
    };

    secret_init();
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
