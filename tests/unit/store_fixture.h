/* SPDX-License-Identifier: MIT */
/* What the tests of the store share: a folder of their own, made-up people, and bodies of
 * records and reviews with what the store reads of them. */
#ifndef DISCERN_TESTS_STORE_FIXTURE_H
#define DISCERN_TESTS_STORE_FIXTURE_H

#include "tests/unit/unit.h"

#include "store/opened.h"

/* Words that may be found in no file. */
#define MARKER "Zyxwvutica Quorblington"

extern const struct person jo, sam, alex; /* practitioner, supervisor, guardian */

/* A fresh folder that holds nothing, and its removal with what is in it. */
char *folder_new(void);
void folder_remove(char *folder);

/* A moment `seconds` after a fixed one. */
struct moment at(int seconds);

/* A passphrase of guarded memory, for a user of that name. */
struct passphrase *passphrase_of(const char *name);

/* Makes a store whose guardian is alex, with sam and jo in it. */
void make_store(const char *dir);

/* Opens it as that user, or fails the test. */
struct store *open_as(const char *dir, const struct person *user);

/* A key to a store: opening with it again takes no key derivation. */
struct key {
    struct keyring keyring;
    struct secrets *secrets;
    const struct slot *slot;
};
struct key key_of(const char *dir, const struct person *user);
void key_release(struct key *key);
struct store *open_with(const char *dir, const struct key *key);

/* Such a store in a folder of its own, with the key of one of its users. */
struct home {
    char *folder, *dir;
    struct key key;
};
void home_make(struct home *home, const struct person *user);
void home_release(struct home *home);

/* A file as it is, and as it is to be. */
struct buf read_whole(const char *path);
void write_whole(const char *path, const char *bytes, size_t length);

/* A reference made from a number. */
const char *reference_of(int number, char text[REFERENCE_SIZE]);

/* What a record is to say. */
struct sample {
    int number;          /* its reference */
    const char *amends;  /* reference, or NULL */
    const char *subject; /* NULL: nobody in particular */
    bool departed, countersign;
};

/* Signs a record of the store's user; the status is the store's. */
enum status sign_sample(struct store *store, const struct sample *sample, int64_t *ret_sequence,
                        struct error *error);

/* Reviews the newest record of a decision as the store's user. */
enum status review_sample(struct store *store, int number, enum verdict verdict,
                          struct error *error);

/* The body alone. */
void compose_sample(const struct person *author, const struct sample *sample, struct buf *out);

/* Makes of an open store what a store of the first version was: each step of upgrade.c undone.
 */
void make_first_version(struct store *store);

/* Whether any file below the folder holds the text. */
bool folder_holds(const char *dir, const char *text);

#define assert_ok(call)                                                                        \
    do {                                                                                       \
        if ((call) != STATUS_OK)                                                               \
            fail_msg("%s: %s %s", #call, error.what, error.remedy);                            \
    } while (0)

#endif
