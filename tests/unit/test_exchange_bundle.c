/* SPDX-License-Identifier: MIT */
/* Bundles and receipts as formats: what is read, and everything that is not believed. */
#include "tests/unit/store_fixture.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/bundle.h"
#include "exchange/chase.h"
#include "exchange/leaving.h"
#include "exchange/parts.h"
#include "exchange/receive.h"
#include "store/leave.h"

#define CERTIFICATE "1111111111111111111111111111111111111111111111111111111111111111"
#define RECEIVER "2222222222222222222222222222222222222222222222222222222222222222"
#define BUNDLE_ID "00112233445566778899aabbccddeeff"

/* A store with two records, and its entries as lines. */
struct world {
    char *folder;
    struct store *store;
    char id[STORE_ID_HEX_SIZE];
    char *line[16]; /* of entry n + 1 */
    struct mark mark[17];
    size_t count;
};
static struct world world;

static void take_line(struct store *store, int64_t sequence, char **ret_line,
                      struct digest *ret_link)
{
    struct evidence evidence;
    struct arena arena = {0};
    struct link link = {0};
    struct buf out = {0};
    struct entry entry;
    struct error error;

    assert_ok(store_evidence(store, sequence, &arena, &entry, &evidence, &error));
    link.head = evidence.head;
    link.head_length = evidence.head_length;
    memcpy(link.signature, evidence.signature, sizeof(link.signature));
    memcpy(link.salt, evidence.salt, sizeof(link.salt));
    link.body = entry.body;
    link.length = entry.length;
    bundle_add(&link, &out);
    *ret_link = entry.link;
    *ret_line = buf_take(&out);
    arena_release(&arena);
}

static int set_up(void **state)
{
    struct identity identity = {.certificate = "-"};
    struct digest fingerprint;
    struct error error;
    struct head head;
    char *dir;

    (void)state;
    world.folder = folder_new();
    dir = xasprintf("%s/store", world.folder);
    make_store(dir);
    world.store = open_as(dir, &jo);
    free(dir);
    store_id(world.store, world.id);
    assert_ok(sign_sample(world.store, &(struct sample){.number = 1}, NULL, &error));
    identity.key = secret_new(2);
    memset(fingerprint.byte, 0x11, DIGEST_SIZE);
    assert_ok(store_identity_keep(world.store, &identity, &fingerprint, false, at(150), &error));
    secret_free(identity.key);
    assert_ok(sign_sample(world.store, &(struct sample){.number = 2}, NULL, &error));
    assert_ok(store_head(world.store, &head, &error));
    for (size_t i = 0; i < (size_t)head.count; i++) {
        world.mark[i + 1].count = (int64_t)i + 1;
        take_line(world.store, (int64_t)i + 1, &world.line[i], &world.mark[i + 1].link);
    }
    world.count = (size_t)head.count;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < world.count; i++)
        free(world.line[i]);
    store_close(world.store);
    folder_remove(world.folder);
    return 0;
}

/* A bundle of entries `since` + 1 to `head`. */
static void compose(size_t since, size_t head, struct buf *out)
{
    struct manifest manifest = {.bundle = BUNDLE_ID,
                                .store = world.id,
                                .name = "North team",
                                .certificate = CERTIFICATE,
                                .to = RECEIVER,
                                .at = at(500),
                                .by = "jo",
                                .since = world.mark[since],
                                .head = world.mark[head],
                                .entries = (int64_t)(head - since)};

    manifest_write(&manifest, out);
    for (size_t i = since; i < head; i++)
        buf_puts(out, world.line[i]);
}

static enum status read_text(const char *text, size_t length)
{
    struct bundle bundle;
    struct error error;
    enum status status = bundle_read(text, length, &bundle, &error);

    if (status == STATUS_OK)
        bundle_release(&bundle);
    else
        assert_true(error.what[0] && error.remedy[0]);
    return status;
}

/* --- Bundles ------------------------------------------------------------------------------ */

