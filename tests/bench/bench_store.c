/* SPDX-License-Identifier: MIT */
/*
 * What the store costs, as ratios measured in one run: appending a signed record against a bare
 * insert of the same bytes, opening a long log against a short one, verifying against checking
 * as many signatures on every core, and a mix of statements through the sealing layer against
 * SQLite's own. Run it by hand: bench_store [ENTRIES]. Asserts nothing.
 */
#include "tests/unit/store_fixture.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "store/crew.h"
#include "store/vfs.h"

#define ROUNDS 1000
#define SHORT_LOG 1000

static double now_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static int by_size(const void *a, const void *b)
{
    double one = *(const double *)a, other = *(const double *)b;

    return (one > other) - (one < other);
}

static double median(double *times, size_t count)
{
    qsort(times, count, sizeof(*times), by_size);
    return times[count / 2];
}

static void must(int code, sqlite3 *db)
{
    if (code != SQLITE_OK && code != SQLITE_DONE && code != SQLITE_ROW)
        die("SQLite: %s", sqlite3_errmsg(db));
}

static void run(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL), db);
}

/* --- Appending ---------------------------------------------------------------------------- */

static sqlite3 *open_plain(const char *folder, const char *vfs, int reserved)
{
    char *path = path_join(folder, vfs ? "sealed.db" : "plain.db");
    sqlite3 *db = NULL;

    must(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs), db);
    if (reserved)
        sqlite3_file_control(db, NULL, SQLITE_FCNTL_RESERVE_BYTES, &reserved);
    run(db,
        "PRAGMA journal_mode = MEMORY; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
        "PRAGMA cache_size = -16384; PRAGMA temp_store = MEMORY");
    free(path);
    return db;
}

static double bare_insert(sqlite3_stmt *statement, const struct buf *bytes)
{
    sqlite3 *db = sqlite3_db_handle(statement);
    double begun = now_us();

    must(sqlite3_bind_blob64(statement, 1, bytes->text, bytes->length, SQLITE_STATIC), db);
    must(sqlite3_step(statement), db);
    must(sqlite3_reset(statement), db);
    return now_us() - begun;
}

/* A record of some three kilobytes, with words of its own. */
static void compose(struct store *store, int number, struct buf *out)
{
    char subject[2048];
    size_t length = 0;

    for (int i = 0; i < 120; i++)
        length += (size_t)snprintf(subject + length, sizeof(subject) - length, "%sword%d",
                                   i ? " " : "", (number * 7 + i * i) % 3000);
    compose_sample(store_me(store), &(struct sample){.number = number, .subject = subject},
                   out);
}

static double append(struct store *store, int number, const struct buf *body)
{
    char reference[REFERENCE_SIZE];
    struct error error;
    double begun = now_us();

    assert_ok(store_append(store, ENTRY_RECORD, reference_of(number, reference), body->text,
                           body->length, at(number), NULL, &error));
    return now_us() - begun;
}

static double mean(const double *times, size_t count)
{
    double sum = 0;

    for (size_t i = 0; i < count; i++)
        sum += times[i];
    return sum / (double)count;
}

/* One of each in turn, so that whatever else the machine does falls on both. */
static void bench_append(const char *folder, struct store *store)
{
    sqlite3 *db = open_plain(folder, NULL, 0);
    double *bare = xcalloc(ROUNDS, sizeof(double)), *whole = xcalloc(ROUNDS, sizeof(double));
    sqlite3_stmt *statement = NULL;
    size_t length = 0;

    run(db, "CREATE TABLE bare (id INTEGER PRIMARY KEY, bytes BLOB)");
    must(sqlite3_prepare_v2(db, "INSERT INTO bare (bytes) VALUES (?)", -1, &statement, NULL),
         db);
    for (int i = 0; i < ROUNDS; i++) {
        struct buf body = {0}, bytes = {0};

        compose(store, 2 + i, &body);
        buf_add(&bytes, body.text, body.length);
        buf_pad(&bytes, ' ', 700); /* head, link, signature, salt */
        length = bytes.length;
        bare[i] = bare_insert(statement, &bytes);
        whole[i] = append(store, 2 + i, &body);
        buf_release(&body);
        buf_release(&bytes);
    }
    printf("append of %zu bytes: mean %.2f of a bare insert's", length,
           mean(whole, ROUNDS) / mean(bare, ROUNDS));
    printf("; median %.0f us, bare %.0f us: %.2f\n", median(whole, ROUNDS),
           median(bare, ROUNDS), median(whole, ROUNDS) / median(bare, ROUNDS));
    sqlite3_finalize(statement);
    sqlite3_close(db);
    free(bare);
    free(whole);
}

/* --- Opening and verifying ---------------------------------------------------------------- */

static double open_time(const char *dir, const struct key *key)
{
    double times[21];

    for (size_t i = 0; i < COUNT(times); i++) {
        double begun = now_us();

        store_close(open_with(dir, key));
        times[i] = now_us() - begun;
    }
    return median(times, COUNT(times));
}

/* The log made long by view entries, which are about a decision but no decision. */
static void lengthen(struct store *store, int64_t count)
{
    char reference[REFERENCE_SIZE];
    struct error error;

    reference_of(1, reference);
    run(database_handle(store->database), "PRAGMA synchronous = OFF");
    for (int64_t i = 0; i < count; i++)
        assert_ok(store_append(store, ENTRY_VIEW, reference, "{\"schema\":1}", 12, at(5), NULL,
                               &error));
}

