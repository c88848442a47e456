/* SPDX-License-Identifier: MIT */
/*
 * What leaving costs: `bench_leave DIR` with a folder that make_log made. All of its log is
 * bundled into a folder, against signing each entry and writing the same bytes; then answered
 * by the courier's receiver; and the cost of saying where everything is, before and after.
 * Figures that are compared are of one run. Asserts nothing.
 */
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "exchange/upload.h"
#include "tests/bench/log_maker.h"

#define TIMES 5

static double now_ms(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

static void must(enum status status, const struct error *error)
{
    if (status != STATUS_OK)
        die("%s %s", error->what, error->remedy);
}

static long peak_mb(int who)
{
    struct rusage usage;

    getrusage(who, &usage);
    return usage.ru_maxrss / 1024;
}

/* --- Setting up --------------------------------------------------------------------------- */

struct bench {
    struct store *store;
    struct courier courier;
    struct receiver receiver;
    char folder[64], *certificate_path, *key_path, *inbox;
};

static void make_receiver(struct bench *bench)
{
    struct buf in = {0}, out = {0};
    struct error error;
    char *certificate, *key;

    parts_put_text(&in, "name", "county");
    parts_put_text(&in, "store", "00");
    must(errand_run(&bench->courier, "identity", &in, &out, NULL, &error), &error);
    certificate = parts_text(&out, "certificate");
    key = parts_text(&out, "key");
    must(receiver_read(&bench->courier, certificate, &bench->receiver, &error), &error);
    must(file_write(bench->certificate_path, certificate, strlen(certificate), false, &error),
         &error);
    must(file_write(bench->key_path, key, strlen(key), false, &error), &error);
    free(key);
    buf_release(&in);
    buf_release(&out);
}

static void set_up(struct bench *bench, const char *dir)
{
    const char *courier = getenv("COURIER");
    struct error error;

    bench->courier.path = courier ? courier : "./discern-courier";
    snprintf(bench->folder, sizeof(bench->folder), "/tmp/bench-leave-XXXXXX");
    if (!mkdtemp(bench->folder))
        die("No folder could be made in /tmp.");
    bench->inbox = path_join(bench->folder, "inbox");
    bench->certificate_path = path_join(bench->folder, "county.pem");
    bench->key_path = path_join(bench->folder, "county.key");
    mkdir(bench->inbox, 0700);
    must(log_open(dir, "alex", &bench->store, &error), &error);
    make_receiver(bench);
}

static void clear(const struct bench *bench)
{
    pid_t pid = fork();

    if (pid == 0) {
        execlp("rm", "rm", "-rf", bench->folder, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
}

/* --- What is measured --------------------------------------------------------------------- */

static double upload(struct bench *bench, struct uploaded *uploaded)
{
    struct contents contents = {.name = "Bench"};
    struct upload upload = {.store = bench->store,
                            .courier = &bench->courier,
                            .receiver = &bench->receiver,
                            .contents = &contents,
                            .folder = bench->inbox,
                            .now = moment_now()};
    struct error error;
    double begun = now_ms();

    must(upload_run(&upload, uploaded, &error), &error);
    return now_ms() - begun;
}

static double receive(struct bench *bench)
{
    double begun = now_ms();
    pid_t pid = fork();

    if (pid == 0) {
        execl(bench->courier.path, bench->courier.path, "receive", bench->inbox,
              bench->certificate_path, bench->key_path, (char *)NULL);
        _exit(127);
    }
    waitpid(pid, NULL, 0);
    return now_ms() - begun;
}

/* Signs as many entries and writes as many bytes: what no way of leaving can do without. */
static double sign_and_write(const struct bench *bench, size_t bytes, int64_t entries)
{
    unsigned char key[crypto_sign_SECRETKEYBYTES], public_key[crypto_sign_PUBLICKEYBYTES];
    unsigned char signature[crypto_sign_BYTES];
    char *path = path_join(bench->folder, "plain"), *text = xmalloc(bytes);
    size_t each = bytes / (size_t)entries;
    struct error error;
    double begun;

    randombytes_buf(text, bytes);
    crypto_sign_keypair(public_key, key);
    begun = now_ms();
    for (int64_t i = 0; i < entries; i++)
        crypto_sign_detached(signature, NULL, (unsigned char *)text + (size_t)i * each, each,
                             key);
    must(file_write(path, text, bytes, true, &error), &error);
    begun = now_ms() - begun;
    free(text);
    free(path);
    return begun;
}

static size_t bytes_in(const char *folder, size_t *ret_files)
{
    struct error error;
    size_t bytes = 0;
    char **names;

    must(file_list(folder, BUNDLE_SUFFIX, &names, ret_files, &error), &error);
    for (size_t i = 0; i < *ret_files; i++) {
        char *path = path_join(folder, names[i]);
        struct stat found;

        if (stat(path, &found) == 0)
            bytes += (size_t)found.st_size;
        free(path);
    }
    free(names);
    return bytes;
}

static void where(struct bench *bench, const char *when)
{
    double load = 1e9, counted = 1e9;

    for (int i = 0; i < TIMES; i++) {
        struct leaving leaving;
        struct error error;
        double begun = now_ms();

        must(leaving_load(bench->store, bench->receiver.all, &leaving, &error), &error);
        leaving_release(&leaving);
        begun = now_ms() - begun;
        load = begun < load ? begun : load;
    }
    for (int i = 0; i < TIMES; i++) {
        struct whereabouts whereabouts;
        struct error error;
        double begun = now_ms();

        must(leaving_whereabouts(bench->store, bench->receiver.all, &whereabouts, &error),
             &error);
        begun = now_ms() - begun;
        counted = begun < counted ? begun : counted;
    }
    printf("where everything is, %s: %.2f ms; counted for the start page: %.2f ms\n", when,
           load, counted);
}

int main(int argc, char **argv)
{
    struct bench bench = {0};
    struct uploaded uploaded;
    struct error error;
    struct head head;
    double taken, least, answered;
    size_t bytes, files;

    if (argc != 2) {
        fprintf(stderr, "Usage: bench_leave DIR\n");
        return 2;
    }
    secret_init();
    set_up(&bench, argv[1]);
    must(store_head(bench.store, &head, &error), &error);
    where(&bench, "nothing sent");
    printf("peak before: %ld MB\n", peak_mb(RUSAGE_SELF));
    taken = upload(&bench, &uploaded);
    bytes = bytes_in(bench.inbox, &files);
    printf("peak: %ld MB, courier %ld MB\n", peak_mb(RUSAGE_SELF), peak_mb(RUSAGE_CHILDREN));
    least = sign_and_write(&bench, bytes, head.count);
    printf("%lld entries, %zu decisions, %zu bundles, %.1f MB: %.0f ms, %.2f of signing and "
           "writing (%.0f ms)\n",
           (long long)head.count, uploaded.decisions, files, (double)bytes / 1e6, taken,
           least / taken, least);
    where(&bench, "sent");
    answered = receive(&bench);
    taken = upload(&bench, &uploaded);
    printf("received in %.0f ms, %zu receipts taken in %.0f ms\n", answered, uploaded.receipts,
           taken);
    where(&bench, "accepted");
    store_close(bench.store);
    clear(&bench);
    return 0;
}