static void test_what_was_written_is_read(void **state)
{
    struct bundle bundle;
    struct buf text = {0};
    struct error error;

    (void)state;
    compose(0, world.count, &text);
    assert_ok(bundle_read(buf_text(&text), text.length, &bundle, &error));
    assert_int_equal(bundle.count, world.count);
    assert_string_equal(bundle.manifest.bundle, BUNDLE_ID);
    assert_string_equal(bundle.manifest.name, "North team");
    assert_string_equal(bundle.entry[0].kind, "user");
    assert_string_equal(bundle.entry[world.count - 1].kind, "record");
    assert_non_null(bundle.entry[world.count - 1].body);
    bundle_release(&bundle);
    buf_release(&text);
}

/* Every manifest that is wrong in one place. */
static void test_a_manifest_must_say_what_it_must(void **state)
{
    static const struct {
        const char *from, *to;
        enum status status;
    } changes[] = {
        {"\"schema\":1", "\"schema\":2", STATUS_UNSUPPORTED},
        {"\"kind\":\"bundle\"", "\"kind\":\"parcel\"", STATUS_BAD_DATA},
        {BUNDLE_ID, "../../../../../../../etc/passwd__", STATUS_BAD_DATA},
        {BUNDLE_ID, "00112233445566778899AABBCCDDEEFF", STATUS_BAD_DATA},
        {BUNDLE_ID, "0011", STATUS_BAD_DATA},
        {CERTIFICATE, "", STATUS_BAD_DATA},
        {RECEIVER, "x", STATUS_BAD_DATA},
        {"\"at\":\"2026", "\"at\":\"soon", STATUS_BAD_DATA},
        {"\"entries\":6", "\"entries\":5", STATUS_BAD_DATA},
        {"\"entries\":6", "\"entries\":-1", STATUS_BAD_DATA},
        {"\"entries\":6", "\"entries\":4611686018427387904", STATUS_BAD_DATA},
        {"\"head\":{\"count\":6", "\"head\":{\"count\":7", STATUS_BAD_DATA},
        {"\"head\":{\"count\":6", "\"head\":{\"count\":0", STATUS_BAD_DATA},
        {"\"since\":{\"count\":0", "\"since\":{\"count\":3", STATUS_BAD_DATA},
        {"\"since\":{\"count\":0", "\"since\":{\"count\":-9", STATUS_BAD_DATA},
        {"\"since\":{\"count\":0", "\"since\":{\"count\":99", STATUS_BAD_DATA},
        {"{\"at\"", "[{\"at\"", STATUS_BAD_DATA},
        {"\"store\":\"", "\"store\":\"0", STATUS_BAD_DATA},
    };

    (void)state;
    assert_int_equal(world.count, 6);
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct buf text = {0}, changed = {0};
        const char *found;

        compose(0, world.count, &text);
        found = strstr(buf_text(&text), changes[i].from);
        assert_non_null(found);
        buf_add(&changed, text.text, (size_t)(found - text.text));
        buf_puts(&changed, changes[i].to);
        buf_puts(&changed, found + strlen(changes[i].from));
        if (read_text(buf_text(&changed), changed.length) != changes[i].status)
            fail_msg("'%s' for '%s'", changes[i].to, changes[i].from);
        buf_release(&text);
        buf_release(&changed);
    }
}

static void test_entries_stand_in_their_place(void **state)
{
    static const struct {
        size_t order[7], count;
    } orders[] = {
        {{0, 1, 2, 3, 5, 4}, 6},    {{1, 0, 2, 3, 4, 5}, 6},
        {{0, 1, 2, 3, 4, 4}, 6},    {{0, 1, 2, 3, 4}, 5},
        {{0, 1, 2, 3, 4, 5, 5}, 7}, {{1, 2, 3, 4, 5}, 5},
        {{0, 1, 3, 4, 5}, 5},       {{5}, 1},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(orders); i++) {
        struct buf text = {0}, head = {0};
        char *entries = xasprintf("\"entries\":%zu", orders[i].count);
        const char *at;

        compose(0, world.count, &head);
        buf_cut(&head, (size_t)(strchr(head.text, '\n') + 1 - head.text));
        at = strstr(head.text, "\"entries\":6");
        buf_add(&text, head.text, (size_t)(at - head.text));
        buf_puts(&text, entries);
        buf_puts(&text, at + strlen("\"entries\":6"));
        for (size_t j = 0; j < orders[i].count; j++)
            buf_puts(&text, world.line[orders[i].order[j]]);
        assert_int_equal(read_text(buf_text(&text), text.length), STATUS_BAD_DATA);
        free(entries);
        buf_release(&head);
        buf_release(&text);
    }
}

