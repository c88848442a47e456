/* SPDX-License-Identifier: MIT */
/* Nothing that is kept stands in the clear in any file, at any moment: at each write, cut and
 * sync of the disk, all files below the folder are looked through for every word that was given
 * to the store, and for its keys. What is named in the clear by design is the short names and
 * roles of users, in the keyring. */
#include "tests/unit/store_fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/care.h"
#include "store/leave.h"
#include "tests/faults/fault_vfs.h"

#define FILE_MOST ((size_t)1 << 26)
#define PEM "-----BEGIN CERTIFICATE-----\nUGxhaW4tY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n"

/* Words of each kind, as they are given and as the index of words has them. */
static const char *const words[] = {
    "Recordica",
    "recordica",
    "Draftica",
    "Filterica",
    "filterica",
    "Filternamica",
    "Reviewica",
    "Followica",
    "Incidentica",
    "Whoknewica",
    "Holdica",
    "Erasurica",
    "Foreignica",
    "Viewica",
    "Foreignstorica",
    "Foreignheadica",
    "Privatekeyica",
    "Exportica",
    "Outgoingica",
    "UGxhaW4tY2VydGlmaWNhdGU",
    "Plain-certificate",
    "Jo Bloggs",
    "Sam Shaw",
    "Alex Ash",
    "Duty team",
    "Governance",
    "Teamica",
    "Fullnamica",
    "Searchica",
    "searchica",
    "practitioner\",\"seq",
    "\"kind\":\"",            /* of heads */
    "jurisdiction = nowhere", /* of the pack */
};

struct world {
    struct home home; /* jo's */
    struct key sam, alex;
    int looks;
};

struct needle {
    const void *bytes;
    size_t length;
    const char *what;
};

static bool is_within(const struct buf *bytes, const struct needle *needle)
{
    return memmem(buf_text(bytes), bytes->length, needle->bytes, needle->length) != NULL;
}

static void look_into(const char *path, const struct needle *needle, size_t count)
{
    struct buf bytes = {0};
    struct error error;

    if (file_read(path, FILE_MOST, &bytes, &error) == STATUS_OK) {
        for (size_t i = 0; i < count; i++) {
            if (is_within(&bytes, &needle[i]))
                fail_msg("%s stands in %s", needle[i].what, path);
        }
    }
    buf_release(&bytes);
}

static void look_below(const char *dir, const struct needle *needle, size_t count)
{
    DIR *folder = opendir(dir);
    const struct dirent *entry;

    while (folder && (entry = readdir(folder))) {
        char *path = path_join(dir, entry->d_name);

        if (entry->d_type == DT_REG)
            look_into(path, needle, count);
        if (entry->d_type == DT_DIR && entry->d_name[0] != '.')
            look_below(path, needle, count);
        free(path);
    }
    if (folder)
        closedir(folder);
}

static void look(struct world *world)
{
    const struct secrets *secrets[] = {world->home.key.secrets, world->sam.secrets,
                                       world->alex.secrets};
    struct needle needle[COUNT(words) + 1 + COUNT(secrets)];
    size_t count = 0;

    for (size_t i = 0; i < COUNT(words); i++)
        needle[count++] = (struct needle){words[i], strlen(words[i]), words[i]};
    needle[count++] = (struct needle){secrets[0]->store_key, STORE_KEY_SIZE, "the store's key"};
    for (size_t i = 0; i < COUNT(secrets); i++)
        needle[count++] = (struct needle){secrets[i]->seed, SEED_SIZE, "a user's key"};
    look_below(world->home.folder, needle, count);
    world->looks++;
}

static void look_at_write(bool log, const void *bytes, int size, long long offset, void *data)
{
    (void)log;
    (void)bytes;
    (void)size;
    (void)offset;
    look(data);
}

static void look_at_cut(bool log, long long size, void *data)
{
    (void)log;
    (void)size;
    look(data);
}

static void look_at_sync(bool log, void *data)
{
    (void)log;
    look(data);
}

/* --- Everything that is kept -------------------------------------------------------------- */

static void append(struct store *store, enum entry_kind kind, const char *reference,
                   const char *body)
{
    struct error error;

    assert_ok(store_append(store, kind, reference, body, strlen(body), at(300), NULL, &error));
}

static void decide(struct store *store)
{
    struct sample sample = {.number = 1, .subject = "Recordica"};
    struct log_query query = {.search = "searchica", .limit = 10};
    struct arena arena = {0};
    struct window window;
    struct error error;
    char one[REFERENCE_SIZE];

    reference_of(1, one);
    assert_ok(store_draft_save(store, one, "Draftica", 8, at(5), &error));
    assert_ok(store_filter_save(store, "Filternamica", "search Filterica", &error));
    assert_ok(sign_sample(store, &sample, NULL, &error));
    assert_ok(store_list(store, &query, &arena, &window, &error));
    assert_ok(store_draft_save(store, reference_of(2, one), "Draftica", 8, at(6), &error));
    append(store, ENTRY_EXPORT, NULL, "{\"to\":\"Exportica\"}");
    arena_release(&arena);
}

