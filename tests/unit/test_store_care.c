/* SPDX-License-Identifier: MIT */
/* Looking after a store: users disabled, the recovery key, another key, holds and erasures,
 * backups, and stores of earlier versions. */
#include "tests/unit/store_fixture.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/care.h"
#include "store/log.h"

struct world {
    char *folder, *dir, *other;
    struct key alex, jo;
};

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    world->folder = folder_new();
    world->dir = path_join(world->folder, "store");
    world->other = path_join(world->folder, "backup");
    make_store(world->dir);
    world->alex = key_of(world->dir, &alex);
    world->jo = key_of(world->dir, &jo);
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    key_release(&world->alex);
    key_release(&world->jo);
    folder_remove(world->folder);
    free(world->dir);
    free(world->other);
    free(world);
    return 0;
}

/* The newest entry, with its body. */
static struct entry newest(struct store *store, struct arena *arena)
{
    struct entry entry;
    struct error error;
    struct head head;

    assert_ok(store_head(store, &head, &error));
    assert_ok(store_entry(store, head.count, arena, &entry, &error));
    return entry;
}

static size_t count_drafts(struct store *store)
{
    struct arena arena = {0};
    struct draft *drafts;
    struct error error;
    size_t count;

    assert_ok(store_drafts(store, &arena, &drafts, &count, &error));
    arena_release(&arena);
    return count;
}

static enum status open_status(const char *dir, const struct person *user)
{
    struct passphrase *passphrase = passphrase_of(user->name);
    struct store *store = NULL;
    struct error error;
    enum status status = store_open(dir, user->name, passphrase, &store, &error);

    store_close(store);
    secret_free(passphrase);
    return status;
}

/* --- Users -------------------------------------------------------------------------------- */

static void a_disabled_user_is_kept_out(void **state)
{
    const struct world *world = *state;
    struct store *guardian = open_with(world->dir, &world->alex);
    struct store *store = open_with(world->dir, &world->jo);
    struct sample sample = {.number = 1};
    struct error error;

    assert_int_equal(store_user_disable(store, "sam", at(5), &error), STATUS_REFUSED);
    assert_int_equal(store_user_disable(guardian, "alex", at(5), &error), STATUS_REFUSED);
    assert_int_equal(store_user_disable(guardian, "kim", at(5), &error), STATUS_NOT_FOUND);
    assert_int_equal(store_user_enable(guardian, "jo", at(5), &error), STATUS_REFUSED);
    assert_ok(store_user_disable(guardian, "jo", at(6), &error));
    assert_int_equal(sign_sample(store, &sample, NULL, &error), STATUS_REFUSED);
    store_close(store);
    assert_int_equal(open_status(world->dir, &jo), STATUS_LOCKED);
    assert_int_equal(open_status(world->dir, &sam), STATUS_OK);
    assert_ok(store_user_enable(guardian, "jo", at(7), &error));
    store = open_as(world->dir, &jo);
    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_ok(store_verify(guardian, NULL, NULL, NULL, &error));
    store_close(store);
    store_close(guardian);
}

static void drafts_of_a_disabled_user_are_not_stranded(void **state)
{
    const struct world *world = *state;
    struct store *guardian = open_with(world->dir, &world->alex);
    struct store *store = open_with(world->dir, &world->jo);
    char one[REFERENCE_SIZE], two[REFERENCE_SIZE];
    struct error error;
    size_t count = 0;

    assert_ok(store_draft_save(store, reference_of(1, one), "{}", 2, at(5), &error));
    assert_ok(store_draft_save(store, reference_of(2, two), "{}", 2, at(5), &error));
    assert_int_equal(store_hand_over(guardian, "jo", "sam", at(6), &count, &error),
                     STATUS_REFUSED);
    assert_ok(store_user_disable(guardian, "jo", at(6), &error));
    assert_int_equal(store_hand_over(store, "jo", "sam", at(6), &count, &error),
                     STATUS_REFUSED);
    assert_ok(store_user_enable(guardian, "jo", at(6), &error));
    assert_int_equal(count_drafts(store), 2);
    assert_ok(store_user_disable(guardian, "jo", at(6), &error));
    assert_ok(store_hand_over(guardian, "jo", "sam", at(7), &count, &error));
    assert_int_equal(count, 2);
    assert_int_equal(count_drafts(store), 0);
    store_close(store);
    store = open_as(world->dir, &sam);
    assert_int_equal(count_drafts(store), 2);
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    store_close(store);
    store_close(guardian);
}