/* One byte anywhere: what is read afterwards says the same as before, or nothing is read. The
 * manifest alone is signed by the envelope only. */
static void test_no_changed_byte_is_believed(void **state)
{
    struct buf text = {0};
    size_t from;

    (void)state;
    compose(0, world.count, &text);
    from = (size_t)(strchr(text.text, '\n') + 1 - text.text);
    for (size_t i = from; i < text.length; i += 7) {
        char before = text.text[i];

        text.text[i] = (char)(before ^ 1);
        assert_int_not_equal(read_text(text.text, text.length), STATUS_OK);
        text.text[i] = before;
    }
    for (size_t length = 0; length < text.length; length += 101)
        assert_int_not_equal(read_text(text.text, length), STATUS_OK);
    buf_release(&text);
}

static void test_bombs_are_refused(void **state)
{
    struct buf deep = {0}, lines = {0};

    (void)state;
    buf_pad(&deep, '[', 200000);
    buf_putc(&deep, '\n');
    assert_int_equal(read_text(buf_text(&deep), deep.length), STATUS_BAD_DATA);
    buf_pad(&lines, '\n', 1000000);
    assert_int_equal(read_text(buf_text(&lines), lines.length), STATUS_BAD_DATA);
    assert_int_equal(read_text("", BUNDLE_MAX + 1), STATUS_BAD_DATA);
    buf_release(&deep);
    buf_release(&lines);
}

/* --- Following ---------------------------------------------------------------------------- */

static bool known(int64_t sequence, struct digest *ret_link, void *data)
{
    (void)data;
    if (sequence < 1 || sequence > (int64_t)world.count)
        return false;
    *ret_link = world.mark[sequence].link;
    return true;
}

static bool nothing_known(int64_t sequence, struct digest *ret_link, void *data)
{
    (void)data;
    memset(ret_link, 0xee, sizeof(*ret_link));
    return sequence > 0;
}

static enum status follow(size_t since, size_t head, struct chain *chain, const char *signer,
                          bundle_known *which)
{
    struct bundle bundle;
    struct buf text = {0};
    struct error error;
    enum status status;

    compose(since, head, &text);
    assert_ok(bundle_read(buf_text(&text), text.length, &bundle, &error));
    status = bundle_follow(&bundle, signer, chain, which, NULL, &error);
    bundle_release(&bundle);
    buf_release(&text);
    return status;
}

static void test_a_chain_is_followed_bundle_by_bundle(void **state)
{
    struct chain chain = {0};

    (void)state;
    assert_int_equal(follow(0, 5, &chain, CERTIFICATE, known), STATUS_OK);
    assert_int_equal(chain.count, 5);
    assert_int_equal(follow(5, 6, &chain, CERTIFICATE, known), STATUS_OK);
    assert_int_equal(chain.count, 6);
    /* Older ones and the same again change nothing. */
    assert_int_equal(follow(0, 5, &chain, CERTIFICATE, known), STATUS_OK);
    assert_int_equal(follow(0, 6, &chain, CERTIFICATE, known), STATUS_OK);
    assert_int_equal(chain.count, 6);
    chain_release(&chain);
}

static void test_a_chain_has_no_gaps_and_no_second_past(void **state)
{
    struct chain chain = {0}, other = {0};

    (void)state;
    assert_int_equal(follow(5, 6, &chain, CERTIFICATE, known), STATUS_NOT_FOUND);
    assert_int_equal(follow(0, 6, &chain, CERTIFICATE, known), STATUS_OK);
    assert_int_equal(follow(0, 5, &chain, CERTIFICATE, nothing_known), STATUS_REFUSED);
    assert_int_equal(follow(0, 6, &other, RECEIVER, known), STATUS_REFUSED);
    chain_release(&chain);
    chain_release(&other);
}

/* A log that was long before it first left comes in several bundles. */
static void test_a_certificate_may_be_named_late(void **state)
{
    struct chain chain = {0};

    (void)state;
    assert_int_equal(follow(0, 4, &chain, CERTIFICATE, known), STATUS_OK);
    assert_null(chain_certificate(&chain, 4));
    assert_int_equal(follow(4, 6, &chain, RECEIVER, known), STATUS_REFUSED);
    assert_string_equal(chain_certificate(&chain, 6), CERTIFICATE);
    assert_null(chain_certificate(&chain, 4));
    chain_release(&chain);
}