static void follow(struct store *sam_has)
{
    struct review review = {.sequence = 4,
                            .verdict = VERDICT_RETURN,
                            .reason = REVIEW_MORE_DETAIL,
                            .message = "Reviewica"};
    struct incident_note note = {.act = INCIDENT_REPORT,
                                 .message = "Incidentica",
                                 .who = "Whoknewica",
                                 .aware = at(60),
                                 .running = {{"c", "The clock", 72, 0}},
                                 .running_count = 1};
    struct buf body = {0};
    char one[REFERENCE_SIZE];

    review.reference = note.reference = reference_of(1, one);
    review_compose(&review, &sam, at(200), &body);
    append(sam_has, ENTRY_REVIEW, one, buf_text(&body));
    buf_clear(&body);
    incident_compose(&note, &sam, at(200), &body);
    append(sam_has, ENTRY_INCIDENT, one, buf_text(&body));
    buf_release(&body);
}

static void prepare_to_send(struct store *store)
{
    struct identity identity = {.key = secret_new(16), .certificate = PEM};
    struct digest fingerprint = digest_of(&(struct span){"Plain-certificate", 17}, 1);
    struct outgoing outgoing = {"b", "Outgoingica", "Outgoingica", 11};
    struct error error;

    memcpy(identity.key, "Privatekeyica", 14);
    assert_ok(store_identity_keep(store, &identity, &fingerprint, false, at(301), &error));
    secret_free(identity.key);
    assert_ok(store_outgoing_keep(store, "z", &outgoing, &error));
}

static void look_after(struct world *world, struct store *guardian)
{
    struct person kim = {"kim", "Fullnamica", "Teamica", ROLE_PRACTITIONER};
    struct passphrase *passphrase = passphrase_of("kim"), *code;
    char *backup = path_join(world->home.folder, "backup");
    char one[REFERENCE_SIZE];
    struct error error;
    struct head head;
    size_t count;

    reference_of(1, one);
    assert_ok(store_user_add(guardian, &kim, passphrase, at(310), &error));
    assert_ok(store_recovery_make(guardian, at(311), &code, &error));
    assert_ok(store_hold(guardian, one, true, "Holdica", at(312), &error));
    assert_ok(store_hold(guardian, one, false, "Holdica", at(313), &error));
    assert_ok(store_user_disable(guardian, "jo", at(314), &error));
    assert_ok(store_hand_over(guardian, "jo", "sam", at(315), &count, &error));
    assert_ok(store_backup(guardian, backup, &head, &error));
    assert_ok(store_erase(guardian, one, "Erasurica", at(316), &error));
    assert_ok(store_rekey(guardian, at(317), &error));
    secret_free(passphrase);
    secret_free(code);
    free(backup);
}

/* What no other store signed does not verify: so it comes last. */
static void take_in(struct store *store)
{
    struct foreign_store foreign = {"ab", "Foreignstorica", "Foreignstorica", "z", {0}};
    struct foreign_entry entries[] = {
        {.sequence = 1, .kind = "user", .reference = "", .body = "Foreignica", .length = 10},
        {.sequence = 2, .kind = "user", .reference = "", .view = "Viewica", .view_length = 7},
    };
    struct error error;

    entries[0].evidence.head = "{\"seq\":1,\"store\":\"ab\",\"x\":\"Foreignheadica\"}";
    entries[1].evidence.head =
        "{\"prev\":\"0000000000000000000000000000000000000000000000000000000000000000\","
        "\"seq\":2,\"store\":\"ab\"}";
    for (size_t i = 0; i < COUNT(entries); i++)
        entries[i].evidence.head_length = strlen(entries[i].evidence.head);
    assert_ok(store_import(store, &foreign, entries, COUNT(entries), "{\"digest\":\"ab\"}", 15,
                           at(302), &error));
}

static void nothing_stands_in_the_clear(void **state)
{
    struct world *world = *state;
    const struct fault_watch watch = {look_at_write, look_at_cut, look_at_sync, world};
    struct store *store;

    fault_watch(&watch);
    store = open_with(world->home.dir, &world->home.key);
    decide(store);
    prepare_to_send(store);
    store_close(store);
    store = open_with(world->home.dir, &world->sam);
    follow(store);
    store_close(store);
    store = open_with(world->home.dir, &world->alex);
    look_after(world, store);
    store_close(store);
    store = open_as(world->home.dir, &sam);
    take_in(store);
    store_close(store);
    fault_watch(NULL);
    look(world);
    print_message("# looked %d times\n", world->looks);
    assert_true(world->looks > 200);
}

static int make_world(void **state)
{
    struct world *world = xcalloc(1, sizeof(*world));

    home_make(&world->home, &jo);
    world->sam = key_of(world->home.dir, &sam);
    world->alex = key_of(world->home.dir, &alex);
    *state = world;
    return 0;
}

static int remove_world(void **state)
{
    struct world *world = *state;

    fault_watch(NULL);
    key_release(&world->sam);
    key_release(&world->alex);
    home_release(&world->home);
    free(world);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_stands_in_the_clear, make_world, remove_world)};

    fault_install();
    secret_init();
    return cmocka_run_group_tests_name("store plain", tests, NULL, NULL);
}