/* --- The recovery key --------------------------------------------------------------------- */

/* As a person types it: lower case, other spaces. */
static struct passphrase *as_typed(const struct passphrase *code)
{
    char text[PASSPHRASE_MAX];
    size_t length = 0;

    for (size_t i = 0; i < code->length; i++) {
        char c = code->text[i];

        if (c != '-')
            text[length++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return passphrase_new(text, length);
}

static void the_recovery_key_gives_another_passphrase(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->dir, &world->alex);
    struct passphrase *code, *typed, *new = passphrase_of("jo again");
    struct passphrase *older;
    struct sample sample = {.number = 1};
    struct error error;

    assert_int_equal(store_recover(world->dir, "jo", new, new, at(5), &error), STATUS_BAD_DATA);
    assert_ok(store_recovery_make(store, at(5), &older, &error));
    assert_ok(store_recovery_make(store, at(6), &code, &error));
    assert_int_equal(code->length, 49);
    typed = as_typed(code);
    assert_int_equal(store_recover(world->dir, "jo", older, new, at(7), &error), STATUS_LOCKED);
    assert_int_equal(store_recover(world->dir, "kim", typed, new, at(7), &error),
                     STATUS_NOT_FOUND);
    assert_ok(store_recover(world->dir, "jo", typed, new, at(7), &error));
    store_close(store);
    assert_int_equal(open_status(world->dir, &jo), STATUS_LOCKED);
    assert_ok(store_open(world->dir, "jo", new, &store, &error));
    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    store_close(store);
    secret_free(code);
    secret_free(older);
    secret_free(typed);
    secret_free(new);
}

static void a_slip_in_the_recovery_key_is_told(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->dir, &world->alex);
    struct passphrase *code, *new = passphrase_of("jo again");
    struct error error;

    assert_ok(store_recovery_make(store, at(5), &code, &error));
    code->text[21] = code->text[21] == 'A' ? 'C' : 'A';
    assert_int_equal(store_recover(world->dir, "jo", code, new, at(6), &error),
                     STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "groups 5 and 6"));
    code->length -= 5;
    assert_int_equal(store_recover(world->dir, "jo", code, new, at(6), &error),
                     STATUS_BAD_DATA);
    assert_non_null(strstr(error.what, "36"));
    store_close(store);
    secret_free(code);
    secret_free(new);
}

/* Whoever has the store open meanwhile loses nothing, and is told what to do. */
static void a_session_outlives_its_signing_key(void **state)
{
    const struct world *world = *state;
    struct store *before = open_with(world->dir, &world->jo), *store;
    struct passphrase *code, *new = passphrase_of("jo again");
    struct sample sample = {.number = 1};
    char one[REFERENCE_SIZE];
    struct error error;

    store = open_with(world->dir, &world->alex);
    assert_ok(store_recovery_make(store, at(5), &code, &error));
    store_close(store);
    assert_ok(store_recover(world->dir, "jo", code, new, at(6), &error));
    assert_ok(store_draft_save(before, reference_of(1, one), "{}", 2, at(7), &error));
    assert_int_equal(sign_sample(before, &sample, NULL, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.remedy, "Lock Discern"));
    assert_int_equal(count_drafts(before), 1);
    assert_ok(store_open(world->dir, "jo", new, &store, &error));
    assert_int_equal(count_drafts(store), 1);
    assert_ok(sign_sample(store, &sample, NULL, &error));
    store_close(store);
    store_close(before);
    secret_free(code);
    secret_free(new);
}