/* What the first certificate signed was signed by the store, whatever it signs with now. */
static void test_an_earlier_certificate_counts_for_its_time(void **state)
{
    struct chain_certificate later = {.fingerprint = RECEIVER, .since = 7};
    struct chain chain = {0};

    (void)state;
    assert_int_equal(follow(0, 6, &chain, CERTIFICATE, known), STATUS_OK);
    chain.certificate = xrealloc(chain.certificate, 2, sizeof(*chain.certificate));
    chain.certificate[chain.certificate_count++] = later;
    assert_string_equal(chain_certificate(&chain, 6), CERTIFICATE);
    assert_string_equal(chain_certificate(&chain, 7), RECEIVER);
    assert_int_equal(follow(0, 6, &chain, CERTIFICATE, known), STATUS_OK);
    assert_int_equal(follow(0, 6, &chain, RECEIVER, known), STATUS_REFUSED);
    chain_release(&chain);
}

static void test_only_a_whole_fingerprint_is_among_others(void **state)
{
    (void)state;
    assert_true(fingerprint_among(RECEIVER " " CERTIFICATE, CERTIFICATE));
    assert_false(fingerprint_among(RECEIVER, CERTIFICATE));
    assert_false(fingerprint_among(RECEIVER, "2222"));
    assert_false(fingerprint_among(RECEIVER, ""));
}

static void test_a_receiver_answers(void **state)
{
    struct receiving receiving = {.me = RECEIVER,
                                  .name = "County",
                                  .signer = CERTIFICATE,
                                  .now = at(600),
                                  .known = known};
    struct chain chain = {0};
    struct arena arena = {0};
    struct receipt receipt;
    struct bundle bundle;
    struct buf text = {0};
    struct error error;

    (void)state;
    compose(0, 6, &text);
    assert_ok(bundle_read(buf_text(&text), text.length, &bundle, &error));
    assert_true(receive_bundle(&bundle, &receiving, &chain, &arena, &receipt));
    assert_int_equal(receipt.accepted_count, 2); /* 4 and 6: the records */
    assert_int_equal(receipt.accepted[0].from, 4);
    assert_int_equal(receipt.accepted[1].to, 6);
    assert_int_equal(receipt.refused_count, 0);
    assert_int_equal(receipt.head.count, 6);
    receiving.me = CERTIFICATE;
    assert_false(receive_bundle(&bundle, &receiving, &chain, &arena, &receipt));
    assert_string_equal(receipt.refused[0].reason, "misdirected");
    bundle_release(&bundle);
    chain_release(&chain);
    arena_release(&arena);
    buf_release(&text);
}

/* --- Views -------------------------------------------------------------------------------- */

static void test_a_view_leaves_out_what_is_named(void **state)
{
    static const char body[] =
        "{\"decision\":{\"outcome\":\"share\"},\"path\":[{\"id\":\"who\",\"words\":\"Bo\"},"
        "{\"id\":\"why\",\"words\":\"danger\"}],\"reference\":\"X\",\"schema\":1,"
        "\"subject\":[{\"question\":\"who\",\"short\":\"Bo\"}]}";
    static const char *const subject[] = {"subject"}, *const reference[] = {"reference"};
    struct buf out = {0};
    struct error error;

    (void)state;
    assert_ok(bundle_redact(body, strlen(body), subject, 1, &out, &error));
    assert_null(strstr(buf_text(&out), "Bo"));
    assert_non_null(strstr(buf_text(&out), "danger"));
    buf_clear(&out);
    assert_int_equal(bundle_redact(body, strlen(body), reference, 1, &out, &error),
                     STATUS_USAGE);
    assert_int_equal(out.length, 0);
    buf_release(&out);
}

/* --- Receipts ----------------------------------------------------------------------------- */

static void write_sample(struct buf *out)
{
    static const struct range accepted[] = {{4, 4}, {6, 9}};
    static const struct refused refused[] = {{5, "", "unwanted", "No."}};
    struct receipt receipt = {.bundle = BUNDLE_ID,
                              .store = world.id,
                              .by = "County",
                              .at = at(700),
                              .accepted = accepted,
                              .accepted_count = COUNT(accepted),
                              .refused = refused,
                              .refused_count = COUNT(refused),
                              .head = world.mark[6]};

    receipt_write(&receipt, out);
}

