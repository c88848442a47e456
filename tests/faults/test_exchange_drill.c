/* SPDX-License-Identifier: MIT */
/*
 * A drill: between a store and its receiver, bundles and receipts are cut, changed, doubled,
 * delayed, swapped and forged at random, while records go on being signed. At every step
 * nothing counts as accepted that the receiver has not; at the end, when the way is good again,
 * every record has arrived exactly once and the store says so.
 *
 * DRILL_SEED=N repeats a run; DRILL_FAULTS=500 makes it as long as it has to be once in a
 * while.
 */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "exchange/send.h"

#define FAULTS 60
#define FILES_MAX 4096
#define A_ROUND 12 /* deliveries */

/* Everything that was ever under way, in one direction. */
struct wire {
    struct buf file[FILES_MAX];
    size_t count;
};

struct drill {
    char *folder, *inbox, *certificate_path, *key_path;
    struct store *store;
    struct courier courier;
    struct receiver receiver;
    struct wire out, back;
    char *certificate, *key, *forger_certificate, *forger_key;
    uint64_t random;
    int signed_records, faults, faults_most;
};

static uint64_t dice(struct drill *drill, uint64_t sides)
{
    drill->random = drill->random * 6364136223846793005u + 1442695040888963407u;
    return (drill->random >> 33) % sides;
}

/* --- Setting up --------------------------------------------------------------------------- */

static void make_identity(struct drill *drill, char **ret_certificate, char **ret_key)
{
    struct buf in = {0}, out = {0};
    struct error error;

    parts_put_text(&in, "name", "county");
    parts_put_text(&in, "store", "00");
    assert_ok(errand_run(&drill->courier, "identity", &in, &out, NULL, &error));
    *ret_certificate = parts_text(&out, "certificate");
    *ret_key = parts_text(&out, "key");
    buf_release(&in);
    buf_release(&out);
}

static void set_up(struct drill *drill)
{
    const char *courier = getenv("COURIER"), *seed = getenv("DRILL_SEED");
    const char *faults = getenv("DRILL_FAULTS");
    struct error error;
    char *dir;

    *drill = (struct drill){.courier.path = courier ? courier : "./discern-courier"};
    drill->faults_most = faults ? atoi(faults) : FAULTS;
    drill->random = seed ? strtoull(seed, NULL, 10) : 1;
    print_message("DRILL_SEED=%llu\n", (unsigned long long)drill->random);
    drill->folder = folder_new();
    drill->inbox = path_join(drill->folder, "inbox");
    drill->certificate_path = path_join(drill->folder, "county.pem");
    drill->key_path = path_join(drill->folder, "county.key");
    assert_int_equal(mkdir(drill->inbox, 0700), 0);
    dir = path_join(drill->folder, "store");
    make_store(dir);
    drill->store = open_as(dir, &jo);
    free(dir);
    make_identity(drill, &drill->certificate, &drill->key);
    make_identity(drill, &drill->forger_certificate, &drill->forger_key);
    assert_ok(file_write(drill->certificate_path, drill->certificate,
                         strlen(drill->certificate), false, &error));
    assert_ok(file_write(drill->key_path, drill->key, strlen(drill->key), false, &error));
    assert_ok(receiver_read(&drill->courier, drill->certificate, &drill->receiver, &error));
}

static void tear_down(struct drill *drill)
{
    for (size_t i = 0; i < drill->out.count; i++)
        buf_release(&drill->out.file[i]);
    for (size_t i = 0; i < drill->back.count; i++)
        buf_release(&drill->back.file[i]);
    store_close(drill->store);
    free(drill->certificate);
    free(drill->key);
    free(drill->forger_certificate);
    free(drill->forger_key);
    free(drill->inbox);
    free(drill->certificate_path);
    free(drill->key_path);
    folder_remove(drill->folder);
}

/* --- The way ------------------------------------------------------------------------------ */

static void put_on(struct wire *wire, const char *bytes, size_t length)
{
    assert_true(wire->count < FILES_MAX);
    buf_add(&wire->file[wire->count++], bytes, length);
}

/* The very same words, signed by somebody else. */
static void forge(struct drill *drill, const struct wire *wire, const struct buf *file,
                  struct buf *out)
{
    bool bundle = wire == &drill->out;
    struct buf in = {0}, opened = {0}, again = {0}, answer = {0};
    struct part part = {"", 0};
    struct error error;