/* --- Another key -------------------------------------------------------------------------- */

static void another_key_shuts_out_the_old_one(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->dir, &world->jo), *guardian;
    struct sample sample = {.number = 1};
    unsigned char pseudonym[DIGEST_SIZE];
    char one[REFERENCE_SIZE];
    struct passphrase *code;
    struct error error;

    memcpy(pseudonym, store_pseudonym_key(store), sizeof(pseudonym));
    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_ok(store_draft_save(store, reference_of(2, one), "{}", 2, at(5), &error));
    assert_int_equal(store_rekey(store, at(6), &error), STATUS_REFUSED); /* no guardian */
    store_close(store);
    store = open_with(world->dir, &world->jo);
    guardian = open_with(world->dir, &world->alex);
    assert_ok(store_recovery_make(guardian, at(6), &code, &error));
    assert_int_equal(store_rekey(guardian, at(6), &error), STATUS_REFUSED); /* jo is in it */
    store_close(store);
    assert_ok(store_user_disable(guardian, "sam", at(7), &error));
    assert_ok(store_rekey(guardian, at(8), &error));
    store_close(guardian);
    /* The old key is worth nothing; passphrases and the recovery key are. */
    assert_int_equal(store_open_slot(world->dir, &world->jo.keyring, world->jo.slot,
                                     world->jo.secrets, &store, &error),
                     STATUS_IO);
    assert_non_null(strstr(error.what, "another key")); /* the store is not damaged */
    assert_int_equal(open_status(world->dir, &sam), STATUS_LOCKED);
    store = open_as(world->dir, &jo);
    assert_memory_equal(store_pseudonym_key(store), pseudonym, sizeof(pseudonym));
    assert_int_equal(count_drafts(store), 1);
    assert_ok(store_verify(store, NULL, NULL, NULL, &error));
    store_close(store);
    guardian = open_as(world->dir, &alex);
    assert_ok(store_user_enable(guardian, "sam", at(9), &error));
    store_close(guardian);
    assert_int_equal(open_status(world->dir, &sam), STATUS_OK);
    struct passphrase *new = passphrase_of("sam again");
    assert_ok(store_recover(world->dir, "sam", code, new, at(10), &error));
    secret_free(new);
    secret_free(code);
}

/* --- Holding and erasing ------------------------------------------------------------------ */

/* Whether the marker stands in any page of the database, opened with the key of the store. */
static bool pages_hold(const char *dir, const struct key *key, const char *text)
{
    struct cipher *cipher = cipher_new(key->secrets->store_key, key->keyring.id);
    char *path = path_join(dir, DATABASE_FILE);
    unsigned char page[PAGE_SIZE];
    struct buf bytes = {0};
    struct error error;
    bool found = false;

    assert_ok(file_read(path, (size_t)1 << 30, &bytes, &error));
    for (size_t i = 0; i * PAGE_SIZE < bytes.length; i++) {
        struct place place = {FILE_DATABASE, (uint32_t)i + 1, i * PAGE_SIZE};

        assert_true(
            page_open(cipher, &place, (unsigned char *)bytes.text + i * PAGE_SIZE, page));
        found = found || memmem(page, sizeof(page), text, strlen(text));
    }
    buf_release(&bytes);
    free(path);
    secret_free(cipher);
    return found;
}

static bool log_is_empty(const char *dir)
{
    char *path = path_join(dir, DATABASE_FILE "-wal");
    struct buf bytes = {0};
    struct error error;
    enum status status = file_read(path, (size_t)1 << 30, &bytes, &error);
    bool empty = status == STATUS_NOT_FOUND || bytes.length == 0;

    buf_release(&bytes);
    free(path);
    return empty;
}