struct checks {
    unsigned char signature[64], key[32], message[46];
};

static void check_many(void *job)
{
    struct checks *checks = job;

    for (int i = 0; i < 1000; i++) {
        if (crypto_sign_verify_detached(checks->signature, checks->message,
                                        sizeof(checks->message), checks->key) != 0)
            die("A signature does not hold.");
    }
}

/* Signatures a second, on every core. */
static double signature_rate(void)
{
    struct crew *crew = crew_new(check_many);
    struct checks checks = {.message = {1}};
    unsigned char secret[64];
    double begun;
    int given = 0;

    crypto_sign_keypair(checks.key, secret);
    crypto_sign_detached(checks.signature, NULL, checks.message, sizeof(checks.message),
                         secret);
    begun = now_us();
    for (; given < (int)crew_room(); given++)
        crew_give(crew, &checks);
    while (crew_take(crew))
        ;
    crew_free(crew);
    return given * 1000 / ((now_us() - begun) / 1e6);
}

/* Signatures before and after, since the machine may be busier in between. */
static void bench_verify(struct store *store, const char *what)
{
    double ratio[5], before = signature_rate();
    struct error error;
    struct head head;

    assert_ok(store_head(store, &head, &error));
    for (size_t i = 0; i < COUNT(ratio); i++) {
        double begun = now_us(), rate, after;

        assert_ok(store_verify(store, NULL, NULL, NULL, &error));
        rate = (double)head.count / ((now_us() - begun) / 1e6);
        after = signature_rate();
        ratio[i] = rate / ((before + after) / 2);
        before = after;
    }
    printf("verify %s: %.2f of the rate of signatures alone\n", what,
           median(ratio, COUNT(ratio)));
}

/* --- A mix of statements ------------------------------------------------------------------ */

static double mix(sqlite3 *db)
{
    double begun = now_us();

    run(db, "CREATE TABLE t (a INTEGER PRIMARY KEY, b INTEGER, c TEXT)");
    for (int i = 0; i < 200; i++) /* small transactions */
        run(db, "INSERT INTO t (b, c) VALUES (random() % 10000, hex(randomblob(200)))");
    run(db, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000) "
            "INSERT INTO t (b, c) SELECT random() % 10000, hex(randomblob(60)) FROM n;"
            "CREATE INDEX t_b ON t (b); CREATE INDEX t_c ON t (c)");
    for (int i = 0; i < 200; i++)
        run(db, "SELECT count(*), avg(b) FROM t WHERE b BETWEEN 500 AND 700;"
                "SELECT c FROM t WHERE c LIKE '%ABCDE%' LIMIT 1;"
                "UPDATE t SET b = b + 1 WHERE a % 5000 = 17");
    run(db, "DELETE FROM t WHERE b % 3 = 0; SELECT sum(length(c)) FROM t ORDER BY c");
    return now_us() - begun;
}

static void bench_layer(const char *folder)
{
    unsigned char key[STORE_KEY_SIZE] = {1}, id[STORE_ID_SIZE] = {2};
    struct cipher *cipher = cipher_new(key, id);
    struct vfs *vfs = vfs_register(cipher);
    double plain[3], sealed[3];

    vfs_journal_in_memory(vfs);
    for (size_t i = 0; i < COUNT(plain); i++) {
        sqlite3 *db = open_plain(folder, NULL, 0);

        run(db, "DROP TABLE IF EXISTS t");
        plain[i] = mix(db);
        sqlite3_close(db);
        db = open_plain(folder, vfs_name(vfs), PAGE_RESERVED);
        run(db, "DROP TABLE IF EXISTS t");
        sealed[i] = mix(db);
        sqlite3_close(db);
    }
    printf("layer: plain %.2f s, sealed %.2f s: %.2f\n", median(plain, 3) / 1e6,
           median(sealed, 3) / 1e6, median(sealed, 3) / median(plain, 3));
    vfs_unregister(vfs);
    secret_free(cipher);
}

int main(int argc, char **argv)
{
    int64_t entries = argc > 1 ? atoll(argv[1]) : 20000;
    char *folder = folder_new(), *dir = path_join(folder, "store");
    struct store *store;
    double brief, lengthy;
    struct error error;
    struct key key;

    secret_init();
    setvbuf(stdout, NULL, _IOLBF, 0);
    make_store(dir);
    key = key_of(dir, &jo);
    store = open_with(dir, &key);
    assert_ok(sign_sample(store, &(struct sample){.number = 1}, NULL, &error)); /* its pack */
    bench_append(folder, store);
    store_close(store);
    brief = open_time(dir, &key);
    store = open_as(dir, &sam);
    bench_verify(store, "of records");
    lengthen(store, entries - SHORT_LOG);
    bench_verify(store, "of all");
    store_close(store);
    lengthy = open_time(dir, &key);
    printf("open: %d entries %.0f us, %lld entries %.0f us: %.2f\n", SHORT_LOG, brief,
           (long long)entries, lengthy, lengthy / brief);
    bench_layer(folder);
    key_release(&key);
    free(dir);
    folder_remove(folder);
    return 0;
}