    parts_put_text(&in, "key", bundle ? drill->key : "");
    parts_put_text(&in, "certificate", drill->certificate);
    parts_put(&in, "sealed", buf_text(file), file->length);
    assert_ok(errand_run(&drill->courier, "open", &in, &opened, NULL, &error));
    assert_true(parts_find(&opened, "plain", &part));
    parts_put_text(&again, "key", drill->forger_key);
    parts_put_text(&again, "certificate", drill->forger_certificate);
    parts_put_text(&again, "receiver", bundle ? drill->certificate : "");
    parts_put(&again, "plain", part.bytes, part.length);
    assert_ok(errand_run(&drill->courier, "seal", &again, &answer, NULL, &error));
    assert_true(parts_find(&answer, "sealed", &part));
    buf_add(out, part.bytes, part.length);
    buf_release(&in);
    buf_release(&opened);
    buf_release(&again);
    buf_release(&answer);
}

/* A turned bit may stand where it changes nothing of what is said and signed. */
enum state_of_file { WHOLE, TOUCHED, BROKEN, FORGED };

static bool same(const struct buf *a, const struct buf *b)
{
    return a->length == b->length && memcmp(buf_text(a), buf_text(b), a->length) == 0;
}

/* What arrives of a file. */
static enum state_of_file mistreat(struct drill *drill, const struct wire *wire,
                                   struct buf *out)
{
    const struct buf *file = &wire->file[dice(drill, wire->count)], *other;
    size_t at;

    buf_add(out, buf_text(file), file->length);
    drill->faults++;
    switch (dice(drill, 8)) {
    case 0: /* cut */
        buf_cut(out, dice(drill, file->length));
        return BROKEN;
    case 1: /* a bit is turned */
        at = dice(drill, file->length);
        out->text[at] = (char)(out->text[at] ^ (1 << dice(drill, 8)));
        return TOUCHED;
    case 2: /* the end of another */
        other = &wire->file[dice(drill, wire->count)];
        at = dice(drill, file->length);
        buf_cut(out, at);
        if (at < other->length)
            buf_add(out, other->text + at, other->length - at);
        return same(out, other) || same(out, file) ? WHOLE : BROKEN;
    case 3: /* something after it */
        buf_puts(out, "<html>");
        return BROKEN;
    case 4:
        if (dice(drill, 3))
            return WHOLE;
        buf_clear(out);
        forge(drill, wire, file, out);
        return FORGED;
    default: /* late, double or out of order, but whole */
        return WHOLE;
    }
}