static void an_erased_record_is_nowhere(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->dir, &world->jo), *guardian;
    struct sample sample = {.number = 1, .subject = MARKER};
    char reference[REFERENCE_SIZE], draft[REFERENCE_SIZE], *begun;
    struct arena arena = {0};
    struct error error;
    struct entry entry;
    struct row row;

    reference_of(1, reference);
    assert_ok(sign_sample(store, &sample, NULL, &error));
    begun = xasprintf("{\"amends\":\"%s\",\"subject\":\"" MARKER "\"}", reference);
    assert_ok(
        store_draft_save(store, reference_of(2, draft), begun, strlen(begun), at(5), &error));
    assert_int_equal(store_erase(store, reference, "I would like to.", at(6), &error),
                     STATUS_REFUSED);
    assert_int_equal(store_hold(store, reference, true, "A complaint.", at(6), &error),
                     STATUS_REFUSED);
    store_close(store);
    guardian = open_with(world->dir, &world->alex);
    assert_ok(log_empty(guardian, &error));
    assert_true(pages_hold(world->dir, &world->alex, MARKER));
    assert_int_equal(store_erase(guardian, reference, " ", at(7), &error), STATUS_REFUSED);
    assert_int_equal(store_hold(guardian, reference, true, "", at(7), &error), STATUS_REFUSED);
    assert_ok(store_hold(guardian, reference, true, "A complaint.", at(7), &error));
    assert_int_equal(store_erase(guardian, reference, "Due.", at(8), &error), STATUS_REFUSED);
    assert_ok(store_hold(guardian, reference, false, "Settled.", at(9), &error));
    assert_ok(store_erase(guardian, reference, "Due.", at(10), &error));
    assert_true(log_is_empty(world->dir));
    assert_false(pages_hold(world->dir, &world->alex, MARKER));
    assert_false(pages_hold(world->dir, &world->alex, "quorblington"));
    assert_int_equal(store_erase(guardian, reference, "Due.", at(11), &error), STATUS_REFUSED);
    assert_ok(store_verify(guardian, NULL, NULL, NULL, &error));
    assert_ok(store_find(guardian, reference, &arena, &row, &error));
    assert_int_equal(row.state, STATE_ERASED);
    assert_ok(store_entry(guardian, row.sequence, &arena, &entry, &error));
    assert_null(entry.body);
    entry = newest(guardian, &arena);
    assert_int_equal(entry.kind, ENTRY_ERASURE);
    assert_non_null(strstr(entry.body, "Due."));
    arena_release(&arena);
    store_close(guardian);
    free(begun);
}

/* --- Copies ------------------------------------------------------------------------------- */

static struct restore_options restore_of(const struct world *world,
                                         const struct passphrase *passphrase)
{
    return (struct restore_options){world->other, world->dir, "alex", passphrase, false, false};
}

static void a_backup_is_a_store(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->dir, &world->jo);
    struct sample sample = {.number = 1, .subject = MARKER};
    struct passphrase *passphrase = passphrase_of("alex");
    struct restore_options options = restore_of(world, passphrase);
    struct restored restored = {0};
    struct error error;
    struct head head;

    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_ok(store_backup(store, world->other, &head, &error));
    assert_int_equal(head.count, 4);
    assert_false(folder_holds(world->other, MARKER));
    assert_int_equal(store_backup(store, world->other, &head, &error), STATUS_REFUSED);
    sample.number = 2;
    assert_ok(sign_sample(store, &sample, NULL, &error)); /* in use all the while */
    store_close(store);
    options.check = true;
    assert_ok(store_restore(&options, at(20), &restored, &error));
    assert_int_equal(restored.head.count, 4);
    assert_null(restored.kept);
    store = open_as(world->other, &jo);
    assert_ok(store_verify(store, &head, NULL, NULL, &error));
    store_close(store);
    secret_free(passphrase);
}

