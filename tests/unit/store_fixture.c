/* SPDX-License-Identifier: MIT */
/* What the tests of the store share. */
#include "tests/unit/store_fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "record/json.h"

const struct person jo = {"jo", "Jo Bloggs", "Duty team", ROLE_PRACTITIONER};
const struct person sam = {"sam", "Sam Shaw", "Duty team", ROLE_SUPERVISOR};
const struct person alex = {"alex", "Alex Ash", "Governance", ROLE_GUARDIAN};

/* A pack with one question, so that records can be replayed. */
static const char pack_text[] = "[pack]\n"
                                "kind = policy\n"
                                "id = sample\n"
                                "version = 1\n"
                                "title = A sample\n"
                                "owner = Tests\n"
                                "jurisdiction = nowhere\n"
                                "from = 2026-01-01\n"
                                "review-by = 2027-12-01\n"
                                "changed = First\n"
                                "urgent-questions = 1\n"
                                "most-questions = 3\n"
                                "[source act]\n"
                                "title = The Made-up Act\n"
                                "at = On no shelf\n"
                                "checked = 2026-01-05\n"
                                "review-by = 2027-12-05\n"
                                "[step start]\n"
                                "title = Start\n"
                                "[question danger]\n"
                                "step = start\n"
                                "type = choice\n"
                                "ask = Is somebody in danger?\n"
                                "why = In danger, you tell first.\n"
                                "cite = act\n"
                                "option.yes = Yes\n"
                                "option.no = No\n"
                                "[question who]\n"
                                "step = start\n"
                                "type = person\n"
                                "ask = Who is it?\n"
                                "why = Somebody is.\n"
                                "cite = act\n"
                                "required = no\n"
                                "[question note]\n"
                                "step = start\n"
                                "type = text\n"
                                "ask = What else is there?\n"
                                "why = There may be more.\n"
                                "cite = act\n"
                                "required = no\n"
                                "[outcome urgent]\n"
                                "when = danger is yes\n"
                                "recommends = share-urgently\n"
                                "because = Somebody is in danger.\n"
                                "cite = act\n"
                                "[outcome share]\n"
                                "recommends = share\n"
                                "because = Nobody is in danger.\n"
                                "cite = act\n"
                                "[retention all]\n"
                                "title = Six years\n"
                                "keep-for = 72 months\n"
                                "cite = act\n";

char *folder_new(void)
{
    const char *place = getenv("TMPDIR");
    char *folder = xasprintf("%s/discern-test-XXXXXX", place && place[0] ? place : "/tmp");

    assert_non_null(mkdtemp(folder));
    return folder;
}

static void remove_all(const char *folder)
{
    DIR *open = opendir(folder);
    const struct dirent *entry;

    while (open && (entry = readdir(open))) {
        char *path = path_join(folder, entry->d_name);

        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 &&
            unlink(path) != 0)
            remove_all(path);
        free(path);
    }
    if (open)
        closedir(open);
    rmdir(folder);
}

void folder_remove(char *folder)
{
    remove_all(folder);
    free(folder);
}

struct moment at(int seconds)
{
    return (struct moment){1795312000000000 + (int64_t)seconds * 1000000, 0};
}

struct passphrase *passphrase_of(const char *name)
{
    char *text = xasprintf("correct horse of %s", name);
    struct passphrase *passphrase = passphrase_new(text, strlen(text));

    free(text);
    return passphrase;
}

void make_store(const char *dir)
{
    struct passphrase *first = passphrase_of(alex.name), *other;
    struct store *store;
    struct error error;

    assert_ok(store_create_at(dir, &alex, first, KDF_FLOOR, at(0), &error));
    store = open_as(dir, &alex);
    other = passphrase_of(sam.name);
    assert_ok(store_user_add(store, &sam, other, at(1), &error));
    secret_free(other);
    other = passphrase_of(jo.name);
    assert_ok(store_user_add(store, &jo, other, at(2), &error));
    secret_free(other);
    secret_free(first);
    store_close(store);
}

struct store *open_as(const char *dir, const struct person *user)
{
    struct passphrase *passphrase = passphrase_of(user->name);
    struct store *store = NULL;
    struct error error;

    assert_ok(store_open(dir, user->name, passphrase, &store, &error));
    secret_free(passphrase);
    return store;
}

struct key key_of(const char *dir, const struct person *user)
{
    struct passphrase *passphrase = passphrase_of(user->name);
    struct key key = {0};
    struct error error;

    assert_ok(keyring_load(dir, &key.keyring, &error));
    key.slot = keyring_find(&key.keyring, user->name);
    assert_ok(slot_unwrap(key.slot, key.keyring.id, passphrase, &key.secrets, &error));
    secret_free(passphrase);
    return key;
}

void key_release(struct key *key)
{
    secret_free(key->secrets);
    keyring_release(&key->keyring);
}

struct store *open_with(const char *dir, const struct key *key)
{
    struct store *store = NULL;
    struct error error;

    assert_ok(store_open_slot(dir, &key->keyring, key->slot, key->secrets, &store, &error));
    return store;
}

void home_make(struct home *home, const struct person *user)
{
    home->folder = folder_new();
    home->dir = path_join(home->folder, "store");
    make_store(home->dir);
    home->key = key_of(home->dir, user);
}

void home_release(struct home *home)
{
    key_release(&home->key);
    folder_remove(home->folder);
    free(home->dir);
}

struct buf read_whole(const char *path)
{
    struct buf bytes = {0};
    struct error error;

    assert_ok(file_read(path, (size_t)1 << 30, &bytes, &error));
    return bytes;
}