static void run_receiver(const struct drill *drill)
{
    pid_t child = fork();
    int code = -1;

    assert_true(child >= 0);
    if (child == 0) {
        if (!freopen("/dev/null", "w", stdout))
            _exit(127);
        execl(drill->courier.path, drill->courier.path, "receive", drill->inbox,
              drill->certificate_path, drill->key_path, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(child, &code, 0), child);
    assert_true(WIFEXITED(code) && WEXITSTATUS(code) == 0);
}

/* What the receiver says of a forged bundle is no answer to ours. */
static void refuse_receipt(struct drill *drill, const struct buf *file);

/* Puts files into the receiver's folder under names of its own, lets it work, takes its
 * receipts up, and clears away. */
static void deliver(struct drill *drill, struct buf *file, const enum state_of_file *state,
                    size_t count)
{
    char **names = NULL;
    size_t found = 0;
    struct error error;

    for (size_t i = 0; i < count; i++) {
        char *path = xasprintf("%s/%zu-%llx.discern", drill->inbox, i,
                               (unsigned long long)dice(drill, 1u << 20));

        assert_ok(file_write(path, buf_text(&file[i]), file[i].length, true, &error));
        free(path);
    }
    run_receiver(drill);
    assert_ok(file_list(drill->inbox, "", &names, &found, &error));
    for (size_t i = 0; i < found; i++) {
        char *path = path_join(drill->inbox, names[i]);
        struct buf receipt = {0};

        if (strstr(names[i], RECEIPT_SUFFIX)) {
            assert_ok(file_read(path, 1u << 20, &receipt, &error));
            if (state[strtoul(names[i], NULL, 10)] == WHOLE)
                put_on(&drill->back, buf_text(&receipt), receipt.length);
            else
                refuse_receipt(drill, &receipt);
        }
        if (strstr(names[i], ".discern"))
            unlink(path);
        buf_release(&receipt);
        free(path);
    }
    free(names);
}

/* --- The two ends ------------------------------------------------------------------------- */

static void sign_some(struct drill *drill)
{
    struct error error;

    for (uint64_t more = dice(drill, 3); more-- > 0;)
        assert_ok(sign_sample(drill->store, &(struct sample){.number = ++drill->signed_records},
                              NULL, &error));
}

static void send_some(struct drill *drill)
{
    struct contents contents = {.name = "North"};
    struct parcel parcel = {0};
    struct error error;
    enum status status = parcel_make(drill->store, &drill->courier, &drill->receiver, &contents,
                                     NULL, at(9000), &parcel, NULL, &error);

    if (status == STATUS_NOT_FOUND)
        return;
    assert_int_equal(status, STATUS_OK);
    put_on(&drill->out, buf_text(&parcel.sealed), parcel.sealed.length);
    assert_ok(leaving_log_sent(drill->store, parcel.id, "drill", at(9000), &error));
    parcel_release(&parcel);
}

/* What was mistreated is refused; what is whole is taken, however often and late. */
static void take_receipt(struct drill *drill, const struct buf *file, enum state_of_file state)
{
    struct arena arena = {0};
    struct receipt receipt;
    struct error error;
    bool known;
    enum status status = receipt_take(drill->store, &drill->courier, &drill->receiver, file,
                                      at(9100), &arena, &receipt, &known, &error);

    if (state == WHOLE)
        assert_int_equal(status, STATUS_OK);
    else if (state != TOUCHED || status != STATUS_OK)
        assert_true(status == STATUS_BAD_DATA || status == STATUS_REFUSED);
    arena_release(&arena);
}

static void refuse_receipt(struct drill *drill, const struct buf *file)
{
    take_receipt(drill, file, FORGED);
}

/* Nothing is accepted here that the receiver has no head of. */
static void check(const struct drill *drill, bool all)
{
    struct whereabouts counted;
    struct leaving leaving;
    size_t tally[STAGE_COUNT], lines = 0, found = 0;
    char id[STORE_ID_HEX_SIZE], *name, *path;
    struct buf state = {0};
    struct error error;

    store_id(drill->store, id);
    name = xasprintf("%s.chain", id);
    path = path_join(drill->inbox, name);
    if (file_read(path, 1u << 28, &state, &error) == STATUS_OK) {
        for (size_t i = 0; i < state.length; i++)
            lines += state.text[i] == '\n';
    }
    assert_ok(leaving_load(drill->store, drill->receiver.all, &leaving, &error));
    for (int64_t i = 1; i <= leaving.head.count; i++) {
        if (leaving.stage[i] == STAGE_ACCEPTED)
            assert_true(i <= (int64_t)lines);
    }
    assert_true(leaving.known.count <= (int64_t)lines);
    leaving_tally(&leaving, tally);
    /* Worked out, and counted from what was kept of that. */
    for (int again = 0; again < 2; again++) {
        assert_ok(leaving_whereabouts(drill->store, drill->receiver.all, &counted, &error));
        assert_memory_equal(counted.tally, tally, sizeof(tally));
    }
    assert_true(counted.accepted_at.us == leaving.accepted_at.us);
    if (all) {
        assert_int_equal(tally[STAGE_ACCEPTED], drill->signed_records);
        assert_int_equal(leaving.known.count, lines);
        for (const char *at = buf_text(&state);
             (at = strstr(at, "\\\"kind\\\":\\\"record\\\"")) != NULL; at++)
            found++;
        assert_int_equal(found, drill->signed_records);
    }
    leaving_release(&leaving);
    buf_release(&state);
    free(path);
    free(name);
}

static void a_bad_round(struct drill *drill)
{
    enum state_of_file state[A_ROUND];
    struct buf files[A_ROUND] = {{0}};

    sign_some(drill);
    send_some(drill);
    if (drill->out.count) {
        for (size_t i = 0; i < A_ROUND; i++)
            state[i] = mistreat(drill, &drill->out, &files[i]);
        deliver(drill, files, state, A_ROUND);
    }
    for (size_t i = 0; i < A_ROUND; i++)
        buf_release(&files[i]);
    for (size_t i = 0; drill->back.count && i < 4; i++) {
        struct buf receipt = {0};
        enum state_of_file how = mistreat(drill, &drill->back, &receipt);

        take_receipt(drill, &receipt, how);
        buf_release(&receipt);
    }
    check(drill, false);
}

/* The newest bundle arrives, and its receipt comes back. */
static void a_good_round(struct drill *drill)
{
    static const enum state_of_file whole = WHOLE;

    send_some(drill);
    deliver(drill, &drill->out.file[drill->out.count - 1], &whole, 1);
    take_receipt(drill, &drill->back.file[drill->back.count - 1], WHOLE);
}

static void test_every_record_arrives_once(void **state)
{
    static struct drill drill;
    struct error error;

    (void)state;
    set_up(&drill);
    while (drill.faults < drill.faults_most)
        a_bad_round(&drill);
    for (int i = 0; i < 3; i++)
        a_good_round(&drill);
    check(&drill, true);
    assert_true(drill.signed_records > 0);
    assert_ok(store_verify(drill.store, NULL, NULL, NULL, &error));
    tear_down(&drill);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_record_arrives_once),
    };

    secret_init();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