static void an_older_backup_says_so(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->dir, &world->jo);
    struct passphrase *passphrase = passphrase_of("alex");
    struct restore_options options = restore_of(world, passphrase);
    struct sample sample = {.number = 1};
    struct restored restored = {0};
    struct arena arena = {0};
    struct head head, later;
    struct entry entry;
    struct error error;

    assert_ok(store_backup(store, world->other, &head, &error));
    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_ok(store_head(store, &later, &error));
    store_close(store);
    assert_int_equal(store_restore(&options, at(20), &restored, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.what, "newest 1 entries"));
    options.older = true;
    assert_ok(store_restore(&options, at(21), &restored, &error));
    assert_int_equal(restored.known.count, 4);
    store = open_as(world->dir, &alex);
    entry = newest(store, &arena);
    assert_int_equal(entry.kind, ENTRY_RESTORE);
    assert_non_null(strstr(entry.body, "\"known\":{\"count\":4"));
    assert_ok(store_verify(store, &head, NULL, NULL, &error));
    assert_int_equal(store_verify(store, &later, NULL, NULL, &error), STATUS_DAMAGED);
    store_close(store);
    store = open_as(restored.kept, &jo); /* what was there is still to be had */
    assert_ok(store_verify(store, &later, NULL, NULL, &error));
    store_close(store);
    arena_release(&arena);
    free(restored.kept);
    secret_free(passphrase);
}

/* A store whose database was damaged is what backups are for. */
static void a_damaged_store_is_restored(void **state)
{
    const struct world *world = *state;
    struct store *store = open_with(world->dir, &world->jo);
    struct passphrase *passphrase = passphrase_of("alex");
    struct restore_options options = restore_of(world, passphrase);
    char *path = path_join(world->dir, DATABASE_FILE);
    struct restored restored = {0};
    struct error error;
    struct head head;

    assert_ok(store_backup(store, world->other, &head, &error));
    store_close(store);
    assert_int_equal(truncate(path, 4096), 0);
    assert_ok(store_restore(&options, at(20), &restored, &error));
    assert_int_equal(restored.known.count, 0);
    assert_non_null(restored.kept);
    store = open_as(world->dir, &sam);
    assert_ok(store_verify(store, &head, NULL, NULL, &error));
    store_close(store);
    free(restored.kept);
    free(path);
    secret_free(passphrase);
}

/* --- A disk without locks ------------------------------------------------------------------
 */

static bool without_locks;

/* In place of the C library's: what holds the folder of a store asks it. */
int flock(int fd, int operation);
int flock(int fd, int operation)
{
    if (without_locks)
        errno = ENOLCK;
    return without_locks ? -1 : (int)syscall(SYS_flock, fd, operation);
}

static void a_disk_without_locks_is_refused_in_words(void **state)
{
    const struct world *world = *state;
    struct store *store = NULL;
    struct error error;
    enum status status;

    without_locks = true;
    status = store_open_slot(world->dir, &world->jo.keyring, world->jo.slot, world->jo.secrets,
                             &store, &error);
    without_locks = false;
    assert_int_equal(status, STATUS_IO);
    assert_null(store);
    assert_non_null(strstr(error.what, "does not keep locks"));
    assert_non_null(strstr(error.remedy, "local disk"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_world, remove_world)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_disabled_user_is_kept_out),
        TEST(drafts_of_a_disabled_user_are_not_stranded),
        TEST(the_recovery_key_gives_another_passphrase),
        TEST(a_slip_in_the_recovery_key_is_told),
        TEST(a_session_outlives_its_signing_key),
        TEST(another_key_shuts_out_the_old_one),
        TEST(an_erased_record_is_nowhere),
        TEST(a_backup_is_a_store),
        TEST(an_older_backup_says_so),
        TEST(a_damaged_store_is_restored),
        TEST(a_disk_without_locks_is_refused_in_words),
    };

    secret_init();
    return cmocka_run_group_tests_name("looking after a store", tests, NULL, NULL);
}