void write_whole(const char *path, const char *bytes, size_t length)
{
    struct error error;

    assert_ok(file_write(path, bytes, length, true, &error));
}

const char *reference_of(int number, char text[REFERENCE_SIZE])
{
    unsigned char random[REFERENCE_RANDOM] = {0};

    memcpy(random, &number, sizeof(number));
    reference_make(random, text);
    return text;
}

static void put_path(json_t *body, const char *object, const char *name, json_t *value)
{
    json_t *inner = json_object_get(body, object);

    if (!inner) {
        inner = body_object();
        body_put(body, object, inner);
    }
    body_put(inner, name, value);
}

/* The only question on the path, answered. */
static void put_answer(json_t *body, const char *option)
{
    json_t *path = body_list(), *answer = body_object(), *options = body_list();
    json_t *chosen = body_object();

    body_put_text(chosen, "id", option);
    body_append(options, chosen);
    body_put_text(answer, "id", "danger");
    body_put_text(answer, "type", "choice");
    body_put_list(answer, "options", options);
    body_append(path, answer);
    body_put_list(body, "path", path);
}

void compose_sample(const struct person *author, const struct sample *sample, struct buf *out)
{
    struct digest digest = digest_of(&(struct span){pack_text, sizeof(pack_text) - 1}, 1);
    json_t *body = body_object(), *subject = body_object(), *subjects = body_list();
    char reference[REFERENCE_SIZE], hex[DIGEST_HEX_SIZE], signed_at[MOMENT_SIZE];

    digest_hex(&digest, hex);
    moment_iso(at(sample->number), signed_at);
    body_put_number(body, "schema", RECORD_SCHEMA);
    body_put_text(body, "reference", reference_of(sample->number, reference));
    body_put_text(body, "amends", sample->amends);
    put_path(body, "practitioner", "name", json_string(author->name));
    put_path(body, "practitioner", "full", json_string(author->full));
    put_path(body, "pack", "id", json_string("sample"));
    put_path(body, "pack", "version", json_string("1"));
    put_path(body, "pack", "fingerprint", json_string(hex));
    body_put_text(body, "day", "2026-11-22");
    put_answer(body, "no");
    put_path(body, "recommendation", "outcome", json_string("share"));
    put_path(body, "recommendation", "rule", json_string("share"));
    put_path(body, "decision", "outcome", json_string("share"));
    put_path(body, "decision", "stance", json_string(sample->departed ? "depart" : "follow"));
    put_path(body, "decision", "reason", json_string(sample->subject ? sample->subject : "-"));
    put_path(body, "times", "signed", json_string(signed_at));
    body_put_flag(body, "countersign", sample->countersign);
    body_put_flag(body, "restricted", false);
    body_put_flag(body, "practice", false);
    body_put_text(subject, "short", sample->subject ? sample->subject : "Nobody");
    body_append(subjects, subject);
    body_put_list(body, "subject", subjects);
    body_write(body, out);
}

enum status sign_sample(struct store *store, const struct sample *sample, int64_t *ret_sequence,
                        struct error *error)
{
    struct pack pack = {.id = "sample", .version = "1"};
    struct decision decision = {.pack = &pack, .amends = (char *)(uintptr_t)sample->amends};
    struct buf body = {0};
    enum status status;

    pack.fingerprint = digest_of(&(struct span){pack_text, sizeof(pack_text) - 1}, 1);
    reference_of(sample->number, decision.reference);
    compose_sample(store_me(store), sample, &body);
    status = store_sign(store, &decision, buf_text(&body), body.length, pack_text,
                        sizeof(pack_text) - 1, at(100 + sample->number), ret_sequence, error);
    buf_release(&body);
    return status;
}

enum status review_sample(struct store *store, int number, enum verdict verdict,
                          struct error *error)
{
    char reference[REFERENCE_SIZE];
    struct review review = {
        .reference = reference_of(number, reference), .verdict = verdict, .message = ""};
    struct arena arena = {0};
    struct buf body = {0};
    struct row row;
    enum status status = store_find(store, reference, &arena, &row, error);

    if (status == STATUS_OK) {
        review.sequence = row.sequence;
        if (verdict != VERDICT_AGREE) {
            review.reason = REVIEW_MORE_DETAIL;
            review.message = "Say more.";
        }
        review_compose(&review, store_me(store), at(200 + number), &body);
        status = store_append(store, ENTRY_REVIEW, reference, buf_text(&body), body.length,
                              at(200 + number), NULL, error);
    }
    buf_release(&body);
    arena_release(&arena);
    return status;
}

void make_first_version(struct store *store)
{
    assert_int_equal(sqlite3_exec(database_handle(store->database),
                                  "DROP TABLE pseudonym; DROP TABLE whereabouts; "
                                  "DROP TRIGGER identity_new; DROP TRIGGER identity_kept; "
                                  "DROP TRIGGER foreign_body_once; "
                                  "PRAGMA user_version = 1",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
}

bool folder_holds(const char *dir, const char *text)
{
    DIR *open = opendir(dir);
    const struct dirent *entry;
    bool found = false;

    assert_non_null(open);
    while (!found && (entry = readdir(open))) {
        char *path = path_join(dir, entry->d_name);
        struct buf bytes = {0};
        struct error error;

        if (entry->d_type == DT_REG &&
            file_read(path, (size_t)1 << 30, &bytes, &error) == STATUS_OK)
            found = memmem(buf_text(&bytes), bytes.length, text, strlen(text)) != NULL;
        buf_release(&bytes);
        free(path);
    }
    closedir(open);
    return found;
}