static void test_a_receipt_is_read_as_written(void **state)
{
    struct arena arena = {0};
    struct receipt receipt;
    struct buf text = {0};
    struct error error;

    (void)state;
    write_sample(&text);
    assert_ok(receipt_read(buf_text(&text), text.length, &arena, &receipt, &error));
    assert_int_equal(receipt.accepted_count, 2);
    assert_int_equal(receipt.accepted[1].to, 9);
    assert_string_equal(receipt.refused[0].reason, "unwanted");
    assert_int_equal(receipt.head.count, 6);
    for (size_t length = 0; length < text.length; length++)
        assert_int_not_equal(receipt_read(buf_text(&text), length, &arena, &receipt, &error),
                             STATUS_OK);
    arena_release(&arena);
    buf_release(&text);
}

static void test_a_receipt_must_say_what_it_must(void **state)
{
    static const char *const changes[][2] = {
        {"\"schema\":1", "\"schema\":7"},
        {"\"kind\":\"receipt\"", "\"kind\":\"x\""},
        {BUNDLE_ID, "../../../root"},
        {"[[4,4],[6,9]]", "[[6,9],[4,4]]"},
        {"[[4,4],[6,9]]", "[[4,4],[4,9]]"},
        {"[[4,4],[6,9]]", "[[9,6]]"},
        {"[[4,4],[6,9]]", "[[0,6]]"},
        {"[[4,4],[6,9]]", "[[1,2,3]]"},
        {"[[4,4],[6,9]]", "\"all\""},
        {"\"reason\":\"unwanted\",", ""},
        {"\"sequence\":5", "\"sequence\":-5"},
        {"\"count\":6", "\"count\":-6"},
        {"\"digest\":\"0000", "\"digest\":\"zz"},
        {"\"at\":\"2026", "\"at\":\"x"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct buf text = {0}, changed = {0};
        struct arena arena = {0};
        struct receipt receipt;
        struct error error;
        const char *found;

        write_sample(&text);
        found = strstr(buf_text(&text), changes[i][0]);
        assert_non_null(found);
        buf_add(&changed, text.text, (size_t)(found - text.text));
        buf_puts(&changed, changes[i][1]);
        buf_puts(&changed, found + strlen(changes[i][0]));
        if (receipt_read(buf_text(&changed), changed.length, &arena, &receipt, &error) ==
            STATUS_OK)
            fail_msg("'%s' was read", changes[i][1]);
        arena_release(&arena);
        buf_release(&text);
        buf_release(&changed);
    }
}

/* --- Pipes -------------------------------------------------------------------------------- */

static void test_parts_hold_any_bytes(void **state)
{
    struct buf parts = {0}, wrong = {0}, copy = {0};
    struct part part;

    (void)state;
    parts_put_text(&parts, "a", "b 3\nxyz");
    parts_put(&parts, "b", "\0\n\0", 3);
    assert_true(parts_find(&parts, "b", &part));
    assert_int_equal(part.length, 3);
    assert_false(parts_find(&parts, "c", &part));
    parts_copy(&parts, "c", &copy);
    assert_int_equal(copy.length, 0);
    parts_copy(&parts, "b", &copy);
    assert_int_equal(copy.length, 3);
    buf_release(&copy);
    buf_puts(&wrong, "a 99999999999999999999999999\nx");
    assert_false(parts_find(&wrong, "a", &part));
    buf_clear(&wrong);
    buf_puts(&wrong, "a 5\nx");
    assert_false(parts_find(&wrong, "a", &part));
    buf_release(&parts);
    buf_release(&wrong);
}

/* --- Receipts that did not come ----------------------------------------------------------- */

#define OTHER_ID "ffeeddccbbaa99887766554433221100"
#define THIRD_ID "00000000000000000000000000000003"
#define HOURS(n) ((n)*3600)

static size_t chased(int64_t seconds, struct chase *ret_first)
{
    struct arena arena = {0};
    struct chase *list;
    struct error error;
    size_t count;

    assert_ok(chase_list(world.store, 7, at(seconds), &arena, &list, &count, &error));
    if (count > 0)
        *ret_first = (struct chase){.sent = list->sent, .due = list->due};
    if (count > 0)
        assert_string_equal(list->where, "a stick");
    arena_release(&arena);
    return count;
}

static void test_what_was_sent_is_chased_until_its_receipt_comes(void **state)
{
    static const char RECEIPT[] =
        "{\"bundle\":\"" BUNDLE_ID "\",\"kind\":\"receipt\",\"schema\":1}";
    const int64_t week = HOURS(24 * 7);
    struct chase first;
    struct error error;

    (void)state;
    assert_int_equal(chased(week, &first), 0);
    assert_ok(leaving_log_sent(world.store, BUNDLE_ID, "a stick", at(1000), &error));
    assert_ok(leaving_log_sent(world.store, OTHER_ID, "a stick", at(2000), &error));
    assert_int_equal(chased(1000 + week, &first), 0);
    assert_int_equal(chased(1001 + week, &first), 1);
    assert_int_equal(first.due.us, at(1000 + week).us);
    assert_int_equal(chased(2001 + week, &first), 2);
    /* Sent again, it has its time again. */
    assert_ok(leaving_log_sent(world.store, BUNDLE_ID, "a stick", at(3000), &error));
    assert_int_equal(chased(2001 + week, &first), 1);
    assert_int_equal(first.sent.us, at(2000).us);
    assert_ok(store_append(world.store, ENTRY_RECEIPT, NULL, RECEIPT, sizeof(RECEIPT) - 1,
                           at(4000), NULL, &error));
    assert_int_equal(chased(3001 + week, &first), 1);
}

static void test_a_chase_is_done_by_saying_what_was_done(void **state)
{
    const int64_t week = HOURS(24 * 7);
    struct chase first;
    struct error error;

    (void)state;
    assert_ok(leaving_log_sent(world.store, THIRD_ID, "a stick", at(5000), &error));
    assert_int_equal(chase_done(world.store, THIRD_ID, " \n", at(5500), &error),
                     STATUS_REFUSED);
    assert_non_null(strstr(error.what, "without saying what was done"));
    assert_int_equal(chased(5001 + week, &first), 2);
    assert_ok(chase_done(world.store, THIRD_ID, "Rang them.", at(6000), &error));
    assert_int_equal(chased(5001 + week, &first), 1);
    /* Once; and not of what was answered, or never sent. */
    assert_int_equal(chase_done(world.store, THIRD_ID, "Again.", at(6000), &error),
                     STATUS_NOT_FOUND);
    assert_non_null(strstr(error.what, THIRD_ID));
    assert_int_equal(chase_done(world.store, BUNDLE_ID, "Rang.", at(6000), &error),
                     STATUS_NOT_FOUND);
    /* Sent again, it is waited for again. */
    assert_ok(leaving_log_sent(world.store, THIRD_ID, "a stick", at(7000), &error));
    assert_int_equal(chased(7001 + week, &first), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_was_written_is_read),
        cmocka_unit_test(test_a_manifest_must_say_what_it_must),
        cmocka_unit_test(test_entries_stand_in_their_place),
        cmocka_unit_test(test_no_changed_byte_is_believed),
        cmocka_unit_test(test_bombs_are_refused),
        cmocka_unit_test(test_a_chain_is_followed_bundle_by_bundle),
        cmocka_unit_test(test_a_chain_has_no_gaps_and_no_second_past),
        cmocka_unit_test(test_a_certificate_may_be_named_late),
        cmocka_unit_test(test_an_earlier_certificate_counts_for_its_time),
        cmocka_unit_test(test_only_a_whole_fingerprint_is_among_others),
        cmocka_unit_test(test_a_receiver_answers),
        cmocka_unit_test(test_a_view_leaves_out_what_is_named),
        cmocka_unit_test(test_a_receipt_is_read_as_written),
        cmocka_unit_test(test_a_receipt_must_say_what_it_must),
        cmocka_unit_test(test_parts_hold_any_bytes),
        cmocka_unit_test(test_what_was_sent_is_chased_until_its_receipt_comes),
        cmocka_unit_test(test_a_chase_is_done_by_saying_what_was_done),
    };

    secret_init();
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
